"""The working-day clock: from when a submission counts, and by when its result is due.

A case that comes after 15:00, or on a day off, counts from the opening of the next working day;
the day of effective reception is day 0, and n working days later the result is due at closing
time. Days off are weekends and the public holidays as decreed each year, with the Saturdays that
are worked in exchange: `schemas.days_off` says which. An agency that receives on more days has a
`Calendar` of its own, and works when that says: `worked_after`.

Sources: Decree 63/2024/NĐ-CP (cut-off); Labour Code 2019, article 112, and the yearly notices of
the Ministry of Labour and of Home Affairs (holidays and exchanged days). Opening and closing times
differ by office: those in `schemas/data/offices.csv` are the common ones.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Literal, NamedTuple, cast

from schemas.days_off import ExchangedDay, is_holiday, is_worked, keep_days
from schemas.event import VN
from schemas.rules import RULES, Row, row_on

_DAY = timedelta(days=1)
_SATURDAY = 5


Calendar = Literal["office", "commune_police"]
"""When an agency receives: on the working days of all public offices; the commune police also on
Saturday mornings. That such a morning is no working day of a deadline is our assumption, and that
there is none where the Friday before or the Monday after is off."""
Hours = Literal["office", "commune_police", "any_hour"]
"""When somebody works: as they receive, on Saturdays until the hour at which that ends; or always,
as programs and citizens do. No table has the lunch break, so there is none."""


def hours_of(system: str, day: date) -> Hours:
    """When a system works that decides on something, by its name."""
    return cast(Hours, calendar_row(system, day).value)


def calendar_of(system: str, day: date) -> Calendar:
    """By which days a system's deadlines count: those of offices, where it keeps no other."""
    hours = hours_of(system, day)
    return "office" if hours == "any_hour" else hours


@cache
def calendar_row(system: str, day: date) -> Row:
    """The rule that says when a system works."""
    rule = f"calendar.{system}"
    return row_on(rule if rule in RULES else "calendar.others", day)


@cache
def is_working_day(day: date) -> bool:
    """Whether public offices in Vietnam work on that day."""
    return is_worked(day)


@cache
def opening(day: date) -> time:
    """When offices open on a working day."""
    return row_on("office.opening", day).hour


@cache
def closing(day: date) -> time:
    """When offices close on a working day, which is when results are due."""
    return row_on("office.closing", day).hour


@cache
def receives_until(day: date, calendar: Calendar = "office") -> time | None:
    """The moment after which a submission of that day counts from the next; None on a day off."""
    if is_working_day(day):
        return row_on("office.cut_off", day).hour
    if calendar == "commune_police" and _plain_saturday(day):
        return row_on("office.saturday_residence", day).hour
    return None


def _plain_saturday(day: date) -> bool:
    """Whether it is the Saturday of a weekend, and of no holiday of several days."""
    around = is_working_day(day - _DAY) and is_working_day(day + 2 * _DAY)
    return day.weekday() == _SATURDAY and around and not is_holiday(day)


def effective_reception(moment: datetime, calendar: Calendar = "office") -> datetime:
    """From when a submission counts, in Vietnam's time: the moment itself within office days."""
    local = moment.astimezone(VN)
    day = local.date()
    until = receives_until(day, calendar)
    if until is not None and local.time() <= until:
        return local
    day = _next_reception(day, calendar)
    return datetime.combine(day, opening(day), VN)


def due(moment: datetime, days: int, calendar: Calendar = "office") -> datetime:
    """When the result of something submitted then is due: `days` working days on, at closing time.

    The clock starts at `effective_reception(moment)`, so a moment already made effective gives
    the same answer.
    """
    return closing_after(effective_reception(moment, calendar), days)


def closing_after(moment: datetime, days: int) -> datetime:
    """Closing time so many working days after a day, which is not counted."""
    day = _working_day_after(moment.astimezone(VN).date(), days)
    return datetime.combine(day, closing(day), VN)


def opening_after(moment: datetime, days: int) -> datetime:
    """Opening time so many working days after a day, which is not counted."""
    day = _working_day_after(moment.astimezone(VN).date(), days)
    return datetime.combine(day, opening(day), VN)


def resumed(
    deadline: datetime, asked: datetime, answered: datetime, calendar: Calendar = "office"
) -> datetime:
    """A deadline after a wait that does not count, as for a supplement that was `asked` for.

    It moves by the working days from the wait's beginning to its end, each taken as a submission
    of that moment would be to whoever asked, by their `calendar`; that parts of a day count so is
    our assumption.
    """
    first, last = (effective_reception(moment, calendar).date() for moment in (asked, answered))
    days = (first + _DAY * number for number in range(1, (last - first).days + 1))
    return closing_after(deadline, sum(map(is_working_day, days)))


class _Shift(NamedTuple):
    """The hours of a day that is worked."""

    opens: datetime
    closes: datetime
    next: date
    """From when to look for the one after it."""


def worked_after(moment: datetime, seconds: float, hours: Hours) -> datetime:
    """When so many seconds of work are done that were begun at a moment, in Vietnam's time.

    Work goes on from opening to closing only, so the end lies within these hours, both included;
    `any_hour` is plain addition.
    """
    left = timedelta(seconds=seconds)
    local = moment if moment.tzinfo is VN else moment.astimezone(VN)
    if hours == "any_hour":
        return local + left
    shift = _shift(local.date(), hours)
    if local > shift.closes:
        shift = _shift(shift.next, hours)
    begin = max(local, shift.opens)
    while left > (possible := shift.closes - begin):
        left -= possible
        shift = _shift(shift.next, hours)
        begin = shift.opens
    return begin + left


@cache
def _shift(day: date, calendar: Calendar) -> _Shift:
    """The hours of that day, or of the next that is worked."""
    if receives_until(day, calendar) is None:
        day = _next_reception(day, calendar)
    closes = closing(day) if is_working_day(day) else receives_until(day, calendar)
    assert closes is not None, "a day on which somebody receives has an end"
    opens = datetime.combine(day, opening(day), VN)
    return _Shift(opens, datetime.combine(day, closes, VN), day + _DAY)


@cache
def _working_day_after(day: date, count: int) -> date:
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


@cache
def _next_reception(day: date, calendar: Calendar) -> date:
    day += _DAY
    while receives_until(day, calendar) is None:
        day += _DAY
    return day


def adopt_days(days: Iterable[ExchangedDay]) -> None:
    """Let exactly these rows of one's own hold in this process, before all others."""
    keep_days(days)
    for known in (is_working_day, receives_until, _shift, _working_day_after, _next_reception):
        known.cache_clear()
