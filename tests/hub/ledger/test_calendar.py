"""The ledger's own calendar, held against dates worked out by hand."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.ledger.calendar import deadline, full_years, iso, resumed, worked, works
from schemas.event import VN
from schemas.working_days import Hours, worked_after


@pytest.mark.parametrize(
    ("submitted", "due"),
    [
        ("2023-07-10T08:00:00+07:00", "2023-07-13"),  # Monday morning
        ("2023-07-10T15:00:00+07:00", "2023-07-13"),  # the cut-off itself is in time
        ("2023-07-10T15:00:00.001+07:00", "2023-07-14"),  # a moment later counts from Tuesday
        ("2023-07-13T16:30:00+07:00", "2023-07-19"),  # Thursday afternoon: day 0 is Friday
        ("2023-07-15T09:00:00+07:00", "2023-07-20"),  # Saturday: day 0 is Monday
        ("2023-08-31T09:00:00+07:00", "2023-09-07"),  # National Day, 1 to 4 September
        ("2023-07-10T09:00:00+00:00", "2023-07-14"),  # 16:00 in Vietnam
    ],
)
def test_a_case_is_due_at_closing_time_three_working_days_on(submitted: str, due: str) -> None:
    """Day 0 is effective reception; weekends, holidays and late afternoons don't count."""
    found = deadline(datetime.fromisoformat(submitted), 3)
    assert iso(found) == f"{due}T17:00:00.000+07:00"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 5, 4), True),  # a make-up Saturday
        (date(2024, 4, 29), False),  # the Monday that it made up for
        (date(2026, 1, 2), False),  # exchanged, and not in the package
        (date(2026, 1, 10), True),
        (date(2023, 7, 9), False),  # a Sunday
    ],
)
def test_exchanged_days_are_known(day: date, expected: bool) -> None:
    """A Saturday worked in exchange is a working day, the day off that it pays for is not."""
    assert works(day) is expected


def test_a_birthday_counts_from_its_own_day() -> None:
    """A child is six on the sixth birthday, not the day before."""
    born = date(2017, 7, 10)
    assert full_years(born, date(2023, 7, 9)) == 5
    assert full_years(born, date(2023, 7, 10)) == 6


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
    date, first, last = (
        datetime.fromisoformat(f"{text}:00+07:00") for text in (f"{due}T17:00", asked, answered)
    )
    assert resumed(date, first, last) == datetime.fromisoformat(f"{moved}T17:00:00+07:00")


@given(
    st.datetimes(datetime(2023, 7, 1), datetime(2027, 12, 1)),
    st.integers(0, 20 * 86_400),
    st.sampled_from(["office", "commune_police", "any_hour"]),
)
def test_work_ends_when_the_agencies_say_it_does(
    begun: datetime, seconds: int, hours: Hours
) -> None:
    """Two programs, one calendar."""
    moment = begun.replace(tzinfo=VN)
    assert worked(moment, seconds, hours) == worked_after(moment, seconds, hours)
