"""The case document, and the decision that leaves a case with it.

It holds JSON values only, and times as text that sorts by time.
"""

from typing import Any

from connectors.runtime.handling import Decision, Emit
from schemas.event import Event, from_text, to_text

Document = dict[str, Any]
Parked = dict[str, str]


def next_of(wait: dict[str, Any]) -> str:
    """When something becomes of a wait by itself: its deadline, or the last poll before that."""
    until: str = wait["until"]
    polls: str = wait.get("polls", until)
    return min(until, polls)


def decision(
    doc: Document, events: list[Emit] | tuple[()] = (), *, manual: str | None = None
) -> Decision:
    """The decision that leaves a case with this document, its timers with it."""
    return Decision(
        state=doc,
        events=events,
        timers={
            service: from_text(next_of(entry))
            for service, entry in doc["waiting"].items()
            if "manual" not in entry
        },
        ended=doc["ended"] is not None,
        manual=manual,
    )


def parked(entries: list[Parked], event: Event, reason: str) -> list[Parked]:
    """The events kept for an officer with one more, by time; a repetition stays once."""
    if any(kept["id"] == event.id and kept["source"] == event.source for kept in entries):
        return entries
    entry = {
        "name": event.name,
        "source": event.source,
        "id": event.id,
        "time": to_text(event.time),
        "reason": reason,
    }
    return sorted([*entries, entry], key=_by_time)


def _by_time(entry: Parked) -> tuple[str, str, str]:
    return entry["time"], entry["source"], entry["id"]
