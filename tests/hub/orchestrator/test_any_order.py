"""Whatever order can happen, and whatever comes twice: the same case in the end.

Publishers are not ordered among each other. What one system says arrives in its order, except that
anything may come again at any time, even after the case has ended.
"""

from collections import deque
from dataclasses import dataclass
from datetime import timedelta

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.runtime.handling import Emit
from hub.orchestrator.birth.intake import Sequencing
from schemas.event import Event, to_text
from tests.hub.orchestrator.country import SUBMITTED, Dvclt, said, submitted


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the agencies will decide of one case, and how long each takes, in minutes."""

    services: tuple[str, ...]
    sequence: Sequencing
    birth: str
    residence: tuple[str, ...]
    card: str
    pace: tuple[int, int, int, int, int]
    interjections: tuple[str, ...]
    rejected: bool
    """The hub refused to route something of this case, perhaps before it was submitted."""


RESIDENCES = (
    ("residence.registered",),
    ("residence.registration.refused",),
    ("consent.requested", "consent.given", "residence.registered"),
    ("consent.requested", "consent.given", "residence.registration.refused"),
    ("consent.requested", "consent.declined", "residence.registration.refused"),
    ("consent.requested", "consent.declined", "residence.registered"),
)

plans = st.builds(
    Plan,
    services=st.sampled_from(
        [
            ("birth",),
            ("birth", "residence"),
            ("birth", "health_card"),
            ("birth", "residence", "health_card"),
        ]
    ),
    sequence=st.sampled_from(("parallel", "strict")),
    birth=st.sampled_from(("birth.registered",) * 4 + ("birth.registration.refused",)),
    residence=st.sampled_from(RESIDENCES),
    card=st.sampled_from(("health-card.issued", "health-card.refused")),
    pace=st.tuples(*[st.integers(1, 6000)] * 5),
    interjections=st.lists(
        st.sampled_from(("case.withdrawal.requested", "supplement.requested")),
        unique=True,
        max_size=2,
    ).map(tuple),
    rejected=st.booleans(),
)


class Country:
    """What is under way to dvclt: one queue a publisher, filled by what dvclt asks for."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._queues: dict[str, deque[Event]] = {}
        self._say(submitted(*plan.services))
        if plan.rejected:
            self._say(said("delivery.rejected", 3))

    def hears(self, emits: list[Emit]) -> None:
        """Let the agencies answer."""
        for emit in emits:
            begin = (emit.time - SUBMITTED) / timedelta(minutes=1)
            if emit.name == "birth.registration.requested":
                self._birth(begin)
            elif emit.name == "residence.registration.requested":
                for n, name in enumerate(self._plan.residence, start=1):
                    self._say(said(name, begin + n * self._plan.pace[3]))
            elif emit.name == "health-card.requested":
                self._say(said(self._plan.card, begin + self._plan.pace[4]))

    def _birth(self, begin: float) -> None:
        for n, name in enumerate(self._plan.interjections):
            self._say(said(name, begin + 7 + n))
        received, decided, reported = self._plan.pace[:3]
        codes = [1, 3, 7, 4, 5] if self._plan.birth == "birth.registered" else [1, 3, 7, 6]
        self._say(said("dossier.progressed", begin + received))
        self._say(said(self._plan.birth, begin + received + decided))
        self._say(said("dossier.progressed", begin + received + decided + reported, codes=codes))

    def _say(self, event: Event) -> None:
        self._queues.setdefault(event.source, deque()).append(event)

    def next_of_each(self) -> list[Event]:
        """The oldest event of every publisher that has one under way."""
        return [queue[0] for queue in self._queues.values() if queue]

    def deliver(self, event: Event) -> None:
        """Take an event off its queue."""
        self._queues[event.source].popleft()


def in_time(plan: Plan) -> Dvclt:
    """The case when everything comes once, in the order in which it happened."""
    dvclt, country = Dvclt(plan.sequence), Country(plan)
    while coming := country.next_of_each():
        event = min(coming, key=lambda e: (e.time, e.source != "/systems/portal"))
        country.deliver(event)
        country.hears(deliver(dvclt, event))
    return dvclt


def deliver(dvclt: Dvclt, event: Event) -> list[Emit]:
    """What dvclt emits for an event."""
    before = len(dvclt.emitted)
    dvclt.hears(event)
    return dvclt.emitted[before:]


def told(dvclt: Dvclt) -> list[bytes]:
    """All that dvclt emitted, in no order."""
    return sorted(
        orjson.dumps([emit.name, to_text(emit.time), emit.data]) for emit in dvclt.emitted
    )


@settings(max_examples=400, deadline=None)
@given(plan=plans, data=st.data())
def test_every_order_that_can_happen_leads_to_the_same_case(
    plan: Plan, data: st.DataObject
) -> None:
    """Same document byte for byte, same events, at most two messages to the citizen."""
    dvclt, country = Dvclt(plan.sequence), Country(plan)
    heard: list[Event] = []
    while coming := country.next_of_each():
        match data.draw(st.sampled_from(("next", "next", "next", "again", "timer"))):
            case "next":
                event = data.draw(st.sampled_from(coming))
                country.deliver(event)
                heard.append(event)
                country.hears(deliver(dvclt, event))
            case "again" if heard:
                assert deliver(dvclt, data.draw(st.sampled_from(heard))) == []
            case "timer" if dvclt.timers:
                dvclt.fires(data.draw(st.sampled_from(sorted(dvclt.timers))))
    for event in data.draw(st.permutations(heard)):
        assert deliver(dvclt, event) == [], "a repetition after the end says nothing"
    expected = in_time(plan)
    assert dvclt.ended
    assert orjson.dumps(dvclt.state) == orjson.dumps(expected.state)
    assert told(dvclt) == told(expected)
    assert len(dvclt.statuses()) == 2
