"""A run on a broker that is there already, made ready for roles that others start one by one.

`live` starts everything itself; here the roles are containers, or terminals of an engineer. Doing
it again changes nothing, so that a whole deployment can be started again as it stands.
"""

from dataclasses import dataclass

from connectors.runtime.errors import BrokerLost
from connectors.runtime.manifest import Manifest, RunFolder
from hub.bootstrap import check_broker, choose_broker, open_bus
from schemas.event import to_text
from simulators.runs.live import Plan, begin, records


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A run that roles can join."""

    folder: RunFolder
    manifest: Manifest
    fresh: bool
    """It was made just now; else it was there, with its cases."""


async def prepare(plan: Plan, run: str) -> Prepared:
    """The run of that name, made if it is not there.

    Raises:
        BrokerError: the broker cannot be reached.
        BrokerLost: the run is there, and its broker is another one or has lost its records.
        ValueError: the run is there and was begun by another plan; its name is none; or topics of
            another run are in the way.
    """
    folder = RunFolder(plan.home / "runs" / run)
    if (folder.path / "manifest.json").is_file():
        manifest = folder.load()
        _check_plan(plan, manifest)
        await _check_records(folder, manifest)
        return Prepared(folder=folder, manifest=manifest, fresh=False)
    folder = RunFolder.create(plan.home, run, again=True)
    async with choose_broker(plan.broker, folder.logs / "broker.log") as broker:
        manifest = await begin(plan, folder, broker)
    return Prepared(folder=folder, manifest=manifest, fresh=True)


def _check_plan(plan: Plan, manifest: Manifest) -> None:
    wanted = {
        "seed": plan.seed,
        "bootstrap": plan.broker,
        "partitions": plan.partitions,
        "prefix": plan.prefix,
        "start": to_text(plan.start),
        "speed": plan.speed,
        "sequence": plan.sequence,
        "without": list(plan.without),
    }
    for name, value in wanted.items():
        found = getattr(manifest, name)
        if found != value:
            raise ValueError(
                f"run {manifest.run} is there already, with {name} {found}, not {value}; "
                "take another --run and --prefix, or the same settings"
            )


async def _check_records(folder: RunFolder, manifest: Manifest) -> None:
    bus = open_bus(manifest)
    await check_broker(bus, manifest)
    await bus.create(manifest.topics.all(), manifest.partitions)
    began = folder.submissions.is_file() and folder.submissions.stat().st_size
    if began and not await records(bus, manifest):
        raise BrokerLost(
            f"run {manifest.run} has submitted cases, but the topics at {manifest.bootstrap} are "
            "empty: what was in flight is gone; start a new run"
        )
