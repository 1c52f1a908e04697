"""The working-day clock: from when a submission counts, and by when its result is due.

A case that comes after 15:00, or on a day off, counts from the opening of the next working day;
the day of effective reception is day 0, and n working days later the result is due at closing
time. Days off are weekends and the public holidays as decreed each year, with the Saturdays that
are worked in exchange, from the package `holidays`; `OVERRIDES` holds what that package lacks.

Sources: Decree 63/2024/NĐ-CP (cut-off); Labour Code 2019, article 112, and the yearly notices of
the Ministry of Labour and of Home Affairs (holidays and exchanged days). Opening and closing times
differ by office: those here are the common ones.
"""

from datetime import date, datetime, time, timedelta
from functools import cache

import holidays

from schemas.event import VN

OPENING = time(8)
CLOSING = time(17)
CUT_OFF = time(15)
"""A submission after this moment of the day counts from the next working day."""

OVERRIDES = {date(2026, 1, 2): False, date(2026, 1, 10): True}
"""Whether a day is worked, where the package does not know it.

Friday 2 January 2026 was exchanged for Saturday 10 January 2026.
"""

_HOLIDAYS = holidays.country_holidays("VN")
_DAY = timedelta(days=1)


@cache
def is_working_day(day: date) -> bool:
    """Whether public offices in Vietnam work on that day."""
    override = OVERRIDES.get(day)
    return _HOLIDAYS.is_working_day(day) if override is None else override


def effective_reception(moment: datetime) -> datetime:
    """From when a submission counts, in Vietnam's time: the moment itself within office days."""
    local = moment.astimezone(VN)
    day = local.date()
    if is_working_day(day) and local.time() <= CUT_OFF:
        return local
    return datetime.combine(_working_day_after(day, 1), OPENING, VN)


def due(moment: datetime, days: int) -> datetime:
    """When the result of something submitted then is due: `days` working days on, at closing time.

    The clock starts at `effective_reception(moment)`, so a moment already made effective gives
    the same answer.
    """
    start = effective_reception(moment).date()
    return datetime.combine(_working_day_after(start, days), CLOSING, VN)


def closing_after(moment: datetime, days: int) -> datetime:
    """Closing time so many working days after a day, which is not counted."""
    return datetime.combine(_working_day_after(moment.astimezone(VN).date(), days), CLOSING, VN)


def resumed(deadline: datetime, asked: datetime, answered: datetime) -> datetime:
    """A deadline after a wait that does not count, as for a supplement that was `asked` for.

    It moves by the working days from the wait's beginning to its end, each taken as a submission
    of that moment would be; that parts of a day count so is our assumption.
    """
    first, last = (effective_reception(moment).date() for moment in (asked, answered))
    days = (first + _DAY * number for number in range(1, (last - first).days + 1))
    return closing_after(deadline, sum(map(is_working_day, days)))


@cache
def _working_day_after(day: date, count: int) -> date:
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day
