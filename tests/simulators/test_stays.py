"""The stays that people file, and how they come among the other cases."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from hub.orchestrator.chain import Admission
from hub.orchestrator.chains import CHAINS
from schemas import units
from schemas.event import VN
from schemas.identifiers import CaseCode, PersonalId
from schemas.payloads import TemporaryResidenceCase, canonical
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix

START = datetime(2023, 7, 10, 8, tzinfo=VN)


def arrivals(start: datetime = START, **shares: float) -> Arrivals:
    return Arrivals(seed=1, start=start, mix=Mix(**{"deaths": 0.0, "stays": 1.0, **shares}))


def stay_of(case: Submission) -> TemporaryResidenceCase:
    assert isinstance(case.payload, TemporaryResidenceCase)
    return case.payload


@pytest.fixture(scope="module")
def stays() -> list[Submission]:
    made = arrivals()
    return [made.submission(ordinal) for ordinal in range(5_000)]


def test_a_run_has_stays_only_if_its_mix_says_so() -> None:
    """The linked services are what runs are about, so by default there are none."""
    made = Arrivals(seed=1, start=START)
    assert "temporary_residence" not in {made.chain(ordinal) for ordinal in range(5_000)}


def test_every_chain_has_its_share_and_the_others_stay_as_they_were() -> None:
    """Births and deaths of a mix with stays are those of one without."""
    some, none = arrivals(stays=0.2, deaths=0.3), arrivals(stays=0.0, deaths=0.3)
    counted = Counter(some.chain(ordinal) for ordinal in range(20_000))
    assert counted["temporary_residence"] / 20_000 == pytest.approx(0.2, abs=0.02)
    assert counted["death"] / 20_000 == pytest.approx(0.3, abs=0.02)
    for ordinal in range(400):
        if some.chain(ordinal) != "temporary_residence":
            assert some.submission(ordinal) == none.submission(ordinal)


def test_shares_of_chains_that_exceed_one_are_refused() -> None:
    """Nothing would be left for births."""
    with pytest.raises(ValueError, match="deaths and stays are more than 1 together"):
        Mix(deaths=0.6, stays=0.6)


def test_the_same_stay_comes_again_whatever_was_made_before(stays: list[Submission]) -> None:
    """Seed and ordinal alone decide."""
    backwards = [canonical(arrivals().submission(n).payload) for n in reversed(range(200))]
    assert [canonical(case.payload) for case in stays[:200]] == backwards[::-1]


def test_a_case_code_says_that_it_is_a_stay(stays: list[Submission]) -> None:
    """And none is given twice."""
    codes = [CaseCode.parse(case.case) for case in stays]
    assert {code.chain for code in codes} == {"temporary_residence"}
    assert len({code.sequence for code in codes}) == len(stays)


def test_numbers_fit_their_bearers_and_belong_to_one(stays: list[Submission]) -> None:
    """Sex and year of birth stand in the number; residents are 17 to 45 years old."""
    bearers: dict[str, set[str]] = {}
    for case in stays:
        stay = stay_of(case)
        number, born = PersonalId.parse(stay.resident.personal_id), stay.resident.born
        assert (number.sex, number.birth_year) == (stay.resident.sex, int(born[:4]))
        assert 17 <= (START.date() - date.fromisoformat(born)) / timedelta(days=365.25) <= 45.1
        for person in (stay.resident, stay.requester):
            bearers.setdefault(person.personal_id, set()).add(person.name)
        assert case.person == stay.resident
    assert [names for names in bearers.values() if len(names) > 1] == []


def test_who_stays_mostly_comes_from_elsewhere_and_files_alone(stays: list[Submission]) -> None:
    """As often as the mix says; else the landlord files."""
    landlords = sum(
        one.requester.personal_id != one.resident.personal_id for one in map(stay_of, stays)
    )
    elsewhere = sum(
        PersonalId.parse(one.resident.personal_id).province_gso != one.province
        for one in map(stay_of, stays)
    )
    assert landlords / len(stays) == pytest.approx(Mix().landlord_files, abs=0.03)
    # somebody from elsewhere may be from here all the same
    assert elsewhere / len(stays) == pytest.approx(Mix().stayers_from_elsewhere, abs=0.05)


def test_the_commune_lies_in_the_province(stays: list[Submission]) -> None:
    """And its name stands in the address."""
    for case in stays:
        stay = stay_of(case)
        commune = units.commune(stay.commune)
        assert commune.province == stay.province
        assert commune.name in stay.address


@pytest.mark.parametrize(
    "start",
    [
        START,
        datetime(2023, 8, 31, 23, 30, tzinfo=VN),
        datetime(2024, 2, 28, 18, 0, tzinfo=UTC),
        datetime(2025, 7, 1, 8, tzinfo=VN),
    ],
)
def test_nobody_asks_for_longer_than_the_law_allows(start: datetime) -> None:
    """At the end of a month, in a leap year, and at night in another zone."""
    made, admit = arrivals(start), CHAINS["temporary_residence"].intake
    lasting = set()
    for ordinal in range(200):
        case = made.submission(ordinal)
        data = stay_of(case).model_dump(mode="json")
        assert isinstance(admit(data, case.at, "parallel"), Admission), data["until"]
        lasting.add(data["until"])
    assert len(lasting) == 4, "3, 6, 12 and 24 months"


def test_what_a_stay_is_not_is_said() -> None:
    """Neither a birth nor a death."""
    case = arrivals().submission(0)
    with pytest.raises(TypeError, match=r"G22\.99\.10.* is not about a birth"):
        _ = case.birth
    with pytest.raises(TypeError, match=r"G22\.99\.10.* is not about a death"):
        _ = case.death
