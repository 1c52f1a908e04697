"""Which units deal with a case: since 1 July 2025 those that the old ones became part of.

Source: Resolution 202/2025/QH15; codes and communes of the General Statistics Office.
"""

import csv
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import resources
from typing import NamedTuple

MERGED_ON = date(2025, 7, 1)
SUCCESSORS = {
    "02": "08",
    "06": "19",
    "10": "15",
    "17": "25",
    "26": "25",
    "27": "24",
    "30": "31",
    "34": "33",
    "35": "37",
    "36": "37",
    "45": "44",
    "49": "48",
    "54": "66",
    "58": "56",
    "60": "68",
    "62": "51",
    "64": "52",
    "67": "68",
    "70": "75",
    "72": "80",
    "74": "79",
    "77": "79",
    "83": "86",
    "84": "86",
    "87": "82",
    "89": "91",
    "93": "92",
    "94": "92",
    "95": "96",
}
"""The 29 codes that ended, by the one that went on; the other 34 stay what they were."""


def province_on(code: str, day: date) -> str:
    """The province that a province's cases belong to on a day."""
    return SUCCESSORS.get(code, code) if day >= MERGED_ON else code


class Place(NamedTuple):
    """Where a request goes, by the codes of province and commune."""

    province: str
    commune: str


def receiving(commune: str, day: date, successors: Mapping[str, str]) -> Place | None:
    """Who deals on a day with what was filed in a commune; None where no table says.

    `successors` are the run's own rows, by the old commune's code.
    """
    homes = _communes_of_2023()
    if day >= MERGED_ON:
        homes = _communes_of_today()
        commune = commune if commune in homes else successors.get(commune, commune)
    home = homes.get(commune)
    return Place(home, commune) if home else None


def agency_today(place: Place) -> str:
    """The agency code of a commune since the mergers: its province's and its own, no district."""
    return f"{_agencies()[place.province]}.{place.commune}"


def misplaced(commune: str, province: str, day: date) -> bool:
    """Whether a commune that is known lies in another province than that one on a day."""
    today = _communes_of_today() if day >= MERGED_ON else {}
    home = today.get(commune) or _communes_of_2023().get(commune)
    return home is not None and province_on(home, day) != province_on(province, day)


def province_of_2023(commune: str) -> str | None:
    """The province in which a commune's code lay before the mergers; None where it is newer."""
    return _communes_of_2023().get(commune)


def province_then(commune: str, day: date) -> str | None:
    """The province in which a commune lay on a day; before the mergers, one that has its code only
    since then counts to the province of today."""
    old, today = _communes_of_2023().get(commune), _communes_of_today()
    if day < MERGED_ON:
        return old or today.get(commune)
    return today.get(commune) or (old and province_on(old, day))


def committee(commune: str, day: date, successors: Mapping[str, str]) -> str:
    """Whose people's committee decides on social protection on a day: the district's, by its code,
    while there were districts; then the commune's, or its successor's where a table says which."""
    if day < MERGED_ON:
        return _districts_of_communes().get(commune, commune)
    found = receiving(commune, day, successors)
    return found.commune if found else commune


@cache
def _districts_of_communes() -> Mapping[str, str]:
    return dict(_pairs("communes_2023.csv", "district"))


@cache
def _communes_of_2023() -> Mapping[str, str]:
    """Commune → province, from the catalogue itself and not through what is judged."""
    districts = dict(_pairs("districts_2023.csv", "province"))
    return {code: districts[of] for code, of in _districts_of_communes().items()}


@cache
def _communes_of_today() -> Mapping[str, str]:
    from vietnam_provinces import Ward

    return {f"{ward.code:05}": f"{ward.province_code:02}" for ward in Ward.iter_all()}


@cache
def _agencies() -> Mapping[str, str]:
    return dict(_pairs("provinces.csv", "agency"))


def _pairs(table: str, above: str) -> list[tuple[str, str]]:
    with resources.files("schemas").joinpath("data", table).open(encoding="utf-8") as rows:
        return [(row["code"], row[above]) for row in csv.DictReader(rows)]
