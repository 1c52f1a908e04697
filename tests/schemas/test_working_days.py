"""The working-day clock against dates typed by hand from the yearly notices."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.event import VN
from schemas.working_days import (
    calendar_of,
    closing_after,
    due,
    effective_reception,
    hours_of,
    is_working_day,
    resumed,
    worked_after,
)

MOMENTS = st.datetimes(datetime(2023, 7, 1), datetime(2027, 12, 1)).map(
    lambda moment: moment.replace(tzinfo=VN)
)
WORK = st.integers(0, 10 * 86_400)
CALENDARS = st.sampled_from(["office", "commune_police"])
Kept = Literal["office", "commune_police"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN)


@pytest.mark.parametrize(
    "day",
    [
        *("2024-02-08", "2024-02-09", "2024-02-12", "2024-02-13", "2024-02-14"),  # Tết 2024
        *("2023-09-01", "2023-09-04"),  # National Day 2023, its Saturday made up on Monday
        *("2024-04-29", "2024-04-30", "2024-05-01"),  # 29 April exchanged for 4 May
        *("2025-05-02", "2026-08-31"),  # exchanged for 26 April 2025 and 22 August 2026
        "2026-01-02",  # exchanged for 10 January 2026
        *("2023-07-08", "2023-07-09", "2024-05-05"),  # weekends
    ],
)
def test_offices_are_closed(day: str) -> None:
    """Holidays, days in their place, and weekends are not worked."""
    assert not is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day",
    [
        *("2024-05-04", "2025-04-26", "2026-08-22", "2026-01-10"),  # Saturdays worked in exchange
        *("2024-02-07", "2024-02-15", "2023-08-31", "2023-09-05"),  # around holidays
        *("2023-07-10", "2023-12-25"),  # Christmas is a working day
    ],
)
def test_offices_are_open(day: str) -> None:
    """Ordinary weekdays and the make-up Saturdays are worked."""
    assert is_working_day(date.fromisoformat(day))


@pytest.mark.parametrize(
    ("submitted", "counts_from"),
    [
        ("2023-07-10T08:00", "2023-07-10T08:00"),
        ("2023-07-10T15:00", "2023-07-10T15:00"),
        ("2023-07-10T15:00:01", "2023-07-11T08:00"),
        ("2023-07-14T16:30", "2023-07-17T08:00"),  # Friday afternoon → Monday
        ("2023-07-15T09:00", "2023-07-17T08:00"),  # Saturday → Monday
        ("2024-02-07T15:30", "2024-02-15T08:00"),  # the eve of the Tết days off
        ("2024-02-10T09:00", "2024-02-15T08:00"),  # New Year's Day
        ("2023-08-31T17:00", "2023-09-05T08:00"),  # over 2 September
        ("2024-05-03T15:30", "2024-05-04T08:00"),  # Friday → the make-up Saturday
        ("2026-01-09T15:30", "2026-01-10T08:00"),
    ],
)
def test_reception_counts_from_the_next_working_day_after_the_cut_off(
    submitted: str, counts_from: str
) -> None:
    """Until 15:00 of a working day at once, else from the next one's opening."""
    assert effective_reception(at(submitted)) == at(counts_from)


@pytest.mark.parametrize(
    ("submitted", "days", "expected"),
    [
        ("2023-07-10T08:00", 0, "2023-07-10T17:00"),
        ("2023-07-10T08:00", 3, "2023-07-13T17:00"),
        ("2023-07-10T15:30", 3, "2023-07-14T17:00"),
        ("2023-07-13T10:00", 3, "2023-07-18T17:00"),  # over a weekend
        ("2024-02-06T10:00", 3, "2024-02-16T17:00"),  # 7, then 15 and 16 February: over Tết
        ("2024-02-07T16:00", 5, "2024-02-22T17:00"),  # from the 15th: 16, 19, 20, 21, 22
        ("2023-08-30T10:00", 3, "2023-09-06T17:00"),  # 31 August, then 5 and 6 September
        ("2024-05-02T10:00", 2, "2024-05-04T17:00"),  # the make-up Saturday counts
        ("2024-05-02T10:00", 3, "2024-05-06T17:00"),
        ("2025-12-31T10:00", 3, "2026-01-07T17:00"),  # 1 and 2 January off: 5, 6, 7
        ("2026-01-08T10:00", 2, "2026-01-10T17:00"),
    ],
)
def test_result_is_due_so_many_working_days_later(submitted: str, days: int, expected: str) -> None:
    """Day 0 is the day of effective reception; the result is due at closing time."""
    assert due(at(submitted), days) == at(expected)


def test_moments_of_any_zone_count_in_vietnams_time() -> None:
    """23:00 on Sunday in UTC is Monday morning in Vietnam."""
    moment = datetime(2023, 7, 9, 23, tzinfo=UTC)
    assert effective_reception(moment) == at("2023-07-10T06:00")
    assert due(moment, 1) == at("2023-07-11T17:00")


def test_due_is_the_same_from_the_effective_reception() -> None:
    """Whether a caller already made the moment effective does not matter."""
    moment = at("2024-02-09T11:00")
    assert due(effective_reception(moment), 3) == due(moment, 3)


@pytest.mark.parametrize(
    ("due", "asked", "answered", "moved"),
    [
        ("2023-07-13", "2023-07-10T10:00", "2023-07-10T14:00", "2023-07-13"),  # within a day
        ("2023-07-13", "2023-07-10T10:00", "2023-07-10T15:30", "2023-07-14"),  # after the cut-off
        ("2023-07-13", "2023-07-10T16:00", "2023-07-11T08:30", "2023-07-13"),  # both are Tuesday's
        ("2023-07-13", "2023-07-10T10:00", "2023-07-17T16:00", "2023-07-21"),  # six working days
        ("2023-07-17", "2023-07-14T10:00", "2023-07-16T10:00", "2023-07-18"),  # Friday, Monday
        ("2024-02-06", "2024-02-05T10:00", "2024-02-16T09:00", "2024-02-19"),  # four, over Tết
        ("2024-05-06", "2024-05-03T10:00", "2024-05-04T10:00", "2024-05-07"),  # Saturday worked
    ],
)
def test_a_wait_that_does_not_count_moves_the_date_by_its_working_days(
    due: str, asked: str, answered: str, moved: str
) -> None:
    """What is asked or answered after 15:00 or on a day off is the next working day's."""
    date, first, last = (at(text) for text in (f"{due}T17:00", asked, answered))
    assert resumed(date, first, last) == at(f"{moved}T17:00")


def test_days_after_a_day_are_counted_from_the_next_working_one() -> None:
    """Whatever the time of day: ten working days after a Thursday at 17:00."""
    assert closing_after(at("2023-07-13T17:00"), 10) == at("2023-07-27T17:00")


@given(MOMENTS, WORK, CALENDARS)
def test_work_ends_while_somebody_works(moment: datetime, seconds: int, hours: Kept) -> None:
    """From 8 to 17 on working days, the commune police until 11:30 on Saturdays; never before it
    could."""
    end = worked_after(moment, seconds, hours)
    assert end >= moment + timedelta(seconds=seconds)
    last = time(17)
    if not is_working_day(end.date()):
        assert (hours, end.weekday()) == ("commune_police", 5), f"{end} is a day off"
        last = time(11, 30)
    assert time(8) <= end.time() <= last


@given(MOMENTS, WORK, WORK, CALENDARS)
def test_work_can_be_laid_down_and_taken_up(
    moment: datetime, first: int, then: int, hours: Kept
) -> None:
    """In two parts it takes as long as in one."""
    halfway = worked_after(moment, first, hours)
    assert worked_after(halfway, then, hours) == worked_after(moment, first + then, hours)


@given(MOMENTS, MOMENTS, WORK, WORK, CALENDARS)
def test_who_begins_earlier_with_less_to_do_is_not_later(
    one: datetime, other: datetime, little: int, much: int, hours: Kept
) -> None:
    """Nobody gains by waiting; the police are never later than an office, programs never at all."""
    early, late = sorted((one, other))
    little, much = sorted((little, much))
    assert worked_after(early, little, hours) <= worked_after(late, much, hours)
    by_the_clock = worked_after(early, much, "any_hour")
    assert by_the_clock == early + timedelta(seconds=much)
    police = worked_after(early, much, "commune_police")
    assert by_the_clock <= police <= worked_after(early, much, "office")


@given(MOMENTS, WORK)
def test_within_a_day_work_is_plain_addition(moment: datetime, seconds: int) -> None:
    """Whatever the time zone."""
    moment = worked_after(moment, 0, "office")
    left = datetime.combine(moment.date(), time(17), VN) - moment
    seconds = min(seconds, int(left.total_seconds()))
    expected = moment + timedelta(seconds=seconds)
    assert worked_after(moment.astimezone(UTC), seconds, "office") == expected


def test_every_system_keeps_hours() -> None:
    """The police theirs, programs and citizens none, all others those of offices."""
    day = date(2023, 7, 10)
    assert (hours_of("residence", day), calendar_of("residence", day)) == ("commune_police",) * 2
    for system in ("population", "vneid", "portal"):
        assert (hours_of(system, day), calendar_of(system, day)) == ("any_hour", "office")
    for system in ("one-stop", "civil-status", "social-insurance", "social-protection", "payout"):
        assert hours_of(system, day) == "office"
