"""Funeral allowances: who is entitled to what, decided by each agency for its own groups."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from connectors.runtime.agency import Request
from connectors.runtime.handling import Outcome
from schemas.event import from_text
from schemas.examples import DEATH_SUBMISSION
from schemas.standards import COLUMNS, adopt_standards, read_standards
from simulators.agencies import DESKS
from simulators.agencies.documents import content_hash
from simulators.agencies.register import Register
from simulators.agencies.tables import Row
from tests.connectors.agencies.delivery import asked, delivered, told
from tests.simulators.agencies.asking import (
    ASKED_AT,
    opened,
    outcome,
    outcomes,
    reached,
    request,
    rows,
    world,
)

CASE = "G22.99.09-230710-000001"
OTHER = "G22.99.09-230710-000002"
REQUESTED = "funeral-allowance.requested"
PERSON = "079050001873"
ELSEWHERE = {"decider": "social-protection", "group": "merit"}
BOTH = {"social-insurance": ["insurance"], "social-protection": ["merit"]}
"""Each with a group of its own that gets 18,000,000 for a death in July 2023."""

both = pytest.mark.parametrize("system", BOTH)


def application(
    system: str,
    groups: Sequence[str],
    *,
    died: str = "2023-07-09",
    case: str = CASE,
    time: datetime = ASKED_AT,
    person: str = PERSON,
    **data: Any,
) -> Request:
    """An application for somebody who died on a day, at a quarter past three."""
    deceased = {
        **DEATH_SUBMISSION["deceased"],
        "died": f"{died}T03:15:00+07:00",
        "personal_id": person,
    }
    whole = {"decider": system, "groups": list(groups), "deceased": deceased, **data}
    return request(system, REQUESTED, case=case, time=time, data=whole)


async def decided(system: str, application: Request, **refusals: float) -> Outcome:
    with closing(opened(system, refusals=refusals)) as agency:
        return await outcome(agency, application)


async def sum_of(system: str, groups: Sequence[str], died: str, asked_on: str) -> tuple[str, int]:
    """The group and the sum of an allowance that was asked for at eight o'clock on a day."""
    time = from_text(f"{asked_on}T08:00:00+07:00")
    answer = await decided(system, application(system, groups, died=died, time=time))
    assert answer.result == "done"
    return answer.record["nhom"], answer.record["so_tien"]


@pytest.mark.parametrize(
    ("died", "vnd"),
    [
        ("2023-06-30", 14_900_000),
        ("2023-07-01", 18_000_000),
        ("2024-06-30", 18_000_000),
        ("2024-07-01", 23_400_000),
        ("2024-07-31", 23_400_000),
        ("2026-06-30", 23_400_000),
        ("2026-07-01", 25_300_000),
    ],
)
async def test_social_insurance_goes_by_the_month_of_death(died: str, vnd: int) -> None:
    """Ten times the base salary or reference level of that month, whenever it is decided.

    1,490,000 to June 2023; 1,800,000 (Decree 24/2023), 2,340,000 (73/2024), 2,530,000 from
    July 2026.
    """
    assert await sum_of("social-insurance", ["insurance"], died, "2026-09-01") == (
        "insurance",
        vnd,
    )


@pytest.mark.parametrize(
    ("group", "died", "asked_on", "vnd"),
    [
        ("merit", "2024-06-30", "2024-08-01", 18_000_000),
        ("merit", "2024-07-01", "2024-08-01", 23_400_000),
        ("veterans", "2023-06-30", "2023-07-03", 14_900_000),
        ("social_protection", "2024-06-30", "2024-07-02", 7_200_000),
        ("social_protection", "2024-07-01", "2024-07-02", 10_000_000),
        ("social_protection", "2026-07-01", "2026-08-19", 10_000_000),
        ("social_protection", "2026-07-01", "2026-08-21", 10_800_000),
        ("emergency", "2024-07-01", "2024-07-02", 25_000_000),
        ("social_pension", "2025-07-01", "2025-07-02", 10_000_000),
    ],
)
async def test_the_other_groups_go_by_the_day_of_death(
    group: str, died: str, asked_on: str, vnd: int
) -> None:
    """Twenty times 360,000, 500,000 or 540,000 for social protection; the last of these was made
    public on 21 August 2026 only, and who was decided on before that got the old sum."""
    assert await sum_of("social-protection", [group], died, asked_on) == (group, vnd)


async def test_of_several_groups_the_highest_is_paid_of_equal_ones_the_first() -> None:
    """Each agency looks at its own groups only."""
    ticked = ["social_protection", "veterans", "merit", "insurance"]
    at_the_commune = await sum_of("social-protection", ticked, "2023-07-09", "2023-07-10")
    assert at_the_commune == ("veterans", 18_000_000)
    insured = await sum_of("social-insurance", ticked, "2023-07-09", "2023-07-10")
    assert insured == ("insurance", 18_000_000)


@pytest.mark.parametrize(
    ("system", "groups"),
    [("social-protection", ["social_pension"]), ("social-insurance", ["merit", "veterans"])],
)
async def test_a_group_that_has_no_allowance_then_is_not_entitled(
    system: str, groups: list[str]
) -> None:
    """No rule of that day, or no group of this agency's; whatever chance says."""
    answer = await decided(system, application(system, groups), allowance=1.0)
    assert (answer.result, answer.record["ly_do"]) == ("refused", "not_entitled")


@both
@pytest.mark.parametrize(
    ("elsewhere", "paid"),
    [(17_999_999, 1), (7_200_000, 10_800_000), (18_000_000, None), (18_000_001, None)],
)
async def test_nobody_has_two_allowances(system: str, elsewhere: int, paid: int | None) -> None:
    """As much or more from somebody else: *không hưởng trùng*; less: the difference."""
    granted = {**ELSEWHERE, "vnd": elsewhere}
    answer = await decided(system, application(system, BOTH[system], granted=granted))
    if paid is None:
        assert (answer.result, answer.record["ly_do"]) == ("refused", "no_double_benefit")
    else:
        assert answer.result == "done"
        assert (answer.record["so_tien"], answer.record["da_huong"]) == (paid, elsewhere)


@pytest.mark.parametrize(
    ("commune", "died", "asked_on", "vnd"),
    [
        ("26740", "2024-07-10", "2024-07-11", 12_000_000),
        ("26740", "2024-06-30", "2024-07-11", 7_200_000),
        ("00004", "2024-07-10", "2024-07-11", 10_000_000),
        ("25747", "2025-06-30", "2025-07-02", 10_000_000),
        ("25747", "2025-07-01", "2025-07-02", 12_000_000),
    ],
)
async def test_a_province_pays_by_its_own_standard_where_that_is_higher(
    commune: str, died: str, asked_on: str, vnd: int
) -> None:
    """Hồ Chí Minh City (79) with 600,000 from July 2024 (made up), the country with 500,000; 25747
    was Bình Dương's to 30 June 2025, and the province on the day of death counts."""
    header, row = ",".join(COLUMNS), "79,600000,2024-07-01,,I,thử,made up"
    adopt_standards(read_standards(f"{header}\n{row}"))
    try:
        asked = application(
            "social-protection",
            ["social_protection"],
            died=died,
            time=from_text(f"{asked_on}T08:00:00+07:00"),
            commune=commune,
        )
        answer = await decided("social-protection", asked)
    finally:
        adopt_standards(())
    assert answer.record["so_tien"] == vnd


@pytest.mark.parametrize(
    ("system", "reason"),
    [("social-insurance", "insured_too_short"), ("social-protection", "not_entitled")],
)
async def test_chance_refuses_who_the_rules_allow(system: str, reason: str, tmp_path: Path) -> None:
    """What the register of contributions or of beneficiaries says is not known here."""
    path = tmp_path / f"{system}.db"
    with closing(opened(system, path, refusals={"allowance": 1.0})) as agency:
        answer = await outcome(agency, application(system, BOTH[system]))
    assert answer.record == {"so_dinh_danh": PERSON, "ly_do": reason}
    assert rows(path, "tro_cap_mai_tang") == []


@both
async def test_what_is_missing_is_asked_for_at_once(system: str) -> None:
    """But never of somebody who gets nothing anyway."""
    groups, plays = BOTH[system], world(supplement=1.0)
    with closing(Register(DESKS[system], None, seed=1, world=plays)) as agency:
        port = reached(system, agency)
        nothing = application(system, groups, case=OTHER, granted={**ELSEWHERE, "vnd": 10**9})
        answers = await outcomes(port, application(system, groups), nothing)
    assert [answer.result for answer in answers] == ["supplement", "refused"]
    assert set(answers[0].record) == {"so_dinh_danh", "thieu", "han_bo_sung", "gio_han"}
    assert set(answers[0].record["thieu"]) <= {"DON_MT", "GT_NHAN_THAN"}


LETTERS = {
    "social-insurance": ("79", "BHXH-79", "BHXH:79", "20230710", "19500211", 1),
    "social-protection": ("760", "UBND-760", "UBND:760", "10/07/2023", "11/02/1950", "Nam"),
}


@both
async def test_a_decision_stands_in_the_register(system: str, tmp_path: Path) -> None:
    """Its number, office, group, sum and payee; and the paper's address and hash."""
    path = tmp_path / f"{system}.db"
    place, signed, mark, _, born, sex = LETTERS[system]
    with closing(opened(system, path)) as agency:
        answer = await outcome(agency, application(system, BOTH[system]))
    (row,) = rows(path, "tro_cap_mai_tang")
    unpaid = dict.fromkeys(("ngay_chi", "hinh_thuc_chi", "loi_chi"))
    assert row == {**answer.record, **unpaid}
    assert (row["so"], row["nam"], row["noi"]) == (1, 2023, place)
    assert (row["so_quyet_dinh"], row["so_tien"]) == (f"1/QĐ-{signed}", 18_000_000)
    assert (row["nhom"], row["ho_ten_nhan"]) == (BOTH[system][0], "Lê Thị Mai")
    assert (row["ngay_sinh"], row["gioi_tinh"], row["gio_mat"]) == (born, sex, "03:15")
    assert row["quyet_dinh"] == f"urn:lienthong:QD:1:2023:{mark}"
    on_paper = list(row)[: list(row).index("quyet_dinh")]
    assert on_paper[-1] == "ma_lien_thong"
    assert row["sha256"] == content_hash(row, on_paper)


@both
async def test_decisions_count_anew_in_each_office_and_year(system: str, tmp_path: Path) -> None:
    """A number has no year, so a decision is named by number and day."""
    path = tmp_path / f"{system}.db"
    new_year = from_text("2024-01-10T08:00:00+07:00")
    groups = BOTH[system]
    with closing(opened(system, path)) as agency:
        await outcomes(
            agency,
            application(system, groups, case=f"{CASE}1", person="079050000001"),
            application(system, groups, case=f"{CASE}2", person="079050000002", time=new_year),
            application(
                system,
                groups,
                case=f"{CASE}3",
                person="079050000003",
                province="01",
                commune="00001",
            ),
        )
    found = [(row["so"], row["nam"], row["noi"]) for row in rows(path, "tro_cap_mai_tang")]
    office = LETTERS[system][0]
    far = {"social-insurance": "01", "social-protection": "001"}[system]
    assert found == [(1, 2023, office), (1, 2024, office), (1, 2023, far)]


@pytest.mark.parametrize(
    ("commune", "asked_at", "office"),
    [
        ("26740", "2025-06-30T08:00:00+07:00", "760"),
        ("26740", "2025-07-01T08:00:00+07:00", "26740"),
        # asked on the last day of the districts, decided on the first without
        ("26740", "2025-06-30T23:50:00+07:00", "26740"),
        # a ward that is gone, and no table says which one follows
        ("00001", "2025-06-30T23:50:00+07:00", "00001"),
    ],
)
async def test_the_district_decides_until_the_end_of_june_2025_then_the_commune(
    commune: str, asked_at: str, office: str
) -> None:
    """By the day of the decision: Quận 1 (760), then Phường Bến Nghé's successor of its code."""
    asked = application(
        "social-protection",
        ["social_protection"],
        died="2025-06-28",
        time=from_text(asked_at),
        commune=commune,
    )
    answer = await decided("social-protection", asked)
    assert (answer.record["noi"], answer.record["so_quyet_dinh"]) == (office, f"1/QĐ-UBND-{office}")
    assert answer.record["quyet_dinh"] == f"urn:lienthong:QD:1:2025:UBND:{office}"


@both
async def test_one_death_has_one_decision(system: str, tmp_path: Path) -> None:
    """Asked again by the same case, it is the same; by another, it is a duplicate."""
    path = tmp_path / f"{system}.db"
    groups = BOTH[system]
    with closing(opened(system, path)) as agency:
        first, other, again = await outcomes(
            agency,
            application(system, groups),
            application(system, groups, case=OTHER),
            request(
                system, REQUESTED, case=CASE, attempt=2, data={"decider": system, "groups": groups}
            ),
        )
        (replayed,) = await outcomes(agency, application(system, groups))
    assert (first.result, other.result, again.result) == ("done", "refused", "done")
    assert other.record == {"so_dinh_danh": PERSON, "ly_do": "duplicate_of"}
    assert replayed.record == first.record
    assert {name: again.record[name] for name in first.record} == first.record
    assert [row["ma_lien_thong"] for row in rows(path, "tro_cap_mai_tang")] == [CASE]


def noted(system: str, name: str, state: Row, **data: Any) -> Request:
    """What a decider tells its agency of a payment."""
    event = delivered(name, system, data={"decider": system, **data}, subject=CASE)
    call = asked(told(system, event, state))
    return Request(
        subject=CASE,
        step=call.step,
        attempt=call.attempt,
        time=event.time,
        record=call.record,
        cause=event.id,
    )


@both
async def test_the_decision_knows_what_became_of_the_money(system: str, tmp_path: Path) -> None:
    """That it came back, and later that it was paid; neither has an answer."""
    path = tmp_path / f"{system}.db"
    signed = {"decision": f"1/QĐ-{LETTERS[system][1]}"}
    day = {"social-insurance": "20230712", "social-protection": "12/07/2023"}[system]
    decision = {"soQuyetDinh": signed["decision"], "ngayQuyetDinh": day}
    state = {"soDinhDanh": PERSON, **decision, "lanChi": 1}
    with closing(opened(system, path)) as agency:
        await outcome(agency, application(system, BOTH[system]))
        back = noted(system, "payout.failed", state, **signed)
        paid = noted(system, "payout.made", {**state, "lanChi": 2}, method="cash", **signed)
        assert await outcomes(agency, back, paid) == []
    (row,) = rows(path, "tro_cap_mai_tang")
    assert (row["loi_chi"], row["ngay_chi"], row["hinh_thuc_chi"]) == (
        "account_closed",
        day,
        "tien_mat",
    )
    notes = {d["key"]: d["record"] for d in rows(path, "dossiers") if d["step"] != "allowance"}
    expected = f'{{"so_dinh_danh":"{PERSON}"}}'
    assert notes == {f"{CASE}/unpaid/1": expected, f"{CASE}/paid/2": expected}


@both
@pytest.mark.parametrize(
    ("died", "month"),
    [("2023-07-09", "202308"), ("2023-07-31", "202308"), ("2023-12-01", "202401")],
)
async def test_a_death_ends_the_monthly_benefit(
    system: str, died: str, month: str, tmp_path: Path
) -> None:
    """The month of the death is still paid; a second case of the same death changes nothing."""
    path = tmp_path / f"{system}.db"
    deceased = {**DEATH_SUBMISSION["deceased"], "died": f"{died}T03:15:00+07:00"}
    one, other = (
        request(system, "death.registered", case=case, data={"deceased": deceased})
        for case in (CASE, OTHER)
    )
    with closing(opened(system, path)) as agency:
        assert await outcomes(agency, one, other) == []
    (row,) = rows(path, "dung_huong")
    assert (row["dung_tu_thang"], row["gio_mat"], row["ma_lien_thong"]) == (month, "03:15", CASE)
    assert [d["result"] for d in rows(path, "dossiers")] == ["done", "refused"]
