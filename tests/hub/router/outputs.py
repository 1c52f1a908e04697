"""What a batch of records became, by who receives it."""

from dataclasses import replace
from typing import Any

import orjson

from connectors.runtime.bus import Message
from connectors.runtime.bus.memory import MemoryRecord
from hub.router.router import Buckets
from schemas.bindings import from_kafka
from schemas.event import Event
from schemas.systems import RIGHTS, SYSTEMS, Fields, without_others
from tests.hub.router.records import SUBMITTED, TOPICS, record


def to(buckets: Buckets, topic: str) -> list[Message]:
    """The messages for a topic, whatever their partition."""
    return [m for (name, _), messages in buckets.items() for m in messages if name == topic]


def received(buckets: Buckets) -> dict[str, list[Event]]:
    """What each system receives."""
    return {
        system: [from_kafka(headers, value) for _, value, headers in messages]
        for system in SYSTEMS
        if (messages := to(buckets, TOPICS.outbox(system)))
    }


def receivers_of(event: Event) -> dict[str, Fields]:
    """Who is to receive an event, and which fields of it."""
    right = RIGHTS[event.name]
    if right.named_by is None:
        return dict(right.receivers)
    return without_others(right.receivers, event.data()[right.named_by])


def logs(buckets: Buckets) -> list[dict[str, Any]]:
    """The log records."""
    return [orjson.loads(value or b"") for _, value, _ in to(buckets, TOPICS.log)]


def submissions(count: int) -> list[MemoryRecord]:
    """Submissions of different cases."""
    return [
        record(
            replace(SUBMITTED, subject=f"G22.99.08-230710-{number:06}", id=f"s{number}"),
            offset=number,
        )
        for number in range(count)
    ]
