"""The codes of a linked case and of the local dossier that a one-stop opens for it."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Literal, Self

from schemas.identifiers.agencies import AgencyCode
from schemas.identifiers.parts import SEQUENCE, IdentifierError, check_day, day_of, wrong

Chain = Literal["birth", "death", "temporary_residence"]

MARKS: dict[Chain, str] = {
    "birth": "G22.99.08",
    "death": "G22.99.09",
    "temporary_residence": "G22.99.10",
}
"""What a case code of each chain begins with."""
_CHAINS = {mark: chain for chain, mark in MARKS.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCode:
    """The national code of a case, by the mark of its chain: `G22.99.08-yymmdd-seq` is a birth."""

    KIND: ClassVar = "case code"

    chain: Chain
    day: date
    """The day of submission."""
    sequence: str
    """At least 4 digits, without upper bound; leading zeros belong to it."""

    def __post_init__(self) -> None:
        check_day(self.KIND, str(self), self.day)
        SEQUENCE.check(self.KIND, str(self), self.sequence)

    @classmethod
    def parse(cls, text: str) -> Self:
        parts = text.split("-")
        if len(parts) != 3:
            raise wrong(cls.KIND, text, "form", "form is not G22.99.NN-yymmdd-seq")
        chain = _CHAINS.get(parts[0])
        if chain is None:
            known = " or ".join(f"{mark} ({name})" for name, mark in MARKS.items())
            what = f"chain part {parts[0]!r} is not {known}"
            raise wrong(cls.KIND, text, "chain", what)
        return cls(chain=chain, day=day_of(cls.KIND, text, parts[1]), sequence=parts[2])

    def __str__(self) -> str:
        return f"{MARKS[self.chain]}-{self.day:%y%m%d}-{self.sequence}"


def case_code_text(chain: Chain, day: date, number: int) -> str:
    """A case code from its facts, unchecked and fast: for whoever mints many."""
    return f"{MARKS[chain]}-{day:%y%m%d}-{number:06}"


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCode:
    """A one-stop's own dossier code: `<agency id>-<yymmdd>-<4 or more digits>`.

    The sequence restarts each day; past 9,999 it has a fifth digit.
    """

    KIND: ClassVar = "dossier code"

    agency: AgencyCode
    day: date
    sequence: str
    old_agency_form: bool = False
    """Whether the agency stands leaf first in the text: `000.00.12.H62-201105-0004`."""

    def __post_init__(self) -> None:
        check_day(self.KIND, str(self), self.day)
        SEQUENCE.check(self.KIND, str(self), self.sequence)

    @classmethod
    def parse(cls, text: str) -> Self:
        parts = text.split("-")
        if len(parts) != 3:
            raise wrong(cls.KIND, text, "form", "form is not <agency id>-<yymmdd>-<digits>")
        try:
            agency = AgencyCode.parse(parts[0])
        except IdentifierError as error:
            raise wrong(cls.KIND, text, "agency", f"agency part: {error}") from error
        return cls(
            agency=agency,
            day=day_of(cls.KIND, text, parts[1]),
            sequence=parts[2],
            old_agency_form=str(agency) != parts[0],
        )

    def __str__(self) -> str:
        agency = self.agency.old_form() if self.old_agency_form else str(self.agency)
        return f"{agency}-{self.day:%y%m%d}-{self.sequence}"


def dossier_code_text(agency: str, day: date, number: int) -> str:
    """A dossier code from its facts, unchecked and fast: for whoever mints many."""
    return f"{agency}-{day:%y%m%d}-{number:04}"
