"""Allowances: which rows they come from, and what the golden examples do not say."""

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.amounts import Group, amount, higher, still_due
from schemas.rules import NoRuleError
from schemas.standards import COLUMNS, adopt_standards, read_standards

DEATH = date(2024, 8, 15)


@pytest.fixture(autouse=True)
def no_rows_left() -> Iterator[None]:
    """A run's rows hold in its process; none is left for other tests."""
    yield
    adopt_standards(())


def test_an_amount_carries_the_rows_that_it_comes_from() -> None:
    """The group's rule and the level, each with its source and first day."""
    found = amount("insurance", DEATH)
    assert [row.rule for row in found.rows] == ["allowance.insurance", "level.base"]
    assert found.rows[1].valid_from == date(2024, 7, 1)
    assert found.rows[1].source_en == "Decree 73/2024/NĐ-CP"
    assert found.decided_by == date(2024, 8, 1), "the month of death decides"


def set_standard(vnd: int, known_from: str = "") -> None:
    """Let Hà Nội have a standard of its own from 1 August 2024 on."""
    cells = f"01,{vnd},2024-08-01,{known_from},I,thử,made up"
    adopt_standards(read_standards("\n".join([",".join(COLUMNS), cells])))


@pytest.mark.parametrize("group", ["social_protection", "emergency"])
def test_a_province_may_raise_the_standard_but_not_lower_it(group: Group) -> None:
    """The national standard is a floor; a row counts in its province, from its first day."""
    national = amount(group, DEATH)
    assert national.at_least
    set_standard(400_000)
    assert amount(group, DEATH, province="01") == national
    set_standard(600_000)
    raised = amount(group, DEATH, province="01")
    assert raised.vnd == national.vnd // 500_000 * 600_000
    assert raised.rows[1].note_en == "set by Hà Nội (01)"
    assert amount(group, DEATH, province="79") == amount(group, DEATH) == national
    before = date(2024, 7, 31)
    assert amount(group, before, province="01") == amount(group, before)


def test_a_province_s_standard_counts_once_it_is_public() -> None:
    """As any other sum."""
    set_standard(600_000, known_from="2024-09-01")
    known = [date(2024, 8, 31), date(2024, 9, 1)]
    found = [amount("social_protection", DEATH, day, province="01").vnd for day in known]
    assert found == [10_000_000, 12_000_000]


@pytest.mark.parametrize("group", ["insurance", "merit", "veterans"])
def test_a_provincial_standard_changes_nothing_for_other_groups(group: Group) -> None:
    """Base salary is the same in the whole country."""
    set_standard(9_000_000)
    assert amount(group, DEATH, province="01") == amount(group, DEATH)


def test_the_second_decision_pays_up_to_the_higher_sum() -> None:
    """All decisions together are the higher of the two sums, whichever comes first."""
    assert still_due(25_000_000, None) == 25_000_000
    assert still_due(25_000_000, 23_400_000) == 1_600_000
    assert still_due(23_400_000, 23_400_000) == 0
    assert still_due(23_400_000, 25_000_000) == 0


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
