"""The country: every system's connector with its agency, in one process."""

from collections.abc import Collection
from pathlib import Path

from connectors.agencies import CONNECTORS
from connectors.runtime.bus import Bus, Producer
from connectors.runtime.clock import ScaledClock
from connectors.runtime.log_copy import LogCopy
from connectors.runtime.manifest import Manifest, RunFolder
from connectors.runtime.participant import Participant
from connectors.runtime.store.hub_log import HubLog
from hub.bootstrap import participant, run_all, serve
from simulators.agencies import DESKS
from simulators.agencies.register import Register
from simulators.world import World


async def run_country(folder: RunFolder, systems: Collection[str]) -> None:
    """Be these systems, with their agencies in process, until a signal comes.

    With all of them comes the copy of the hub's log into the run's folder.
    """

    async def work(manifest: Manifest, bus: Bus) -> None:
        producer = await bus.producer()
        people = [
            system_of_country(name, folder=folder, manifest=manifest, bus=bus, producer=producer)
            for name in systems
        ]
        await run_all([*people, log_copy(folder, manifest, bus)], producer)

    await serve(folder, work)


async def run_connector(folder: RunFolder, system: str) -> None:
    """Be one system with its agency until a signal comes."""

    async def work(manifest: Manifest, bus: Bus) -> None:
        producer = await bus.producer()
        one = system_of_country(
            system, folder=folder, manifest=manifest, bus=bus, producer=producer
        )
        await run_all([one], producer)

    await serve(folder, work)


def system_of_country(
    system: str, *, folder: RunFolder, manifest: Manifest, bus: Bus, producer: Producer
) -> Participant:
    """One system's connector and, where it has one, its agency on its own register."""
    return participant(
        system,
        CONNECTORS[system].handle,
        folder=folder,
        manifest=manifest,
        bus=bus,
        producer=producer,
        agency=open_agency(system, folder.registers, manifest) if system in DESKS else None,
    )


def open_agency(system: str, registers: Path, manifest: Manifest) -> Register:
    """The agency of a system, on the run's clock."""
    clock = manifest.clock()
    return Register(
        DESKS[system],
        registers / f"{system}.db",
        seed=manifest.seed,
        world=World.from_json(manifest.world),
        now=clock.now if isinstance(clock, ScaledClock) else None,
        synchronous="FULL" if manifest.durable else "OFF",
    )


def log_copy(folder: RunFolder, manifest: Manifest, bus: Bus) -> LogCopy:
    """The copy of the hub's log and dead letters into the run's folder."""
    return LogCopy(
        bus,
        HubLog(folder.hub_log, durable=manifest.durable),
        topics=manifest.topics,
        partitions=manifest.partitions,
    )
