"""A run with a real broker: its folder, the broker, and its roles as supervised processes."""

import asyncio
import secrets
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from connectors.runtime import log_copy
from connectors.runtime.agency_address import address_in, credential_in
from connectors.runtime.bus import Partition
from connectors.runtime.bus.kafka import KafkaBus
from connectors.runtime.manifest import Manifest, RunFolder
from hub.bootstrap import choose_broker, open_bus
from hub.brokers import Broker
from hub.ledger.rest import unfinished
from hub.roles import Role, RoleEvent
from hub.router import GROUP as ROUTER_GROUP
from hub.supervisor import Supervisor
from schemas.days_off import ExchangedDay
from schemas.event import VN, to_text
from schemas.standards import Standard
from schemas.systems import SYSTEMS
from schemas.units import Succession
from simulators.mix import Mix
from simulators.world import World

ROLES = ("router", "orchestrator", "country")
AGENCIES = "agencies"
"""The role that a run has beside the others when its agencies are reached over HTTP."""
PARTITIONS = 2
OPENING = datetime(2023, 7, 10, 8, 0, tzinfo=VN)
"""Both chains opened nationwide on Monday 10 July 2023."""
_AT_REST_POLL_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to be. `speed` None runs in event time."""

    home: Path
    run: str | None = None
    seed: int = 1
    broker: str = "embedded"
    start: datetime = OPENING
    speed: float | None = None
    sequence: Literal["parallel", "strict"] = "parallel"
    verify_late_births: bool = False
    """A birth that is filed too late is promised in as many days as one that needs verification."""
    partitions: int = PARTITIONS
    prefix: str = "lt"
    durable: bool = True
    without: tuple[str, ...] = ()
    """Systems that somebody else's connector plays."""
    apart: tuple[str, ...] = ()
    """Systems of the country whose connector is a role of its own, under the system's name."""
    agencies: Literal["in-process", "http", "http-exact"] = "in-process"
    documents: Literal["pdf", "digest"] = "digest"
    """`pdf`: agencies make out files, at some 6 ms of CPU each."""
    elastic: bool = False
    """Partitions are given out by consumer groups; needs Apache Kafka."""
    routers: int = 1
    """Router processes."""
    units: tuple[Succession, ...] = ()
    """Successors of communes that the packaged tables don't know."""
    standards: tuple[Standard, ...] = ()
    """What provinces pay above the national floor."""
    days: tuple[ExchangedDay, ...] = ()
    """Days off and days worked by notices that the packaged tables don't know."""
    world: World = field(default_factory=World.default)
    mix: Mix = field(default_factory=Mix)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveRun:
    """A run while its roles are up."""

    folder: RunFolder
    manifest: Manifest
    bus: KafkaBus
    broker: Broker
    supervisor: Supervisor

    async def at_rest(self, timeout: float) -> bool:
        """Wait until nothing is on its way, on the broker or in a store; False if it never is."""
        try:
            async with asyncio.timeout(timeout):
                while True:
                    if await self.resting():
                        return True
                    await asyncio.sleep(_AT_REST_POLL_S)
        except TimeoutError:
            return False

    async def resting(self) -> bool:
        """Whether nothing is on its way now, on the broker or in a store.

        Everything on the broker is handled, and nobody writes to it while stores and registers are
        looked through; twice, since what goes from one to the other may be missed the first time.
        """
        folder = self.folder.path
        if unfinished(folder) or (before := await self._handled()) is None:
            return False
        if unfinished(folder) or unfinished(folder):
            return False
        return await self._handled() == before

    async def _handled(self) -> int | None:
        """How many records are written; None unless all that read them have handled all."""
        groups = readers(self.manifest)
        # What was read is asked first, so that nothing counts as read before it was written.
        read = await asyncio.gather(*(self.bus.committed(*group) for group in groups.items()))
        ends = await self.bus.ends([p for places in groups.values() for p in places])
        for places, offsets in zip(groups.values(), read, strict=True):
            if any(ends[place] > offsets.get(place, 0) for place in places):
                return None
        return sum(ends.values())

    @property
    def agencies_url(self) -> str | None:
        """Where the agencies answer now; None where they are in the country's process."""
        if self.manifest.agencies == "in-process":
            return None
        return address_in(self.folder.agencies)()

    def agencies_credential(self, name: Literal["token", "user", "password"]) -> str | None:
        """What opens the real systems' paths there; the portal wants user and password."""
        if self.manifest.agencies == "in-process":
            return None
        return credential_in(self.folder.agencies, name)()

    async def records(self) -> int:
        """How many records the hub's topics hold."""
        return await records(self.bus, self.manifest)


def readers(manifest: Manifest) -> Mapping[str, Sequence[Partition]]:
    """Who reads which partitions, by consumer group."""
    topics, numbers = manifest.topics, range(manifest.partitions)
    groups: dict[str, list[str]] = {system: [topics.outbox(system)] for system in SYSTEMS}
    groups[ROUTER_GROUP] = topics.inboxes()
    groups[log_copy.GROUP] = [topics.log, topics.dead_letters]
    return {group: [(t, p) for t in names for p in numbers] for group, names in groups.items()}


@asynccontextmanager
async def live(
    plan: Plan, *, on_event: Callable[[RoleEvent], None] = lambda event: None
) -> AsyncIterator[LiveRun]:
    """A run from its new folder to ready roles; everything is stopped on leaving.

    Raises:
        BrokerError: the broker cannot be started or reached.
        ValueError: the run's name is taken, or topics of another run are in the way.
        RoleFailed: a role ended again and again.
    """
    folder = RunFolder.create(plan.home, plan.run or name_of(plan.seed))
    async with choose_broker(plan.broker, folder.logs / "broker.log") as broker:
        manifest = await begin(plan, folder, broker)
        bus = open_bus(manifest)
        supervisor = Supervisor(_roles(folder, plan), on_event=on_event)
        async with supervisor:
            await supervisor.ready()
            yield LiveRun(
                folder=folder, manifest=manifest, bus=bus, broker=broker, supervisor=supervisor
            )


async def begin(plan: Plan, folder: RunFolder, broker: Broker) -> Manifest:
    """The manifest of a run that roles can join: its topics are there, and the file in its folder.

    Raises:
        ValueError: topics of another run are in the way, or the plan asks for a layout that it or
            its broker does not allow.
    """
    _check_layout(plan, broker)
    manifest = manifest_of(plan, folder, broker)
    bus = open_bus(manifest)
    await bus.create(manifest.topics.all(), manifest.partitions)
    await _refuse_old_records(bus, manifest)
    folder.save(manifest)
    return manifest


def _check_layout(plan: Plan, broker: Broker) -> None:
    if plan.elastic and not broker.idempotent:
        raise ValueError(
            f"--elastic needs Apache Kafka, and the broker is {broker.engine}: use --broker kafka, "
            "or HOST:PORT of one"
        )
    if plan.routers > plan.partitions and not plan.elastic:
        raise ValueError(
            f"{plan.routers} routers for {plan.partitions} partitions: some would have nothing to "
            "do; use more --partitions"
        )


def manifest_of(plan: Plan, folder: RunFolder, broker: Broker) -> Manifest:
    """What the plan comes to, on this broker, from now."""
    return Manifest(
        run=folder.path.name,
        seed=plan.seed,
        engine=broker.engine,
        bootstrap=broker.bootstrap,
        instance=broker.instance,
        idempotent=broker.idempotent,
        partitions=plan.partitions,
        prefix=plan.prefix,
        start=to_text(plan.start),
        real_anchor=time.time(),
        speed=plan.speed,
        sequence=plan.sequence,
        verify_late_births=plan.verify_late_births,
        elastic=plan.elastic,
        durable=plan.durable,
        without=list(plan.without),
        agencies=plan.agencies,
        documents=plan.documents,
        units=[asdict(row) for row in plan.units],
        standards=[row.to_json() for row in plan.standards],
        days=[row.to_json() for row in plan.days],
        world=plan.world.to_json(),
        mix=asdict(plan.mix),
    )


async def records(bus: KafkaBus, manifest: Manifest) -> int:
    """How many records the hub's topics hold."""
    numbers = range(manifest.partitions)
    everything = [(topic, p) for topic in manifest.topics.all() for p in numbers]
    return sum((await bus.ends(everything)).values())


async def _refuse_old_records(bus: KafkaBus, manifest: Manifest) -> None:
    if found := await records(bus, manifest):
        raise ValueError(
            f"the topics {manifest.prefix}.* at {manifest.bootstrap} hold {found} records of an "
            "earlier run; choose other topics with --prefix"
        )


def roles_of(plan: Plan) -> Sequence[str]:
    """The roles that a run of this plan has beside those apart, in the order of their start."""
    return ROLES if plan.agencies == "in-process" else (AGENCIES, *ROLES)


def _roles(folder: RunFolder, plan: Plan) -> list[Role]:
    elsewhere = [part for name in (*plan.without, *plan.apart) for part in ("--without", name)]
    commands = {name: [name] for name in roles_of(plan)}
    commands["country"] += elsewhere
    for worker in range(1, plan.routers):
        place = [] if plan.elastic else ["--workers", str(plan.routers)]
        commands[f"router-{worker}"] = ["router", "--worker", str(worker), *place]
    if plan.routers > 1 and not plan.elastic:
        commands["router"] += ["--workers", str(plan.routers)]
    commands |= {system: ["connector", system] for system in plan.apart}
    run = ("--run", str(folder.path))
    return [
        Role(
            name=name,
            argv=[sys.executable, "-m", "hub.cli", "run", *command, *run],
            log_path=folder.logs / f"{name}.log",
        )
        for name, command in commands.items()
    ]


def name_of(seed: int) -> str:
    """A name for a run that was given none."""
    stamp = datetime.now(VN).strftime("%Y%m%d-%H%M%S")
    return f"{stamp}-{seed}-{secrets.token_hex(2)}"
