"""Codes that agencies give: their parts, and that none is given twice or left out."""

from datetime import date
from typing import Any

import pytest

from hub.ledger.birth import BIRTH
from hub.ledger.birth.case import last_card_day
from hub.ledger.case import Case
from hub.ledger.codes import Codes
from hub.ledger.course import Submission
from hub.ledger.judge import Judge
from hub.ledger.numbers import check_numbers
from hub.ledger.report import Finding
from tests.hub.ledger.test_model import START, world

RIGHT: dict[str, Any] = {
    "agency": "H26.001.00001",
    "dossier": "H26.001.00001-230710-0001",
    "number": 1,
    "person": "001323000001",
    "residence": 1,
    "insurance": "0100000001",
}


def case(ordinal: int = 1, **changes: Any) -> Case:
    """A girl born and registered in Hà Nội, with codes that are right but for the changes."""
    head = {"name": "Lê Thị Hoa", "personal_id": "001190000001"}
    submission = Submission(
        f"G22.99.08-230710-{ordinal:06}",
        f"id-{ordinal}",
        START,
        {
            "chain": "birth",
            "procedure": "2.000986",
            "services": ("birth", "residence", "health_card"),
            "province": "01",
            "commune": "00001",
            "child": {"born": "2023-07-01T03:20:00+07:00", "sex": "female", "notice": str(ordinal)},
            "requester": head,
            "household": {"head": head, "consent_signed": False, "commune": "00001"},
        },
    )
    course = BIRTH.walk.follow(world(), submission)
    return BIRTH.case(BIRTH, course, Codes(**(RIGHT | changes)), False)


def another(**changes: Any) -> Case:
    """The next case of the same day and commune."""
    codes = {
        "dossier": "H26.001.00001-230710-0002",
        "number": 2,
        "person": "001323000002",
        "residence": 2,
        "insurance": "0100000002",
    }
    return case(2, **(codes | changes))


def findings(*cases: Case) -> list[Finding]:
    """What is wrong with these cases' codes."""
    judge = Judge(lambda: False)
    check_numbers(judge, cases)
    return judge.findings


def test_right_codes_have_no_finding() -> None:
    """Two cases that follow each other."""
    assert findings(case(), another()) == []


@pytest.mark.parametrize(
    ("column", "changes"),
    [
        ("so_dinh_danh", {"person": "002323000001"}),  # another province
        ("so_dinh_danh", {"person": "001223000001"}),  # a boy's
        ("so_dinh_danh", {"person": "001322000001"}),  # born in 2022
        ("so_dinh_danh", {"person": "00132300001"}),  # a digit short
        ("ma_ho_so", {"dossier": "H26.001.00002-230710-0001"}),  # another agency's
        ("ma_ho_so", {"dossier": "H26.001.00001-230711-0001"}),  # another day's
        ("ma_ho_so", {"dossier": "H26.001.00001-230710-1"}),  # not four digits
        ("so_bhxh", {"insurance": "7900000001"}),  # issued in another province
        ("so_bhxh", {"insurance": "01000000A1"}),
    ],
)
def test_a_part_that_is_wrong_is_found(column: str, changes: dict[str, Any]) -> None:
    """Also when it is the same wherever it is kept."""
    found = findings(case(**changes))
    assert [(one.kind, one.column) for one in found] == [("mismatched", column)]


def test_an_agency_of_another_commune_is_found() -> None:
    """The last part of an agency's code is its commune."""
    wrong: dict[str, Any] = {"agency": "H26.001.00004", "dossier": "H26.001.00004-230710-0001"}
    assert [one.column for one in findings(case(**wrong))] == ["ma_ho_so"]


def test_two_agencies_for_one_province_are_found() -> None:
    """A province's agencies have one code at level 1."""
    other = {"agency": "H27.001.00001", "dossier": "H27.001.00001-230710-0001"}
    assert [one.column for one in findings(case(), another(**other))] == ["ma_don_vi"]


@pytest.mark.parametrize(
    ("column", "changes"),
    [
        ("so_dinh_danh", {"person": RIGHT["person"]}),
        ("so_bhxh", {"insurance": RIGHT["insurance"]}),
        ("ma_ho_so", {"dossier": RIGHT["dossier"]}),
    ],
)
def test_a_code_for_two_cases_is_found(column: str, changes: dict[str, Any]) -> None:
    """Whoever gave it twice."""
    found = findings(case(), another(**changes))
    assert ("duplicated", column) in [(one.kind, one.column) for one in found]


@pytest.mark.parametrize(
    ("column", "changes"),
    [
        ("so", {"number": 3}),
        ("so", {"residence": 3}),
        ("thu_tu", {"dossier": "H26.001.00001-230710-0003"}),
    ],
)
def test_a_number_that_was_left_out_is_found(column: str, changes: dict[str, Any]) -> None:
    """Entries count without a gap in a commune's year, dossiers in an agency's day."""
    found = findings(case(), another(**changes))
    assert [(one.kind, one.column) for one in found] == [("lost", column)]


@pytest.mark.parametrize("changes", [{"number": 1}, {"residence": 1}])
def test_a_number_for_two_cases_is_found(changes: dict[str, Any]) -> None:
    """An entry's or a residence notice's number, in one commune."""
    assert [one.kind for one in findings(case(), another(**changes))] == ["duplicated"]


@pytest.mark.parametrize(
    ("born", "last"),
    [
        ("2017-09-30", "2023-09-30"),
        ("2017-10-01", "2023-09-30"),  # the day before the sixth birthday
        ("2017-10-02", "2023-10-01"),
        ("2020-02-29", "2026-09-30"),
    ],
)
def test_a_childs_card_ends_before_six_or_with_september(born: str, last: str) -> None:
    """72 months, or 30 September of that year if that is later."""
    assert last_card_day(date.fromisoformat(born)) == date.fromisoformat(last)
