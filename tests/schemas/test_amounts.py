"""Allowances: which rows they come from, and what the golden examples do not say."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.amounts import Group, amount, higher
from schemas.rules import NoRuleError

DEATH = date(2024, 8, 15)


def test_an_amount_carries_the_rows_that_it_comes_from() -> None:
    """The group's rule and the level, each with its source and first day."""
    found = amount("insurance", DEATH)
    assert [row.rule for row in found.rows] == ["allowance.insurance", "level.base"]
    assert found.rows[1].valid_from == date(2024, 7, 1)
    assert found.rows[1].source_en == "Decree 73/2024/NĐ-CP"
    assert found.decided_by == date(2024, 8, 1), "the month of death decides"


@pytest.mark.parametrize("group", ["social_protection", "emergency"])
def test_a_province_may_raise_the_standard_but_not_lower_it(group: Group) -> None:
    """The national standard is a floor."""
    national = amount(group, DEATH)
    assert national.at_least
    assert amount(group, DEATH, provincial_standard=400_000).vnd == national.vnd
    raised = amount(group, DEATH, provincial_standard=600_000)
    assert raised.vnd == national.vnd // 500_000 * 600_000


@pytest.mark.parametrize("group", ["insurance", "merit", "veterans"])
def test_a_provincial_standard_changes_nothing_for_other_groups(group: Group) -> None:
    """Base salary is the same in the whole country."""
    assert amount(group, DEATH, provincial_standard=9_000_000) == amount(group, DEATH)


def test_who_is_entitled_twice_gets_the_higher() -> None:
    """In whichever order they are named; of equal sums the first."""
    insurance, protection = amount("insurance", DEATH), amount("social_protection", DEATH)
    assert higher(insurance, protection) == higher(protection, insurance) == insurance
    veterans = amount("veterans", DEATH)
    assert higher(veterans, insurance) == veterans


def test_there_was_no_social_pension_before_july_2025() -> None:
    """A group without a rule on the day is an error, not a sum of nothing."""
    with pytest.raises(NoRuleError, match=r"allowance\.social_pension"):
        amount("social_pension", date(2025, 6, 30))


@given(st.dates(min_value=date(2021, 7, 1), max_value=date(2028, 12, 31)))
def test_the_day_within_a_month_changes_nothing_for_insurance(died: date) -> None:
    """Article 85 goes by the month of death."""
    assert amount("insurance", died).vnd == amount("insurance", died.replace(day=1)).vnd
