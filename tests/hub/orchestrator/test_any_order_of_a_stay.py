"""Whatever order can happen, and whatever comes twice: the same stay in the end."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.runtime.handling import Emit
from schemas.event import to_text
from tests.hub.orchestrator import orders
from tests.hub.orchestrator.country import SUBMITTED, Dvclt, said
from tests.hub.orchestrator.test_any_order import ANSWERS, Answers
from tests.hub.orchestrator.test_stay_stories import REQUEST, STAY, answered, stays, withdrawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the police and the citizen will do in one case; times in minutes."""

    decision: str
    pace: int
    answers: Answers
    patience: int
    withdrawn: int | None


plans = st.builds(
    Plan,
    decision=st.sampled_from(("residence.temporary.registered", "residence.temporary.refused")),
    pace=st.integers(1, 6_000),
    answers=st.sampled_from(ANSWERS),
    patience=st.integers(1, 16_000),
    withdrawn=st.none() | st.integers(1, 20_000),
)


class Country(orders.Country):
    """The commune police and their citizen."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._asked = 0
        self.say(stays())
        if plan.withdrawn is not None:
            self.say(withdrawn(plan.withdrawn))

    def hears(self, emits: list[Emit]) -> None:
        """Let the police and the citizen answer."""
        for emit in emits:
            begin = (emit.time - SUBMITTED) / timedelta(minutes=1)
            if emit.name == REQUEST:
                self._police(begin + self._plan.pace)
            elif emit.name == "case.supplement.requested":
                self._citizen(begin + self._plan.patience)

    def _police(self, then: float) -> None:
        if self._asked < len(self._plan.answers):
            question = {"by": "residence", "due": to_text(SUBMITTED)}
            self.say(said("supplement.requested", then, **question))
            self._asked += 1
        else:
            self.say(said(self._plan.decision, then))

    def _citizen(self, then: float) -> None:
        left = self._plan.withdrawn is not None and then > self._plan.withdrawn
        if self._plan.answers[self._asked - 1] == "answer" and not left:
            self.say(answered(then))


@pytest.mark.timeout(120)
@settings(max_examples=300, deadline=None)
@given(plan=plans, data=st.data())
def test_every_order_that_can_happen_leads_to_the_same_case(
    plan: Plan, data: st.DataObject
) -> None:
    """Withdrawn before or after the decision, answered late or never: same document and events."""
    dvclt = orders.same(lambda: (Dvclt(), Country(plan)), data)
    assert set(dvclt.stages()) == {STAY}
