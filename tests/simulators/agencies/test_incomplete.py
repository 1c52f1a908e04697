"""Papers are missing: an agency asks for all at once, twice at most; citizens answer or don't."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from connectors.runtime.agency import Request
from schemas.event import from_text
from simulators.agencies import DESKS
from simulators.agencies.register import Register
from simulators.world import World
from tests.simulators.agencies.asking import ASKED_AT, CASE, OTHER, outcomes, request, rows, world

DECIDING = {
    "birth.entry.requested": ("civil-status", "so_khai_sinh"),
    "death.entry.requested": ("civil-status", "so_khai_tu"),
    "residence.registration.requested": ("residence", "thuong_tru"),
    "residence.removal.requested": ("residence", "xoa_thuong_tru"),
    "health-card.requested": ("social-insurance", "the_bhyt"),
}
"""Who decides on what, and where it enters it."""


def agency(system: str, path: Path | None, plays: World) -> Register:
    """An agency in a world."""
    return Register(DESKS[system], path, seed=1, world=plays)


@pytest.mark.parametrize("name", DECIDING)
async def test_what_is_missing_is_asked_for_at_once_and_nothing_is_entered(
    tmp_path: Path, name: str
) -> None:
    """At least one paper, and seven working days, in the agency's own format."""
    system, table = DECIDING[name]
    path = tmp_path / "register.db"
    with closing(agency(system, path, world(supplement=1.0))) as register:
        (answer,) = await outcomes(register, request(system, name))
    assert answer.result == "supplement"
    assert answer.record["thieu"]
    assert answer.record["gio_han"] == "17:00:00"
    assert answer.record["han_bo_sung"] in ("19.07.2023", "20230719")
    assert rows(path, table) == []


@pytest.mark.parametrize("name", DECIDING)
async def test_there_is_no_third_question(name: str) -> None:
    """The third time, the agency decides on what it has."""
    system, _ = DECIDING[name]
    with closing(agency(system, None, world(supplement=1.0))) as register:
        asked = [request(system, name, attempt=attempt) for attempt in (1, 2, 3)]
        answers = await outcomes(register, *asked)
    results = {answer.attempt: answer.result for answer in answers}
    assert (results[1], results[2]) == ("supplement", "supplement")
    assert results[3] in ("done", "refused", "consent_needed")


@pytest.fixture
def silent(tmp_path: Path) -> Iterator[Register]:
    """Citizens who never answer."""
    with closing(agency("portal", tmp_path / "portal.db", world(silence=1.0))) as register:
        yield register


def question(attempt: int = 1) -> Request:
    """A question to a citizen."""
    return request("portal", "case.supplement.requested", attempt=attempt)


async def test_a_question_that_nobody_answers_is_on_file_and_under_way_nowhere(
    silent: Register, tmp_path: Path
) -> None:
    """It waits for nothing, so that a run comes to rest; asked again, it stays so."""
    assert await outcomes(silent, question()) == []
    assert await outcomes(silent, question()) == []
    (dossier,) = rows(tmp_path / "portal.db", "dossiers")
    assert (dossier["result"], dossier["decided"]) == ("silent", dossier["received"])
    assert rows(tmp_path / "portal.db", "pending") == []
    assert rows(tmp_path / "portal.db", "outcomes") == []


async def test_a_citizen_answers_within_days_with_a_paper_of_its_own() -> None:
    """Each answer names case, service and question."""
    with closing(agency("portal", None, world())) as register:
        answers = await outcomes(register, question(1), question(2))
    assert [answer.record["giay_to"] for answer in answers] == [
        f"doc:supplement/{CASE}/birth-1",
        f"doc:supplement/{CASE}/birth-2",
    ]
    for answer in answers:
        assert 7_200 <= (answer.time - ASKED_AT).total_seconds() < 259_200


async def test_a_citizen_whose_account_was_closed_takes_cash() -> None:
    """Only who is asked about the account says how to be paid."""
    closed = {
        "service": "insurance_allowance",
        "defects": [{"pointer": "/payout/account", "vi": "Đã đóng.", "en": "Closed."}],
    }
    about_the_account = request("portal", "case.supplement.requested", case=OTHER, data=closed)
    with closing(agency("portal", None, world())) as register:
        answers = await outcomes(register, question(), about_the_account)
    ways = {answer.step: answer.record.get("cach_nhan") for answer in answers}
    assert ways == {"birth": None, "insurance_allowance": "tien_mat"}


async def test_the_one_stop_notes_the_new_date_of_a_dossier_that_comes_again(
    tmp_path: Path,
) -> None:
    """Same code, same row."""
    path = tmp_path / "one-stop.db"
    later = {"due": "2023-07-17T17:00:00+07:00"}
    name = "birth.registration.requested"
    with closing(agency("one-stop", path, world())) as register:
        again = request("one-stop", name, attempt=2, data=later)
        first, second = await outcomes(register, request("one-stop", name), again)
    assert second.record["ma_ho_so"] == first.record["ma_ho_so"]
    (dossier,) = rows(path, "ho_so")
    assert dossier["han_tra"] == "17/07/2023 17:00:00"
    assert from_text("2023-07-17T17:00:00+07:00") > ASKED_AT
