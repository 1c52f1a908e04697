"""Whatever order can happen, and whatever comes twice: the same birth case in the end."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.runtime.handling import Emit
from hub.orchestrator.chain import Sequencing
from hub.orchestrator.chains import CHAINS
from schemas.event import to_text
from tests.hub.orchestrator import orders
from tests.hub.orchestrator.country import SUBMITTED, Dvclt, said, submitted

DECIDING = CHAINS["birth"].deciding

Answers = tuple[Literal["answer", "silence"], ...]
"""How the citizen answers each question about a service; as many questions are asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the agencies and the citizen will do in one case; times in minutes."""

    services: tuple[str, ...]
    sequence: Sequencing
    birth: tuple[str, ...]
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
BIRTHS = (
    *(("birth.registered",),) * 3,
    ("birth.registration.refused",),
    ("certificate.drafted", "certificate.draft.answered", "birth.registered"),
    ("certificate.drafted", "birth.registered"),
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
            ("birth", "residence"),
            ("birth", "health_card"),
            ("birth", "residence", "health_card"),
            ("birth", "residence", "health_card"),
        ]
    ),
    sequence=st.sampled_from(("parallel", "strict")),
    birth=st.sampled_from(BIRTHS),
    residence=st.sampled_from(RESIDENCES),
    card=st.sampled_from(("health-card.issued", "health-card.refused")),
    pace=st.tuples(*[st.integers(1, 6000)] * 5),
    supplements=st.tuples(*[st.sampled_from(ANSWERS)] * 3),
    patience=st.integers(1, 16_000),
    withdrawn=st.none() | st.integers(1, 20_000),
    rejected=st.booleans(),
)


class Country(orders.Country):
    """A birth's agencies and its citizen."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._asked = dict.fromkeys(DECIDING.values(), 0)
        self.say(submitted(*plan.services))
        if plan.withdrawn is not None:
            self.say(said("case.withdrawal.requested", plan.withdrawn))
        if plan.rejected:
            self.say(said("delivery.rejected", 3))

    def hears(self, emits: list[Emit]) -> None:
        """Let the agencies and the citizen answer."""
        for emit in emits:
            begin = (emit.time - SUBMITTED) / timedelta(minutes=1)
            if emit.name == "birth.registration.requested":
                self._birth(begin)
            elif emit.name == "residence.registration.requested":
                if not self._incomplete("residence", begin + self._plan.pace[3]):
                    for n, name in enumerate(self._plan.residence, start=1):
                        self.say(said(name, begin + n * self._plan.pace[3]))
            elif emit.name == "health-card.requested":
                if not self._incomplete("health_card", begin + self._plan.pace[4]):
                    self.say(said(self._plan.card, begin + self._plan.pace[4]))
            elif emit.name == "case.supplement.requested":
                self._citizen(emit.data["service"], begin)

    def _birth(self, begin: float) -> None:
        received, decided, reported = self._plan.pace[:3]
        if not self._asked["birth"]:
            self.say(said("dossier.progressed", begin + received))
        if self._incomplete("birth", begin + received + decided):
            return
        last = self._plan.birth[-1]
        codes = [1, 3, 7, 4, 5] if last == "birth.registered" else [1, 3, 7, 6]
        then = begin + received
        for name in self._plan.birth:
            then += decided
            drafted = {"expires": to_text(SUBMITTED + timedelta(minutes=then, days=1))}
            self.say(said(name, then, **(drafted if name == "certificate.drafted" else {})))
        self.say(said("dossier.progressed", then + reported, codes=codes))

    def _incomplete(self, service: str, at: float) -> bool:
        """Ask for a supplement, as long as the plan has one more."""
        place = [*DECIDING.values()].index(service)
        if self._asked[service] >= len(self._plan.supplements[place]):
            return False
        agency = [*DECIDING][place]
        self.say(said("supplement.requested", at, by=agency, due=to_text(SUBMITTED)))
        self._asked[service] += 1
        return True

    def _citizen(self, service: str, at: float) -> None:
        """Answer, unless the citizen has withdrawn by then; half of all answers come twice."""
        plan, place = self._plan, [*DECIDING.values()].index(service)
        answer = plan.supplements[place][self._asked[service] - 1]
        then = at + plan.patience
        if answer == "answer" and (plan.withdrawn is None or then <= plan.withdrawn):
            once = said("case.supplement.provided", then, service=service, id=f"{service}{then}")
            self.say(once)
            if plan.patience % 2:
                self.say(said("case.supplement.provided", then, service=service))


@pytest.mark.timeout(180)
@settings(max_examples=400, deadline=None)
@given(plan=plans, data=st.data())
def test_every_order_that_can_happen_leads_to_the_same_case(
    plan: Plan, data: st.DataObject
) -> None:
    """Same document byte for byte, same events, a letter of apology among them where one is due."""
    orders.same(lambda: (Dvclt(plan.sequence), Country(plan)), data)
