"""A case under the ledger's eye: its reference course, with the codes that agencies gave to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from hub.ledger.calendar import VN
from hub.ledger.codes import Codes
from hub.ledger.course import Course
from hub.ledger.units import MERGED_ON, Place, agency_today, receiving

if TYPE_CHECKING:
    from hub.ledger.chain import Chain

BOOK_PAGES = 200
LAST_BOOK = 99


@dataclass(slots=True)
class Case:
    """A case with all that its expected rows are made of."""

    chain: "Chain"
    course: Course
    codes: Codes
    external: bool
    code: str = field(init=False)
    payload: Mapping[str, Any] = field(init=False)
    """What the citizen submitted."""
    made: dict[Any, Any] = field(init=False, default_factory=dict)
    """Rows that were made already, by their maker."""

    def __post_init__(self) -> None:
        self.code = self.course.case
        self.payload = self.course.submission.payload

    @property
    def received(self) -> datetime:
        """When the one-stop first took the case."""
        return next(one.time for one in self.course.files if one.step == "one-stop/receive")

    def place(self, asked: datetime, commune: str | None = None) -> Place:
        """Where dvclt addressed what it asked for then; `commune` is the case's, or another."""
        filed = commune or self.payload["commune"]
        found = receiving(filed, asked.astimezone(VN).date(), self.course.successors)
        return found or Place(self.payload["province"], filed)

    def asked(self, step: str) -> datetime:
        """When a step was last asked for; one that never was, with the case."""
        one = self.course.dossiers.get(step)
        return self.course.submission.time if one is None else one.request.time

    def agency(self, asked: datetime) -> str | None:
        """Who had the one-stop's dossier when something was asked for: who began it, or who
        succeeds that agency."""
        began, day = self.codes.agency, asked.astimezone(VN).date()
        if began is None or day < MERGED_ON:
            return began
        place = receiving(self.payload["commune"], day, self.course.successors)
        return began if place is None else agency_today(place)

    def commune(self, step: str) -> str:
        """The commune whose affair a step was when it was last asked for."""
        return self.place(self.asked(step)).commune

    @property
    def first_asked(self) -> datetime:
        """When the one-stop was first asked for the case."""
        files = self.course.files
        return next(one.request.time for one in files if one.step == "one-stop/receive")

    @property
    def handled(self) -> datetime:
        """When the one-stop was last asked for something of the case."""
        files = self.course.files
        return max(one.request.time for one in files if one.system == "one-stop")

    def attempts(self, step: str) -> int:
        """How often an agency was asked for a step."""
        return sum(one.step == step for one in self.course.files)

    def decided(self, step: str) -> datetime | None:
        """When an agency decided a step, if it did so with success."""
        dossier = self.course.dossiers.get(step)
        return dossier.time if dossier is not None and dossier.result == "done" else None

    def day(self, step: str) -> date:
        """The day on which an agency decided a step, or, where it did not, was last asked to."""
        return (self.decided(step) or self.asked(step)).astimezone(VN).date()

    def time(self, step: str) -> datetime:
        """When an agency decided a step that there is."""
        return self.course.dossiers[step].time

    @property
    def entered(self) -> datetime:
        """When civil status entered the birth or the death."""
        return self.time(self.chain.entry.step)

    @property
    def entry(self) -> tuple[str, str, int]:
        """Number, book and page of the entry in the register of civil status."""
        number, year = self.codes.number or 0, self.entered.year
        book = min((number - 1) // BOOK_PAGES + 1, LAST_BOOK)
        page = number - (book - 1) * BOOK_PAGES
        return f"{number:02}/{year}", f"{book:02}/{year}", page
