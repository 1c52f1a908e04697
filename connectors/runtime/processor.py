"""The processor: how every system takes part without losing, doubling or reordering anything.

Poll a batch → one store transaction {skip what was seen, run the pure handlers, write state,
outbox and timers} → publish the outbox → commit the offsets. A crash anywhere replays; seen ids
make the replay harmless. An error of broker or store ends the process: recovery is a restart,
which publishes first what is left, then consumes.
"""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from itertools import islice

from connectors.runtime.backoff import Backoff
from connectors.runtime.bus import Batches, Bus, Consumer, Message, Partition, Producer, Record
from connectors.runtime.clock import Clock
from connectors.runtime.errors import StoreLocked
from connectors.runtime.handling import Handler, Outcome
from connectors.runtime.quarantine import Quarantine
from connectors.runtime.received import (
    Received,
    received_event,
    received_outcome,
    received_timers,
)
from connectors.runtime.rows import Row, loaded
from connectors.runtime.store import Changes, ManualItem, Outgoing, PendingCall, Start, Store
from connectors.runtime.transaction import Stats, Transaction
from schemas.bindings import BindingError
from schemas.event import Event, to_text
from schemas.topics import Topics

BATCH = 500
"""Inputs of one transaction."""
STORE_BACKOFF, STORE_TRIES = Backoff(first_s=0.02, cap_s=1.0), 40
"""A store that is locked is tried again for some 20 s; then the process ends, and starts again."""
IDLE_S, TIDY_S = 0.1, 0.05
"""How long a poll waits: with nothing else to do, and with done rows that the next transaction of
its own would take away."""
CACHED = 2000
"""Rows kept between transactions: nobody else writes them while the lease is held."""


class Processor:
    """One system's loop over its `lt.out` partitions p with p mod `workers` = `worker`.

    On an elastic bus over those of them that its group gives it, with a lease on each.

    `step` does one batch; `take` does the same for what the agency answered.
    """

    def __init__(
        self,
        system: str,
        handler: Handler,
        *,
        store: Store,
        bus: Bus,
        producer: Producer,
        topics: Topics,
        partitions: int,
        clock: Clock,
        worker: int = 0,
        workers: int = 1,
        chance: Callable[[], float] = random.random,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.system = system
        self.stats = Stats()
        self.calls: deque[PendingCall] = deque()
        """Requests whose transaction is committed, for the dispatcher."""
        self.called = asyncio.Event()
        """Set whenever there are calls."""
        self._handler = handler
        self._store = store
        self._bus = bus
        self._producer = producer
        self._topics = topics
        self._partitions = partitions
        self._owned = [p for p in range(partitions) if p % workers == worker]
        self._clock = clock
        self._chance = chance
        self._sleep = sleep
        self._consumer: Consumer | None = None
        self._committing: asyncio.Task[None] | None = None
        self._generation = 0
        self._leases: Mapping[int, int] = {}
        self._quarantine = Quarantine(())
        self._turn = asyncio.Lock()
        self._rows: dict[str, Row] = {}
        self._seq = 0
        self._published = 0
        self._cleared = 0
        self._calls_done: list[str] = []

    async def start(self) -> None:
        """Take the partitions, publish what a predecessor left, then open the consumer."""
        self._leases = await self._store.acquire(self._owned)
        left = await self._store.outgoing()
        await self._publish(left)
        self._offer(await self._store.calls())
        self._seq = max([0, *(row.seq for row in left), *(call.seq for call in self.calls)])
        topic = self._topics.outbox(self.system)
        inputs = [(topic, number) for number in self._owned]
        self._quarantine = Quarantine(inputs, await self._store.starts())
        self._consumer = await self._bus.consumer(self.system, inputs)

    async def close(self) -> None:
        """Finish the commit in flight and close the consumer; bus and store are the caller's."""
        async with self._turn:
            await self._flush()
        await self._committed()
        if self._consumer is not None:
            await self._consumer.close()

    async def run(self) -> None:
        """Process until cancelled."""
        while True:
            await self.step(timeout=TIDY_S if self._untidy else IDLE_S)

    async def step(self, timeout: float) -> int:
        """One poll and one transaction; the number of inputs. At 0 nothing is left to write."""
        assert self._consumer is not None, "start() comes first"
        records = await self._consumer.poll(BATCH, timeout)
        async with self._turn:
            if self._consumer.generation != self._generation:
                await self._own(self._consumer)
                records = [record for record in records if record.partition in self._leases]
            # What was said before a deadline goes first: a full batch has more of it behind.
            fired = await self._fired() if len(records) < BATCH else []
            if not records and not fired:
                await self._flush()
                return 0
            if self._quarantine.watching:
                await self._note(self._quarantine.meet(records))
                if self._quarantine.suspects(records):
                    await self._one_by_one(fired, records)
                    return len(records) + len(fired)
            await self._apply(fired, records)
            await self._committed()
            if records:
                offsets = {(r.topic, r.partition): r.offset + 1 for r in records}
                self._committing = asyncio.create_task(self._consumer.commit(offsets))
        return len(records) + len(fired)

    async def take(self, outcomes: Sequence[Outcome]) -> None:
        """One transaction over what the agency decided; safe on disk and published on return."""
        async with self._turn:
            await self._apply([received_outcome(o, self._partitions) for o in outcomes])

    def done(self, keys: Iterable[str]) -> None:
        """The agency has these requests; the next transaction forgets them."""
        self._calls_done.extend(keys)

    async def give_up(self, call: PendingCall, detail: str) -> None:
        """The agency refuses this request for good: an officer must look at its case."""
        item = ManualItem(
            subject=call.subject,
            input=f"call:{call.step}/{call.attempt}",
            reason="agency_refused",
            detail=detail[:500],
            at=to_text(call.time),
        )
        async with self._turn:
            self.done([call.key])
            await self._commit(Changes(leases=self._leases, manual=[item]))
        self.stats.given_up += 1

    async def _own(self, consumer: Consumer) -> None:
        """Take the leases of what the consumer's group has given it anew, without anything cached.

        Whoever held them is fenced off; what was read before and not committed comes again.
        """
        self._generation = consumer.generation
        self._rows.clear()
        self._leases = await self._store.acquire(sorted({p for _, p in consumer.partitions}))

    async def _one_by_one(self, fired: Sequence[Received], records: Sequence[Record]) -> None:
        """Take records of which one ends the process; the one that did is put aside."""
        assert self._consumer is not None, "start() comes first"
        if fired:
            await self._apply(fired)
        await self._committed()
        watch = self._quarantine
        for record in records:
            await self._apply((), [record], watched=watch.suspect(record))
            await self._consumer.commit({(record.topic, record.partition): record.offset + 1})

    async def _note(self, starts: Sequence[Start]) -> None:
        if starts:
            await self._commit(Changes(leases=self._leases, starts=list(starts)))

    async def _apply(
        self,
        given: Sequence[Received],
        records: Sequence[Record] = (),
        *,
        watched: bool = False,
    ) -> None:
        received: list[Received] = []
        unreadable = []
        for record in records:
            try:
                received.append(received_event(record))
            except BindingError as error:
                unreadable.append((record, error))
        received += given
        rows = await self._load(received)
        transaction = await self._begin(received, rows)
        for record, fault in unreadable:
            transaction.bury(record, "header_invalid", fault.header, str(fault))
        aside = watched and self._quarantine.kills(records[0])
        if watched and not aside:
            await self._note([self._quarantine.trying(records[0])])
        for one in received:
            transaction.put_aside(one) if aside else transaction.take(one)
        changes = transaction.changes()
        if watched:
            changes.starts.append(self._quarantine.passed(records[0]))
        await self._commit(changes)
        self._keep(rows)
        self._offer(changes.calls)
        await self._publish(changes.outgoing)

    async def _begin(self, received: Sequence[Received], rows: dict[str, Row]) -> Transaction:
        events = {(r.given.source, r.given.id): r for r in received if isinstance(r.given, Event)}
        dead = await self._store.dead(list(events))
        return Transaction(
            self.system,
            self._handler,
            topics=self._topics,
            leases=self._leases,
            rows=rows,
            dead={events[pair].token for pair in dead},
            seq=self._next,
            stats=self.stats,
        )

    async def _load(self, received: Sequence[Received]) -> dict[str, Row]:
        wanted = list(dict.fromkeys(one.subject for one in received))
        # Taken out until the commit: a batch that fails leaves no half-changed row behind.
        rows = {name: self._rows.pop(name) for name in wanted if name in self._rows}
        missing = [name for name in wanted if name not in rows]
        found = await self._store.subjects(missing) if missing else {}
        return rows | {name: loaded(row) for name, row in found.items()}

    def _keep(self, rows: Mapping[str, Row]) -> None:
        self._rows |= rows
        for name in list(islice(self._rows, max(0, len(self._rows) - CACHED))):
            del self._rows[name]

    async def _fired(self) -> list[Received]:
        past = self._clock.past()
        if past is None:
            return []
        rows = await self._store.due(to_text(past), BATCH)
        return [
            timer
            for row in rows
            if row.partition in self._leases
            for timer in received_timers(row, past)
        ]

    async def _commit(self, changes: Changes) -> None:
        changes.published = self._published
        changes.calls_done, self._calls_done = self._calls_done, []
        await self._write(changes)
        self._cleared = changes.published

    async def _write(self, changes: Changes) -> None:
        for failures in range(1, STORE_TRIES):
            try:
                return await self._store.commit(changes)
            except StoreLocked:
                self.stats.store_locked += 1
            await self._sleep(STORE_BACKOFF.longest(failures) * self._chance())
        await self._store.commit(changes)

    @property
    def _untidy(self) -> bool:
        """Whether rows of the outbox or of the calls stand in the store that are done with."""
        return self._published > self._cleared or bool(self._calls_done)

    async def _flush(self) -> None:
        if self._untidy:
            await self._commit(Changes(leases=self._leases))

    async def _publish(self, rows: Sequence[Outgoing]) -> None:
        if rows:
            await self._producer.send(_batches(rows))
            self._published = rows[-1].seq

    async def _committed(self) -> None:
        if self._committing is not None:
            committing, self._committing = self._committing, None
            await committing

    def _offer(self, calls: Sequence[PendingCall]) -> None:
        if calls:
            self.calls.extend(calls)
            self.called.set()

    def _next(self) -> int:
        self._seq += 1
        return self._seq


def _batches(rows: Sequence[Outgoing]) -> Batches:
    batches: dict[Partition, list[Message]] = {}
    for row in rows:
        message = (row.key, row.payload, row.headers)
        batches.setdefault((row.topic, row.partition), []).append(message)
    return batches
