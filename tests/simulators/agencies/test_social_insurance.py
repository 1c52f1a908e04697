"""Health-insurance cards of children under 6."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.identifiers import HealthCard
from simulators.agencies import social_insurance as module
from simulators.agencies.register import Register
from simulators.agencies.social_insurance import last_day_of_childs_card
from tests.simulators.agencies.asking import CASE, OTHER, opened, outcome, outcomes, request, rows

REQUESTED = "health-card.requested"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "social-insurance.db"


@pytest.fixture
def insurance(path: Path) -> Iterator[Register]:
    with closing(opened("social-insurance", path)) as agency:
        yield agency


async def test_a_card_is_a_childs_card_of_its_province(insurance: Register, path: Path) -> None:
    """TE1, the issuing province, and an insurance number that begins with it."""
    answer = await outcome(insurance, request("social-insurance", REQUESTED))
    (row,) = rows(path, "the_bhyt")
    assert answer.record == row
    card = HealthCard.parse(row["ma_the"])
    assert (card.object_code, card.benefit, card.province_gso) == ("TE", "1", "79")
    assert card.insurance_number == row["so_bhxh"]
    assert row["so_bhxh"].startswith("79")
    assert (row["tu_ngay"], row["den_ngay"]) == ("20230708", "20290930")
    assert row["the_dien_tu"] == f"urn:lienthong:BHYT:{row['ma_the']}"


async def test_a_child_insured_in_another_case_is_a_duplicate(
    insurance: Register, path: Path
) -> None:
    """The natural key is the person; the first card stands."""
    answers = await outcomes(
        insurance,
        request("social-insurance", REQUESTED),
        request("social-insurance", REQUESTED, case=OTHER),
        request("social-insurance", REQUESTED, attempt=2),
    )
    assert [answer.result for answer in answers] == ["done", "refused", "done"]
    assert answers[1].record["ly_do"] == "duplicate_of"
    assert answers[2].record == answers[0].record
    assert [row["ma_lien_thong"] for row in rows(path, "the_bhyt")] == [CASE]


async def test_chance_may_find_a_child_insured(path: Path) -> None:
    """The reason is the world's, and no card is made."""
    with closing(opened("social-insurance", path, refusals={"card": 1.0})) as agency:
        answer = await outcome(agency, request("social-insurance", REQUESTED))
    assert (answer.result, answer.record["ly_do"]) == ("refused", "already_insured")
    assert rows(path, "the_bhyt") == []


async def test_insurance_numbers_that_collide_are_told_apart(
    insurance: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a serial is taken, the next free one is given."""
    monkeypatch.setattr(module, "SERIALS", 3)
    people = [f"07922300000{n}" for n in range(3)]
    asked = [
        request("social-insurance", REQUESTED, case=f"{CASE}{n}", so_dinh_danh=person)
        for n, person in enumerate(people)
    ]
    numbers = {answer.record["so_bhxh"] for answer in await outcomes(insurance, *asked)}
    assert numbers == {f"790000000{serial}" for serial in range(3)}


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2023, 7, 8), date(2029, 9, 30)),
        (date(2023, 1, 1), date(2029, 9, 30)),
        (date(2024, 2, 29), date(2030, 9, 30)),
        (date(2023, 9, 30), date(2029, 9, 30)),
        (date(2023, 10, 1), date(2029, 9, 30)),
        (date(2023, 10, 2), date(2029, 10, 1)),
        (date(2023, 12, 31), date(2029, 12, 30)),
    ],
)
def test_the_last_day_of_a_childs_card(born: date, last: date) -> None:
    """Worked out by hand around 30 September, where the rule turns."""
    assert last_day_of_childs_card(born) == last


@given(born=st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_a_card_lasts_to_the_sixth_birthday_or_the_school_year(born: date) -> None:
    """Whichever is later: the birthday's eve, or 30 September of that year."""
    last = last_day_of_childs_card(born)
    leap_day = (born.month, born.day) == (2, 29)
    sixth_birthday = date(born.year + 6, 3, 1) if leap_day else born.replace(year=born.year + 6)
    eve = sixth_birthday - timedelta(days=1)
    school_year = date(born.year + 6, 9, 30)
    assert last == max(eve, school_year)
