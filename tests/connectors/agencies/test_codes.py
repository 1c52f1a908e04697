"""Agencies' formats and codes lose nothing on the way there and back."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.agencies import codes
from schemas.event import VN

moments = st.datetimes(
    min_value=datetime(1900, 1, 1), max_value=datetime(2099, 12, 31), timezones=st.just(VN)
)


@pytest.mark.parametrize("format_", [codes.COMPACT_TIME, codes.SLASHED_TIME])
@given(moment=moments)
def test_a_moment_comes_back_to_the_second(format_: codes.TimeFormat, moment: datetime) -> None:
    """Writing a moment as an agency does and reading it again gives the same second."""
    iso = codes.local_of(moment)
    assert format_.read(format_.write(iso)) == iso
    assert codes.moment(iso) == moment.replace(microsecond=0).isoformat()


@pytest.mark.parametrize("format_", [codes.COMPACT_DAY, codes.SLASHED_DAY, codes.DOTTED_DAY])
@given(moment=moments)
def test_a_day_comes_back(format_: codes.TimeFormat, moment: datetime) -> None:
    """Writing a day as an agency does and reading it again gives the same day."""
    assert format_.read(format_.write(codes.local_of(moment))) == moment.date().isoformat()


@given(moment=moments)
def test_day_and_time_of_day_travel_apart(moment: datetime) -> None:
    """A day and a time of day in two fields make one moment again, to the minute."""
    iso = codes.local_of(moment)
    day = codes.DOTTED_DAY.read(codes.DOTTED_DAY.write(iso))
    assert codes.moment_at(day, codes.clock(iso)) == codes.moment(iso[:17] + "00")
    assert codes.moment_at(day, iso[11:]) == codes.moment(iso)


@pytest.mark.parametrize(
    ("format_", "written"),
    [
        (codes.COMPACT_TIME, "20230710080509"),
        (codes.SLASHED_TIME, "10/07/2023 08:05:09"),
        (codes.COMPACT_DAY, "20230710"),
        (codes.DOTTED_DAY, "10.07.2023"),
    ],
)
def test_each_format_is_the_published_one(format_: codes.TimeFormat, written: str) -> None:
    """The texts are those that the real systems exchange."""
    assert format_.write("2023-07-10T08:05:09") == written


@pytest.mark.parametrize(
    "text",
    [
        "2023-07-10T08:00:00+07:00",
        "2023-07-10T08:00:00.999+07:00",
        "2023-07-10T01:00:00Z",
        "2023-07-10t01:00:00z",
        "2023-07-10 08:00+07:00",
        "2023-07-09T20:00:00-05:00",
    ],
)
def test_any_writing_of_a_moment_becomes_vietnamese_time(text: str) -> None:
    """Whatever offset an event's moment has, agencies read local time."""
    assert codes.local(text) == "2023-07-10T08:00:00"


@given(moment=moments, hours=st.integers(-12, 14))
def test_a_moment_is_the_same_from_any_zone(moment: datetime, hours: int) -> None:
    """A moment and its text agree on local time, whatever the zone it is written in."""
    elsewhere = moment.astimezone(timezone(timedelta(hours=hours)))
    assert codes.local(elsewhere.isoformat()) == codes.local_of(moment)


@pytest.mark.parametrize(
    ("dialect", "male", "female"),
    [
        (codes.ONE_STOP, "Nam", "Nữ"),
        (codes.CIVIL_STATUS, 1, 0),
        (codes.POPULATION, 1, 2),
        (codes.RESIDENCE, 1, 2),
        (codes.SOCIAL_INSURANCE, 1, 2),
    ],
)
def test_each_agency_has_its_own_codes_for_sex(
    dialect: codes.Dialect, male: str | int, female: str | int
) -> None:
    """The codes are the agency's, and they are read back to the same word."""
    assert dialect.sex.write == {"male": male, "female": female}
    assert dialect.sex.read == {male: "male", female: "female"}


def test_an_unknown_code_is_an_error() -> None:
    """A code that the agency's table lacks is never guessed at."""
    with pytest.raises(KeyError):
        codes.CIVIL_STATUS.sex.read[2]


def test_kinship_is_told_from_the_other_end() -> None:
    """The events say what the head is to the child, the police what the child is to the head."""
    assert codes.KINSHIP.write["grandparent"] == "cháu"
    assert codes.KINSHIP.read["con"] == "parent"
