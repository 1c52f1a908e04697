"""Deadlines, filing periods, and who is competent: what the golden examples do not say."""

from datetime import date, datetime
from typing import Literal, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.amounts import Group
from schemas.deadlines import Matter, deadline, filing, polled_out, promised
from schemas.event import VN
from schemas.regimes import competent, regime
from schemas.rules import RULES, NoRuleError
from schemas.working_days import effective_reception, is_working_day

MOMENTS = st.datetimes(min_value=datetime(2024, 7, 1), max_value=datetime(2027, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=VN)
)


def test_every_deadline_rule_has_a_name_in_the_interface_and_every_group_a_deadline() -> None:
    """The types and the table list the same."""
    matters = set(get_args(Matter))
    assert {f"deadline.{matter}" for matter in matters} == {
        rule for rule in RULES if rule.startswith("deadline.")
    }
    assert {f"death_{group}" for group in get_args(Group)} < matters


def test_a_deadline_carries_the_rows_that_it_comes_from() -> None:
    """The rule is that of the day of effective reception, not of submission."""
    before = datetime(2024, 6, 7, 14, tzinfo=VN)
    assert deadline("birth", before).rows[0].confidence == "I", "before Decree 63/2024"
    found = deadline("birth", before.replace(hour=16))
    assert [row.rule for row in found.rows] == ["deadline.birth", "office.cut_off"]
    assert found.rows[0].source_en == "Decree 63/2024/NĐ-CP"
    assert found.received == datetime(2024, 6, 10, 8, tzinfo=VN)


@given(matter=st.sampled_from(get_args(Matter)), submitted=MOMENTS)
def test_a_deadline_is_a_working_day_after_reception(matter: Matter, submitted: datetime) -> None:
    """And never before the days it counts."""
    found = deadline(matter, submitted)
    assert found.received >= submitted
    assert is_working_day(found.due.date())
    assert (found.due.date() - found.received.date()).days >= found.working_days


@given(MOMENTS)
def test_the_commune_police_never_receive_later_than_other_offices(moment: datetime) -> None:
    """They have all working days and Saturday mornings besides."""
    assert effective_reception(moment, "commune_police") <= effective_reception(moment)


@pytest.mark.parametrize(
    ("what", "since"), [("social_insurance", "area"), ("social_protection", "commune")]
)
def test_the_districts_decide_until_june_2025(
    what: Literal["social_insurance", "social_protection"], since: str
) -> None:
    """Then the districts are gone."""
    assert competent(what, date(2025, 6, 30)).value == "district"
    assert competent(what, date(2025, 7, 1)).value == since


def test_before_the_pilot_there_was_no_regime() -> None:
    """The linked services began on 21 November 2022."""
    with pytest.raises(NoRuleError):
        regime(date(2022, 11, 20))


def test_a_filing_says_its_last_day_and_rule() -> None:
    """Calendar days, the event's own day not counted."""
    found = filing("death", date(2024, 2, 20), date(2024, 3, 6))
    assert (found.last_day, found.late) == (date(2024, 3, 6), False)
    assert found.rows[0].number == 15


def test_a_death_is_due_with_the_slowest_of_its_groups() -> None:
    """Insurance has 8 working days, merit 18, no allowance at all 6; a birth has 3."""
    monday = datetime(2023, 7, 10, 8, tzinfo=VN)
    dues = {
        groups: promised("death", groups, monday).due.date().isoformat()
        for groups in ((), ("insurance",), ("insurance", "merit"), ("merit", "insurance"))
    }
    assert dues == {
        (): "2023-07-18",
        ("insurance",): "2023-07-20",
        ("insurance", "merit"): "2023-08-03",
        ("merit", "insurance"): "2023-08-03",
    }
    assert promised("birth", (), monday) == deadline("birth", monday)


def test_the_last_poll_is_at_the_opening_of_a_working_day() -> None:
    """Tết of 2024 was from 8 to 14 February; one poll on the 7th, the other four after it."""
    assert polled_out(datetime(2024, 2, 6, 15, 30, tzinfo=VN)) == datetime(
        2024, 2, 20, 8, 0, tzinfo=VN
    )
