"""The composition root: the only place where bus, store and broker are chosen."""

import asyncio
import gc
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Protocol

from connectors.runtime.agency import Agency
from connectors.runtime.bus import Bus, Producer
from connectors.runtime.bus.kafka import KafkaBus
from connectors.runtime.errors import BrokerLost, BrokerUnreachable
from connectors.runtime.handling import Handler
from connectors.runtime.manifest import Manifest, RunFolder
from connectors.runtime.participant import Participant
from connectors.runtime.processor import Processor
from connectors.runtime.store.sqlite import SqliteStore
from hub.brokers import Broker, EmbeddedBroker, ExternalBroker, NativeKafka
from hub.interrupt import until_signal
from hub.orchestrator import Orchestrator
from hub.readiness import announce_ready
from hub.router import Router
from hub.router.starts import StartsFile


class Part(Protocol):
    """Whatever a role's process runs."""

    async def start(self) -> None: ...
    async def run(self) -> None: ...
    async def close(self) -> None: ...


def choose_broker(engine: str, log_path: Path) -> Broker:
    """The broker that `--broker` names: `embedded`, `kafka`, or the one at `HOST:PORT`."""
    if engine == "embedded":
        return EmbeddedBroker(log_path=log_path)
    if engine == "kafka":
        return NativeKafka(log_path=log_path)
    return ExternalBroker(engine)


def open_bus(manifest: Manifest, *, worker: int | None = None) -> KafkaBus:
    """The bus of a run. In the elastic layout a role's `worker` joins the groups by its number."""
    member = str(worker) if manifest.elastic and worker is not None else None
    return KafkaBus(manifest.bootstrap, idempotent=manifest.idempotent, member=member)


async def check_broker(bus: Bus, manifest: Manifest) -> None:
    """Make sure that the run's own broker answers.

    Raises:
        BrokerLost: it is another one: what was in flight is gone.
        BrokerUnreachable: none answers.
    """
    try:
        instance = await bus.instance()
    except BrokerUnreachable:
        raise BrokerUnreachable(
            f"run {manifest.run} is not up: no broker answers at {manifest.bootstrap}. "
            "Start one with `lienthong up`."
        ) from None
    if instance != manifest.instance:
        raise BrokerLost(
            f"the broker at {manifest.bootstrap} is {instance}, but run {manifest.run} began with "
            f"{manifest.instance}: what was in flight is gone. `lienthong verify --run "
            f"{manifest.run}` says what; start a new run."
        )


def participant(
    system: str,
    handler: Handler,
    *,
    folder: RunFolder,
    manifest: Manifest,
    bus: Bus,
    producer: Producer,
    agency: Agency | None = None,
) -> Participant:
    """One system of a run, on its own store.

    Raises:
        StoreBusy: another process runs this system.
    """
    processor = Processor(
        system,
        handler,
        store=SqliteStore(folder.stores / f"{system}.db", durable=manifest.durable),
        bus=bus,
        producer=producer,
        topics=manifest.topics,
        partitions=manifest.partitions,
        clock=manifest.clock(folder.passed),
    )
    return Participant(processor, agency)


def orchestrator(
    *, folder: RunFolder, manifest: Manifest, bus: Bus, producer: Producer
) -> Participant:
    """The system `dvclt`."""
    handler = Orchestrator(manifest.sequence).handle
    return participant(
        Orchestrator.system, handler, folder=folder, manifest=manifest, bus=bus, producer=producer
    )


async def run_router(folder: RunFolder, worker: int = 0, workers: int = 1) -> None:
    """Be router `worker` (from 0) of `workers` of a run until a signal comes.

    In the elastic layout their number is open: each takes what the group gives it.
    """

    async def work(manifest: Manifest, bus: Bus) -> None:
        name = f"router-{worker}.json" if worker else "router.json"
        with closing(StartsFile(folder.path / name)) as starts:
            router = Router(
                bus,
                manifest.topics,
                partitions=manifest.partitions,
                worker=worker,
                workers=1 if manifest.elastic else workers,
                starts=starts,
            )
            await router.start()
            announce_ready()
            try:
                await router.run()
            finally:
                await router.close()

    await serve(folder, work, worker=worker)


async def run_orchestrator(folder: RunFolder) -> None:
    """Be the orchestrator of a run until a signal comes."""

    async def work(manifest: Manifest, bus: Bus) -> None:
        producer = await bus.producer()
        dvclt = orchestrator(folder=folder, manifest=manifest, bus=bus, producer=producer)
        await run_all([dvclt], producer)

    await serve(folder, work)


async def run_all(parts: Sequence[Part], producer: Producer) -> None:
    """Start the parts, say that they are ready, and run them until cancelled."""
    async with AsyncExitStack() as closing:
        closing.push_async_callback(producer.close)
        for one in parts:
            closing.push_async_callback(one.close)
            await one.start()
        announce_ready()
        async with asyncio.TaskGroup() as tasks:
            for one in parts:
                tasks.create_task(one.run())


async def serve(
    folder: RunFolder, work: Callable[[Manifest, Bus], Awaitable[None]], *, worker: int = 0
) -> None:
    """Do the work of a role's `worker` against the run's own broker, until a signal ends it.

    Raises:
        Interrupted: a signal asked for the end; everything was left in order.
        BrokerLost, BrokerUnreachable: see `check_broker`.
    """
    manifest = folder.load()
    bus = open_bus(manifest, worker=worker)
    calm_collector()
    async with until_signal():
        await check_broker(bus, manifest)
        await work(manifest, bus)


def calm_collector() -> None:
    """Let the garbage collector look less often: batches make many objects and no cycles.

    Measured: 12 to 20 % of a connector's time at Python's default of 700.
    """
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
