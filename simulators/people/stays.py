"""A stay (*tạm trú*) and who files it, made from a seed and an ordinal alone."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from schemas.event import VN
from schemas.identifiers import Sex
from simulators.draws import Draws, Weighted
from simulators.mix import Mix
from simulators.people import places
from simulators.people.names import family_names, full_name
from simulators.people.person import Family, Person
from simulators.people.relatives import YEAR, generation

_MONTHS: Final[Weighted[int]] = Weighted((3, 6, 12, 24), (10, 20, 50, 20))
"""For how long people ask; assumed, up to the longest that the law allows."""
_RESIDENT: Final = (17, 28)
_LANDLORD: Final = (30, 45)
"""Ages in years: the least, and the span from there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StayApplication:
    """What somebody brings who asks to be registered where they stay."""

    resident: Person
    requester: Person
    """The resident, or the landlord for them."""
    address: str
    commune: str
    province: str
    until: date
    """The last day, counted from the day of filing in Vietnam."""


def stay_application(seed: int, ordinal: int, filed: datetime, mix: Mix) -> StayApplication:
    """The application of the ordinal's stay, from the day on which it is filed."""
    draws, day = Draws(seed, "stay", ordinal), filed.astimezone(VN).date()
    home = places.home(draws, day)
    family = Family(draws, seed, ordinal, home.province)
    resident = _adult(family, 0, day, _RESIDENT, mix.stayers_from_elsewhere)
    landlord = _adult(family, 1, day, _LANDLORD, 0.0)
    return StayApplication(
        resident=resident,
        requester=landlord if draws.chance(mix.landlord_files) else resident,
        address=places.address(draws, home.office),
        commune=home.office.commune,
        province=home.office.province,
        until=_later(day, draws.pick(_MONTHS)),
    )


def _adult(
    family: Family, role: int, day: date, ages: tuple[int, int], from_elsewhere: float
) -> Person:
    draws, (least, span) = family.draws, ages
    sex: Sex = "male" if draws.chance(0.5) else "female"
    born = day - timedelta(days=int(least * YEAR) + 1 + draws.below(int(span * YEAR)))
    name = full_name(draws, draws.pick(family_names(family.province)), sex, generation(born, day))
    return family.person(role, name, sex, born, from_elsewhere)


def _later(day: date, months: int) -> date:
    """So many months later, on the same day or the last that the month has."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
