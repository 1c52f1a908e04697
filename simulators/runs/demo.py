"""The demonstration: a few cases of different fates, played before one's eyes and then judged."""

import asyncio
import time
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from connectors.runtime.manifest import Manifest
from hub.ledger import Report, verify
from schemas.event import from_text
from schemas.working_days import worked_after
from simulators.arrivals import Submission
from simulators.runs.birth_stories import LONGEST_S as LONGEST_BIRTH_S
from simulators.runs.casting import Part, submissions
from simulators.runs.death_stories import LONGEST_S as LONGEST_DEATH_S
from simulators.runs.following import LogWatch, Passed
from simulators.runs.live import LiveRun
from simulators.runs.story import Story
from simulators.runs.storyteller import story_of
from simulators.runs.submitting import Seen, Submitter, Watch
from simulators.world import World

SHOWN_S: Final = 6.0
"""Real time that the slowest case may take, where nobody has chosen the speed of a run."""
PATIENCE_S = 30.0
"""Real time without news, beyond the longest that any agency may take, after which what has not
ended is told as it stands."""
_REST_S = 30.0
_POLL_S = 0.2


def unhurried(parts: Sequence[Part]) -> float:
    """The speed at which the slowest case takes `SHOWN_S`, nights, weekends and holidays included.

    As if all that a story may take were work of an office: whoever answers at any hour is faster.
    """
    longest = max((LONGEST_DEATH_S.get(part.name, LONGEST_BIRTH_S) for part in parts), default=0)
    cases = submissions(parts)
    last = max(case.at for case in cases)
    return (worked_after(last, longest, "office") - cases[0].at).total_seconds() / SHOWN_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One story of the demonstration as it went, with a telling for each of its cases."""

    part: Part
    stories: tuple[Story, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What was shown, and the ledger's verdict on it."""

    manifest: Manifest
    records: int
    """Records on the broker's topics at the end."""
    told: Sequence[Told]
    report: Report

    @property
    def ok(self) -> bool:
        """Whether every case came to its end and the ledger found no fault."""
        return self.report.ok and self.report.open == 0

    def to_json(self) -> dict[str, Any]:
        """The demonstration as JSON values."""
        return {
            "ok": self.ok,
            "run": self.manifest.run,
            "seed": self.manifest.seed,
            "broker": {"engine": self.manifest.engine, "records": self.records},
            "cases": [
                {
                    "story": told.part.name,
                    "title_vi": told.part.title.vi,
                    "title_en": told.part.title.en,
                    **story.to_json(),
                }
                for told in self.told
                for story in told.stories
            ],
            "ledger": self.report.to_json(),
        }


class Audience:
    """Is told what happens while it happens; this one takes no notice."""

    def passed(self, event: Passed) -> None:
        """The hub accepted an event."""

    def status(self, seen: Seen) -> None:
        """The portal was told a status."""


async def demonstrate(
    run: LiveRun, parts: Sequence[Part], audience: Audience | None = None
) -> Demonstration:
    """File the cases at their moment, follow each to its end, and have the run judged."""
    cases, audience = submissions(parts), audience or Audience()
    watch = Watch(run.bus, run.manifest, "demo-watch")
    log = LogWatch(run.bus, run.manifest, "demo-log")
    try:
        await watch.start()
        await log.start()
        async with asyncio.TaskGroup() as tasks:
            following = tasks.create_task(_follow(log, audience.passed))
            await _moment(run, cases[0].at)
            await _file(run, cases)
            await _ends(watch, {case.case for case in cases}, audience.status, _patience(run))
            await run.at_rest(_REST_S)
            following.cancel()
    finally:
        await watch.close()
        await log.close()
    return Demonstration(
        manifest=run.manifest,
        records=await run.records(),
        told=[
            Told(part=part, stories=tuple(story_of(run.folder, c.case) for c in part.cases))
            for part in parts
        ],
        report=verify(run.folder.path),
    )


async def _moment(run: LiveRun, moment: datetime) -> None:
    """Wait until the run's clock shows the moment; in event time there is nothing to wait for."""
    now = run.manifest.clock().now()
    if now is not None and run.manifest.speed is not None:
        await asyncio.sleep(max(0.0, (moment - now).total_seconds() / run.manifest.speed))


async def _file(run: LiveRun, cases: Sequence[Submission]) -> None:
    producer = await run.bus.producer()
    try:
        with Submitter(run.folder, run.manifest, producer, notices=True) as submitter:
            await submitter.submit(cases)
    finally:
        await producer.close()


async def _follow(log: LogWatch, tell: Callable[[Passed], None]) -> None:
    while True:
        for event in await log.step(_POLL_S):
            tell(event)


async def _ends(
    watch: Watch, cases: Set[str], tell: Callable[[Seen], None], patience: float
) -> None:
    heard = time.monotonic()
    while not cases <= watch.final.keys() and time.monotonic() - heard < patience:
        for seen in await watch.step(_POLL_S):
            tell(seen)
            heard = time.monotonic()


def _patience(run: LiveRun) -> float:
    """Real seconds: even a case that takes each agency's longest is heard of in that time."""
    steps = World.from_json(run.manifest.world).steps.values()
    start = from_text(run.manifest.start)
    slowest = worked_after(start, sum(step.service[1] for step in steps), "office") - start
    return PATIENCE_S + slowest.total_seconds() / (run.manifest.speed or float("inf"))
