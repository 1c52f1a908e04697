"""The synthetic people and what they file."""

import csv
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from itertools import pairwise, product
from typing import Any

import pytest

from schemas import units
from schemas.event import VN, from_text
from schemas.identifiers import BirthNotice, CaseCode, PersonalId
from schemas.payloads import canonical
from simulators.arrivals import (
    ALL_SERVICES,
    BIRTH_AND_CARD,
    BIRTH_AND_RESIDENCE,
    Arrivals,
    Submission,
)
from simulators.draws import Weighted
from simulators.mix import Mix
from simulators.people import application, family_of
from simulators.people.names import names, sibling_word

START = datetime(2023, 7, 10, 8, tzinfo=VN)
TABLES = resources.files("simulators.people")


def arrivals(seed: int = 1, per_second: float | None = None, **shares: float) -> Arrivals:
    return Arrivals(
        seed=seed, start=START, per_second=per_second, mix=Mix(**{"deaths": 0.0, **shares})
    )


def all_bytes(submission: Submission) -> bytes:
    return f"{submission.case} {submission.at}".encode() + canonical(submission.payload)


@pytest.fixture(scope="module")
def cases() -> list[Submission]:
    made = arrivals()
    return [made.submission(ordinal) for ordinal in range(20_000)]


def twins(cases: list[Submission]) -> Iterator[tuple[Submission, Submission]]:
    for one, other in pairwise(cases):
        if one.birth.mother == other.birth.mother:
            yield one, other


def test_same_seed_same_bytes_in_any_order() -> None:
    """Case n is the same whether or not the cases before it were made."""
    forwards = [all_bytes(arrivals().submission(n)) for n in range(200)]
    backwards = [all_bytes(arrivals().submission(n)) for n in reversed(range(200))]
    assert forwards == backwards[::-1]


def test_another_seed_gives_other_people_and_codes(cases: list[Submission]) -> None:
    """Neither a mother nor a case code nor a birth notice comes back with another seed."""
    others = [arrivals(seed=2).submission(n) for n in range(500)]
    for here, there in zip(cases, others, strict=False):
        assert here.birth.mother != there.birth.mother
        assert here.birth.child.notice != there.birth.child.notice
    assert not {c.case for c in cases} & {c.case for c in others}


def test_case_codes_and_notices_are_valid_and_unique(cases: list[Submission]) -> None:
    """20,000 cases have 20,000 codes of their day and 20,000 birth notices."""
    assert len({case.case for case in cases}) == len(cases)
    assert len({case.birth.child.notice for case in cases}) == len(cases)
    for case in cases[:2_000]:
        code = CaseCode.parse(case.case)
        assert (code.chain, code.day, len(code.sequence) >= 6) == ("birth", START.date(), True)
        notice = BirthNotice.parse(case.birth.child.notice)
        assert notice.facility == case.birth.child.facility
        assert notice.year == f"{from_text(case.birth.child.born).year % 100:02}"


def test_no_two_people_share_a_personal_id(cases: list[Submission]) -> None:
    """A number belongs to one name, whoever names it."""
    names: dict[str, set[str]] = {}
    for case in cases:
        payload = case.birth
        for person in (payload.mother, payload.father, payload.household.head, payload.requester):
            if person:
                names.setdefault(person.personal_id, set()).add(person.name)
    assert [bearers for bearers in names.values() if len(bearers) > 1] == []


def test_personal_ids_fit_their_bearers() -> None:
    """The digits of a parent or grandparent say their province, sex and year of birth."""
    mix = Mix(parents_from_elsewhere=0)
    for ordinal in range(2_000):
        birth = application(1, ordinal, family_of(1, ordinal, mix), START, mix)
        for person in filter(None, (birth.mother, birth.father, birth.head.person)):
            number = PersonalId.parse(person.personal_id)
            assert number.province_gso == birth.province
            assert (number.sex, number.birth_year) == (person.sex, person.born.year)


def test_some_parents_were_born_in_another_province(cases: list[Submission]) -> None:
    """About one mother in seven has a personal ID of another province than she lives in."""
    moved = sum(c.birth.mother.personal_id[1:3] != c.payload.province for c in cases)
    assert moved / len(cases) == pytest.approx(0.15 * 0.96, abs=0.02)


def test_families_fit_together(cases: list[Submission]) -> None:
    """Parents are 20 to 40, a child was born 1 to 30 days ago, the requester is a parent."""
    for case in cases[:5_000]:
        payload = case.birth
        assert timedelta(days=1) <= case.at - from_text(payload.child.born) <= timedelta(days=30)
        parents = [parent for parent in (payload.mother, payload.father) if parent]
        for parent in parents:
            age = (
                from_text(payload.child.born).date() - date.fromisoformat(parent.born)
            ).days / 365.25
            assert 20 <= age < 40
        assert payload.requester.personal_id in {parent.personal_id for parent in parents}
        if payload.household.relation == "grandparent":
            assert payload.household.head.personal_id not in {p.personal_id for p in parents}
        else:
            assert payload.household.head.personal_id in {p.personal_id for p in parents}


def test_a_child_bears_the_fathers_family_name_or_else_the_mothers(
    cases: list[Submission],
) -> None:
    """The first word of the child's name is its father's, where he is known."""
    fathers = 0
    for case in cases:
        payload = case.birth
        fathers += payload.father is not None
        parent = payload.father or payload.mother
        assert payload.child.name.split()[0] == parent.name.split()[0]
    assert fathers / len(cases) == pytest.approx(0.93, abs=0.01)


@cache
def column(file: str, sex: str | None = None) -> set[str]:
    with TABLES.joinpath(file).open(encoding="utf-8") as table:
        return {row["name"] for row in csv.DictReader(table) if sex in (None, row.get("sex"))}


def test_names_stand_in_vietnamese_order(cases: list[Submission]) -> None:
    """Family name, middle name, given name, the last two of the person's own sex."""
    families = column("family_names.csv")
    for case in cases[:3_000]:
        for name, sex in (
            (case.birth.child.name, case.birth.child.sex),
            (case.birth.mother.name, "female"),
        ):
            family, *middle, given = name.split()
            assert family in families
            assert " ".join(middle) in column("middle_names.csv", sex)
            assert given in column("given_names.csv", sex)
            assert given not in middle


def test_names_fit_the_generation(cases: list[Submission]) -> None:
    """Mothers are often a Thị, their daughters seldom."""
    mothers = [case.birth.mother.name for case in cases]
    daughters = [c.birth.child.name for c in cases if c.birth.child.sex == "female"]
    assert sum(" Thị " in name for name in mothers) / len(mothers) > 0.4
    assert sum(" Thị " in name for name in daughters) / len(daughters) < 0.15
    nguyen = sum(name.startswith("Nguyễn ") for name in mothers) / len(mothers)
    assert nguyen == pytest.approx(0.31, abs=0.03)


def test_twins_share_a_mother_and_a_home_and_differ_in_notice(cases: list[Submission]) -> None:
    """Two adjacent cases: one family, one set of wishes, two children with two notices."""
    pairs = list(twins(cases))
    assert len(pairs) / len(cases) == pytest.approx(0.012, abs=0.003)
    for one, other in pairs:
        first, second = one.birth, other.birth
        assert (first.father, first.household, first.requester, first.services) == (
            second.father,
            second.household,
            second.requester,
            second.services,
        )
        assert first.child.notice != second.child.notice
        assert first.child.name != second.child.name
        assert first.child.facility == second.child.facility
        assert (
            timedelta(0)
            < from_text(second.child.born) - from_text(first.child.born)
            < timedelta(minutes=30)
        )
        assert one.case != other.case


def test_no_two_words_of_chance_give_twins_one_name() -> None:
    """Whatever is drawn and whatever their sexes: every pair of words at which a name changes."""
    for one, other in product((names("male", "child"), names("female", "child")), repeat=2):
        given = {*_bounds(one.given), *(sibling_word(word) for word in _bounds(other.given))}
        for middle in {*_bounds(one.middle), *_bounds(other.middle)}:
            for word in given:
                second = other.after("Lê", middle, sibling_word(word))
                assert one.after("Lê", middle, word) != second


def _bounds(table: Weighted[str]) -> list[int]:
    """The first word that picks each value."""
    first = [bisect_left(range(1 << 32), n, key=table.index) for n in range(len(table.values))]
    assert [table.index(word) for word in first] == [*range(len(table.values))]
    return first


def test_a_family_may_give_its_twins_one_name() -> None:
    """Then they differ in notice and minute, and in sex where they do."""
    made = arrivals(twins=1, twins_of_one_name=1)
    pairs = [(made.submission(n).birth, made.submission(n + 1).birth) for n in range(0, 60, 2)]
    assert all(one.child.name == other.child.name for one, other in pairs)
    assert all(one.child.notice != other.child.notice for one, other in pairs)
    assert any(one.child.sex != other.child.sex for one, other in pairs)
    plain = arrivals(twins=1)
    for number, (one, other) in enumerate(pairs):
        assert one == plain.submission(2 * number).birth, "nothing else changes"
        own = plain.submission(2 * number + 1).birth
        child = other.child.model_copy(update={"name": own.child.name})
        assert other.model_copy(update={"child": child}) == own


def test_twins_filed_at_different_times_were_born_on_one_day() -> None:
    """The schedule moves the filing of the second twin, not its birth."""
    made = arrivals(per_second=0.001, twins=1)
    first, second = made.submission(8), made.submission(9)
    assert second.at - first.at == timedelta(seconds=1_000)
    apart = from_text(second.birth.child.born) - from_text(first.birth.child.born)
    assert apart < timedelta(minutes=30)


def test_wishes_follow_the_default_mix(cases: list[Submission]) -> None:
    """10 % want no residence, 5 % no card, the rest all three; 10 % of heads must agree."""
    services = Counter(case.payload.services for case in cases)
    assert set(services) == {ALL_SERVICES, BIRTH_AND_CARD, BIRTH_AND_RESIDENCE}
    assert services[BIRTH_AND_CARD] / len(cases) == pytest.approx(0.10, abs=0.01)
    assert services[BIRTH_AND_RESIDENCE] / len(cases) == pytest.approx(0.05, abs=0.01)
    agree = [
        case
        for case in cases
        if case.birth.household.head != case.payload.requester
        and not case.birth.household.consent_signed
    ]
    assert len(agree) / len(cases) == pytest.approx(0.10, abs=0.01)
    channels = Counter(case.payload.channel for case in cases)
    assert channels["online"] / len(cases) == pytest.approx(0.715, abs=0.01)
    assert channels["post"] / len(cases) == pytest.approx(0.01, abs=0.005)


def test_a_signed_form_comes_with_the_case(cases: list[Submission]) -> None:
    """Each case has its birth notice as a document, and form CT01 where the head signed it."""
    for case in cases[:2_000]:
        kinds = [document.kind for document in case.payload.documents]
        signed = case.birth.household.consent_signed
        assert kinds == (["birth_notice", "ct01"] if signed else ["birth_notice"])


def test_provinces_come_by_their_share_of_the_population(cases: list[Submission]) -> None:
    """All 63 provinces appear, each about as often as its share says."""
    counts = Counter(case.payload.province for case in cases)
    assert len(counts) == 63
    for province in units.provinces():
        share = counts[province.code] / len(cases)
        assert share == pytest.approx(province.population_share, abs=0.007)


def test_the_commune_lies_in_the_province_and_in_the_address(cases: list[Submission]) -> None:
    """Commune, province, address and first facility for treatment speak of one place."""
    for case in cases[:2_000]:
        payload = case.birth
        commune = units.commune(payload.commune)
        assert commune.province == payload.province
        assert payload.household.commune == payload.commune
        assert f"{commune.name}, {commune.district_name}" in payload.household.address
        assert payload.treatment_facility.startswith(payload.province)


def test_the_day_of_filing_decides_code_and_procedure() -> None:
    """A case of June 2024 has the procedure and the day of June 2024."""
    day = datetime(2024, 6, 10, 17, 30, tzinfo=UTC)  # past midnight in Vietnam
    made = Arrivals(seed=1, start=day.astimezone(VN), mix=Mix(deaths=0.0)).submission(0)
    assert made.payload.procedure == "2.002621"
    assert CaseCode.parse(made.case).day.isoformat() == "2024-06-11"


def test_cases_come_at_their_rate_or_all_at_once() -> None:
    """The schedule is open: it depends on the ordinal, not on what became of earlier cases."""
    assert arrivals().at(5_000) == START
    assert arrivals(per_second=250).at(1) == START + timedelta(milliseconds=4)
    assert arrivals(per_second=250).at(5_000) == START + timedelta(seconds=20)


def test_an_identity_card_is_asked_for_from_its_first_day_on() -> None:
    """Six families in ten, on top of what they ask for anyway; nobody on the day before."""
    eve = datetime(2026, 8, 31, 23, 59, 59, tzinfo=VN)
    before = Arrivals(seed=5, start=eve, mix=Mix(deaths=0.0))
    since = Arrivals(seed=5, start=eve + timedelta(seconds=1), mix=Mix(deaths=0.0))
    asked = [since.submission(n).birth.services for n in range(500)]
    plain = [tuple(name for name in one if name != "identity_card") for one in asked]
    assert plain == [before.submission(n).birth.services for n in range(500)]
    with_card = [one for one in asked if one[-1] == "identity_card"]
    assert len(with_card) / 500 == pytest.approx(0.6, abs=0.06)


@pytest.mark.parametrize(
    ("card_only", "residence_only", "wanted"),
    [
        (1, 0, {BIRTH_AND_CARD}),
        (0, 1, {BIRTH_AND_RESIDENCE}),
        (0, 0, {ALL_SERVICES}),
        (0.3, 0.7, {BIRTH_AND_CARD, BIRTH_AND_RESIDENCE}),
    ],
)
def test_a_share_can_be_all_or_nothing(
    card_only: float, residence_only: float, wanted: set[tuple[str, ...]]
) -> None:
    """A mix of one kind makes only cases of that kind; shares that sum to 1 leave no rest."""
    made = arrivals(birth_and_card_only=card_only, birth_and_residence_only=residence_only)
    assert {made.submission(n).payload.services for n in range(200)} == wanted


def test_all_heads_can_be_asked() -> None:
    """A mix in which each head must agree has no head who requests or has signed."""
    made = arrivals(consent_needed=1.0, consent_signed=0.0)
    for ordinal in range(200):
        payload = made.submission(ordinal).birth
        assert payload.household.head != payload.requester
        assert not payload.household.consent_signed


@pytest.mark.parametrize(
    ("shares", "said"),
    [
        ({"twins": 1.5}, "twins is 1.5"),
        ({"father_known": -0.1}, "father_known is -0.1"),
        ({"withdrawal_hours": 0.0}, "not a time to withdraw"),
        ({"consent_needed": 0.6, "consent_signed": 0.6}, "more than 1 together"),
    ],
)
def test_an_impossible_mix_is_refused(shares: dict[str, float], said: str) -> None:
    """A share outside 0 to 1, or two that exclude each other and exceed 1, name themselves."""
    with pytest.raises(ValueError, match=said):
        Mix(**shares)


def test_a_family_decides_at_submission_whether_and_when_it_withdraws() -> None:
    """As often as the mix says, within its hours; twins together; nothing else changes."""
    some, none = arrivals(withdrawn=0.2, withdrawal_hours=3.0), arrivals(withdrawn=0.0)
    cases = [some.submission(n) for n in range(400)]
    withdrawn = [case for case in cases if case.withdrawn is not None]
    assert len(withdrawn) == pytest.approx(80, rel=0.3)
    for case in withdrawn:
        assert case.withdrawn is not None
        assert case.at < case.withdrawn <= case.at + timedelta(hours=3)
    assert [case.payload for case in cases] == [none.submission(n).payload for n in range(400)]
    for one, other in zip(cases[::2], cases[1::2], strict=True):
        if one.birth.mother == other.birth.mother:
            assert one.withdrawn == other.withdrawn


@pytest.mark.parametrize("chain", ["birth", "death"])
def test_since_july_2025_families_live_in_the_communes_of_today(chain: str) -> None:
    """Province and commune are of the 34 and the 3,321, and the address names no district."""
    start = datetime(2025, 7, 1, 8, tzinfo=VN)
    arrivals = Arrivals(seed=4, start=start, mix=Mix(deaths=1.0 if chain == "death" else 0.0))
    for ordinal in range(200):
        case = arrivals.submission(ordinal)
        payload: Any = case.payload
        commune = units.today_commune(payload.commune)
        assert payload.chain == chain
        assert commune.province == payload.province
        address = payload.address if chain == "death" else payload.household.address
        assert address.endswith(f"{commune.name}, {_NAMES[payload.province]}"), address


_NAMES = {province.successor: province.successor_name for province in units.provinces()}


def test_families_file_where_the_linked_services_are_offered() -> None:
    """During the pilot those of Hà Nội and Hà Nam, of births and deaths alike."""
    pilot = Arrivals(seed=1, start=datetime(2022, 12, 5, 8, tzinfo=VN), mix=Mix())
    assert {pilot.submission(n).payload.province for n in range(40)} == {"01", "35"}
