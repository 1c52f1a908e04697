"""Where people live: a province by its share of the population, a commune, an address."""

from datetime import date
from functools import cache
from typing import NamedTuple

from schemas import units
from schemas.regimes import Office, competent_commune, merged, offers_linked
from simulators.draws import Draws, Weighted

_FIRST_OF_THE_DEEP_SOUTH = "70"
"""Bình Phước: from there on a hamlet is an ấp, not a thôn; codes run from north to south."""


@cache
def provinces() -> Weighted[str]:
    """The codes of the 63 provinces, weighted by population."""
    rows = units.provinces()
    return Weighted([row.code for row in rows], [row.population_share for row in rows])


@cache
def offering(day: date) -> Weighted[str]:
    """The provinces in which linked cases can be filed on a day; all of them before the pilot."""
    offered = {row.code for row in units.provinces() if offers_linked(row.code, day)}
    rows = [row for row in units.provinces() if row.code in offered or not offered]
    return Weighted([row.code for row in rows], [row.population_share for row in rows])


class Home(NamedTuple):
    """Where a family lives on a day: the commune that is competent then, and what was before."""

    province: str
    """One of the 63, whose code people's numbers and facilities have."""
    office: Office


def home(draws: Draws, day: date, where: Weighted[str] | None = None) -> Home:
    """A commune of some province, one of those that are given.

    Since 1 July 2025 only one whose code lives on, since no table says what became of the others.
    """
    province = draws.pick(where or provinces())
    communes = _codes(province, merged(day))
    return Home(province, competent_commune(communes[draws.below(len(communes))], day))


@cache
def _codes(province: str, merged: bool) -> tuple[str, ...]:
    codes = (commune.code for commune in units.communes_of(province))
    if not merged:
        return tuple(codes)
    today = {commune.code for commune in units.today_communes()}
    return tuple(code for code in codes if code in today)


def address(draws: Draws, office: Office) -> str:
    """A house in that commune, as it is written on a form."""
    neighbourhood, rest = _locality(office)
    return f"Số {1 + draws.below(300)}, {neighbourhood} {1 + draws.below(20)}, {rest}"


def hospital(draws: Draws, province: str) -> str:
    """The code of a hospital of the province: its two digits and a number."""
    hospitals = 3 + len(units.communes_of(province)) // 12
    return f"{province}{1 + draws.below(hospitals):03}"


def hospital_name(code: str) -> str:
    """A hospital as a notice names it: no list of their names goes with the codes."""
    return f"Bệnh viện mã {code}, {units.province(code[:2]).name}"


def health_station(commune: str) -> str:
    """The code of the commune's own health station, where its children are treated first."""
    return _health_stations()[commune]


@cache
def _health_stations() -> dict[str, str]:
    return {
        commune.code: f"{province.code}{number}"
        for province in units.provinces()
        for number, commune in enumerate(units.communes_of(province.code), start=100)
    }


@cache
def _locality(office: Office) -> tuple[str, str]:
    """What a neighbourhood is called there, and the rest of the address."""
    if not office.name.startswith("Xã "):
        neighbourhood = "tổ dân phố"
    else:
        neighbourhood = "ấp" if office.province >= _FIRST_OF_THE_DEEP_SOUTH else "thôn"
    province = units.province(office.province)
    if merged(office.row.valid_from):
        return neighbourhood, f"{office.name}, {province.successor_name}"
    district = units.commune(office.commune).district_name
    return neighbourhood, f"{office.name}, {district}, {province.name}"
