"""Whatever order can happen, and whatever comes twice: the same case in the end.

Publishers are not ordered among each other. What one system says arrives in its order, except that
anything may come again at any time, even after the case has ended. The portal says at once that the
citizen will withdraw; a deadline that ends a service passes only when nothing dated before it is
still under way.
"""

from collections import deque
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.runtime.handling import Emit
from hub.orchestrator.chain import Sequencing
from hub.orchestrator.chains import CHAINS, TABLES
from schemas.event import Event, to_text
from tests.hub.orchestrator.country import SUBMITTED, Dvclt, said, submitted

DECIDING = CHAINS["birth"].deciding

Answers = tuple[Literal["answer", "silence"], ...]
"""How the citizen answers each question about a service; as many questions are asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the agencies and the citizen will do in one case; times in minutes."""

    services: tuple[str, ...]
    sequence: Sequencing
    birth: str
    residence: tuple[str, ...]
    card: str
    pace: tuple[int, int, int, int, int]
    supplements: tuple[Answers, Answers, Answers]
    """Of birth, residence and card."""
    patience: int
    """How long the citizen takes to answer."""
    withdrawn: int | None
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
ANSWERS: tuple[Answers, ...] = (
    (),
    (),
    ("answer",),
    ("silence",),
    ("answer", "answer"),
    ("answer", "silence"),
)

plans = st.builds(
    Plan,
    services=st.sampled_from(
        [
            ("birth",),
            ("birth", "residence"),
            ("birth", "health_card"),
            ("birth", "residence", "health_card"),
            ("birth", "residence", "health_card"),
        ]
    ),
    sequence=st.sampled_from(("parallel", "strict")),
    birth=st.sampled_from(("birth.registered",) * 4 + ("birth.registration.refused",)),
    residence=st.sampled_from(RESIDENCES),
    card=st.sampled_from(("health-card.issued", "health-card.refused")),
    pace=st.tuples(*[st.integers(1, 6000)] * 5),
    supplements=st.tuples(*[st.sampled_from(ANSWERS)] * 3),
    patience=st.integers(1, 16_000),
    withdrawn=st.none() | st.integers(1, 20_000),
    rejected=st.booleans(),
)


class Country:
    """What is under way to dvclt: one queue a publisher, filled by what dvclt asks for."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._queues: dict[str, deque[Event]] = {}
        self._asked = dict.fromkeys(DECIDING.values(), 0)
        self._say(submitted(*plan.services))
        if plan.withdrawn is not None:
            self._say(said("case.withdrawal.requested", plan.withdrawn))
        if plan.rejected:
            self._say(said("delivery.rejected", 3))

    def hears(self, emits: list[Emit]) -> None:
        """Let the agencies and the citizen answer."""
        for emit in emits:
            begin = (emit.time - SUBMITTED) / timedelta(minutes=1)
            if emit.name == "birth.registration.requested":
                self._birth(begin)
            elif emit.name == "residence.registration.requested":
                if not self._incomplete("residence", begin + self._plan.pace[3]):
                    for n, name in enumerate(self._plan.residence, start=1):
                        self._say(said(name, begin + n * self._plan.pace[3]))
            elif emit.name == "health-card.requested":
                if not self._incomplete("health_card", begin + self._plan.pace[4]):
                    self._say(said(self._plan.card, begin + self._plan.pace[4]))
            elif emit.name == "case.supplement.requested":
                self._citizen(emit.data["service"], begin)

    def _birth(self, begin: float) -> None:
        received, decided, reported = self._plan.pace[:3]
        if not self._asked["birth"]:
            self._say(said("dossier.progressed", begin + received))
        if self._incomplete("birth", begin + received + decided):
            return
        codes = [1, 3, 7, 4, 5] if self._plan.birth == "birth.registered" else [1, 3, 7, 6]
        self._say(said(self._plan.birth, begin + received + decided))
        self._say(said("dossier.progressed", begin + received + decided + reported, codes=codes))

    def _incomplete(self, service: str, at: float) -> bool:
        """Ask for a supplement, as long as the plan has one more."""
        place = [*DECIDING.values()].index(service)
        if self._asked[service] >= len(self._plan.supplements[place]):
            return False
        agency = [*DECIDING][place]
        self._say(said("supplement.requested", at, by=agency, due=to_text(SUBMITTED)))
        self._asked[service] += 1
        return True

    def _citizen(self, service: str, at: float) -> None:
        """Answer, unless the citizen has withdrawn by then; half of all answers come twice."""
        plan, place = self._plan, [*DECIDING.values()].index(service)
        answer = plan.supplements[place][self._asked[service] - 1]
        then = at + plan.patience
        if answer == "answer" and (plan.withdrawn is None or then <= plan.withdrawn):
            once = said("case.supplement.provided", then, service=service, id=f"{service}{then}")
            self._say(once)
            if plan.patience % 2:
                self._say(said("case.supplement.provided", then, service=service))

    def _say(self, event: Event) -> None:
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


def in_time(plan: Plan) -> Dvclt:
    """The case when everything comes once, in the order in which it happened."""
    dvclt, country = Dvclt(plan.sequence), Country(plan)
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


def told(dvclt: Dvclt) -> list[bytes]:
    """All that dvclt emitted, in no order."""
    return sorted(
        orjson.dumps([emit.name, to_text(emit.time), emit.data]) for emit in dvclt.emitted
    )


@pytest.mark.timeout(180)
@settings(max_examples=400, deadline=None)
@given(plan=plans, data=st.data())
def test_every_order_that_can_happen_leads_to_the_same_case(
    plan: Plan, data: st.DataObject
) -> None:
    """Same document byte for byte, same events, at most two messages to the citizen."""
    dvclt, country = Dvclt(plan.sequence), Country(plan)
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
            case "timer" if timers := ripe(dvclt, country):
                country.hears(fire(dvclt, data.draw(st.sampled_from(timers))))
    for event in data.draw(st.permutations(heard)):
        assert deliver(dvclt, event) == [], "a repetition after the end says nothing"
    expected = in_time(plan)
    assert dvclt.ended
    assert orjson.dumps(dvclt.state) == orjson.dumps(expected.state)
    assert told(dvclt) == told(expected)
    assert len(dvclt.statuses()) == 2
