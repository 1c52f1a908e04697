"""A subject's row between two transactions: as a batch works on it, and as the store has it."""

from dataclasses import dataclass, field

import orjson

from connectors.runtime.store import Subject


@dataclass(slots=True)
class Row:
    """A subject's row as a batch works on it; the processor keeps those it used last."""

    subject: str
    partition: int
    version: int
    state: str = "{}"
    seen: dict[str, str] = field(default_factory=dict)
    timers: dict[str, str] = field(default_factory=dict)
    ended: bool = False
    changed: bool = False


def loaded(row: Subject) -> Row:
    """The row as the store has it."""
    return Row(
        subject=row.subject,
        partition=row.partition,
        version=row.version,
        state=row.state,
        seen=orjson.loads(row.seen),
        timers=orjson.loads(row.timers),
        ended=row.ended,
    )


def stored(row: Row) -> Subject:
    """The row as the store is to have it."""
    return Subject(
        subject=row.subject,
        partition=row.partition,
        version=row.version,
        state=row.state,
        seen=orjson.dumps(row.seen).decode(),
        timers=orjson.dumps(row.timers).decode() if row.timers else "{}",
        next_due=min(row.timers.values(), default=None),
        ended=row.ended,
    )
