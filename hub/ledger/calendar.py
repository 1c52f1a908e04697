"""Days and deadlines, worked out by the ledger on its own."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from typing import Any

import holidays

VN = timezone(timedelta(hours=7))
_PUBLIC = holidays.country_holidays("VN")
_EXCHANGED = {date(2026, 1, 2): False, date(2026, 1, 10): True}
"""A Friday off that was worked on a Saturday instead, which the package does not have."""
_ON_SATURDAYS = {"residence"}
"""Agencies that receive on Saturday mornings: the commune police."""
_SATURDAY = 5
_told: dict[date, bool] = {}
"""What the run's manifest says of days, before all else."""


def go_by(rows: Iterable[Mapping[str, Any]]) -> None:
    """Count from now on by exactly these rows of a run: `day`, and `worked` as yes or no."""
    _told.clear()
    _told.update((date.fromisoformat(row["day"]), row["worked"] == "yes") for row in rows)
    for known in (works, working_day, received_until, _shift):
        known.cache_clear()


@cache
def works(day: date) -> bool:
    """Whether offices are open that day: no weekend, no holiday, or a make-up Saturday."""
    if (told := _told.get(day)) is not None:
        return told
    return _EXCHANGED.get(day, _PUBLIC.is_working_day(day))


@cache
def working_day(day: date, count: int) -> date:
    """The `count`-th working day after a day."""
    for _ in range(count):
        day += timedelta(days=1)
        while not works(day):
            day += timedelta(days=1)
    return day


@cache
def received_until(day: date, who: str) -> time | None:
    """Until when somebody counts what comes on a day as that day's; None where all is the next's.

    The police are there on Saturday mornings too, but for those of a holiday of several days.
    """
    if works(day):
        return time(15)
    around = works(day - timedelta(days=1)) and works(day + timedelta(days=2))
    weekend = day.weekday() == _SATURDAY and day not in _PUBLIC and around
    return time(11, 30) if weekend and who in _ON_SATURDAYS else None


def reception(moment: datetime, who: str) -> date:
    """The day as which a moment counts: after 15:00 or on a day off it is the next one's."""
    local = moment.astimezone(VN)
    day = local.date()
    until = received_until(day, who)
    if until is None or local.time() > until:
        day += timedelta(days=1)
        while received_until(day, who) is None:
            day += timedelta(days=1)
    return day


def deadline(submitted: datetime, days: int, who: str = "") -> datetime:
    """The end of office hours (17:00) `days` working days after effective reception, the day 0, by
    the days of `who` has it."""
    return datetime.combine(working_day(reception(submitted, who), days), time(17), VN)


@cache
def _shift(day: date, hours: str) -> tuple[datetime, datetime] | None:
    """From when to when somebody with these hours works on a day; None for a day off."""
    who = "residence" if hours == "commune_police" else ""
    until = received_until(day, who)
    if until is None:
        return None
    closes = time(17) if works(day) else until
    return datetime.combine(day, time(8), VN), datetime.combine(day, closes, VN)


def worked(moment: datetime, seconds: float, hours: str) -> datetime:
    """When work is done that takes so long and rests outside these hours; `any_hour` never rests.

    Begun at a moment; its end lies within the hours, both included.
    """
    at, left = moment.astimezone(VN), timedelta(seconds=seconds)
    if hours == "any_hour":
        return at + left
    day = at.date()
    while True:
        shift = _shift(day, hours)
        day += timedelta(days=1)
        if shift is None or at > shift[1]:
            continue
        begin = max(at, shift[0])
        if begin + left <= shift[1]:
            return begin + left
        left -= shift[1] - begin


def opening(moment: datetime, days: int) -> datetime:
    """When offices open (08:00), so many working days after the day of a moment."""
    return datetime.combine(working_day(moment.astimezone(VN).date(), days), time(8), VN)


def resumed(due: datetime, asked: datetime, answered: datetime, who: str = "") -> datetime:
    """A deadline later by the working days between a question and its answer.

    Each of the two counts as a submission of its moment would to `who` asked.
    """
    first, last = (reception(moment, who) for moment in (asked, answered))
    waited = sum(works(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
    return datetime.combine(working_day(due.date(), waited), time(17), VN)


def closing_after(due: datetime, days: int) -> datetime:
    """The end of office hours so many working days after a date that was promised."""
    return datetime.combine(working_day(due.date(), days), time(17), VN)


def full_years(born: date, day: date) -> int:
    """How many birthdays have been."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def iso(moment: datetime) -> str:
    """RFC 3339 with milliseconds in Vietnam's time, as stores hold it."""
    local = moment if moment.tzinfo is VN else moment.astimezone(VN)
    return local.isoformat(timespec="milliseconds")
