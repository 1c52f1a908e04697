"""The deaths that families file, and how cases of both chains come together."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from schemas import units
from schemas.event import VN, from_text
from schemas.identifiers import CaseCode, DeathNotice, PersonalId
from schemas.payloads import PersonRef, canonical
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix
from simulators.people import death_application

START = datetime(2023, 7, 10, 8, tzinfo=VN)
AFTER_SOCIAL_PENSION = datetime(2025, 7, 28, 8, tzinfo=VN)
YEAR = timedelta(days=365.25)


def arrivals(start: datetime = START, **shares: float) -> Arrivals:
    return Arrivals(seed=1, start=start, mix=Mix(**shares))


def deaths_of(start: datetime, count: int) -> list[Submission]:
    made = arrivals(start, deaths=1)
    return [made.submission(ordinal) for ordinal in range(count)]


@pytest.fixture(scope="module")
def deaths() -> list[Submission]:
    return deaths_of(START, 20_000)


@pytest.fixture(scope="module")
def cases() -> list[Submission]:
    """Both chains together."""
    made = arrivals()
    return [made.submission(ordinal) for ordinal in range(20_000)]


def people_of(case: Submission) -> list[PersonRef]:
    if case.payload.chain == "death":
        named = [case.death.deceased, case.death.payee, case.death.requester]
    else:
        birth = case.birth
        named = [birth.mother, birth.father, birth.household.head, birth.requester]
    return [person for person in named if person]


def test_a_third_of_the_cases_are_deaths_in_pairs(cases: list[Submission]) -> None:
    """The two of a pair are of one kind, so that twins stay twins."""
    chains = [case.payload.chain for case in cases]
    assert chains.count("death") / len(chains) == pytest.approx(0.33, abs=0.01)
    assert chains[::2] == chains[1::2]
    alone = arrivals(deaths=0.0)
    births = [case for case in cases if case.payload.chain == "birth"]
    assert all(case == alone.submission(case.ordinal) for case in births[:500]), "as without deaths"


def test_case_codes_say_what_the_case_is_about(cases: list[Submission]) -> None:
    """Births and deaths count on from one number, and no code is given twice."""
    codes = [CaseCode.parse(case.case) for case in cases]
    assert [code.chain for code in codes] == [case.payload.chain for case in cases]
    assert len({code.sequence for code in codes}) == len(cases)


def test_no_two_people_share_a_personal_id(cases: list[Submission]) -> None:
    """A number belongs to one name, whether the person is born to, mourned or mourns."""
    names: dict[str, set[str]] = {}
    for case in cases:
        for person in people_of(case):
            names.setdefault(person.personal_id, set()).add(person.name)
    assert [bearers for bearers in names.values() if len(bearers) > 1] == []


def test_the_same_death_comes_again_whatever_was_made_before() -> None:
    """Seed and ordinal alone decide."""
    made = arrivals(deaths=1)
    forwards = [canonical(made.submission(n).payload) for n in range(200)]
    backwards = [canonical(arrivals(deaths=1).submission(n).payload) for n in reversed(range(200))]
    assert forwards == backwards[::-1]


def test_a_death_was_one_to_fourteen_days_ago_on_a_whole_minute(deaths: list[Submission]) -> None:
    """It is filed within the 15 days that the law gives; forms have no seconds."""
    for case in deaths[:3_000]:
        died = from_text(case.death.deceased.died)
        assert timedelta(days=1) <= case.at - died <= timedelta(days=14)
        assert (died.second, died.microsecond) == (0, 0)


def test_most_of_the_dead_were_old(deaths: list[Submission]) -> None:
    """85 % were 60 to 98, the others grown up; their number says sex and year of birth."""
    ages = []
    for case in deaths:
        deceased = case.death.deceased
        born = date.fromisoformat(deceased.born)
        ages.append((from_text(deceased.died).date() - born) / YEAR)
        number = PersonalId.parse(deceased.personal_id)
        assert (number.sex, number.birth_year) == (deceased.sex, born.year)
    assert min(ages) >= 18
    assert max(ages) < 100
    assert sum(age >= 60 for age in ages) / len(ages) == pytest.approx(0.85, abs=0.01)


def test_a_notice_is_valid_and_unique_and_may_come_from_another_province(
    deaths: list[Submission],
) -> None:
    """A death is registered at the last residence, wherever the hospital lies."""
    numbers = [case.death.notice.number for case in deaths]
    assert len(set(numbers)) == len(deaths)
    for case in deaths[:2_000]:
        notice = DeathNotice.parse(case.death.notice.number)
        assert notice.facility == case.death.notice.facility
        assert units.commune(case.death.commune).province == case.death.province
        assert units.commune(case.death.commune).name in case.death.address
    away = sum(case.death.notice.facility[:2] != case.death.province for case in deaths)
    assert away / len(deaths) == pytest.approx(0.65 * 0.12 * 0.96, abs=0.01)


def test_some_were_registered_or_insured_elsewhere(deaths: list[Submission]) -> None:
    """3 % each, in a commune that lies where the form says; the form of all others says nothing
    of it, and a family that has none of it files what it would file anyway."""
    homes = [one.death.permanent_residence for one in deaths if one.death.permanent_residence]
    assert len(homes) / len(deaths) == pytest.approx(0.03, abs=0.005)
    for home in homes:
        assert units.commune(home.commune).province == home.province
        assert units.commune(home.commune).name in home.address
    asked = [one.death for one in deaths if one.death.groups]
    offices = [death.allowance_office for death in asked if death.allowance_office]
    assert len(offices) / len(asked) == pytest.approx(0.03, abs=0.005)
    assert not any(one.death.allowance_office for one in deaths if not one.death.groups)
    made = arrivals(deaths=1, permanent_residence_elsewhere=0, allowance_office_elsewhere=0)
    for ordinal, one in enumerate(deaths[:300]):
        nothing = {"permanent_residence": None, "allowance_office": None}
        told = canonical(made.submission(ordinal).payload)
        assert told == canonical(one.payload.model_copy(update=nothing))
        assert b"permanent_residence" not in told
        assert b"allowance_office" not in told


def test_old_people_die_of_other_things_than_young_ones(deaths: list[Submission]) -> None:
    """Strokes are the first of the old, accidents of the young."""
    causes: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for case in deaths:
        deceased = case.death.deceased
        age = (from_text(deceased.died).date() - date.fromisoformat(deceased.born)) / YEAR
        causes[age >= 60][case.death.notice.cause] += 1
    assert causes[True].most_common(1)[0][0] == "Đột quỵ não"
    assert causes[False].most_common(1)[0][0] == "Tai nạn giao thông"


def test_groups_follow_the_default_mix(deaths: list[Submission]) -> None:
    """Before there was a social pension, its share asks for no allowance at all."""
    groups = Counter(case.death.groups for case in deaths)
    shares = {names: count / len(deaths) for names, count in groups.items()}
    assert shares[("insurance",)] == pytest.approx(0.45 * 0.97, abs=0.012)
    assert shares[("social_protection",)] == pytest.approx(0.20, abs=0.01)
    assert shares[("merit",)] == pytest.approx(0.05, abs=0.01)
    assert shares[("veterans",)] == pytest.approx(0.02, abs=0.01)
    assert shares[()] == pytest.approx(0.28, abs=0.01)
    twice = shares[("insurance", "veterans")] + shares[("insurance", "merit")]
    assert twice == pytest.approx(0.45 * 0.03, abs=0.004)


def test_the_social_pension_begins_in_july_2025() -> None:
    """Who died from 1 July 2025 on can have ticked it."""
    late = deaths_of(AFTER_SOCIAL_PENSION, 5_000)
    groups = Counter(case.death.groups for case in late)
    assert groups[("social_pension",)] / len(late) == pytest.approx(0.08, abs=0.012)
    assert groups[()] / len(late) == pytest.approx(0.20, abs=0.02)


def test_an_allowance_goes_with_group_payee_and_payout(deaths: list[Submission]) -> None:
    """Who ticks no group asks for no allowance and names nobody to be paid."""
    methods: Counter[str] = Counter()
    for case in deaths:
        death = case.death
        assert ("funeral_allowance" in death.services) == bool(death.groups)
        if not death.groups:
            assert (death.payee, death.payout) == (None, None)
            continue
        assert death.payee
        assert death.payout
        methods[death.payout.method] += 1
        assert (death.payout.account is not None) == (death.payout.method == "account")
    shares = {method: count / methods.total() for method, count in methods.items()}
    assert shares["account"] == pytest.approx(0.66, abs=0.01)
    assert shares["post"] == pytest.approx(0.10, abs=0.01)


def test_relatives_are_grown_up_and_fit(deaths: list[Submission]) -> None:
    """A child is 20 years younger at least, a spouse of the other sex; fathers give their name."""
    seen: Counter[str] = Counter()
    for case in deaths:
        deceased, payee = case.death.deceased, case.death.payee
        if payee is None:
            continue
        seen[payee.relation] += 1
        number, dead = PersonalId.parse(payee.personal_id), PersonalId.parse(deceased.personal_id)
        assert START.year - number.birth_year >= 18
        if payee.relation == "spouse":
            assert number.sex != dead.sex
        if payee.relation in ("child", "grandchild"):
            assert number.birth_year - dead.birth_year >= 19
            if deceased.sex == "male":
                assert payee.name.split()[0] == deceased.name.split()[0]
        if payee.relation == "parent":
            assert dead.birth_year - number.birth_year >= 19
    assert seen.most_common(1)[0][0] == "child"
    assert len(seen) == 6


def test_the_day_of_filing_decides_the_procedure() -> None:
    """A death of June 2024 has the procedure of June 2024."""
    june = datetime(2024, 6, 10, 8, tzinfo=VN)
    assert deaths_of(START, 1)[0].death.procedure == "1.006714"
    assert deaths_of(june, 1)[0].death.procedure == "2.002622"


def test_the_dead_can_all_be_from_elsewhere_or_none() -> None:
    """A share of nothing keeps everybody's number in the province of the residence."""
    mix = Mix(deceased_from_elsewhere=0.0)
    for ordinal in range(500):
        made = death_application(1, ordinal, START, mix)
        assert PersonalId.parse(made.deceased.personal_id).province_gso == made.province


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"group_insurance": 0.7, "group_social_protection": 0.4}, "more than 1 together"),
        ({"paid_into_account": 0.7, "paid_by_post": 0.4}, "more than 1 together"),
        ({"deaths": 1.1}, "deaths is 1.1"),
    ],
)
def test_an_impossible_mix_of_deaths_is_refused(shares: dict[str, float], said: str) -> None:
    """Shares of one whole name themselves where they exceed it."""
    with pytest.raises(ValueError, match=said):
        Mix(**shares)


def test_a_case_is_about_one_thing() -> None:
    """Whoever takes a death for a birth is told the case."""
    death = deaths_of(START, 1)[0]
    with pytest.raises(TypeError, match=r"G22\.99\.09.* is not about a birth"):
        _ = death.birth
    with pytest.raises(TypeError, match=r"G22\.99\.08.* is not about a death"):
        _ = arrivals(deaths=0.0).submission(0).death
    assert death.person == death.death.deceased
