"""What a unit is called on a paper of a given day: before 1 July 2025 with its district."""

from datetime import date
from functools import cache
from typing import NamedTuple

from schemas.regimes import merged
from schemas.units import (
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

    def __str__(self) -> str:
        return ", ".join(filter(None, self))


def place_of(code: str, day: date) -> Place:
    """A commune as it is called on that day; one that no table of the day has keeps its old name.

    Raises:
        UnknownUnitError: no table has this code.
    """
    if merged(day) and (found := _today().get(code)) is not None:
        return found
    try:
        old = commune(code)
    except UnknownUnitError:
        if code in _today():
            return _today()[code]
        raise
    return Place(old.name, old.district_name, province(old.province).name)


def district_of(code: str) -> Place:
    """A district and its province, as they were called until 30 June 2025.

    Raises:
        UnknownUnitError: there was no such district.
    """
    found = district(code)
    return Place(found.name, None, province(found.province).name)


def province_of(code: str, day: date) -> str:
    """A province as it is called on that day; after the mergers, the one that it belongs to.

    Raises:
        UnknownUnitError: no table has this code.
    """
    old = province(code)
    return old.successor_name if merged(day) else old.name


@cache
def _today() -> dict[str, Place]:
    names = {unit.code: unit.name for unit in today_provinces()}
    return {unit.code: Place(unit.name, None, names[unit.province]) for unit in today_communes()}
