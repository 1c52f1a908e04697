"""What a unit is called on a paper of a given day: before 1 July 2025 with its district."""

from datetime import date
from functools import cache
from typing import NamedTuple

from schemas.regimes import merged, province_title
from schemas.units import (
    TodayCommune,
    UnknownUnitError,
    commune,
    district,
    province,
    today_communes,
    today_provinces,
)


class Place(NamedTuple):
    """A unit and the units above it."""

    commune: str
    """Or the district, where that is the unit itself."""
    district: str | None
    """None since 1 July 2025, when districts went."""
    province: str
    above: str
    """The unit above as a letterhead says it: the district, or `tỉnh` or `thành phố` and name."""

    def __str__(self) -> str:
        return ", ".join(filter(None, self[:3]))


def place_of(code: str, day: date) -> Place:
    """A commune as it is called on that day; one that no table of the day has keeps its old name.

    Raises:
        UnknownUnitError: no table has this code.
    """
    try:
        old = None if merged(day) and code in _today() else commune(code)
    except UnknownUnitError:
        if code not in _today():
            raise
        old = None
    if old is not None:
        name = province(old.province).name
        return Place(old.name, old.district_name, name, old.district_name)
    found = _today()[code]
    above = province_title(found.province, day)
    return Place(found.name, None, _today_names()[found.province], above)


def district_of(code: str, day: date) -> Place:
    """A district and its province, as they were called on a day until 30 June 2025.

    Raises:
        UnknownUnitError: there was no such district.
    """
    found = district(code)
    above = province_title(found.province, day)
    return Place(found.name, None, province(found.province).name, above)


def province_of(code: str, day: date) -> str:
    """A province as it is called on that day; after the mergers, the one that it belongs to.

    Raises:
        UnknownUnitError: no table has this code.
    """
    old = province(code)
    return old.successor_name if merged(day) else old.name


@cache
def _today() -> dict[str, TodayCommune]:
    return {unit.code: unit for unit in today_communes()}


@cache
def _today_names() -> dict[str, str]:
    return {unit.code: unit.name for unit in today_provinces()}
