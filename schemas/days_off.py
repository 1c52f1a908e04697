"""Which days are off or worked beside the ordinary week: holidays, exchanges, a run's own rows.

The package `holidays` has the public holidays and most of the Saturdays worked in exchange;
`schemas/data/exchanged_days.csv` has what it lacks. Whoever knows a later notice brings rows
`day,worked,known_from,confidence,source_vi,source_en` of their own, which win over both. A row
holds for the whole run: `known_from` is told and not applied.

Sources: Labour Code 2019, article 112, and the yearly notices on holidays and exchanged days.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any, Final, cast

import holidays

from schemas.own_tables import Cells, Fault, TableError, read_rows, unknown_confidence
from schemas.rules import Confidence, table

COLUMNS: Final = ("day", "worked", "known_from", "confidence", "source_vi", "source_en")
_FROM_PACKAGE: Final = ("gói dữ liệu holidays", "package holidays")
_SATURDAY: Final = 5
_SUBSTITUTED: Final = "Ngày nghỉ (thay cho"
_AMERICAN_DAY: Final = re.compile(r"(\d\d)/(\d\d)/(\d{4})")


class DayError(TableError):
    """A table of days off with faults; the message says each with its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangedDay:
    """A day that is off, or worked, by a notice."""

    day: str
    """`2026-01-10`."""
    worked: str
    """`yes` or `no`."""
    known_from: str
    """Since when it is public."""
    confidence: Confidence
    source_vi: str
    source_en: str

    def to_json(self) -> dict[str, Any]:
        """The row in a manifest."""
        return asdict(self)


PACKAGED: Final = tuple(ExchangedDay(**cast(Any, row)) for row in table("exchanged_days"))
"""What the package `holidays` lacks."""
_PUBLIC: Final = holidays.country_holidays("VN", language="vi")
_PUBLIC_EN: Final = holidays.country_holidays("VN", language="en_US")
_own: dict[date, ExchangedDay] = {}
_exchanged: dict[date, ExchangedDay] = {}


def keep_days(days: Iterable[ExchangedDay]) -> None:
    """Let exactly these rows hold beside the packaged ones; `schemas.working_days` adopts them."""
    _own.clear()
    _own.update((date.fromisoformat(one.day), one) for one in days)
    _exchanged.clear()
    _exchanged.update((date.fromisoformat(one.day), one) for one in PACKAGED)
    _exchanged.update(_own)


keep_days(())


def own_days() -> tuple[ExchangedDay, ...]:
    """The run's own rows that hold in this process, by day."""
    return tuple(_own[day] for day in sorted(_own))


def exchanged(day: date) -> ExchangedDay | None:
    """The row on a day, the run's own before the packaged one."""
    return _exchanged.get(day)


def is_holiday(day: date) -> bool:
    """Whether the package has a public holiday on the day."""
    return day in _PUBLIC


def is_worked(day: date) -> bool:
    """Whether offices work on the day."""
    row = exchanged(day)
    return _PUBLIC.is_working_day(day) if row is None else row.worked == "yes"


def named(day: date) -> tuple[str, str] | None:
    """What makes a day other than its weekday, in Vietnamese and English: the holiday, or who
    exchanged it; None of an ordinary day."""
    row, weekend, worked = exchanged(day), day.weekday() >= _SATURDAY, is_worked(day)
    if row is not None:
        return row.source_vi, row.source_en
    if worked:
        return _FROM_PACKAGE if weekend else None
    if not is_holiday(day):
        return None
    return _PUBLIC[day], _AMERICAN_DAY.sub(r"\2/\1/\3", _PUBLIC_EN[day])


def noticed_until() -> int:
    """The last year of which an exchange is known; the holidays of later ones are computed from
    the law alone."""
    years: set[int] = {*_PUBLIC.special_public_holidays, *(one.year for one in _exchanged)}
    return max(years)


def package_exchanges(since: int) -> Iterator[date]:
    """The days from a year on that the package `holidays` has as exchanged, in their order, and
    on which no row says otherwise."""
    day = date(since, 1, 1)
    while day.year <= noticed_until():
        if exchanged(day) is None and _exchanged_by_package(day):
            yield day
        day += timedelta(days=1)


def _exchanged_by_package(day: date) -> bool:
    worked = _PUBLIC.is_working_day(day)
    return worked if day.weekday() >= _SATURDAY else _PUBLIC.get(day, "").startswith(_SUBSTITUTED)


def read_days(text: str) -> tuple[ExchangedDay, ...]:
    """The rows of a CSV table with the header `COLUMNS`; without `known_from` it is the day.

    Raises:
        DayError: the header is another one; a day is none, or stands twice; `worked` is neither
            yes nor no; a source is missing.
    """
    seen: dict[str, int] = {}
    rows = read_rows(text, COLUMNS, lambda row, line: _faults(row, seen, line), DayError)
    return tuple(
        ExchangedDay(**{**cast(Any, row), "known_from": row["known_from"] or row["day"]})
        for row in rows
    )


def _faults(row: Cells, seen: dict[str, int], line: int) -> Iterator[Fault]:
    needed = [row.get(name) for name in COLUMNS if name != "known_from"]
    if None in row or not all(isinstance(cell, str) and cell.strip() for cell in needed):
        yield (
            f"it needs {len(COLUMNS)} values, of which only known_from may be empty",
            f"cần đủ {len(COLUMNS)} giá trị, chỉ known_from được để trống",
        )
        return
    for name in ("day", "known_from"):
        if row[name] and not _is_day(str(row[name])):
            yield (
                f"{name} has to be a day as 2026-01-10, not {row[name]}",
                f"{name} phải là một ngày dạng 2026-01-10, không phải {row[name]}",
            )
    if row["worked"] not in ("yes", "no"):
        yield (
            f"worked is yes or no, not {row['worked']}",
            f"worked phải là yes (làm việc) hoặc no (nghỉ), không phải {row['worked']}",
        )
    yield from unknown_confidence(row)
    day = str(row["day"])
    if day in seen:
        yield (
            f"{day} stands in line {seen[day]} already",
            f"{day} đã có ở dòng {seen[day]}",
        )
    seen.setdefault(day, line)


def _is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False
