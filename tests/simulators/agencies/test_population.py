"""The national population database."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from schemas.event import VN
from schemas.identifiers import PersonalId
from schemas.regimes import IdProvince
from simulators.agencies import DESKS
from simulators.agencies import population as module
from simulators.agencies.register import Register
from tests.simulators.agencies.asking import (
    CASE,
    OTHER,
    opened,
    outcome,
    outcomes,
    reached,
    request,
    rows,
    world,
)

REQUESTED = "personal-id.requested"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "population.db"


@pytest.fixture
def population(path: Path) -> Iterator[Register]:
    with closing(opened("population", path)) as agency:
        yield agency


@pytest.mark.parametrize(
    ("sex", "born", "prefix"),
    [
        ("male", "2023-07-08T05:30:00+07:00", "079223"),
        ("female", "2023-07-08T05:30:00+07:00", "079323"),
        ("female", "1999-12-31T23:59:00+07:00", "079199"),
    ],
)
async def test_a_number_tells_province_century_sex_and_year(
    population: Register, sex: str, born: str, prefix: str
) -> None:
    """The province is that of the commune where the birth was registered."""
    asked = request("population", REQUESTED, data={"sex": sex, "born": born})
    number = (await outcome(population, asked)).record["so_dinh_danh"]
    assert number.startswith(prefix)
    assert str(PersonalId.parse(number)) == number


@pytest.mark.parametrize(("choice", "prefix"), [("successor", "008"), ("former", "002")])
async def test_after_the_mergers_a_number_has_the_code_that_the_run_chose(
    choice: IdProvince, prefix: str
) -> None:
    """The ward 00691 was Hà Giang's (02) and is Tuyên Quang's (08) since 1 July 2025."""
    plays = replace(world(), personal_id_province=choice)
    asked = request("population", REQUESTED, tinh_khai_sinh="08", xa_khai_sinh="00691")
    with closing(Register(DESKS["population"], None, seed=1, world=plays)) as agency:
        number = (await outcome(reached("population", agency), asked)).record["so_dinh_danh"]
    assert number.startswith(prefix)


async def test_a_number_belongs_to_a_person_not_to_a_case(population: Register, path: Path) -> None:
    """The same birth notice has the same number, whichever case asks."""
    first, second = await outcomes(
        population,
        request("population", REQUESTED),
        request("population", REQUESTED, case=OTHER),
    )
    assert first.record == second.record
    assert [row["ma_lien_thong"] for row in rows(path, "cong_dan")] == [CASE]


async def test_numbers_that_collide_are_told_apart(
    population: Register, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a serial is taken, the next free one is given."""
    monkeypatch.setattr(module, "SERIALS", 3)
    notices = [f"0000{n}.GCS.79024.23" for n in range(3)]
    answers = await outcomes(
        population,
        *(request("population", REQUESTED, case=f"{CASE}{n}", so_gcs=n) for n in notices),
    )
    numbers = {answer.record["so_dinh_danh"] for answer in answers}
    assert numbers == {f"07922300000{serial}" for serial in range(3)}


async def test_what_others_register_is_noted_without_an_answer(
    population: Register, path: Path
) -> None:
    """Entry and residence fill in later columns; nobody waits for an outcome."""
    person = (await outcome(population, request("population", REQUESTED))).record["so_dinh_danh"]
    noted = await outcomes(
        population,
        request("population", "birth.registered", so_dinh_danh=person),
        request("population", "residence.registered", so_dinh_danh=person),
    )
    assert noted == []
    (row,) = rows(path, "cong_dan")
    assert row["so_khai_sinh"] == "214/2023"
    assert row["xa_thuong_tru"] == "26740"
    dossiers = [
        (d["step"], d["result"], d["received"] == d["decided"]) for d in rows(path, "dossiers")
    ]
    assert dossiers[1:] == [("confirm", "done", True), ("move", "done", True)]


async def test_a_known_one_way_request_stays_without_an_answer(
    population: Register, path: Path
) -> None:
    """Sent twice, it is on file once and still tells nobody."""
    asked = request("population", "birth.registered")
    assert await outcomes(population, asked) == await outcomes(population, asked) == []
    assert len(rows(path, "dossiers")) == 1


async def test_news_of_an_unknown_person_is_kept_as_such(population: Register, path: Path) -> None:
    """Nobody is made up; the dossier says why nothing was noted."""
    await outcomes(population, request("population", "residence.registered"))
    assert rows(path, "cong_dan") == []
    (dossier,) = rows(path, "dossiers")
    assert (dossier["result"], dossier["reason"]) == ("refused", "unknown_person")


DEAD = {
    "so_dinh_danh": "079050001873",
    "ngay_mat": "20230709",
    "gio_mat": "03:15",
    "so_khai_tu": "31/2023",
    "quyen_khai_tu": "01/2023",
    "trang_khai_tu": 31,
    "ngay_khai_tu": "20230710",
    "ma_lien_thong": CASE,
    "xa_xoa": "26740",
    "ngay_xoa": "20230710",
}
NEWS = ["death.registered", "residence.removed"]


@pytest.mark.parametrize("news", [NEWS, NEWS[::-1]])
async def test_death_and_removal_are_noted_in_either_order(
    population: Register, path: Path, news: list[str]
) -> None:
    """One row a person, which has both in the end; nobody waits for an outcome."""
    for name in news:
        assert await outcomes(population, request("population", name)) == []
    assert rows(path, "nguoi_mat") == [DEAD]


async def test_a_person_dies_once(population: Register, path: Path) -> None:
    """News of the same death from another case changes nothing."""
    await outcomes(population, *(request("population", name) for name in NEWS))
    await outcomes(population, request("population", NEWS[0], case=OTHER, so_khai_tu="99/2023"))
    assert rows(path, "nguoi_mat") == [DEAD]
    assert rows(path, "dossiers")[-1]["reason"] == "duplicate_of"


async def test_an_identity_card_has_the_person_s_number_until_the_age_of_14(
    population: Register, path: Path
) -> None:
    """One person has one, whichever case asks; it is valid from its own day on."""
    name, at = "identity-card.requested", datetime(2026, 9, 3, 10, tzinfo=VN)
    answers = await outcomes(
        population,
        request("population", name, time=at),
        request("population", name, time=at, case=OTHER),
        request("population", name, time=at, attempt=2),
    )
    assert [answer.result for answer in answers] == ["done", "refused", "done"]
    assert answers[1].record["ly_do"] == "duplicate_of"
    (row,) = rows(path, "the_can_cuoc")
    assert answers[0].record == answers[2].record == row
    assert row["so_the"] == row["so_dinh_danh"] == "079326004172"
    assert row["den_ngay"] == "20400827"
    assert row["ngay_cap"] == f"{answers[0].time:%Y%m%d}"
    assert row["the_can_cuoc"] == "urn:lienthong:CC:079326004172"
