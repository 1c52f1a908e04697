"""A case under the ledger's eye: its reference course, and the codes that agencies gave to it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from hub.ledger.course import Course
from hub.ledger.texts import local

BOOK_PAGES = 200
LAST_BOOK = 99
CERTIFICATE = "KQ.G15.000031"
"""The code of a birth certificate in the national catalogue of results."""
CHILDS_CARD = "TE1"
URN = "urn:lienthong:"


@dataclass(slots=True, kw_only=True)
class Codes:
    """Codes that an agency allocates in the order of its work, so that no model knows them.

    Each is what most places say where it is kept; all places are then held against it.
    """

    agency: str | None = None
    dossier: str | None = None
    """The local code of the one-stop's dossier."""
    number: int | None = None
    """The entry's number in its commune's year."""
    person: str | None = None
    """The child's personal ID."""
    residence: int | None = None
    """The number of the CT08 in its commune."""
    insurance: str | None = None
    """The child's social-insurance number."""
    papers: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each paper's file by its address; none in a run without files."""


@dataclass(slots=True)
class Case:
    """A case with all that its expected rows are made of."""

    course: Course
    codes: Codes
    external: bool
    code: str = field(init=False)
    payload: Mapping[str, Any] = field(init=False)
    """What the citizen submitted."""
    born: datetime = field(init=False)
    """The child's birth."""
    made: dict[Any, Any] = field(init=False, default_factory=dict)
    """Rows that were made already, by their maker."""

    def __post_init__(self) -> None:
        self.code = self.course.case
        self.payload = self.course.submission.payload
        self.born = local(self.payload["child"]["born"])

    @property
    def received(self) -> datetime:
        """When the one-stop first took the case."""
        return next(one.time for one in self.course.files if one.step == "one-stop/receive")

    def attempts(self, step: str) -> int:
        """How often an agency was asked for a step."""
        return sum(one.step == step for one in self.course.files)

    def decided(self, step: str) -> datetime | None:
        """When an agency decided a step, if it did so with success."""
        dossier = self.course.dossiers.get(step)
        return dossier.time if dossier is not None and dossier.result == "done" else None

    def time(self, step: str) -> datetime:
        """When an agency decided a step that there is."""
        return self.course.dossiers[step].time

    @property
    def residence_step(self) -> str | None:
        """The step that registered the residence, if one did."""
        for step in ("residence/decide", "residence/register"):
            if self.decided(step):
                return step
        return None

    @property
    def entry(self) -> tuple[str, str, int]:
        """Number, book and page of the entry in the register of births."""
        number, year = self.codes.number or 0, self.time("civil-status/enter").year
        book = min((number - 1) // BOOK_PAGES + 1, LAST_BOOK)
        page = number - (book - 1) * BOOK_PAGES
        return f"{number:02}/{year}", f"{book:02}/{year}", page

    @property
    def ct08(self) -> str:
        """The number of the residence notice."""
        return f"{self.codes.residence}/CT08-{self.payload['household']['commune']}"

    @property
    def card(self) -> str:
        """The number of the health-insurance card."""
        return f"{CHILDS_CARD}{self.payload['province']}{self.codes.insurance}"


def last_card_day(born: date) -> date:
    """The last day of a child's card: the day before it is 72 months old, or 30 September of that
    year if that is later."""
    school = date(born.year + 6, 9, 30)
    if (born.month, born.day) <= (9, 30):
        return school
    return date(born.year + 6, born.month, born.day) - timedelta(days=1)


def most(values: Iterable[Any]) -> Any:
    """What most sources say; the first of them where they are even, None where none says it."""
    said = Counter(value for value in values if value is not None)
    return max(said, key=lambda value: said[value]) if said else None
