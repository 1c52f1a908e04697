"""A scenario files what its table says, and otherwise what the generator of people makes."""

from dataclasses import replace

import pytest

from schemas.payloads import BirthCase
from simulators.scenarios import SCENARIOS
from simulators.scenarios.families import Filed, filed
from simulators.scenarios.scenario import Baby, Death, Filing, Scenario


def file(*filings: Filing) -> list[Filed]:
    """The cases of some filings."""
    expected = [{"status": "completed"}] * len(filings)
    return filed(replace(SCENARIOS["twins"], filings=filings, expected=expected), seed=3)


def birth(one: Filed) -> BirthCase:
    """The payload of a birth."""
    return one.submission.birth


def test_a_family_lives_where_the_scenario_says() -> None:
    """Province, commune, address, hospital and health station agree."""
    (one,) = file(Filing(at="2023-07-10 08:00", commune="26734"))
    case = birth(one)
    assert (case.province, case.commune, case.household.commune) == ("79", "26734", "26734")
    assert case.household.address.endswith("Phường Tân Định, Quận 1, Hồ Chí Minh")
    assert case.child.facility == "79001"
    assert ".GCS.79001.23" in case.child.notice
    assert case.treatment_facility.startswith("79")


def test_a_child_has_its_familys_name() -> None:
    """The given names, sex and moment of the table."""
    (one,) = file(Filing(at="2023-07-10 08:00", baby=Baby("male", "Gia Huy", "2023-07-02 01:00")))
    child, father = birth(one).child, birth(one).father
    assert father is not None
    assert child.name == f"{father.name.split()[0]} Gia Huy"
    assert (child.sex, child.born[:16]) == ("male", "2023-07-02T01:00")


def test_children_of_one_family_have_one_mother_and_their_own_notice() -> None:
    """But the very same child has the very same notice."""
    at = "2023-07-10 08:00"
    first, sibling, again = map(
        birth,
        file(
            Filing(at=at),
            Filing(at=at, family_of=0),
            Filing(at=at, family_of=0, same_person=True),
        ),
    )
    assert first.mother == sibling.mother == again.mother
    assert first.household == sibling.household
    assert first.child.notice != sibling.child.notice
    assert first.child == again.child


def test_a_death_is_filed_as_the_scenario_says() -> None:
    """When, with which groups, how to be paid, and where the notice was made out."""
    death = Death(
        died="2023-06-29 04:10", groups=("insurance", "merit"), method="cash", facility="79001"
    )
    (one,) = file(Filing(at="2023-07-10 08:00", death=death, commune="00001"))
    case = one.submission.death
    assert one.submission.case.startswith("G22.99.09-230710-")
    assert (case.deceased.died[:16], case.groups) == ("2023-06-29T04:10", ("insurance", "merit"))
    assert (case.province, case.commune, case.notice.facility) == ("01", "00001", "79001")
    assert ".GBT.79001.23" in case.notice.number
    assert case.payout is not None
    assert (case.payout.method, case.payout.account) == ("cash", None)
    assert case.services == ("death", "residence_removal", "funeral_allowance")


def test_a_death_without_a_group_asks_for_no_allowance() -> None:
    """No payee, no payout."""
    (one,) = file(Filing(at="2023-07-10 08:00", death=Death(died="2023-07-06 12:00")))
    case = one.submission.death
    assert case.services == ("death", "residence_removal")
    assert (case.groups, case.payee, case.payout) == ((), None, None)


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda one: one.name)
def test_every_case_of_the_library_is_a_valid_submission(scenario: Scenario) -> None:
    """But those that are there to be refused by the hub."""
    for one in filed(scenario, seed=1):
        if not one.filing.malformed:
            assert one.submission.payload.model_dump(mode="json") == one.raw
