"""The one-stop's own dossiers."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from schemas.identifiers import DossierCode
from simulators.agencies.register import Register
from tests.simulators.agencies.asking import (
    ASKED_AT,
    CASE,
    OTHER,
    opened,
    outcome,
    outcomes,
    request,
    rows,
)

REQUESTED = "birth.registration.requested"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "one-stop.db"


@pytest.fixture
def one_stop(path: Path) -> Iterator[Register]:
    with closing(opened("one-stop", path)) as agency:
        yield agency


async def test_codes_count_within_an_agencys_day(one_stop: Register) -> None:
    """The sequence restarts each day and in each commune."""
    here = [request("one-stop", REQUESTED, case=f"{CASE}{n}") for n in range(2)]
    elsewhere = request("one-stop", REQUESTED, case="elsewhere", data={"commune": "26743"})
    tomorrow = request("one-stop", REQUESTED, case="tomorrow", time=ASKED_AT + timedelta(days=1))
    answers = await outcomes(one_stop, *here, elsewhere, tomorrow)
    assert [answer.record["ma_ho_so"] for answer in answers] == [
        "H29.760.26740-230710-0001",
        "H29.760.26740-230710-0002",
        "H29.760.26743-230710-0001",
        "H29.760.26740-230711-0001",
    ]


async def test_past_9999_a_code_has_a_fifth_digit(one_stop: Register, path: Path) -> None:
    """A busy day does not end at four digits."""
    await outcome(one_stop, request("one-stop", REQUESTED))
    with closing(sqlite3.connect(path)) as register, register:
        register.execute("UPDATE ho_so SET thu_tu = 9999, ma_ho_so = 'the 9999th'")
    answer = await outcome(one_stop, request("one-stop", REQUESTED, case=OTHER))
    code = DossierCode.parse(answer.record["ma_ho_so"])
    assert code.sequence == "10000"


async def test_a_case_has_one_dossier(one_stop: Register) -> None:
    """A second attempt at the same case finds the dossier that is there."""
    first = await outcome(one_stop, request("one-stop", REQUESTED))
    second = await outcome(one_stop, request("one-stop", REQUESTED, attempt=2))
    assert second.record["ma_ho_so"] == first.record["ma_ho_so"]


@pytest.mark.parametrize(
    ("name", "status", "filled"),
    [
        ("birth.registered", 10, {"so_dang_ky": "214/2023", "ly_do": None}),
        ("birth.registration.refused", 3, {"so_dang_ky": None, "ly_do": "notice_mismatch"}),
    ],
)
async def test_a_dossier_ends_returned_or_refused(
    one_stop: Register, path: Path, name: str, status: int, filled: dict[str, str | None]
) -> None:
    """The dossier keeps the result or the reason, and when it was handed over."""
    opened_as = (await outcome(one_stop, request("one-stop", REQUESTED))).record
    state = {"maHoSo": opened_as["ma_ho_so"]}
    answer = await outcome(one_stop, request("one-stop", name, state=state))
    assert answer.record == {
        "ma_ho_so": "H29.760.26740-230710-0001",
        "ma_don_vi": "H29.760.26740",
        "trang_thai": status,
    }
    (row,) = rows(path, "ho_so")
    assert row["trang_thai"] == status
    assert row["ngay_tra"] == answer.time.strftime("%d/%m/%Y %H:%M:%S")
    assert {column: row[column] for column in filled} == filled
