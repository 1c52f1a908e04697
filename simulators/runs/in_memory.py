"""A whole country on the memory bus and a virtual clock: the same seed ends the same way."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from connectors.agencies import CONNECTORS
from connectors.runtime.agency import Agency
from connectors.runtime.bus import Message
from connectors.runtime.bus.memory import MemoryBus
from connectors.runtime.clock import VirtualClock
from connectors.runtime.log_copy import LogCopy
from connectors.runtime.manifest import Manifest, RunFolder
from connectors.runtime.participant import Participant
from connectors.runtime.processor import Processor
from connectors.runtime.store import Store
from connectors.runtime.store.hub_log import HubLog
from connectors.runtime.store.sqlite import SqliteStore
from hub.bootstrap import Part
from hub.orchestrator import Orchestrator
from hub.router import Router
from schemas.event import from_text
from schemas.topics import partition_of
from simulators.agencies import open_agencies
from simulators.agencies.documents import Documents
from simulators.agencies.register import Register
from simulators.arrivals import Submission
from simulators.documents.filing import documents_of
from simulators.runs.submitting import Submitter
from simulators.world import World

TICK = timedelta(minutes=10)
"""The clock moves at least so far at once: agencies look into their trays every ten minutes."""
_END_OF_TIME = "9999"

Reach = Callable[[str, Register], Agency]


class Late(NamedTuple):
    """A record that comes on a topic at a moment, beside what everybody says by themselves."""

    at: datetime
    topic: str
    message: Message


def directly(system: str, agency: Register) -> Agency:
    """The agency itself."""
    return agency


class MemoryCountry:
    """Router, dvclt and every system, stepped in one fixed order. Use `open` and `close`.

    `folder` holds the same files as any run, so the ledger reads it like one.
    """

    def __init__(
        self,
        folder: RunFolder,
        manifest: Manifest,
        *,
        reach: Reach = directly,
        documents: Documents | None = None,
        clock: VirtualClock | None = None,
    ) -> None:
        """`reach` gives each connector its way to the agency, `documents` makes out their papers;
        by default the manifest says how. A `clock` that others read too begins with the run."""
        self._folder = folder
        self._reach = reach
        self._manifest = manifest
        self.bus = MemoryBus(manifest.instance)
        self._documents = documents or documents_of(folder, manifest)
        self.clock = clock or VirtualClock(from_text(manifest.start))
        self.clock.held = self.clock.now()
        self._agencies: dict[str, Register] = {}
        self._stores: list[Store] = []
        self._participants: list[Participant] = []
        self._parts: list[Part] = []
        self._router = Router(self.bus, manifest.topics, partitions=manifest.partitions)
        self._log = LogCopy(
            self.bus,
            HubLog(folder.hub_log, durable=manifest.durable),
            topics=manifest.topics,
            partitions=manifest.partitions,
        )

    async def open(self) -> None:
        """Create the topics and start everybody."""
        manifest = self._manifest
        await self.bus.create(manifest.topics.all(), manifest.partitions)
        self._agencies = open_agencies(
            self._folder.registers,
            seed=manifest.seed,
            world=World.from_json(manifest.world),
            now=self.clock.now,
            synchronous="FULL" if manifest.durable else "OFF",
            documents=self._documents,
        )
        handlers = {name: connector.handle for name, connector in CONNECTORS.items()}
        handlers[Orchestrator.system] = Orchestrator(manifest.sequence).handle
        producer = await self.bus.producer()
        for system, handler in handlers.items():
            store = SqliteStore(self._folder.stores / f"{system}.db", durable=manifest.durable)
            processor = Processor(
                system,
                handler,
                store=store,
                bus=self.bus,
                producer=producer,
                topics=manifest.topics,
                partitions=manifest.partitions,
                clock=self.clock,
            )
            self._stores.append(store)
            agency = self._agencies.get(system)
            reached = None if agency is None else self._reach(system, agency)
            self._participants.append(Participant(processor, reached, now=self._seconds))
        self._parts = [self._router, *self._participants, self._log]
        for part in self._parts:
            await part.start()

    async def play(
        self,
        submissions: Sequence[Submission],
        late: Sequence[Late] = (),
        between: Callable[[datetime, datetime | None], None] = lambda now, then: None,
        *,
        notices: bool = False,
    ) -> None:
        """Hand each case and each late record in at its moment; until nothing is left to happen.

        `between` is called when all is still: with the present moment, and the next to which the
        clock goes. With `notices`, the health facility tells of each birth and death first.
        """
        waiting = sorted(submissions, key=lambda s: (s.at, s.ordinal))
        later = sorted(late, key=lambda record: record.at)
        producer = await self.bus.producer()
        with Submitter(self._folder, self._manifest, producer, notices=notices) as submitter:
            while True:
                due = [s for s in waiting if s.at <= self.clock.now()]
                waiting = waiting[len(due) :]
                await submitter.submit(due)
                later = await self._hand_in(later)
                await self.settle()
                moment = await self._next_moment([*waiting[:1], *later[:1]])
                if moment is not None:
                    moment = max(moment, self.clock.now() + TICK)
                between(self.clock.now(), moment)
                if moment is None:
                    return
                self.clock.advance(moment)

    async def settle(self) -> None:
        """Step everybody until nobody has anything to do at this moment.

        Timers come due when all that was said before them has been heard, the earliest first.
        """
        await self._be_still()
        while (due := await self._earliest_timer()) is not None and due <= self.clock.now():
            self.clock.held = due
            await self._be_still()

    async def _hand_in(self, later: list[Late]) -> list[Late]:
        """Write the records whose moment has come; what is left."""
        producer = await self.bus.producer()
        while later and later[0].at <= self.clock.now():
            _, topic, message = later.pop(0)
            key = (message[0] or b"").decode()
            place = (topic, partition_of(key, self._manifest.partitions))
            await producer.send({place: [message]})
        return later

    async def _be_still(self) -> None:
        while await self._round():
            pass

    async def _earliest_timer(self) -> datetime | None:
        first = [row for store in self._stores for row in await store.due(_END_OF_TIME, 1)]
        return min((from_text(row.next_due) for row in first if row.next_due), default=None)

    async def close(self) -> None:
        """Close everything that `open` opened."""
        for part in self._parts:
            await part.close()
        for closing in self._stores:
            await closing.close()
        for agency in self._agencies.values():
            agency.close()

    async def _round(self) -> int:
        done = await self._router.step(timeout=0)
        for participant in self._participants:
            done += await participant.step()
        return done + await self._log.step()

    def _seconds(self) -> float:
        return self.clock.now().timestamp()

    async def _next_moment(self, waiting: Sequence[Submission | Late]) -> datetime | None:
        moments = [agency.next_ready() for agency in self._agencies.values()]
        moments += [one.at for one in waiting]
        moments += [self.clock.now() for p in self._participants if _held_up(p)]
        moments.append(await self._earliest_timer())
        return min((m for m in moments if m is not None), default=None)


def _held_up(participant: Participant) -> bool:
    return participant.dispatcher is not None and participant.dispatcher.held_up


async def run_in_memory(
    folder: RunFolder,
    manifest: Manifest,
    submissions: Sequence[Submission],
    *,
    reach: Reach = directly,
) -> None:
    """Play the cases from beginning to end on the memory bus; the folder then holds the run."""
    folder.save(manifest)
    country = MemoryCountry(folder, manifest, reach=reach)
    await country.open()
    try:
        await country.play(submissions)
    finally:
        await country.close()
