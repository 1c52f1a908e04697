"""What a run is: the facts that all its processes share, in one file of the run's folder."""

import os
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, Self

import orjson

from connectors.runtime.clock import Clock, EventTime, ScaledClock
from connectors.runtime.errors import HomeUnusable
from schemas.days_off import ExchangedDay
from schemas.deadlines import verify_late_births
from schemas.event import from_text
from schemas.standards import Standard, adopt_standards
from schemas.successions import adopt
from schemas.topics import Topics
from schemas.units import Succession
from schemas.working_days import adopt_days

_RUN_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,79}")


class RunNotFound(Exception):
    """There is no such run, or its manifest cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One run. `speed` None means event time. Times are RFC 3339."""

    run: str
    seed: int
    engine: str
    bootstrap: str
    instance: str
    """The id of the broker's cluster: if another one answers, the run is lost."""
    partitions: int
    start: str
    """The first moment of the run's own time."""
    real_anchor: float
    """Unix seconds at which the run's time was `start`."""
    speed: float | None
    sequence: Literal["parallel", "strict"] = "parallel"
    verify_late_births: bool = False
    """Whether a birth that is filed too late needs verification, and so has more days."""
    idempotent: bool = False
    """Whether the broker's producers are idempotent; the embedded one offers none."""
    elastic: bool = False
    """Whether partitions are given out by consumer groups, so that workers may come and go."""
    durable: bool = True
    """False leaves out waiting for the disk (SQLite `synchronous=OFF`)."""
    prefix: str = "lt"
    without: list[str] = field(default_factory=list)
    """Systems that somebody else's connector plays: they keep no store in this run's folder."""
    agencies: Literal["in-process", "http", "http-exact"] = "in-process"
    """How connectors reach their agencies: in the country's own process, or in another by HTTP, in
    batches or (civil status, one-stops, portal) with the messages of the real systems."""
    documents: Literal["pdf", "digest"] = "digest"
    """What agencies make out: PDF files, or only the hashes of what would stand on them."""
    world: dict[str, Any] = field(default_factory=dict)
    """Rates, service times and reasons of the simulated agencies."""
    units: list[dict[str, str]] = field(default_factory=list)
    """The run's own successors of communes, beside the packaged tables: `old`, `new`, `source_vi`,
    `source_en`. They hold in every process that has the manifest."""
    standards: list[dict[str, Any]] = field(default_factory=list)
    """What provinces set above the national standard of social assistance, the run's own rows:
    `province`, `vnd`, `valid_from`, `known_from`, `confidence`, `source_vi`, `source_en`."""
    days: list[dict[str, Any]] = field(default_factory=list)
    """Days off and days worked, the run's own rows: `day`, `worked` (yes or no), `known_from`,
    `confidence`, `source_vi`, `source_en`."""
    mix: dict[str, Any] = field(default_factory=dict)
    """Rates of what citizens ask for."""

    @property
    def topics(self) -> Topics:
        """The topic names of this run's hub."""
        return Topics(prefix=self.prefix)

    def clock(self, passed: Path | None = None) -> Clock:
        """The run's clock; in event time, timers come due up to the moment in `passed`."""
        if self.speed is None:
            return EventTime(passed)
        return ScaledClock(
            anchor=from_text(self.start), real_anchor=self.real_anchor, speed=self.speed
        )

    def to_json(self) -> bytes:
        """The file's bytes."""
        return orjson.dumps(asdict(self), option=orjson.OPT_INDENT_2)

    @classmethod
    def from_json(cls, raw: bytes) -> Self:
        """The manifest in the file's bytes."""
        return cls(**orjson.loads(raw))


class RunFolder:
    """The files of one run."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def create(cls, home: Path, run: str, *, again: bool = False) -> Self:
        """A new folder under `home/runs`; `latest` points at it once it has a manifest.

        `again` takes over a folder that has no manifest: whoever made it was stopped before.

        Raises:
            ValueError: the run's name is not a plain file name, or is taken.
            HomeUnusable: no folder can be made there.
        """
        if not _RUN_ID.fullmatch(run) or run == "latest":
            raise ValueError(f"run name {run!r}: letters, digits, '.', '_' and '-', not 'latest'")
        folder = cls(home / "runs" / run)
        again = again and not (folder.path / "manifest.json").exists()
        try:
            folder.path.mkdir(parents=True, exist_ok=again)
        except FileExistsError:
            raise ValueError(f"run {run!r} exists already under {home / 'runs'}") from None
        except OSError as error:
            raise _unusable(home, error.strerror) from None
        for part in (folder.stores, folder.registers, folder.logs):
            part.mkdir(exist_ok=again)
        return folder

    @classmethod
    def find(cls, home: Path, run: str | None) -> Self:
        """The folder of a run by name or path, by default the newest one.

        Raises:
            RunNotFound: no such run.
            HomeUnusable: `home` is there and no folder.
        """
        if home.exists() and not home.is_dir():
            raise _unusable(home, "Not a directory")
        folder = cls(home / "runs" / (run or "latest"))  # a path stays what it is
        if not (folder.path / "manifest.json").is_file():
            known = sorted(p.name for p in (home / "runs").glob("*") if p.name != "latest")
            raise RunNotFound(
                f"no run {run or 'latest'!r} under {home / 'runs'}; "
                + (f"known runs: {', '.join(known[-5:])}" if known else "none was started yet")
            )
        return cls(folder.path.resolve())

    @property
    def stores(self) -> Path:
        """One SQLite file a connector; dvclt's is the case store."""
        return self.path / "stores"

    @property
    def registers(self) -> Path:
        """One SQLite file an agency."""
        return self.path / "registers"

    @property
    def logs(self) -> Path:
        """What each role prints."""
        return self.path / "logs"

    @property
    def documents(self) -> Path:
        """The citizen store's files, if the run has any: `<SHA-256>.pdf`."""
        return self.path / "documents"

    @property
    def hub_log(self) -> Path:
        """The copy of `lt.log` and `lt.dlq` that outlives the broker."""
        return self.path / "log.db"

    @property
    def agencies(self) -> Path:
        """Where the agencies' process answers, if there is one: `{"url": "http://…"}`."""
        return self.path / "agencies.json"

    @property
    def submissions(self) -> Path:
        """What was handed in, written before it was sent: one JSON object a line."""
        return self.path / "submissions.jsonl"

    @property
    def passed(self) -> Path:
        """Up to which moment time has passed in a run in event time."""
        return self.path / "passed"

    @property
    def report(self) -> Path:
        """The run's last report."""
        return self.path / "report.json"

    def save(self, manifest: Manifest, *, latest: bool = True) -> None:
        """Write the manifest, whole or not at all; unless `latest` is False, this run is that now.

        A run that is over at once is found by its name only: commands without `--run` mean one
        that may still be up. Its own tables (successors of communes, standards of provinces,
        days off) hold in this process from now on.
        """
        part = self.path / "manifest.json.part"
        part.write_bytes(manifest.to_json())
        part.replace(self.path / "manifest.json")
        if latest:
            self._point_latest()
        _adopt_tables(manifest)

    def load(self) -> Manifest:
        """The run's manifest; its own tables hold in this process from now on.

        Raises:
            RunNotFound: it is missing or of another version.
        """
        try:
            manifest = Manifest.from_json((self.path / "manifest.json").read_bytes())
            _adopt_tables(manifest)
        except (OSError, ValueError, TypeError) as error:
            raise RunNotFound(f"{self.path / 'manifest.json'}: {error}") from None
        return manifest

    def _point_latest(self) -> None:
        latest = self.path.parent / "latest"
        part = self.path.parent / f".latest-{self.path.name}"
        part.symlink_to(self.path.name)
        os.replace(part, latest)


def _adopt_tables(manifest: Manifest) -> None:
    adopt(Succession(**row) for row in manifest.units)
    adopt_standards(Standard(**row) for row in manifest.standards)
    verify_late_births(manifest.verify_late_births)
    adopt_days(ExchangedDay(**row) for row in manifest.days)


def _unusable(home: Path, why: str | None) -> HomeUnusable:
    return HomeUnusable(
        f"{home}: {why}; LIENTHONG_HOME has to name a folder that can be written to, or one that "
        "can be made"
    )


def home_folder() -> Path:
    """`$LIENTHONG_HOME`, by default `.lienthong` in the working directory."""
    return Path(os.environ.get("LIENTHONG_HOME") or ".lienthong").absolute()
