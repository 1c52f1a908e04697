"""Codes that agencies count up or draw: their form, their parts, and that none is used twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from hub.ledger import tables
from hub.ledger.case import Case
from hub.ledger.chain import Counted, Formed
from hub.ledger.judge import Judge, Table
from hub.ledger.texts import compact_day
from schemas.identifiers import AgencyCode, DossierCode, IdentifierError


def check_numbers(
    judge: Judge, cases: Iterable[Case], others: Iterable[tuple[str, Counted]] = ()
) -> None:
    """All codes of all cases; `others` are counted numbers of further cases."""
    series: dict[tuple[Table, str, tuple[Any, ...]], dict[int, list[str]]] = defaultdict(
        lambda: defaultdict(list)
    )
    owners: dict[tuple[Table, str, Any], list[str]] = defaultdict(list)
    provinces: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        for code in _formed(case):
            owners[code.table, code.column, code.value].append(case.code)
            if message := _fault(case, code):
                judge.mismatched(case.code, code.table, case.code, code.column, message, None)
        for one in _counted(case):
            series[one[:3]][one.number].append(case.code)
        if case.codes.agency:
            provinces[case.payload["province"]].add(case.codes.agency.partition(".")[0])
    for other, one in others:
        series[one[:3]][one.number].append(other)
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


def _counted(case: Case) -> Iterator[Counted]:
    codes = case.codes
    if codes.dossier is not None and isinstance(number := _last(codes.dossier), int):
        day = compact_day(case.received)
        yield Counted(tables.HO_SO, "thu_tu", (codes.agency, day), number)
    yield from case.chain.counted(case)


def _formed(case: Case) -> Iterator[Formed]:
    if case.codes.dossier is not None:
        yield Formed(tables.HO_SO, "ma_ho_so", case.codes.dossier, _dossier)
    yield from case.chain.formed(case)


def _fault(case: Case, code: Formed) -> str | None:
    """What is wrong with the form or a part of a code."""
    try:
        return code.wrong(case, code.value)
    except IdentifierError as error:
        return error.message


def _last(dossier: str) -> int | None:
    digits = dossier.rpartition("-")[2]
    return int(digits) if digits.isdecimal() else None


def _dossier(case: Case, text: str) -> str | None:
    code = DossierCode.parse(text)
    agency = AgencyCode.parse(str(case.codes.agency))
    if code.agency != agency:
        return f"a dossier of agency {agency}"
    commune = case.place(case.first_asked).commune
    if agency.is_central or agency.levels[-1] != commune:
        return f"an agency of commune {commune}"
    day = case.received.date()
    return None if code.day == day else f"a dossier of {day}"
