"""Where people live: a province by its share of the population, a commune, an address."""

from functools import cache

from schemas import units
from simulators.draws import Draws, Weighted

_FIRST_OF_THE_DEEP_SOUTH = "70"
"""Bình Phước: from there on a hamlet is an ấp, not a thôn; codes run from north to south."""


@cache
def provinces() -> Weighted[str]:
    """The codes of the 63 provinces, weighted by population."""
    rows = units.provinces()
    return Weighted([row.code for row in rows], [row.population_share for row in rows])


def address(draws: Draws, commune: str) -> str:
    """A house in that commune, as it is written on a form."""
    neighbourhood, rest = _locality(commune)
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
def _locality(code: str) -> tuple[str, str]:
    """What a neighbourhood is called there, and the rest of the address."""
    commune = units.commune(code)
    province = units.province(commune.province)
    if not commune.name.startswith("Xã "):
        neighbourhood = "tổ dân phố"
    else:
        neighbourhood = "ấp" if province.code >= _FIRST_OF_THE_DEEP_SOUTH else "thôn"
    return neighbourhood, f"{commune.name}, {commune.district_name}, {province.name}"
