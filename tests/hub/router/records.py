"""Records as the router reads them, made from the examples and bent where a test wants it."""

from dataclasses import replace
from typing import Any

from connectors.runtime.bus.memory import MemoryRecord
from schemas.bindings import to_kafka
from schemas.event import Event
from schemas.examples import example
from schemas.topics import Topics

TOPICS = Topics()
PARTITIONS = 4
SUBMITTED = example("case.submitted")


def record(event: Event = SUBMITTED, **changes: Any) -> MemoryRecord:
    """An event on its publisher's `lt.in`; `changes` are fields of the record."""
    made = MemoryRecord(
        topic=TOPICS.inbox(event.system),
        partition=0,
        offset=0,
        key=event.key.encode(),
        value=event.payload,
        headers=tuple(to_kafka(event)),
        timestamp=1_688_950_800_000,
    )
    return replace(made, **changes)


def with_header(name: str, value: bytes | None, event: Event = SUBMITTED) -> MemoryRecord:
    """The event with one header set to other bytes, or to Kafka's null."""
    headers: list[Any] = [(n, v) for n, v in to_kafka(event) if n != name]
    return record(event, headers=(*headers, (name, value)))


def without_header(name: str, event: Event = SUBMITTED) -> MemoryRecord:
    """The event without one header."""
    return record(event, headers=tuple((n, v) for n, v in to_kafka(event) if n != name))


def with_value(value: bytes | None, event: Event = SUBMITTED) -> MemoryRecord:
    """The event with another payload."""
    return record(event, value=value)
