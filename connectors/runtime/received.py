"""What comes into a batch: events from the bus, outcomes from the agency, timers come due.

Each with the token and digest by which a repetition is told from a reused id.
"""

from dataclasses import dataclass
from datetime import datetime

import orjson

from connectors.runtime.bus import Record
from connectors.runtime.deadletters import REQUEUE
from connectors.runtime.handling import Input, Outcome, TimerFired
from connectors.runtime.store import Subject
from schemas.bindings import from_kafka
from schemas.event import from_text, payload_hash, to_text
from schemas.topics import partition_of


@dataclass(slots=True)
class Received:
    """One input on its way in. `token` and `digest` tell a repetition from a reused id."""

    given: Input
    subject: str
    partition: int
    token: str
    digest: str
    record: Record | None = None
    requeued: bool = False
    """An operator sent it again to this receiver alone: it is dead no more."""


def received_event(record: Record) -> Received:
    """The event on a record.

    Raises:
        BindingError: the record carries no readable event.
    """
    event = from_kafka(record.headers, record.value)
    return Received(
        given=event,
        subject=event.subject,
        partition=record.partition,
        token=f"{event.system}:{event.id}",
        digest=payload_hash(event.payload),
        record=record,
        requeued=record.headers[-1][0] == REQUEUE,
    )


def received_outcome(outcome: Outcome, partitions: int) -> Received:
    """What an agency decided."""
    return Received(
        given=outcome,
        subject=outcome.subject,
        partition=partition_of(outcome.subject, partitions),
        token=f"agency:{outcome.step}/{outcome.attempt}/{outcome.result}",
        digest=payload_hash(orjson.dumps(outcome.record)),
    )


def received_timers(row: Subject, now: datetime) -> list[Received]:
    """The timers of a row that are due at `now`, the earliest first."""
    until = to_text(now)
    due = sorted((due, name) for name, due in orjson.loads(row.timers).items() if due <= until)
    return [
        Received(
            given=TimerFired(subject=row.subject, name=name, time=from_text(moment)),
            subject=row.subject,
            partition=row.partition,
            token=f"timer:{name}",
            digest="",
        )
        for moment, name in due
    ]
