"""The processor: how every system takes part without losing, doubling or reordering anything.

Poll a batch → one store transaction {skip what was seen, run the pure handlers, write state,
outbox and timers} → publish the outbox → commit the offsets. A crash anywhere replays; seen ids
make the replay harmless. An error of broker or store ends the process: recovery is a restart,
which publishes first what is left, then consumes.
"""

import asyncio
import hashlib
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from connectors.runtime.bus import Batches, Bus, Consumer, Message, Partition, Producer, Record
from connectors.runtime.clock import Clock
from connectors.runtime.deadletters import dead_letter
from connectors.runtime.handling import (
    Call,
    Decision,
    Emit,
    Handler,
    Input,
    Outcome,
    TimerFired,
)
from connectors.runtime.store import (
    Changes,
    DeadId,
    ManualItem,
    Outgoing,
    PendingCall,
    Store,
    Subject,
)
from schemas.bindings import BindingError, from_kafka, to_kafka
from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id, from_text, payload_hash, source_of, to_text
from schemas.payloads import encode
from schemas.topics import Topics, partition_of

BATCH = 500
"""Inputs of one transaction."""


@dataclass(slots=True)
class Stats:
    """What one processor has done since it started."""

    handled: int = 0
    absorbed: int = 0
    dead: int = 0
    emitted: int = 0


@dataclass(frozen=True, slots=True)
class Received:
    """One input on its way in. `token` and `digest` tell a repetition from a reused id."""

    given: Input
    subject: str
    partition: int
    token: str
    digest: str
    record: Record | None


@dataclass(slots=True)
class _Row:
    """A subject's row while a batch works on it."""

    subject: str
    partition: int
    version: int
    state: bytes = b"{}"
    seen: dict[str, str] = field(default_factory=dict)
    timers: Mapping[str, datetime] = field(default_factory=dict)
    ended: bool = False
    changed: bool = False


class Processor:
    """One system's loop over its `lt.out` partitions p with p mod `workers` = `worker`.

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
        self._consumer: Consumer | None = None
        self._committing: asyncio.Task[None] | None = None
        self._leases: Mapping[int, int] = {}
        self._turn = asyncio.Lock()
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
        self._seq = max(
            [0, *(row.seq for row in left), *(call.seq for call in self.calls)],
        )
        topic = self._topics.outbox(self.system)
        self._consumer = await self._bus.consumer(
            self.system, [(topic, number) for number in self._owned]
        )

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
            await self.step(timeout=0.2)

    async def step(self, timeout: float) -> int:
        """One poll and one transaction; the number of inputs. At 0 nothing is left to write."""
        assert self._consumer is not None, "start() comes first"
        records = await self._consumer.poll(BATCH, timeout)
        async with self._turn:
            fired = await self._fired()
            if not records and not fired:
                await self._flush()
                return 0
            received, unreadable = _read(records)
            await self._apply([*received, *fired], unreadable)
            await self._committed()
            offsets = {(r.topic, r.partition): r.offset + 1 for r in records}
            if offsets:
                self._committing = asyncio.create_task(self._consumer.commit(offsets))
        return len(records) + len(fired)

    async def take(self, outcomes: Sequence[Outcome]) -> None:
        """One transaction over what the agency decided; safe on disk and published on return."""
        received = [
            Received(
                given=outcome,
                subject=outcome.subject,
                partition=partition_of(outcome.subject, self._partitions),
                token=f"agency:{outcome.step}/{outcome.attempt}/{outcome.result}",
                digest=payload_hash(orjson.dumps(outcome.record)),
                record=None,
            )
            for outcome in outcomes
        ]
        async with self._turn:
            await self._apply(received)

    def done(self, keys: Iterable[str]) -> None:
        """The agency has these requests; the next transaction forgets them."""
        self._calls_done.extend(keys)

    # --- one transaction -------------------------------------------------------------------

    async def _apply(
        self,
        received: Sequence[Received],
        unreadable: Sequence[tuple[Record, BindingError]] = (),
    ) -> None:
        rows = await self._rows(received)
        dead = await self._dead(received)
        changes = Changes(leases=self._leases)
        for record, error in unreadable:
            self._bury(record, "header_invalid", error.header, str(error), changes)
        for one in received:
            if one.token in dead:
                self.stats.absorbed += 1
            else:
                self._one(one, rows[one.subject], changes)
        changes.subjects = [_stored(row) for row in rows.values() if row.changed]
        await self._commit(changes)
        self._offer(changes.calls)
        await self._publish(changes.outgoing)

    async def _rows(self, received: Sequence[Received]) -> dict[str, _Row]:
        partitions = {one.subject: one.partition for one in received}
        found = await self._store.subjects(list(partitions))
        return {
            subject: _loaded(found[subject]) if subject in found else _Row(subject, partition, 0)
            for subject, partition in partitions.items()
        }

    async def _dead(self, received: Sequence[Received]) -> set[str]:
        pairs = {
            (one.given.source, one.given.id): one.token
            for one in received
            if isinstance(one.given, Event)
        }
        return {pairs[pair] for pair in await self._store.dead(list(pairs))}

    def _one(self, one: Received, row: _Row, changes: Changes) -> None:
        known = row.seen.get(one.token)
        if known == one.digest or _overtaken(one.given, row):
            self.stats.absorbed += 1
            return
        if known is not None:
            self._fail(one, row, "id_reused", "another payload under the same id", changes)
            return
        try:
            decision = self._handler(orjson.loads(row.state), one.given)
            state = orjson.dumps(decision.state)
            events = [self._event(e, one, i) for i, e in enumerate(decision.events)]
            calls = [self._call(call, one, i) for i, call in enumerate(decision.calls)]
        except Exception as error:  # a handler may fail in any way; its neighbours must commit
            self._fail(one, row, "handler_failed", f"{type(error).__name__}: {error}", changes)
            return
        self._accept(one, row, decision, state)
        for event in events:
            self._send(event, row.partition, changes)
        self._seq += len(calls)
        changes.calls += calls

    def _accept(self, one: Received, row: _Row, decision: Decision, state: bytes) -> None:
        row.state = state
        row.timers = decision.timers
        row.ended = decision.ended
        row.changed = True
        if decision.ended:
            row.seen = {}
        elif not isinstance(one.given, TimerFired):
            row.seen[one.token] = one.digest
        self.stats.handled += 1

    def _event(self, emit: Emit, one: Received, ordinal: int) -> Event:
        kind = CATALOGUE[emit.name]
        identity = derived_id(one.given.id, emit.name, ordinal)
        return Event(
            id=identity,
            source=source_of(self.system),
            type=kind.full,
            time=emit.time,
            subject=one.subject,
            payload=encode(kind.model, emit.data),
            dataschema=kind.dataschema,
            causationid=one.given.cause if isinstance(one.given, Outcome) else one.given.id,
            traceparent=_traceparent(one.subject, identity),
        )

    def _call(self, call: Call, one: Received, ordinal: int) -> PendingCall:
        return PendingCall(
            key=f"{one.subject}/{call.step}/{call.attempt}",
            seq=self._seq + 1 + ordinal,
            subject=one.subject,
            step=call.step,
            attempt=call.attempt,
            time=to_text(call.time),
            record=orjson.dumps(call.record),
            cause=one.given.id,
        )

    def _send(self, event: Event, partition: int, changes: Changes) -> None:
        topic = self._topics.inbox(self.system)
        message = (event.key.encode(), event.payload, to_kafka(event))
        self._enqueue(message, topic, partition, changes)
        self.stats.emitted += 1

    def _enqueue(self, message: Message, topic: str, partition: int, changes: Changes) -> None:
        key, payload, headers = message
        self._seq += 1
        changes.outgoing.append(
            Outgoing(
                seq=self._seq,
                partition=partition,
                topic=topic,
                key=key,
                headers=orjson.dumps([(name, value.decode()) for name, value in headers]),
                payload=payload or b"",
            )
        )

    # --- what fails ------------------------------------------------------------------------

    def _fail(self, one: Received, row: _Row, reason: str, detail: str, changes: Changes) -> None:
        changes.manual.append(
            ManualItem(
                subject=one.subject,
                input=one.token,
                reason=reason,
                detail=detail[:500],
                at=to_text(one.given.time),
            )
        )
        if one.record is not None and isinstance(one.given, Event):
            self._bury(one.record, reason, "", detail, changes)
            if reason != "id_reused":  # the id stays with the payload that was taken first
                changes.dead.append(
                    DeadId(
                        source=one.given.source,
                        id=one.given.id,
                        subject=one.subject,
                        reason=reason,
                    )
                )

    def _bury(
        self, record: Record, reason: str, pointer: str, detail: str, changes: Changes
    ) -> None:
        letter = dead_letter(record, by=self.system, reason=reason, pointer=pointer, detail=detail)
        self._enqueue(letter, self._topics.dead_letters, record.partition, changes)
        self.stats.dead += 1

    # --- writing ---------------------------------------------------------------------------

    async def _commit(self, changes: Changes) -> None:
        changes.published = self._published
        changes.calls_done, self._calls_done = self._calls_done, []
        await self._store.commit(changes)
        self._cleared = changes.published

    async def _flush(self) -> None:
        if self._published > self._cleared or self._calls_done:
            await self._commit(Changes(leases=self._leases))

    async def _publish(self, rows: Sequence[Outgoing]) -> None:
        if rows:
            await self._producer.send(_batches(rows))
            self._published = rows[-1].seq

    def _offer(self, calls: Sequence[PendingCall]) -> None:
        if calls:
            self.calls.extend(calls)
            self.called.set()

    async def _committed(self) -> None:
        if self._committing is not None:
            committing, self._committing = self._committing, None
            await committing

    async def _fired(self) -> list[Received]:
        now = self._clock.now()
        if now is None:
            return []
        return [
            Received(
                given=TimerFired(subject=row.subject, name=name, time=due),
                subject=row.subject,
                partition=row.partition,
                token=f"timer:{name}",
                digest="",
                record=None,
            )
            for row in await self._store.due(to_text(now), BATCH)
            for name, due in _timers(row.timers).items()
            if due <= now and row.partition in self._leases
        ]


def _read(
    records: Sequence[Record],
) -> tuple[list[Received], list[tuple[Record, BindingError]]]:
    received, unreadable = [], []
    for record in records:
        try:
            received.append(_received(record))
        except BindingError as error:
            unreadable.append((record, error))
    return received, unreadable


def _received(record: Record) -> Received:
    event = from_kafka(record.headers, record.value)
    return Received(
        given=event,
        subject=event.subject,
        partition=record.partition,
        token=f"{event.system}:{event.id}",
        digest=payload_hash(event.payload),
        record=record,
    )


def _overtaken(given: Input, row: _Row) -> bool:
    """An earlier input of the same batch may have changed the timers: only a set one fires."""
    return isinstance(given, TimerFired) and row.timers.get(given.name) != given.time


def _loaded(row: Subject) -> _Row:
    return _Row(
        subject=row.subject,
        partition=row.partition,
        version=row.version,
        state=row.state,
        seen=orjson.loads(row.seen),
        timers=_timers(row.timers),
        ended=row.ended,
    )


def _stored(row: _Row) -> Subject:
    due = {name: to_text(moment) for name, moment in row.timers.items()}
    return Subject(
        subject=row.subject,
        partition=row.partition,
        version=row.version,
        state=row.state,
        seen=orjson.dumps(row.seen),
        timers=orjson.dumps(due),
        next_due=min(due.values(), default=None),
        ended=row.ended,
    )


def _timers(raw: bytes) -> dict[str, datetime]:
    if raw == b"{}":
        return {}
    return {name: from_text(due) for name, due in orjson.loads(raw).items()}


def _batches(rows: Sequence[Outgoing]) -> Batches:
    batches: dict[Partition, list[Message]] = {}
    for row in rows:
        headers: list[Any] = orjson.loads(row.headers)
        message = (row.key, row.payload, [(name, value.encode()) for name, value in headers])
        batches.setdefault((row.topic, row.partition), []).append(message)
    return batches


def _traceparent(subject: str, identity: str) -> str:
    """W3C Trace Context: one trace a case, one span an event."""
    trace = hashlib.md5(subject.encode(), usedforsecurity=False).hexdigest()
    return f"00-{trace}-{identity.replace('-', '')[:16]}-01"
