"""Codes that agencies count up or draw: their form, their parts, and that none is used twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from hub.ledger import tables
from hub.ledger.case import Case
from hub.ledger.judge import Judge, Table
from hub.ledger.texts import compact_day
from schemas.identifiers import (
    AgencyCode,
    DossierCode,
    HealthCard,
    IdentifierError,
    PersonalId,
    SocialInsuranceNumber,
)


def check_numbers(judge: Judge, cases: Iterable[Case]) -> None:
    """All codes of all cases."""
    series: dict[tuple[Table, str, tuple[Any, ...]], dict[int, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    owners: dict[tuple[Table, str, Any], list[str]] = defaultdict(list)
    provinces: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for table, column, message in _forms(case):
            judge.mismatched(case.code, table, case.code, column, message, None)
        for table, column, value in _unique(case):
            owners[table, column, value].append(case.code)
        for table, column, within, number in _counted(case):
            series[table, column, within][number].append(case.code)
        if case.codes.agency:
            provinces[case.payload["province"]].add(case.codes.agency.partition(".")[0])
    for (table, column, value), having in owners.items():
        if len(having) > 1:
            judge.duplicated(having[1], table, value, having, column)
    for (table, column, within), numbers in series.items():
        for missing in sorted(set(range(1, max(numbers))) - numbers.keys()):
            judge.lost(None, table, (*within, missing), "the numbers go on after it", column)
        for number, having in numbers.items():
            if len(having) > 1:
                judge.duplicated(having[1], table, (*within, number), having, column)
    for province, agencies in provinces.items():
        if len(agencies) > 1:
            judge.mismatched(
                None, tables.HO_SO, province, "ma_don_vi", "one agency a province", sorted(agencies)
            )


def _unique(case: Case) -> Iterator[tuple[Table, str, Any]]:
    codes = case.codes
    for table, column, value in (
        (tables.HO_SO, "ma_ho_so", codes.dossier),
        (tables.CONG_DAN, "so_dinh_danh", codes.person),
        (tables.THE_BHYT, "so_bhxh", codes.insurance),
    ):
        if value is not None:
            yield table, column, value


def _counted(case: Case) -> Iterator[tuple[Table, str, tuple[Any, ...], int]]:
    """Numbers that count from 1 without a gap, and what they count within."""
    codes = case.codes
    if codes.dossier is not None and isinstance(number := _last(codes.dossier), int):
        day = compact_day(case.received)
        yield tables.HO_SO, "thu_tu", (codes.agency, day), number
    if isinstance(codes.number, int):
        year = case.time("civil-status/enter").year
        yield tables.SO_KHAI_SINH, "so", (case.payload["commune"], year), codes.number
    if isinstance(codes.residence, int):
        yield tables.THUONG_TRU, "so", (case.payload["household"]["commune"],), codes.residence


def _last(dossier: str) -> int | None:
    digits = dossier.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else None


def _forms(case: Case) -> Iterator[tuple[Table, str, str]]:
    """What is wrong with the form or a part of a code."""
    codes = case.codes
    for table, column, value, wrong in (
        (tables.HO_SO, "ma_ho_so", codes.dossier, _dossier),
        (tables.CONG_DAN, "so_dinh_danh", codes.person, _person),
        (tables.THE_BHYT, "so_bhxh", codes.insurance, _insurance),
    ):
        if value is None:
            continue
        try:
            message = wrong(case, value)
        except IdentifierError as error:
            message = error.message
        if message is not None:
            yield table, column, message


def _dossier(case: Case, text: str) -> str | None:
    code = DossierCode.parse(text)
    agency = AgencyCode.parse(str(case.codes.agency))
    if code.agency != agency:
        return f"a dossier of agency {agency}"
    if agency.is_central or agency.levels[-1] != case.payload["commune"]:
        return f"an agency of commune {case.payload['commune']}"
    day = case.received.date()
    return None if code.day == day else f"a dossier of {day}"


def _person(case: Case, text: str) -> str | None:
    number = PersonalId.parse(text)
    child = case.payload["child"]
    expected = (case.payload["province"], child["sex"], case.born.year)
    if (number.province_gso, number.sex, number.birth_year) == expected:
        return None
    return f"a number of province, sex and year {expected}"


def _insurance(case: Case, text: str) -> str | None:
    SocialInsuranceNumber.parse(text)
    HealthCard.parse(case.card)
    province = case.payload["province"]
    return None if text.startswith(province) else f"a number issued in province {province}"
