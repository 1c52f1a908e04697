"""Whatever order can happen, and whatever comes twice: the same death case in the end."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.runtime.handling import Emit
from hub.orchestrator.chains import CHAINS
from schemas.event import to_text
from tests.hub.orchestrator import orders
from tests.hub.orchestrator.country import SUBMITTED, Dvclt, died, said
from tests.hub.orchestrator.test_any_order import ANSWERS, Answers

DECIDING = CHAINS["death"].deciding
CASH = {"method": "cash", "account": None}
SUMS = {"social-insurance": 18_000_000, "social-protection": 25_000_000}
PAYMENTS = ("made", "failed, made", "failed, cash", "failed, silence", "failed, late")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What the agencies and the citizen will do in one case; times in minutes."""

    services: tuple[str, ...]
    groups: tuple[str, ...]
    death: str
    removal: str
    decisions: tuple[str, str]
    """Of social insurance, and of social protection."""
    payments: tuple[str, str]
    pace: tuple[int, int, int, int, int, int]
    supplements: tuple[Answers, Answers, Answers, Answers]
    """Of the death, the removal and the two allowances."""
    patience: int
    withdrawn: int | None


plans = st.builds(
    Plan,
    services=st.sampled_from(
        [
            ("death", "residence_removal"),
            ("death", "funeral_allowance"),
            *[("death", "residence_removal", "funeral_allowance")] * 3,
        ]
    ),
    groups=st.sampled_from(
        [("insurance",), ("merit",), ("insurance", "merit"), ("emergency", "insurance")]
    ),
    death=st.sampled_from(("death.registered",) * 5 + ("death.registration.refused",)),
    removal=st.sampled_from(("residence.removed", "residence.removal.refused")),
    decisions=st.tuples(*[st.sampled_from(("granted", "granted", "refused"))] * 2),
    payments=st.tuples(*[st.sampled_from(PAYMENTS)] * 2),
    pace=st.tuples(*[st.integers(1, 6000)] * 6),
    supplements=st.tuples(*[st.sampled_from(ANSWERS)] * 4),
    patience=st.integers(1, 16_000),
    withdrawn=st.none() | st.integers(1, 30_000),
)


class Country(orders.Country):
    """A death's agencies and its citizen."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self._plan = plan
        self._asked = dict.fromkeys(DECIDING.values(), 0)
        self._paid = dict.fromkeys(SUMS, 0)
        self._granted: set[str] = set()
        self.say(died(*plan.services, groups=list(plan.groups)))
        if plan.withdrawn is not None:
            self.say(said("case.withdrawal.requested", plan.withdrawn))

    def hears(self, emits: list[Emit]) -> None:
        """Let the agencies and the citizen answer."""
        for emit in emits:
            begin = (emit.time - SUBMITTED) / timedelta(minutes=1)
            if emit.name == "death.registration.requested":
                self._death(begin)
            elif emit.name == "residence.removal.requested":
                then = begin + self._plan.pace[3]
                if not self._incomplete("residence_removal", then):
                    self.say(said(self._plan.removal, then))
            elif emit.name == "funeral-allowance.requested":
                self._allowance(emit.data["decider"], begin)
            elif emit.name == "case.supplement.requested":
                self._citizen(emit.data, begin)

    def _death(self, begin: float) -> None:
        received, decided, reported = self._plan.pace[:3]
        if not self._asked["death"]:
            self.say(said("dossier.progressed", begin + received))
        then = begin + received + decided
        if self._incomplete("death", then):
            return
        codes = [1, 3, 7, 4, 5] if self._plan.death == "death.registered" else [1, 3, 7, 6]
        self.say(said(self._plan.death, then))
        self.say(said("dossier.progressed", then + reported, codes=codes))

    def _allowance(self, decider: str, begin: float) -> None:
        """Decide once; asked again, pay again what was granted."""
        then = begin + self._plan.pace[4]
        if decider in self._granted:
            self._pay(decider, begin + self._plan.pace[5])
        elif not self._incomplete(DECIDING[decider], then):
            name = f"funeral-allowance.{self._plan.decisions[[*SUMS].index(decider)]}"
            if name == "funeral-allowance.refused":
                self.say(said(name, then, by=decider, reason="not_entitled"))
                return
            self._granted.add(decider)
            self.say(said(name, then, by=decider, vnd=SUMS[decider]))
            self._pay(decider, then + self._plan.pace[5])

    def _pay(self, decider: str, then: float) -> None:
        self._paid[decider] += 1
        fails = self._plan.payments[[*SUMS].index(decider)] != "made" and self._paid[decider] == 1
        name = "payout.failed" if fails else "payout.made"
        self.say(said(name, then, decider=decider, vnd=SUMS[decider], id=f"{name}{decider}{then}"))

    def _incomplete(self, service: str, then: float) -> bool:
        """Ask for a supplement, as long as the plan has one more."""
        place = [*DECIDING.values()].index(service)
        if self._asked[service] >= len(self._plan.supplements[place]):
            return False
        agency = [*DECIDING][place]
        self.say(said("supplement.requested", then, by=agency, due=to_text(SUBMITTED)))
        self._asked[service] += 1
        return True

    def _citizen(self, question: dict[str, Any], at: float) -> None:
        service, patience = str(question["service"]), self._plan.patience
        place = [*DECIDING.values()].index(service)
        if "/payout/account" in str(question["defects"]):
            answer = self._plan.payments[place - 2].partition(", ")[2]
            payout = CASH if answer == "cash" else None
            then = at + (patience if answer != "late" else 16_000 + patience)
            if answer == "silence":
                return
        else:
            answer, payout = self._plan.supplements[place][self._asked[service] - 1], None
            then, withdrawn = at + patience, self._plan.withdrawn
            if answer == "silence" or (withdrawn is not None and then > withdrawn):
                return
        fields: dict[str, Any] = {"service": service, "payout": payout}
        once = said("case.supplement.provided", then, id=f"{service}{then}", **fields)
        self.say(once)
        if patience % 2:
            self.say(said("case.supplement.provided", then, **fields))


@pytest.mark.timeout(240)
@settings(max_examples=400, deadline=None)
@given(plan=plans, data=st.data())
def test_every_order_that_can_happen_leads_to_the_same_case(
    plan: Plan, data: st.DataObject
) -> None:
    """Money before its decision, one agency before the other: same document, same events."""
    orders.same(lambda: (Dvclt(), Country(plan)), data)
