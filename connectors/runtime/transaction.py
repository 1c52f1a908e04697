"""What one batch of inputs changes: decided in memory, each input in its own try.

No IO and no clock: rows come in, `Changes` come out. One input that fails goes to the dead letters
and its case to the manual queue; its neighbours are written all the same.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

import orjson

from connectors.runtime.bus import MAX_RECORD_BYTES, Message, Record
from connectors.runtime.deadletters import Unsent, dead_letter
from connectors.runtime.errors import AgencyGaveUp
from connectors.runtime.handling import (
    Call,
    Decision,
    Emit,
    Handler,
    Input,
    Outcome,
    TimerFired,
)
from connectors.runtime.received import Received
from connectors.runtime.rows import Row, stored
from connectors.runtime.store import (
    Changes,
    DeadId,
    ManualItem,
    Outgoing,
    PendingCall,
)
from schemas.bindings import to_kafka
from schemas.catalogue import CATALOGUE
from schemas.event import VN, Event, derived_id, source_of, to_text
from schemas.topics import Topics


@dataclass(slots=True)
class Stats:
    """What one processor has done since it started."""

    handled: int = 0
    absorbed: int = 0
    dead: int = 0
    emitted: int = 0
    unavailable: int = 0
    """How often the agency as a whole did not answer."""
    retries: int = 0
    """How often the agency could not take one request, which was put off and its case with it."""
    given_up: int = 0
    """Requests that the agency refused for good: their cases are in the manual queue."""
    store_locked: int = 0
    """How often the store was locked when a transaction was to be written."""


class Transaction:
    """Decides one batch of one system on its rows, in place; a new subject gets a row.

    `seq` gives the next number of the outbox. A batch that is not committed spoils its rows.
    """

    def __init__(
        self,
        system: str,
        handler: Handler,
        *,
        topics: Topics,
        leases: Mapping[int, int],
        rows: dict[str, Row],
        dead: set[str],
        seq: Callable[[], int],
        stats: Stats,
    ) -> None:
        self._system = system
        self._handler = handler
        self._topics = topics
        self._rows = rows
        self._dead = dead
        self._seq = seq
        self._stats = stats
        self._changes = Changes(leases=leases)

    def changes(self) -> Changes:
        """All that was decided, to be committed once."""
        changed = [row for row in self._rows.values() if row.changed]
        self._changes.subjects = [stored(row) for row in changed]
        for row in changed:
            row.version += 1
            row.changed = False
        return self._changes

    def take(self, one: Received) -> None:
        """Decide on one input; whatever its handler does, the batch goes on."""
        row = self._rows.get(one.subject)
        if row is None:
            row = self._rows[one.subject] = Row(one.subject, one.partition, 0)
        if one.requeued:
            self._revive(one)
        known = row.seen.get(one.token)
        if known == one.digest or one.token in self._dead or _overtaken(one.given, row):
            self._stats.absorbed += 1
        elif known is not None:
            self._fail(one, "id_reused", "another payload under the same id")
        else:
            self._decide(one, row)

    def put_aside(self, one: Received) -> None:
        """Give an input up that ended the process: unhandled, unless it was taken in already."""
        row = self._rows.get(one.subject)
        if one.token in self._dead or (row is not None and row.seen.get(one.token) == one.digest):
            self._stats.absorbed += 1
        else:
            self._fail(one, "process_killed", "its receiver ended each time it came to this event")

    def bury(self, record: Record, reason: str, pointer: str = "", detail: str = "") -> None:
        """Send a record to the dead letters."""
        letter = dead_letter(record, by=self._system, reason=reason, pointer=pointer, detail=detail)
        self._enqueue(letter, self._topics.dead_letters, record.partition)
        self._stats.dead += 1

    def _decide(self, one: Received, row: Row) -> None:
        try:
            decision = self._handler(orjson.loads(row.state), one.given)
            state = orjson.dumps(decision.state).decode()
            timers = {name: to_text(due) for name, due in decision.timers.items()}
            events = [self._event(emit, one, i) for i, emit in enumerate(decision.events)]
            messages = [(e.key.encode(), e.payload, to_kafka(e)) for e in events]
            calls = [self._call(call, one) for call in decision.calls]
        except AgencyGaveUp as error:
            self._fail(one, "agency_refused", str(error))
            return
        except Exception as error:  # a handler may fail in any way; its neighbours must commit
            self._fail(one, "handler_failed", f"{type(error).__name__}: {error}")
            if isinstance(one.given, TimerFired):  # it must not fire for ever
                del row.timers[one.given.name]
                row.changed = True
            return
        row.timers = timers
        self._accept(one, row, decision, state)
        if decision.manual is not None:
            self._to_officer(one, decision.manual, "")
        for message in messages:
            self._send(message, one, row.partition)
        self._stats.emitted += len(events)
        self._changes.calls += calls

    def _accept(self, one: Received, row: Row, decision: Decision, state: str) -> None:
        row.state = state
        row.ended = decision.ended
        row.changed = True
        if decision.ended:
            row.seen = {}
        elif not isinstance(one.given, TimerFired):
            row.seen[one.token] = one.digest
        self._stats.handled += 1

    def _event(self, emit: Emit, one: Received, ordinal: int) -> Event:
        kind = CATALOGUE[emit.name]
        identity = derived_id(one.given.id, emit.name, ordinal)
        return Event(
            id=identity,
            source=source_of(self._system),
            type=kind.full,
            time=emit.time,
            subject=one.subject,
            payload=orjson.dumps(emit.data),  # the router validates, once
            dataschema=kind.dataschema,
            causationid=one.given.cause if isinstance(one.given, Outcome) else one.given.id,
            traceparent=_traceparent(one.subject, identity),
        )

    def _call(self, call: Call, one: Received) -> PendingCall:
        return PendingCall(
            key=f"{one.subject}/{call.step}/{call.attempt}",
            seq=self._seq(),
            subject=one.subject,
            step=call.step,
            attempt=call.attempt,
            time=call.time.astimezone(VN),
            record=call.record,
            text=orjson.dumps(call.record).decode(),
            cause=one.given.id,
        )

    def _send(self, message: Message, one: Received, partition: int) -> None:
        topic = self._topics.inbox(self._system)
        key, payload, headers = message
        if len(payload or b"") <= MAX_RECORD_BYTES:
            self._enqueue(message, topic, partition)
            return
        unsent = Unsent(topic=topic, partition=partition, key=key, value=payload, headers=headers)
        self.bury(unsent, "refused_by_broker", detail="an event of more than 4 MiB was emitted")
        self._to_officer(one, "refused_by_broker", "an event of more than 4 MiB was emitted")

    def _enqueue(self, message: Message, topic: str, partition: int) -> None:
        key, payload, headers = message
        self._changes.outgoing.append(
            Outgoing(
                seq=self._seq(),
                partition=partition,
                topic=topic,
                key=key,
                headers=headers,
                payload=payload or b"",
            )
        )

    def _to_officer(self, one: Received, reason: str, detail: str) -> None:
        self._changes.manual.append(
            ManualItem(
                subject=one.subject,
                input=one.token,
                reason=reason,
                detail=detail[:500],
                at=to_text(one.given.time),
            )
        )

    def _revive(self, one: Received) -> None:
        if one.token in self._dead and isinstance(one.given, Event):
            self._dead.remove(one.token)
            self._changes.revived.append((one.given.source, one.given.id))
            self._changes.settled.append((one.subject, one.token))

    def _fail(self, one: Received, reason: str, detail: str) -> None:
        self._to_officer(one, reason, detail)
        if one.record is None or not isinstance(one.given, Event):
            return
        self.bury(one.record, reason, detail=detail)
        if reason != "id_reused":  # that id stays with the payload that was taken first
            self._dead.add(one.token)
            self._changes.dead.append(
                DeadId(
                    source=one.given.source,
                    id=one.given.id,
                    subject=one.subject,
                    reason=reason,
                )
            )


def _overtaken(given: Input, row: Row) -> bool:
    # An earlier input of the same batch may have changed the timers: only a set one fires.
    return isinstance(given, TimerFired) and row.timers.get(given.name) != to_text(given.time)


def _traceparent(subject: str, identity: str) -> str:
    """W3C Trace Context: one trace a case, one span an event."""
    return f"00-{_trace(subject)}-{identity[:8]}{identity[9:13]}{identity[14:18]}-01"


@lru_cache(maxsize=10_000)
def _trace(subject: str) -> str:
    return hashlib.md5(subject.encode(), usedforsecurity=False).hexdigest()
