"""The registers of the commune police."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from connectors.agencies import CONNECTORS
from connectors.runtime.agency import Request
from connectors.runtime.handling import TimerFired
from schemas.event import from_text
from schemas.examples import example
from simulators.agencies.register import Register
from tests.connectors.agencies.delivery import asked
from tests.simulators.agencies.asking import CASE, OTHER, opened, outcome, outcomes, request, rows

REQUESTED = "residence.registration.requested"
GRANDFATHER = {"name": "Nguyễn Văn Hùng", "personal_id": "079063000238"}
WAITING = {"trangThai": "CHO_DONG_Y", "traLoi": 0}


def household(**changes: Any) -> dict[str, Any]:
    return {"household": {**example(REQUESTED).data()["household"], **changes}}


OF_GRANDFATHER = household(head=GRANDFATHER, relation="grandparent")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "residence.db"


@pytest.fixture
def residence(path: Path) -> Iterator[Register]:
    with closing(opened("residence", path)) as agency:
        yield agency


@pytest.mark.parametrize(
    ("data", "result", "agreed"),
    [
        ({}, "done", None),
        (household(head=GRANDFATHER, consent_signed=True), "done", "ct01"),
        (household(consent_signed=True), "done", "ct01"),
        (OF_GRANDFATHER, "consent_needed", None),
    ],
)
async def test_consent_is_needed_of_a_head_who_neither_asks_nor_signed(
    residence: Register, path: Path, data: dict[str, Any], result: str, agreed: str | None
) -> None:
    """Without it nobody is registered yet."""
    answer = await outcome(residence, request("residence", REQUESTED, data=data))
    assert answer.result == result
    residents = [row["dong_y"] for row in rows(path, "thuong_tru")]
    assert residents == ([agreed] if result == "done" else [])


async def test_a_head_has_seven_working_days_to_answer(residence: Register) -> None:
    """Asked on Monday 10 July before 15:00: until closing time of Wednesday the week after."""
    answer = await outcome(residence, request("residence", REQUESTED, data=OF_GRANDFATHER))
    assert answer.record["ngay_het_han"] == "20230719"
    assert answer.record["gio_het_han"] == "17:00:00"


async def test_a_head_who_never_answers_is_a_refusal(residence: Register, path: Path) -> None:
    """The police decide on the silence when the time is over."""
    await outcome(residence, request("residence", REQUESTED, data=OF_GRANDFATHER))
    timer = TimerFired(subject=CASE, name="consent", time=from_text("2023-07-19T17:00:00+07:00"))
    call = asked(CONNECTORS["residence"].handle(dict(WAITING), timer))
    silence = Request(
        subject=CASE,
        step=call.step,
        attempt=call.attempt,
        time=timer.time,
        record=call.record,
        cause=timer.id,
    )
    answer = await outcome(residence, silence)
    assert (answer.result, answer.record["ly_do"]) == ("refused", "consent_expired")
    assert rows(path, "thuong_tru") == []


async def test_with_consent_the_waiting_application_is_registered(
    residence: Register, path: Path
) -> None:
    """The police decide on what they were first told; how the head agreed is kept."""
    await outcome(residence, request("residence", REQUESTED, data=OF_GRANDFATHER))
    answer = await outcome(residence, request("residence", "consent.given", state=WAITING))
    (row,) = rows(path, "thuong_tru")
    assert answer.record == row
    assert row["dong_y"] == "vneid"
    assert row["so_dinh_danh_chu_ho"] == "079063000238"
    assert row["quan_he_chu_ho"] == "cháu"


async def test_a_declined_consent_is_always_a_refusal(residence: Register, path: Path) -> None:
    """The head's word is final for this application."""
    await outcome(residence, request("residence", REQUESTED, data=OF_GRANDFATHER))
    answer = await outcome(residence, request("residence", "consent.declined", state=WAITING))
    assert (answer.result, answer.record["ly_do"]) == ("refused", "consent_declined")
    assert rows(path, "thuong_tru") == []


@pytest.mark.parametrize("step", ["register", "decide"])
async def test_chance_may_find_the_dwelling_unlawful(path: Path, step: str) -> None:
    """With or without consent before, the world's reason is given."""
    with closing(opened("residence", path, refusals={step: 1.0})) as agency:
        data = {} if step == "register" else OF_GRANDFATHER
        answer = await outcome(agency, request("residence", REQUESTED, data=data))
        if step == "decide":
            answer = await outcome(agency, request("residence", "consent.given", state=WAITING))
    assert (answer.result, answer.record["ly_do"]) == ("refused", "no_lawful_dwelling")
    assert rows(path, "thuong_tru") == []


async def test_consent_is_asked_before_chance_speaks(path: Path) -> None:
    """An application that chance would refuse still waits for the head."""
    with closing(opened("residence", path, refusals={"register": 1.0})) as agency:
        answer = await outcome(agency, request("residence", REQUESTED, data=OF_GRANDFATHER))
    assert answer.result == "consent_needed"


@pytest.mark.parametrize("data", [{}, OF_GRANDFATHER])
async def test_a_resident_of_another_case_is_a_duplicate(
    residence: Register, path: Path, data: dict[str, Any]
) -> None:
    """The natural key is the person; nobody is asked for consent to what cannot be."""
    await outcome(residence, request("residence", REQUESTED))
    answer = await outcome(residence, request("residence", REQUESTED, case=OTHER, data=data))
    assert (answer.result, answer.record["ly_do"]) == ("refused", "duplicate_of")
    assert [row["ma_lien_thong"] for row in rows(path, "thuong_tru")] == [CASE]


async def test_a_resident_of_the_same_case_stays_registered(residence: Register) -> None:
    """A second attempt at the same case finds the registration that is there."""
    first = await outcome(residence, request("residence", REQUESTED))
    second = await outcome(residence, request("residence", REQUESTED, attempt=2))
    assert second.result == "done"
    assert second.record == first.record


async def test_numbers_count_within_a_commune_s_year(residence: Register) -> None:
    """Another commune begins at 1, and so does the next year."""
    july, january = (from_text(f"{day}T08:00:00+07:00") for day in ("2023-07-10", "2024-01-10"))
    asked = [
        request(
            "residence",
            REQUESTED,
            case=f"{CASE}{n}",
            so_dinh_danh=f"07922300000{n}",
            xa=xa,
            time=time,
        )
        for n, (xa, time) in enumerate(
            [("26740", july), ("26740", july), ("26743", july), ("26740", january)]
        )
    ]
    answers = await outcomes(residence, *asked)
    assert [answer.record["so_ct08"] for answer in answers] == [
        "1/CT08-26740",
        "2/CT08-26740",
        "1/CT08-26743",
        "1/CT08-26740",
    ]
    papers = {answer.record["ct08"] for answer in answers}
    assert {f"urn:lienthong:CT08:{year}:1/CT08-26740" for year in (2023, 2024)} < papers


REMOVAL = "residence.removal.requested"


async def test_a_removal_is_entered_with_its_notice(residence: Register, path: Path) -> None:
    """The form is CT08 as for a registration, numbered for itself; the hash covers it all."""
    answer = await outcome(residence, request("residence", REMOVAL))
    (row,) = rows(path, "xoa_thuong_tru")
    assert answer.record == row
    assert (row["so_dinh_danh"], row["so_ct08"]) == ("079050001873", "1/CT08-XT-26740")
    assert (row["ngay_mat"], row["gio_mat"]) == ("20230709", "03:15")
    assert row["ngay_xoa"] == answer.time.strftime("%Y%m%d")
    assert row["gio_xoa"] == answer.time.strftime("%H:%M:%S")
    assert row["ct08"] == "urn:lienthong:CT08:2023:1/CT08-XT-26740"
    said = [row[column] for column in list(row)[:-2]]
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    assert row["sha256"] == hashlib.sha256(content.encode()).hexdigest()


async def test_removals_and_registrations_count_apart(residence: Register) -> None:
    """Each kind begins at 1 in every commune."""
    answers = await outcomes(
        residence,
        request("residence", REQUESTED),
        request("residence", REMOVAL, case=OTHER),
        request("residence", REMOVAL, case=OTHER + "1", so_dinh_danh="079050001874"),
    )
    assert [answer.record["so_ct08"] for answer in answers] == [
        "1/CT08-26740",
        "1/CT08-XT-26740",
        "2/CT08-XT-26740",
    ]


@pytest.mark.parametrize(
    ("case", "result"), [(CASE, ("done", None)), (OTHER, ("refused", "duplicate_of"))]
)
async def test_who_is_removed_is_removed(
    residence: Register, path: Path, case: str, result: tuple[str, str | None]
) -> None:
    """Again in the same case it is the same notice; in another case it is a duplicate."""
    first = await outcome(residence, request("residence", REMOVAL))
    again = await outcome(residence, request("residence", REMOVAL, case=case, attempt=2))
    assert (again.result, again.record.get("ly_do")) == result
    assert rows(path, "xoa_thuong_tru") == [first.record]


async def test_chance_may_find_that_the_deceased_lived_elsewhere(path: Path) -> None:
    """Nothing is removed then."""
    with closing(opened("residence", path, refusals={"remove": 1.0})) as agency:
        answer = await outcome(agency, request("residence", REMOVAL))
    assert (answer.result, answer.record["ly_do"]) == ("refused", "not_resident")
    assert rows(path, "xoa_thuong_tru") == []


async def test_a_death_is_noted_whoever_asks_for_a_removal(residence: Register, path: Path) -> None:
    """It takes effect at once and nobody waits for an outcome."""
    assert await outcomes(residence, request("residence", "death.registered")) == []
    assert rows(path, "nguoi_mat") == [
        {
            "so_dinh_danh": "079050001873",
            "ngay_mat": "20230709",
            "gio_mat": "03:15",
            "ma_lien_thong": CASE,
        }
    ]
    assert rows(path, "xoa_thuong_tru") == []
