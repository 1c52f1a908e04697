"""The one-stop's own dossiers."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.runtime.agency import RequestFailed
from schemas.event import from_text
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
DEATH_REQUESTED = "death.registration.requested"


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


async def test_a_dossier_that_is_handed_over_keeps_code_and_number(
    one_stop: Register, path: Path
) -> None:
    """Asked for in Phường Trần Phú, Hà Giang, in the last minute of June 2025 and received in July;
    asked for again, its successor has it, whose own dossiers of that day count from 1 all the
    same."""
    minute = from_text("2025-06-30T23:59:30+07:00")
    old = {"commune": "00691", "province": "02"}
    new = {"commune": "00691", "province": "08"}
    morning = minute + timedelta(hours=9)
    first = await outcome(one_stop, request("one-stop", REQUESTED, data=old, time=minute))
    again = request("one-stop", REQUESTED, data=new, time=morning, attempt=2)
    second = await outcome(one_stop, again)
    later = request("one-stop", REQUESTED, data=new, time=morning, case=OTHER)
    other = await outcome(one_stop, later)
    assert first.record["ma_ho_so"] == second.record["ma_ho_so"] == "H22.024.00691-250701-0001"
    assert (first.record["ma_don_vi"], first.record["ma_tinh"]) == ("H22.024.00691", "02")
    assert (second.record["ma_don_vi"], second.record["ma_tinh"]) == ("H60.00691", "08")
    assert other.record["ma_ho_so"] == "H60.00691-250701-0001"
    closing = request(
        "one-stop",
        "birth.registration.refused",
        state={"maHoSo": first.record["ma_ho_so"], "maDonVi": "H22.024.00691"},
        time=morning + timedelta(hours=3),
    )
    answer = await outcome(one_stop, closing)
    assert answer.record["ma_don_vi"] == "H60.00691", "the last word is the successor's"
    assert rows(path, "ho_so")[0]["ma_don_vi"] == "H60.00691"


async def test_past_9999_a_code_has_a_fifth_digit(one_stop: Register, path: Path) -> None:
    """A busy day does not end at four digits."""
    await outcome(one_stop, request("one-stop", REQUESTED))
    with closing(sqlite3.connect(path)) as register, register:
        register.execute("UPDATE ho_so SET thu_tu = 9999, ma_ho_so = 'H29.760.26740-230710-9999'")
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


async def test_births_and_deaths_count_together(one_stop: Register, path: Path) -> None:
    """One book of dossiers a commune-day; each kind keeps its own facts and none of the other's."""
    birth = request("one-stop", REQUESTED)
    death = request("one-stop", DEATH_REQUESTED, case=OTHER)
    answers = await outcomes(one_stop, birth, death)
    assert [answer.record["ma_ho_so"] for answer in answers] == [
        "H29.760.26740-230710-0001",
        "H29.760.26740-230710-0002",
    ]
    first, second = rows(path, "ho_so")
    assert (first["loai"], first["so_dinh_danh"], first["so_gbt"]) == ("LTKS", None, None)
    assert (second["loai"], second["so_dinh_danh"]) == ("LTKT", "079050001873")
    assert (second["ma_co_so"], second["ngay_mat"], second["gio_mat"]) == (
        "79024",
        "20230709",
        "03:15",
    )
    assert second["so_gcs"] is second["ho_ten_me"] is second["gio_sinh"] is None


@pytest.mark.parametrize(
    ("name", "missing"),
    [(REQUESTED, "so_gcs"), (REQUESTED, "ho_ten_me"), (DEATH_REQUESTED, "so_gbt")],
)
async def test_a_dossier_without_the_facts_of_its_kind_is_not_taken(
    one_stop: Register, path: Path, name: str, missing: str
) -> None:
    """A birth needs its mother and its notice, a death its notice."""
    asked = request("one-stop", name)
    incomplete = replace(asked, record={**asked.record, missing: None})
    with pytest.raises(RequestFailed, match=missing) as failed:
        await one_stop.submit([incomplete])
    assert failed.value.code == "record_invalid"
    assert rows(path, "ho_so") == []


async def test_an_extract_is_kept_with_its_dossier(one_stop: Register, path: Path) -> None:
    """Where a birth has its certificate, a death has its extract."""
    opened_as = (await outcome(one_stop, request("one-stop", DEATH_REQUESTED))).record
    state = {"maHoSo": opened_as["ma_ho_so"]}
    answer = await outcome(one_stop, request("one-stop", "death.registered", state=state))
    assert answer.record["trang_thai"] == 10
    (row,) = rows(path, "ho_so")
    assert row["trich_luc"] == "urn:lienthong:KQ.G15.000034:26740:31/2023"
    assert (row["so_dang_ky"], row["giay_khai_sinh"]) == ("31/2023", None)


async def test_a_dossier_that_has_its_result_keeps_it(one_stop: Register, path: Path) -> None:
    """Returned a second time is success with the first result (*đã có kết quả*)."""
    opened_as = (await outcome(one_stop, request("one-stop", REQUESTED))).record
    state = {"maHoSo": opened_as["ma_ho_so"]}
    first = await outcome(one_stop, request("one-stop", "birth.registered", state=state))
    before = rows(path, "ho_so")
    later = ASKED_AT + timedelta(days=2)
    again = request("one-stop", "birth.registered", state=state, attempt=2, time=later)
    assert (await outcome(one_stop, again)).record == first.record
    assert rows(path, "ho_so") == before


async def test_a_closed_dossier_has_no_result(one_stop: Register, path: Path) -> None:
    """A result after a refusal is out of order, and takes nothing back."""
    opened_as = (await outcome(one_stop, request("one-stop", REQUESTED))).record
    state = {"maHoSo": opened_as["ma_ho_so"]}
    await outcome(one_stop, request("one-stop", "birth.registration.refused", state=state))
    before = rows(path, "ho_so")
    with pytest.raises(RequestFailed, match="is over with status 3"):
        await one_stop.submit([request("one-stop", "birth.registered", state=state)])
    assert rows(path, "ho_so") == before
