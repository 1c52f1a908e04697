"""Every order in which a case's events can come, and what dvclt makes of the case.

Publishers are not ordered among each other. What one system says arrives in its order, except that
anything may come again at any time, even after the case has ended. The portal says at once that the
citizen will withdraw; a deadline that ends a service passes only when nothing dated before it is
still under way.
"""

from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from hypothesis import strategies as st

from connectors.runtime.handling import Emit
from hub.orchestrator.chains import TABLES
from schemas.event import Event, to_text
from tests.hub.orchestrator.country import Dvclt


class Country(ABC):
    """What is under way to dvclt: one queue a publisher, filled by what dvclt asks for."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[Event]] = {}

    @abstractmethod
    def hears(self, emits: list[Emit]) -> None:
        """Let the agencies and the citizen answer."""

    def say(self, event: Event) -> None:
        """Send dvclt something."""
        self._queues.setdefault(event.source, deque()).append(event)

    def next_of_each(self) -> list[Event]:
        """The oldest event of every publisher that has one under way.

        Nothing overtakes a withdrawal that is dated before it.
        """
        heads = [queue[0] for queue in self._queues.values() if queue]
        names = ("case.submitted", "case.withdrawal.requested")
        first = [head for head in heads if head.name in names]
        hub = [head for head in heads if head.source == "/systems/hub"]
        before = [head for head in heads if not first or head.time <= first[0].time]
        return [head for head in heads if head in (*first, *hub, *before)]

    def earliest(self) -> datetime | None:
        """The date of what is under way and was said first."""
        times = [event.time for queue in self._queues.values() for event in queue]
        return min(times, default=None)

    def deliver(self, event: Event) -> None:
        """Take an event off its queue."""
        self._queues[event.source].popleft()


def ripe(dvclt: Dvclt, country: Country, *, marks: bool = True) -> list[str]:
    """Timers that may fire now; with `marks` those as well that only mark a service overdue."""
    earliest = country.earliest()
    return sorted(
        service
        for service, due in dvclt.timers.items()
        if earliest is None
        or due < earliest
        or (marks and not TABLES[service].states[dvclt.stages()[service]].expires)
    )


def in_time(dvclt: Dvclt, country: Country) -> Dvclt:
    """The case when everything comes once, in the order in which it happened."""
    while not dvclt.ended or country.next_of_each():
        while timers := ripe(dvclt, country, marks=False):
            country.hears(fire(dvclt, min(timers, key=lambda s: dvclt.timers[s])))
        if coming := country.next_of_each():
            event = min(coming, key=lambda e: (e.time, e.source != "/systems/portal"))
            country.deliver(event)
            country.hears(deliver(dvclt, event))
    return dvclt


def deliver(dvclt: Dvclt, event: Event) -> list[Emit]:
    """What dvclt emits for an event."""
    before = len(dvclt.emitted)
    dvclt.hears(event)
    return dvclt.emitted[before:]


def fire(dvclt: Dvclt, service: str) -> list[Emit]:
    """What dvclt emits when a timer fires."""
    before = len(dvclt.emitted)
    dvclt.fires(service)
    return dvclt.emitted[before:]


def in_any_order(
    dvclt: Dvclt, country: Country, data: st.DataObject, *, marks: bool = True
) -> Dvclt:
    """The case when everything comes in an order that can happen, and much of it again.

    With `marks`, dates are looked at too early, before all that was said by then has come.
    """
    heard: list[Event] = []
    while (coming := country.next_of_each()) or not dvclt.ended:
        match data.draw(st.sampled_from(("next", "next", "next", "again", "timer"))):
            case "next" if coming:
                event = data.draw(st.sampled_from(coming))
                country.deliver(event)
                heard.append(event)
                country.hears(deliver(dvclt, event))
            case "again" if heard:
                assert deliver(dvclt, data.draw(st.sampled_from(heard))) == []
            case "timer" if timers := ripe(dvclt, country, marks=marks):
                country.hears(fire(dvclt, data.draw(st.sampled_from(timers))))
    for event in data.draw(st.permutations(heard)):
        assert deliver(dvclt, event) == [], "a repetition after the end says nothing"
    return dvclt


def same(make: Callable[[], tuple[Dvclt, Country]], data: st.DataObject) -> Dvclt:
    """The case after any order; asserts that it is byte for byte the case in the right one.

    Where a date is looked at too early, there may be an apology that nobody owed, or another one;
    it changes the promised date and nothing else.
    """
    early = data.draw(st.booleans(), label="dates are looked at too early")
    dvclt, expected = in_any_order(*make(), data, marks=early), in_time(*make())
    assert dvclt.ended
    seen = _as_promised if early else _whole
    assert orjson.dumps(seen(dvclt)) == orjson.dumps(seen(expected))
    assert told(dvclt, letters=not early) == told(expected, letters=not early)
    assert len(dvclt.statuses()) == 2 + ("apology" in dvclt.state)
    return dvclt


def _whole(dvclt: Dvclt) -> dict[str, Any]:
    return dict(sorted(dvclt.state.items()))


def _as_promised(dvclt: Dvclt) -> dict[str, Any]:
    """The document without apology: due when its last service is."""
    due = max(entry["due"] for entry in dvclt.state["services"].values())
    return {**{n: v for n, v in _whole(dvclt).items() if n != "apology"}, "due": due}


def told(dvclt: Dvclt, *, letters: bool = True) -> list[bytes]:
    """All that dvclt emitted, in no order; without `letters`, no apology and no date in the last
    message."""
    return sorted(
        orjson.dumps([emit.name, to_text(emit.time), emit.data if letters else _dateless(emit)])
        for emit in dvclt.emitted
        if letters or not emit.data.get("apology")
    )


def _dateless(emit: Emit) -> dict[str, Any]:
    undated = emit.data.get("status") not in (None, "processing")
    return {n: v for n, v in emit.data.items() if not (undated and n == "due")}
