"""A birth under the ledger's eye."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hub.ledger.case import Case
from hub.ledger.texts import local

CERTIFICATE = "KQ.G15.000031"
"""The code of a birth certificate in the national catalogue of results."""
CHILDS_CARD = "TE1"


@dataclass(slots=True)
class BirthCase(Case):
    """A birth with all that its expected rows are made of."""

    born: datetime = field(init=False)

    def __post_init__(self) -> None:
        Case.__post_init__(self)
        self.born = local(self.payload["child"]["born"])

    @property
    def residence_step(self) -> str | None:
        """The step that registered the residence, if one did."""
        for step in ("residence/decide", "residence/register"):
            if self.decided(step):
                return step
        return None

    @property
    def certified(self) -> datetime | None:
        """When the certificate was issued, if it was."""
        steps = ("civil-status/mend", "civil-status/issue", "civil-status/certify")
        return next((at for step in steps if (at := self.decided(step))), None)

    @property
    def ct08(self) -> str:
        """The number of the residence notice."""
        return f"{self.codes.residence}/CT08-{self.home}"

    @property
    def home(self) -> str:
        """The commune that registers the residence."""
        household = self.payload["household"]["commune"]
        return self.place(self.asked("residence/register"), household).commune

    @property
    def card(self) -> str:
        """The number of the health-insurance card."""
        return f"{CHILDS_CARD}{self.insured_in}{self.codes.insurance}"

    @property
    def insured_in(self) -> str:
        """The province that issues the card."""
        return self.place(self.asked("social-insurance/card")).province


def last_identity_card_day(born: date) -> date:
    """The last day of an identity card: the fourteenth birthday, on 1 March for a leap day."""
    leap = (born.month, born.day) == (2, 29)
    return date(born.year + 14, 3, 1) if leap else date(born.year + 14, born.month, born.day)


def last_card_day(born: date) -> date:
    """The last day of a child's card: the day before it is 72 months old, or 30 September of that
    year if that is later."""
    school = date(born.year + 6, 9, 30)
    if (born.month, born.day) <= (9, 30):
        return school
    return date(born.year + 6, born.month, born.day) - timedelta(days=1)
