"""A run's own table of the standards that provinces set above the national one.

Social protection and emergency aid pay so many times the standard of social assistance, or that of
the province where it is higher (Decree 20/2021/NĐ-CP, articles 4, 11 and 14). No list of what the
provinces have set is published, so the package has none: whoever knows a resolution adds rows
`province,vnd,valid_from,known_from,confidence,source_vi,source_en`. A row holds from its first day
until a later one of the province does. What counts is the province that decides, as it was on the
day of death: until 30 June 2025 one of 63, since then one of 34. That a province of today keeps
its own row after the mergers, for all that it consists of now, is this project's choice.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, cast

from schemas.own_tables import Cells, Fault, TableError, read_rows, unknown_confidence
from schemas.regimes import competent_province, merged, province_of_commune
from schemas.rules import Confidence, NoRuleError, Row, Rule, rule
from schemas.units import UnknownUnitError, district, province, today_commune

COLUMNS: Final = (
    "province",
    "vnd",
    "valid_from",
    "known_from",
    "confidence",
    "source_vi",
    "source_en",
)
STANDARD: Final = "level.social_standard"
"""The rule whose place a province's own row takes, where it is the higher one."""


class StandardError(TableError):
    """A table of standards with faults; the message says each with its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standard:
    """What one province has set."""

    province: str
    """By its code of two digits."""
    vnd: int
    valid_from: str
    """The first day of death for which it counts, `2024-07-01`."""
    known_from: str
    """Since when it is public: no agency goes by it before."""
    confidence: Confidence
    source_vi: str
    source_en: str

    @property
    def row(self) -> Row:
        """The standard as a row of the law, with the province in its note."""
        since, found = date.fromisoformat(self.valid_from), province(self.province)
        name = f"{found.successor_name if merged(since) else found.name} ({self.province})"
        return Row(
            rule=STANDARD,
            value=str(self.vnd),
            valid_from=since,
            valid_to=date.max,
            known_from=date.fromisoformat(self.known_from),
            confidence=self.confidence,
            source_vi=self.source_vi,
            source_en=self.source_en,
            note_vi=f"mức của {name}",
            note_en=f"set by {name}",
            vi="",
            en="",
        )

    def to_json(self) -> dict[str, Any]:
        """The row in a manifest."""
        return asdict(self)


def read_standards(text: str) -> tuple[Standard, ...]:
    """The rows of a CSV table with the header `COLUMNS`; without `known_from` it is `valid_from`.

    Raises:
        StandardError: the header is another one; there is no such province, or none any more on
            that day; a sum or a day is none; a province has two rows of one day; a source is
            missing.
    """
    seen: dict[tuple[str, str], int] = {}
    rows = read_rows(text, COLUMNS, lambda row, line: _faults(row, seen, line), StandardError)
    return tuple(
        Standard(
            **{
                **cast(dict[str, Any], row),
                "vnd": int(row["vnd"]),
                "known_from": row["known_from"] or row["valid_from"],
            }
        )
        for row in rows
    )


def adopt_standards(standards: Iterable[Standard]) -> None:
    """Let exactly these rows hold in this process."""
    rows: dict[str, list[Row]] = {}
    for one in standards:
        rows.setdefault(one.province, []).append(one.row)
    _own.clear()
    national = rule(STANDARD)
    for code, of_province in rows.items():
        ordered = tuple(sorted(of_province, key=lambda row: (row.valid_from, row.known_from)))
        _own[code] = Rule(
            id=STANDARD,
            unit=national.unit,
            decided_by=national.decided_by,
            vi=national.vi,
            en=national.en,
            rows=ordered,
        )


_own: dict[str, Rule] = {}


def own_provinces() -> tuple[str, ...]:
    """The codes of provinces that have rows in this process, in their order."""
    return tuple(sorted(_own))


def own_rows() -> tuple[Row, ...]:
    """All rows that hold in this process, by province."""
    return tuple(row for code in own_provinces() for row in _own[code].rows)


def standard_of(province_code: str | None, died: date, known_on: date | None = None) -> Row | None:
    """What a province had set for a death, as known on a day; None where no row says it."""
    if province_code not in _own:
        return None
    try:
        return _own[province_code].on(died, known_on)
    except NoRuleError:
        return None


def province_then(code: str, day: date) -> str | None:
    """The province in which a commune lay on a day; None where no table has the commune.

    A commune that has its code only since 1 July 2025 counts to the province of today before as
    well. The code may be that of a district, of three digits.
    """
    ways: tuple[Callable[[], str], ...] = (
        lambda: province_of_commune(code, day),
        lambda: today_commune(code).province,
        lambda: competent_province(district(code).province, day),
    )
    for way in ways:
        try:
            return way()
        except UnknownUnitError:
            continue
    return None


def _faults(row: Cells, seen: dict[tuple[str, str], int], line: int) -> Iterator[Fault]:
    needed = [row.get(name) for name in COLUMNS if name != "known_from"]
    if None in row or not all(isinstance(cell, str) and cell.strip() for cell in needed):
        yield (
            f"it needs {len(COLUMNS)} values, of which only known_from may be empty",
            f"cần đủ {len(COLUMNS)} giá trị, chỉ known_from được để trống",
        )
        return
    code, since = str(row["province"]), str(row["valid_from"])
    for name in ("valid_from", "known_from"):
        if row[name] and _day(str(row[name])) is None:
            yield (
                f"{name} has to be a day as 2024-07-01, not {row[name]}",
                f"{name} phải là một ngày dạng 2024-07-01, không phải {row[name]}",
            )
    if not (vnd := str(row["vnd"])).isdecimal() or int(vnd) == 0:
        yield (
            f"vnd has to be a sum in đồng as 600000, not {vnd}",
            f"vnd phải là số tiền bằng đồng như 600000, không phải {vnd}",
        )
    yield from unknown_confidence(row)
    if (code, since) in seen:
        yield (
            f"{code} has a row from {since} in line {seen[code, since]} already",
            f"{code} đã có dòng từ {since} ở dòng {seen[code, since]}",
        )
    seen.setdefault((code, since), line)
    try:
        found = province(code)
    except UnknownUnitError as error:
        yield str(error), f"{code} không phải mã của tỉnh, thành phố nào trong 63"
        return
    first = _day(since)
    if first is not None and merged(first) and found.successor != code:
        yield (
            f"{found.name} ({code}) is part of {found.successor_name} ({found.successor}) "
            f"since 1 July 2025: it sets nothing from {since} on",
            f"{found.name} ({code}) đã thuộc {found.successor_name} ({found.successor}) "
            f"từ 1/7/2025: không còn đặt mức nào từ {since}",
        )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None
