"""A run on a broker that is there already, made ready for roles that others start one by one.

`live` starts everything itself; here the roles are containers, or terminals of an engineer. Doing
it again changes nothing, so that a whole deployment can be started again as it stands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from connectors.runtime.errors import BrokerLost
from connectors.runtime.manifest import Manifest, RunFolder
from hub.bootstrap import check_broker, choose_broker, open_bus
from simulators.runs.live import Plan, begin, manifest_of, records
from simulators.world import World

_NOT_CHOSEN = {"engine", "instance", "idempotent", "real_anchor", "world", "mix"}
"""Of a manifest: what the broker or the moment gave, and tables that a run keeps for itself."""

_CHOSEN_OF_WORLD = ("personal_id_province", "draft_certificates")


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
    there = (folder.path / "manifest.json").is_file()
    if not there:
        folder = RunFolder.create(plan.home, run, again=True)
    async with choose_broker(plan.broker, folder.logs / "broker.log") as broker:
        if not there:
            manifest = await begin(plan, folder, broker)
            return Prepared(folder=folder, manifest=manifest, fresh=True)
        manifest = folder.load()
        _check_same(manifest, manifest_of(plan, folder, broker))
        await _check_records(folder, manifest)
        return Prepared(folder=folder, manifest=manifest, fresh=False)


def _check_same(there: Manifest, wanted: Manifest) -> None:
    for name, found, value in _chosen(there, wanted):
        if found != value:
            raise ValueError(
                f"run {there.run} is there already, with {name} {found}, not {value}; "
                "take another --run and --prefix, or the same settings"
            )


def _chosen(there: Manifest, wanted: Manifest) -> Iterator[tuple[str, Any, Any]]:
    """What somebody chose for a run, as it is there and as it is wanted now."""
    for name in sorted({field.name for field in fields(Manifest)} - _NOT_CHOSEN):
        yield name, getattr(there, name), getattr(wanted, name)
    worlds = [World.from_json(manifest.world) for manifest in (there, wanted)]
    for name in _CHOSEN_OF_WORLD:
        found, value = (getattr(world, name) for world in worlds)
        yield name, found, value


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
