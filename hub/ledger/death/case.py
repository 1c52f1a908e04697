"""A death under the ledger's eye."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from hub.ledger.case import Case
from hub.ledger.course import Decided, Said
from hub.ledger.death.money import Grant
from hub.ledger.death.places import addressed
from hub.ledger.texts import local
from hub.ledger.units import Place, committee

EXTRACT = "KQ.G15.000034"
"""The code of an extract of the register of deaths in the national catalogue of results."""


@dataclass(slots=True)
class DeathCase(Case):
    """A death with all that its expected rows are made of."""

    deceased: Mapping[str, Any] = field(init=False)
    died: datetime = field(init=False)
    """To the minute, as agencies have it."""
    born: date = field(init=False)

    def __post_init__(self) -> None:
        Case.__post_init__(self)
        self.deceased = self.payload["deceased"]
        self.died = local(self.deceased["died"]).replace(second=0, microsecond=0)
        self.born = date.fromisoformat(self.deceased["born"])

    @property
    def ct08(self) -> str:
        """The number of the notice that the residence is removed."""
        return f"{self.codes.residence}/CT08-XT-{self.commune('residence/remove')}"

    def commune(self, step: str) -> str:
        return self.addressed(step, self.asked(step)).commune

    def addressed(self, step: str, asked: datetime) -> Place:
        """Where dvclt addressed a step that it asked for then."""
        return self.place(asked, str(addressed(self.payload, step)["commune"]))

    def office(self, decider: str) -> tuple[str, str]:
        """How the deciding agency signs, and its office: the insurance's of the province in which
        it was asked, the people's committee that was competent on the day of the decision."""
        step = f"{decider}/allowance"
        place = self.addressed(step, self.asked(step))
        if decider == "social-insurance":
            return "BHXH", place.province
        return "UBND", committee(place.commune, self.decided_on(decider), self.course.successors)

    def decided_on(self, decider: str) -> date:
        """The day of its decision."""
        return self.day(f"{decider}/allowance")

    def decision(self, decider: str) -> str:
        """The number of its decision."""
        mark, office = self.office(decider)
        return f"{self.codes.decisions.get(decider)}/QĐ-{mark}-{office}"

    def said(self, name: str, decider: str | None = None) -> list[Said]:
        """The events of a type, in their order; those about one agency's decision."""
        found = [said for said in self.course.events if said.name == name]
        found = [said for said in found if decider in (None, said.told.get("decider"))]
        return sorted(found, key=lambda said: said.time)

    def asked_for_account(self, answer: Decided) -> bool:
        """Whether a citizen's answer is about an account that was closed."""
        asked = self.said("case.supplement.requested")
        return any(answer.request.id in said.ids and said.told.get("payout") for said in asked)

    def payout_request(self, one: Decided) -> Said:
        """The event that asked for a payment."""
        return next(said for said in self.said("payout.requested") if one.request.id in said.ids)

    def granted(self, decider: str) -> Grant | None:
        """What the agency granted."""
        said = self.said("funeral-allowance.granted", decider)
        found: Grant | None = said[0].told["grant"] if said else None
        return found
