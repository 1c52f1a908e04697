"""The registers of births and deaths."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.runtime.agency import Request, RequestFailed
from schemas.event import from_text
from simulators.agencies import DESKS
from simulators.agencies.civil_status import LAST_BOOK, PAGES, book_and_page
from simulators.agencies.register import Register
from simulators.default_steps import DEFAULT_STEPS
from simulators.world import Arranged
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

ENTRY = "birth.entry.requested"
DEATH = "death.entry.requested"
DECEASED = "079050001873"
CHILD = "Nguyễn Minh An"
ENTERED = {"trangThai": 3, "soGcs": "00A1Z.GCS.79024.23"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "civil-status.db"


@pytest.fixture
def civil_status(path: Path) -> Iterator[Register]:
    with closing(opened("civil-status", path)) as agency:
        yield agency


def another(
    name: str = CHILD, notice: str = "00A2Z.GCS.79024.23", *, case: str = OTHER, attempt: int = 1
) -> Request:
    """The entry of a child of that mother and day, by another notice."""
    return request("civil-status", ENTRY, case=case, attempt=attempt, so_gcs=notice, ho_ten=name)


async def test_twins_are_two_entries_of_one_mother(civil_status: Register, path: Path) -> None:
    """Two birth notices are two children, whoever their mother is."""
    first = request("civil-status", ENTRY)
    second = another("Nguyễn Gia Bảo")
    answers = await outcomes(civil_status, first, second)
    assert [(answer.result, answer.record["so"]) for answer in answers] == [
        ("done", 1),
        ("done", 2),
    ]
    assert len({row["so_dinh_danh_me"] for row in rows(path, "so_khai_sinh")}) == 1


async def test_the_same_birth_in_another_case_is_a_duplicate(
    civil_status: Register, path: Path
) -> None:
    """The natural key is the birth notice, and it beats chance; the first entry stands."""
    answers = await outcomes(
        civil_status,
        request("civil-status", ENTRY),
        request("civil-status", ENTRY, case=OTHER),
    )
    assert [answer.result for answer in answers] == ["done", "refused"]
    assert answers[1].record == {"so_gcs": "00A1Z.GCS.79024.23", "ly_do": "duplicate_of"}
    assert [row["ma_lien_thong"] for row in rows(path, "so_khai_sinh")] == [CASE]


async def test_the_same_birth_in_the_same_case_has_its_entry(civil_status: Register) -> None:
    """A second attempt at the same case finds the entry that is there."""
    first = await outcome(civil_status, request("civil-status", ENTRY))
    second = await outcome(civil_status, request("civil-status", ENTRY, attempt=2))
    assert second.result == "done"
    assert second.record["so"] == first.record["so"]


@pytest.mark.parametrize("name", [CHILD, "NGUYỄN  MINH AN", normalize("NFD", CHILD)])
async def test_a_child_that_seems_to_be_registered_is_suspected_once(
    civil_status: Register, path: Path, name: str
) -> None:
    """Another notice, the same mother, name and day: the family explains, and it is entered."""
    await outcome(civil_status, request("civil-status", ENTRY))
    asked = await outcome(civil_status, another(name))
    assert (asked.result, asked.record["thieu"]) == ("supplement", ["NGHI_TRUNG"])
    assert (asked.record["so_gcs"], asked.record["han_bo_sung"]) == (
        "00A2Z.GCS.79024.23",
        "19.07.2023",
    )
    explained = await outcome(civil_status, another(name, attempt=2))
    assert (explained.result, explained.record["ho_ten"]) == ("done", name)
    assert [row["ma_lien_thong"] for row in rows(path, "so_khai_sinh")] == [CASE, OTHER]
    third = await outcome(civil_status, another(notice="00A3Z.GCS.79024.23", case=OTHER + "1"))
    assert third.result == "supplement", "each family has to explain its own"


@pytest.mark.parametrize(
    "differs",
    [
        {"ho_ten": "Nguyễn Minh Ân"},
        {"ngay_sinh": "04.07.2023"},
        {"so_dinh_danh_me": "079194012878"},
    ],
)
async def test_who_differs_in_mother_name_or_day_is_not_suspected(
    civil_status: Register, differs: dict[str, str]
) -> None:
    """A sister of that day, a namesake of another day, a namesake of another mother."""
    await outcome(civil_status, request("civil-status", ENTRY))
    other = another()
    other = replace(other, record={**other.record, **differs})
    assert (await outcome(civil_status, other)).result == "done"


@pytest.mark.parametrize(
    ("first", "second", "answers"),
    [
        ((), None, [["NGHI_TRUNG"], "done"]),
        (("GCS_MO",), None, [["GCS_MO", "NGHI_TRUNG"], "done"]),
        (("GCS_MO",), ("TK_CHUA_KY",), [["GCS_MO", "NGHI_TRUNG"], ["TK_CHUA_KY"], "done"]),
        ((), "duplicate_of", [["NGHI_TRUNG"], "duplicate_of"]),
        ("notice_mismatch", None, ["notice_mismatch"]),
    ],
)
async def test_one_request_asks_for_an_explanation_and_whatever_else_is_missing(
    path: Path,
    first: tuple[str, ...] | str,
    second: tuple[str, ...] | str | None,
    answers: list[list[str] | str],
) -> None:
    """What is refused anyway needs none; with an explanation the officer decides as ever."""
    plays = replace(
        world(),
        arranged={
            f"{OTHER}/civil-status/enter/{attempt}": arranged(what)
            for attempt, what in ((1, first), (2, second))
            if what
        },
    )
    with closing(Register(DESKS["civil-status"], path, seed=1, world=plays)) as agency:
        civil_status = reached("civil-status", agency)
        await outcome(civil_status, request("civil-status", ENTRY))
        said = [await outcome(civil_status, another(attempt=n + 1)) for n in range(len(answers))]
    assert [
        one.record.get("thieu") or one.record.get("ly_do") or one.result for one in said
    ] == answers


def arranged(what: tuple[str, ...] | str) -> Arranged:
    if isinstance(what, str):
        return Arranged(result="refused", reason=what)
    return Arranged(result="supplement", missing=what)


async def test_after_two_questions_the_officer_decides(path: Path) -> None:
    """The other child is entered while papers are awaited for the second time."""
    missing = Arranged(result="supplement", missing=("GCS_MO",))
    steps = {f"{OTHER}/civil-status/enter/{n}": missing for n in (1, 2)}
    plays = replace(world(), arranged=steps)
    with closing(Register(DESKS["civil-status"], path, seed=1, world=plays)) as agency:
        civil_status = reached("civil-status", agency)
        for attempt in (1, 2):
            asked = await outcome(civil_status, another(attempt=attempt))
            assert asked.record["thieu"] == ["GCS_MO"], "nobody has that child yet"
        await outcome(civil_status, request("civil-status", ENTRY))
        assert (await outcome(civil_status, another(attempt=3))).result == "done"


async def test_a_refusal_by_chance_leaves_no_entry(path: Path) -> None:
    """The reason is the world's, and the register of births stays empty."""
    with closing(opened("civil-status", path, refusals={"enter": 1.0})) as agency:
        answer = await outcome(agency, request("civil-status", ENTRY))
    reason = answer.record["ly_do"]
    assert answer.result == "refused"
    assert reason in DEFAULT_STEPS["civil-status/enter"].reasons
    assert rows(path, "so_khai_sinh") == []
    assert [row["reason"] for row in rows(path, "dossiers")] == [reason]


async def test_entries_count_within_a_communes_year(civil_status: Register) -> None:
    """Another commune and another year begin at 1."""
    here = request("civil-status", ENTRY)
    there = request("civil-status", ENTRY, case=OTHER, so_gcs="00A2Z.GCS.79024.23", xa="26743")
    elsewhere = replace(there, record={**there.record, "ho_ten": "Nguyễn Gia Bảo"})
    in_january = another("Nguyễn Gia Huy", "00A3Z.GCS.79024.23", case=OTHER + "1")
    next_year = replace(in_january, time=from_text("2023-12-31T23:59:00+07:00"))
    again = another("Nguyễn Gia Hân", "00A4Z.GCS.79024.23", case=OTHER + "2")
    answers = await outcomes(civil_status, here, elsewhere, next_year, again)
    numbers = [(a.record["xa"], a.record["nam"], a.record["so"]) for a in answers]
    assert numbers == [
        ("26740", 2023, 1),
        ("26743", 2023, 1),
        ("26740", 2024, 1),
        ("26740", 2023, 2),
    ]
    assert answers[2].record["quyen"] == "01/2024"


async def test_the_certificate_says_what_the_entry_says(civil_status: Register, path: Path) -> None:
    """Its hash covers every column of the entry but those of the paper itself."""
    await outcome(civil_status, request("civil-status", ENTRY))
    certify = request("civil-status", "personal-id.issued", state=ENTERED)
    answer = await outcome(civil_status, certify)
    (row,) = rows(path, "so_khai_sinh")
    assert answer.record == row
    assert row["so_dinh_danh"] == "079223000417"
    assert row["giay_khai_sinh"] == "urn:lienthong:KQ.G15.000031:26740:1/2023"
    said = [row[column] for column in row if column not in ("giay_khai_sinh", "sha256")]
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    assert row["sha256"] == hashlib.sha256(content.encode()).hexdigest()


async def test_while_the_number_is_late_the_entry_stands_without_a_certificate(
    civil_status: Register, path: Path
) -> None:
    """The birth is registered in law: it has number, book and page; only the paper has to wait."""
    entered = await outcome(civil_status, request("civil-status", ENTRY))
    (row,) = rows(path, "so_khai_sinh")
    assert (row["so"], row["quyen"], row["trang"]) == (1, "01/2023", 1)
    assert row["ngay_dang_ky"] == entered.time.strftime("%d.%m.%Y")
    assert row["so_dinh_danh"] is row["ngay_cap"] is row["giay_khai_sinh"] is None
    days_later = from_text("2023-07-14T09:00:00+07:00")
    late = request("civil-status", "personal-id.issued", state=ENTERED, time=days_later)
    await outcome(civil_status, late)
    (certified,) = rows(path, "so_khai_sinh")
    assert certified["ngay_dang_ky"] == row["ngay_dang_ky"], "the entry keeps its day"
    assert certified["ngay_cap"] == "14.07.2023"
    assert certified["giay_khai_sinh"] is not None


async def test_a_certified_birth_keeps_its_certificate(civil_status: Register, path: Path) -> None:
    """Asked again it is the same paper; with another number it is refused as a mistake."""
    await outcome(civil_status, request("civil-status", ENTRY))
    certify = request("civil-status", "personal-id.issued", state=ENTERED)
    first = await outcome(civil_status, certify)
    later = from_text("2023-07-14T09:00:00+07:00")
    again = replace(certify, attempt=2, time=later)
    assert (await outcome(civil_status, again)).record == first.record
    another = {**certify.record, "so_dinh_danh": "079223000999"}
    with pytest.raises(RequestFailed, match="certified with another number"):
        await civil_status.submit([replace(certify, attempt=3, record=another)])
    assert rows(path, "so_khai_sinh") == [first.record]


async def test_a_draft_says_what_the_certificate_will_and_issues_nothing(path: Path) -> None:
    """For a day, to the second; then the certificate, which is asked for by another name."""
    checking = replace(world(), draft_certificates=True)
    with closing(Register(DESKS["civil-status"], path, seed=1, world=checking)) as register:
        agency = reached("civil-status", register)
        entered = await outcome(agency, request("civil-status", ENTRY))
        certify = request("civil-status", "personal-id.issued", state=ENTERED)
        draft = await outcome(agency, certify)
        assert draft.result == "draft"
        (row,) = rows(path, "so_khai_sinh")
        assert row["so_dinh_danh"] is row["giay_khai_sinh"] is None
        expires = draft.time + timedelta(days=1)
        assert draft.record == {
            **entered.record,
            "so_dinh_danh": "079223000417",
            "ngay_het_han": f"{expires:%d.%m.%Y}",
            "gio_het_han": f"{expires:%H:%M:%S}",
        }
        issued = await outcome(agency, replace(certify, step="issue", time=expires))
        assert (issued.result, issued.record) == ("done", rows(path, "so_khai_sinh")[0])
        again = await outcome(agency, replace(certify, attempt=2, time=expires))
        assert (again.result, again.record) == ("done", issued.record), "no draft of what is issued"


async def test_a_death_is_entered_with_its_extract(civil_status: Register, path: Path) -> None:
    """One row says who, when, where, of what and by which notice; its hash covers all of it."""
    answer = await outcome(civil_status, request("civil-status", DEATH))
    (row,) = rows(path, "so_khai_tu")
    assert answer.record == row
    assert (row["so_dinh_danh"], row["ngay_mat"], row["gio_mat"]) == (
        DECEASED,
        "09.07.2023",
        "03:15",
    )
    assert (row["so"], row["quyen"], row["trang"]) == (1, "01/2023", 1)
    assert row["trich_luc"] == "urn:lienthong:KQ.G15.000034:26740:1/2023"
    assert list(row)[-2:] == ["trich_luc", "sha256"]
    said = [row[column] for column in list(row)[:-2]]
    content = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    assert row["sha256"] == hashlib.sha256(content.encode()).hexdigest()


async def test_births_and_deaths_have_books_of_their_own(civil_status: Register) -> None:
    """Each kind counts from 1 within the commune's year."""
    answers = await outcomes(
        civil_status,
        request("civil-status", ENTRY),
        request("civil-status", DEATH, case=OTHER),
        request("civil-status", DEATH, case=OTHER + "1", so_dinh_danh="079050001874"),
    )
    assert [answer.record["so"] for answer in answers] == [1, 1, 2]


async def test_nobody_dies_in_two_cases(civil_status: Register, path: Path) -> None:
    """The natural key is the deceased: the first entry stands, the second case is a duplicate."""
    answers = await outcomes(
        civil_status,
        request("civil-status", DEATH),
        request("civil-status", DEATH, case=OTHER, so_gbt="0B7K9.GBT.79024.23"),
    )
    assert [answer.result for answer in answers] == ["done", "refused"]
    assert answers[1].record == {"so_dinh_danh": DECEASED, "ly_do": "duplicate_of"}
    assert [row["ma_lien_thong"] for row in rows(path, "so_khai_tu")] == [CASE]


async def test_a_death_that_is_entered_already_is_success(
    civil_status: Register, path: Path
) -> None:
    """The same case asks again (*đã tồn tại*): the entry that is there, extract and all."""
    first = await outcome(civil_status, request("civil-status", DEATH))
    second = await outcome(civil_status, request("civil-status", DEATH, attempt=2))
    assert (second.result, second.record) == ("done", first.record)
    assert len(rows(path, "so_khai_tu")) == 1


@pytest.mark.parametrize(
    ("name", "step", "table"),
    [(ENTRY, "enter", "so_khai_sinh"), (DEATH, "enter_death", "so_khai_tu")],
)
async def test_data_that_differ_from_the_population_database_are_refused(
    path: Path, name: str, step: str, table: str
) -> None:
    """What may happen to a case is arranged, with the contract's reason; nothing is entered."""
    told = Arranged(result="refused", reason="population_mismatch")
    plays = replace(world(), arranged={f"{CASE}/civil-status/{step}/1": told})
    with closing(Register(DESKS["civil-status"], path, seed=1, world=plays)) as agency:
        answer = await outcome(agency, request("civil-status", name))
    assert (answer.result, answer.record["ly_do"]) == ("refused", "population_mismatch")
    assert rows(path, table) == []


@given(number=st.integers(1, LAST_BOOK * PAGES))
def test_books_are_filled_page_by_page(number: int) -> None:
    """Each entry has a page of its own in the first book that has room."""
    book, page = book_and_page(number)
    assert 1 <= page <= PAGES
    assert (book - 1) * PAGES + page == number


def test_the_last_book_takes_the_rest() -> None:
    """Two digits number the books, so the 99th never ends."""
    assert book_and_page(LAST_BOOK * PAGES + 1) == (LAST_BOOK, PAGES + 1)
