"""The country: every system's connector with its agency, in one process."""

from collections.abc import Collection

from connectors.agencies import CONNECTORS
from connectors.runtime.bus import Bus
from connectors.runtime.log_copy import LogCopy
from connectors.runtime.manifest import Manifest, RunFolder
from connectors.runtime.store.hub_log import HubLog
from hub.bootstrap import Part, participant, run_all, serve
from simulators.runs.agencies import reaching


async def run_country(folder: RunFolder, systems: Collection[str]) -> None:
    """Be these systems, with their agencies as the manifest has them, until a signal comes.

    With all of them comes the copy of the hub's log into the run's folder.
    """
    await _run(folder, systems, with_log=True)


async def run_connector(folder: RunFolder, system: str) -> None:
    """Be one system with its agency until a signal comes."""
    await _run(folder, [system], with_log=False)


async def _run(folder: RunFolder, systems: Collection[str], *, with_log: bool) -> None:
    async def work(manifest: Manifest, bus: Bus) -> None:
        async with reaching(folder, manifest) as agency_of:
            producer = await bus.producer()
            parts: list[Part] = [
                participant(
                    system,
                    CONNECTORS[system].handle,
                    folder=folder,
                    manifest=manifest,
                    bus=bus,
                    producer=producer,
                    agency=agency_of(system),
                )
                for system in systems
            ]
            if with_log:
                parts.append(log_copy(folder, manifest, bus))
            await run_all(parts, producer)

    await serve(folder, work)


def log_copy(folder: RunFolder, manifest: Manifest, bus: Bus) -> LogCopy:
    """The copy of the hub's log and dead letters into the run's folder."""
    return LogCopy(
        bus,
        HubLog(folder.hub_log, durable=manifest.durable),
        topics=manifest.topics,
        partitions=manifest.partitions,
    )
