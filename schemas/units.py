"""Provinces and communes: those of 2023, their successors, and today's.

The 63 provinces and 10,598 communes of April 2023 are the project's own tables in `schemas/data`;
the 34 provinces and 3,321 communes since 1 July 2025 come from the package `vietnam-provinces`,
which is imported when they are first asked for. Which new commune follows an old one is known
where its code lives on, and where a run has rows of its own (`schemas.successions`); of every
province it is known.

Source: General Statistics Office catalogue (Decision 124/2004/QĐ-TTg); Resolution
202/2025/QH15 (successors).
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources


class UnknownUnitError(LookupError):
    """No unit has this code."""


class UnmappedUnitError(UnknownUnitError):
    """The unit stood until 30 June 2025, and no table says which one succeeds it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Province:
    """One of the 63 provinces and cities that stood until 30 June 2025."""

    code: str
    """Statistical code of two digits; a personal ID has it after a `0`."""
    name: str
    agency: str
    """Its level-1 agency code, `H29`."""
    agency_checked: bool
    """Whether a published source confirmed the agency code; else it follows from the alphabet."""
    communes: int
    """How many communes it had in April 2023."""
    population_share: float
    """Its share of the population counted in 2019; the 63 shares sum to 1."""
    successor: str
    """Code of the province that it belongs to since 1 July 2025, one of 34."""
    successor_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """A city under the central government (*thành phố trực thuộc trung ương*)."""

    name: str
    since: date
    """The first of the days, or `date.min` where that is older than these tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Commune:
    """One of the 10,598 communes, wards and townships of April 2023."""

    code: str
    name: str
    """With its kind, as in `Phường Phúc Xá`."""
    district: str
    district_name: str
    province: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Succession:
    """Which commune of today succeeds one of 2023, by their codes, and where that stands."""

    old: str
    new: str
    source_vi: str
    source_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayProvince:
    """One of the 34 provinces and cities since 1 July 2025."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayCommune:
    """One of the 3,321 communes, wards and special zones since 1 July 2025."""

    code: str
    name: str
    province: str


def provinces() -> tuple[Province, ...]:
    """The 63 provinces in the order of their codes."""
    return tuple(_provinces().values())


def province(code: str) -> Province:
    """The province of 2023 with this two-digit code.

    Raises:
        UnknownUnitError: there is none.
    """
    try:
        return _provinces()[code]
    except KeyError:
        raise UnknownUnitError(f"no province of 2023 has the code {code!r}") from None


def communes() -> tuple[Commune, ...]:
    """The 10,598 communes in the order of their codes."""
    return tuple(_communes().values())


def commune(code: str) -> Commune:
    """The commune of 2023 with this five-digit code.

    Raises:
        UnknownUnitError: there is none.
    """
    try:
        return _communes()[code]
    except KeyError:
        raise UnknownUnitError(f"no commune of 2023 has the code {code!r}") from None


@cache
def communes_of(province_code: str) -> tuple[Commune, ...]:
    """The communes of one province of 2023.

    Raises:
        UnknownUnitError: there is no such province.
    """
    code = province(province_code).code
    return tuple(commune for commune in _communes().values() if commune.province == code)


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """One of the 700 districts of April 2023 that had communes; five islands had none."""

    code: str
    name: str
    province: str


@cache
def districts() -> tuple[District, ...]:
    """The 700 districts in the order of their codes."""
    return tuple(
        District(code=row["code"], name=row["name"], province=row["province"])
        for row in _rows("districts_2023.csv")
    )


@cache
def district(code: str) -> District:
    """The district with this three-digit code, which no longer stands since 1 July 2025.

    Raises:
        UnknownUnitError: there was none.
    """
    for found in districts():
        if found.code == code:
            return found
    raise UnknownUnitError(f"no district of 2023 has the code {code!r}")


def agency_of_commune(code: str) -> str:
    """The agency code of a commune: its province's, its district's and its own code.

    `26734` in Hồ Chí Minh is `H29.760.26734`. No catalogue of agencies below the provinces is
    published, so this rule is ours; since a commune's code is unique in the country, no two
    communes share an agency code, and the last part says which commune it is.

    Raises:
        UnknownUnitError: there is no such commune.
    """
    found = commune(code)
    return f"{_provinces()[found.province].agency}.{found.district}.{code}"


@cache
def today_provinces() -> tuple[TodayProvince, ...]:
    """The 34 provinces since 1 July 2025, in the order of their codes."""
    from vietnam_provinces import Province as Packaged

    units = (TodayProvince(code=f"{p.code:02}", name=p.name) for p in Packaged.iter_all())
    return tuple(sorted(units, key=lambda unit: unit.code))


@cache
def today_communes() -> tuple[TodayCommune, ...]:
    """The 3,321 communes since 1 July 2025, in the order of their codes."""
    from vietnam_provinces import Ward as Packaged

    units = (
        TodayCommune(code=f"{w.code:05}", name=w.name, province=f"{w.province_code:02}")
        for w in Packaged.iter_all()
    )
    return tuple(sorted(units, key=lambda unit: unit.code))


def successor_of(code: str) -> TodayCommune:
    """The commune of today that finishes what a commune of 2023 began.

    A commune that was formed on 1 July 2025 has the code of one of those that it was formed of, so
    that one's successor is known. No published table here says which one succeeds the others; a
    run may have rows of its own that do.

    Raises:
        UnmappedUnitError: no table says it.
        UnknownUnitError: there was no such commune.
    """
    old, found, own = commune(code), _today().get(code), _own.get(code)
    if found is None and own is not None:
        return today_commune(own.new)
    if found is None or found.province != province(old.province).successor:
        raise UnmappedUnitError(f"no table says which commune succeeds {old.name} ({code})")
    return found


def succession_of(code: str) -> Succession | None:
    """The run's own row about an old commune, if it has one."""
    return _own.get(code)


def keep_successions(successions: Iterable[Succession]) -> None:
    """Keep these rows in place of any before; `schemas.successions.adopt` is the way to do it."""
    _own.clear()
    _own.update((row.old, row) for row in successions)


_own: dict[str, Succession] = {}


def today_commune(code: str) -> TodayCommune:
    """The commune since 1 July 2025 with this five-digit code.

    Raises:
        UnknownUnitError: there is none.
    """
    try:
        return _today()[code]
    except KeyError:
        raise UnknownUnitError(f"no commune of today has the code {code!r}") from None


def agency_of_today(code: str) -> str:
    """The agency code of a commune of today: its province's and its own code, no district between.

    `H29.26734`; ours, as `agency_of_commune` is. A merged province keeps the agency code of the one
    whose unit code it keeps.

    Raises:
        UnknownUnitError: there is no such commune.
    """
    found = today_commune(code)
    return f"{province(found.province).agency}.{code}"


@cache
def _today() -> dict[str, TodayCommune]:
    return {unit.code: unit for unit in today_communes()}


@cache
def _provinces() -> dict[str, Province]:
    rows = list(_rows("provinces.csv"))
    population = sum(int(row["population_2019"]) for row in rows)
    return {
        row["code"]: Province(
            code=row["code"],
            name=row["name"],
            agency=row["agency"],
            agency_checked=row["agency_confidence"] == "V",
            communes=int(row["communes_2023"]),
            population_share=int(row["population_2019"]) / population,
            successor=row["successor"],
            successor_name=row["successor_name"],
        )
        for row in rows
    }


@cache
def cities() -> dict[str, City]:
    """The provinces that are cities under the central government, by code."""
    return {
        row["code"]: City(
            name=row["name"],
            since=date.fromisoformat(row["since"]) if row["since"] else date.min,
        )
        for row in _rows("cities.csv")
    }


@cache
def _communes() -> dict[str, Commune]:
    above = {district.code: district for district in districts()}
    communes = {}
    for row in _rows("communes_2023.csv"):
        district = above[row["district"]]
        communes[row["code"]] = Commune(
            code=row["code"],
            name=row["name"],
            district=district.code,
            district_name=district.name,
            province=district.province,
        )
    return communes


def _rows(name: str) -> Iterator[dict[str, str]]:
    with resources.files("schemas").joinpath("data", name).open(encoding="utf-8") as table:
        yield from csv.DictReader(table)
