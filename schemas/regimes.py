"""Which regime was in force, and who is competent, by the day of processing."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from schemas.rules import Row, row_on, rule
from schemas.units import (
    UnknownUnitError,
    UnmappedUnitError,
    agency_of_commune,
    agency_of_today,
    cities,
    commune,
    province,
    successor_of,
    today_commune,
)


def regime(submitted: date) -> Row:
    """The regime of the linked services: `P`, `R1` to `R5`, with what it changed.

    Raises:
        NoRuleError: before the pilot of November 2022 there was none.
    """
    return row_on("regime", submitted)


def offers_linked(province_code: str, submitted: date) -> bool:
    """Whether linked cases can be filed on a day in a province, one of the 63: nowhere at first,
    then where the pilot was, then everywhere."""
    where = row_on("offered.linked", submitted).value
    return where == "all" or province_code in where.split()


def offers_identity_card(submitted: date) -> bool:
    """Whether a linked birth case filed on a day can ask for the child's identity card."""
    return row_on("offered.identity_card", submitted).value == "linked"


def competent(what: Literal["social_insurance", "social_protection"], processed: date) -> Row:
    """Who decides: an office of the `district`, since 1 July 2025 of the `area` or `commune`."""
    return row_on(f"competent.{what}", processed)


def competent_province(code: str, processed: date) -> str:
    """The code of the province that deals with a case of one of the 63 on a day.

    Since 1 July 2025 that is the successor, which finishes the case under the same code.

    Raises:
        UnknownUnitError: none of the 63 has this code.
    """
    old = province(code)
    return old.successor if merged(processed) else old.code


@cache
def merged(processed: date) -> bool:
    """Whether the 34 provinces without districts stand on a day (Resolution 202/2025/QH15).

    Of all days before, those that no table reaches too, it is the state of 2023 that counts.
    """
    *_, today = rule("units.provinces").rows
    return processed >= today.valid_from


@cache
def province_title(code: str, day: date) -> str:
    """A province as papers of a day name it: `tỉnh Tuyên Quang`, `thành phố Hồ Chí Minh`.

    Since 1 July 2025 that is the one to which it belongs. Huế is a city since 1 January 2025
    (Resolution 175/2024/QH15), Đồng Nai since 30 April 2026 (Resolution 30/2026/QH16).

    Raises:
        UnknownUnitError: none of the 63 has this code.
    """
    found = province(code)
    then = found.successor if merged(day) else found.code
    city = cities().get(then)
    if city is not None and city.since <= day:
        return f"thành phố {city.name}"
    return f"tỉnh {found.successor_name if merged(day) else found.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The commune that deals with a case on some day."""

    commune: str
    name: str
    province: str
    agency: str
    row: Row
    """Which units stood on that day."""


@cache
def competent_commune(code: str, processed: date) -> Office:
    """Which commune deals on a day with what was filed at one.

    Until 30 June 2025 the commune itself; since then its successor, which finishes an older case
    under the same case code; a commune of today is its own.

    Raises:
        UnmappedUnitError: the commune is gone, and no table says which one succeeds it.
        UnknownUnitError: no commune has or had this code.
    """
    row = row_on("units.provinces", processed)
    if row.number == 63:
        old = commune(code)
        return Office(
            commune=code,
            name=old.name,
            province=old.province,
            agency=agency_of_commune(code),
            row=row,
        )
    try:
        found = today_commune(code)
    except UnknownUnitError:
        found = successor_of(code)
    return Office(
        commune=found.code,
        name=found.name,
        province=found.province,
        agency=agency_of_today(found.code),
        row=row,
    )


def protecting_committee(commune_code: str, decided: date) -> str:
    """The code of the people's committee that decides on social protection for a commune on a day.

    Until 30 June 2025 that is the district's, of three digits; since then the commune's, of five:
    its successor's where the commune is gone, or its own where no table says which that is.

    Raises:
        UnknownUnitError: no commune had this code.
    """
    if competent("social_protection", decided).value == "district":
        return commune(commune_code).district
    try:
        return competent_commune(commune_code, decided).commune
    except UnmappedUnitError:
        return commune_code


IdProvince = Literal["successor", "former"]
"""Whose code a personal ID begins with in a province that was merged; no source settles it."""


def personal_id_province(commune_code: str, province_code: str, choice: IdProvince) -> str:
    """The two digits of the province part of a personal ID that is given at a registration.

    `province_code` is the province on that day, whose code it is by `successor`; by `former` it is
    the province in which the code of the registering commune lay in 2023, if it lay in any.
    Source: Circular 07/2016/TT-BCA, appendix 1, for the province of registration; which code goes
    on after the mergers of 1 July 2025 is in no source.
    """
    if choice == "successor":
        return province_code
    try:
        return commune(commune_code).province
    except UnknownUnitError:
        return province_code


@cache
def province_of_commune(code: str, on: date) -> str:
    """The code of the province in which a commune lies on a day.

    Which commune succeeds an old one need not be known for that.

    Raises:
        UnknownUnitError: no commune has or had this code.
    """
    if not merged(on):
        return commune(code).province
    try:
        return today_commune(code).province
    except UnknownUnitError:
        return competent_province(commune(code).province, on)
