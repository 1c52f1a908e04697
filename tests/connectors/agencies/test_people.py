"""People survive the way into an agency's flat record and back."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.agencies.codes import CIVIL_STATUS, ONE_STOP, Dialect
from connectors.agencies.people import (
    death_fields,
    death_notice_fields,
    death_notice_of,
    deceased_fields,
    deceased_of,
    newborn_fields,
    newborn_of,
    parent_fields,
    parent_of,
)

dialects = pytest.mark.parametrize("dialect", [ONE_STOP, CIVIL_STATUS])
names = st.text(min_size=1, max_size=40)
newborns = st.fixed_dictionaries(
    {
        "name": names,
        "sex": st.sampled_from(["male", "female"]),
        "born": st.datetimes().map(lambda at: f"{at.isoformat()[:16]}:00+07:00"),
        "notice": st.from_regex("[0-9A-Z]{5}[.]GCS[.][0-9]{5}[.]23", fullmatch=True),
        "facility": st.from_regex("[0-9]{5}", fullmatch=True),
    }
)
parents = st.fixed_dictionaries(
    {
        "name": names,
        "personal_id": st.from_regex("[0-9]{12}", fullmatch=True),
        "born": st.dates().map(lambda day: day.isoformat()),
    }
)


@dialects
@given(child=newborns)
def test_a_newborn_comes_back(dialect: Dialect, child: dict[str, Any]) -> None:
    """What the birth notice says is the same after an agency has written it down."""
    assert newborn_of(newborn_fields(child, dialect), dialect) == child


@dialects
@given(parent=st.none() | parents)
def test_a_parent_comes_back_or_stays_away(dialect: Dialect, parent: dict[str, Any] | None) -> None:
    """A parent is the same after an agency has written it down, and none stays none."""
    assert parent_of(parent_fields(parent, "cha", dialect), "cha", dialect) == parent


deceased_people = st.fixed_dictionaries(
    {
        "name": names,
        "personal_id": st.from_regex("[0-9]{12}", fullmatch=True),
        "sex": st.sampled_from(["male", "female"]),
        "born": st.dates().map(lambda day: day.isoformat()),
        "died": st.datetimes().map(lambda at: f"{at.isoformat()[:16]}:00+07:00"),
    }
)


@dialects
@given(deceased=deceased_people)
def test_somebody_who_died_comes_back(dialect: Dialect, deceased: dict[str, Any]) -> None:
    """Every agency's record begins with who died and when, and the rest comes back with it."""
    record = deceased_fields(deceased, dialect)
    assert list(record)[:3] == list(death_fields(deceased, dialect.day))
    assert deceased_of(record, dialect) == deceased


def test_a_death_notice_comes_back() -> None:
    """Number, facility, place and cause have fields of their own."""
    notice = {
        "number": "0B7K2.GBT.79024.23",
        "facility": "79024",
        "place": "Bệnh viện Nhân dân 115, Quận 10",
        "cause": "Nhồi máu cơ tim",
    }
    record = death_notice_fields(notice)
    assert record["so_gbt"] == "0B7K2.GBT.79024.23"
    assert death_notice_of(record) == notice
