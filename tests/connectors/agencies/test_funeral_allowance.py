"""Both agencies that decide on funeral allowances: the same conversation in two dialects."""

from typing import Any

import pytest

from connectors.agencies.errors import OutOfTurn
from connectors.runtime.handling import Decision, State
from schemas.event import from_text
from schemas.examples import example
from tests.connectors.agencies.delivery import DECIDED, answered, asked, delivered, said, told

DECEASED = "079050001873"
REQUESTED = "funeral-allowance.requested"
PAYMENT = {
    "ho_ten_nhan": "Lê Thị Mai",
    "so_dinh_danh_nhan": "079183006614",
    "quan_he_nhan": "con",
    "hinh_thuc": "tai_khoan",
    "ngan_hang": "Vietcombank",
    "so_tai_khoan": "0071000123456",
}
CASH = {"method": "cash", "account": None}
IN_CASH = {**PAYMENT, "hinh_thuc": "tien_mat", "ngan_hang": None, "so_tai_khoan": None}
DAYS = {
    "social-insurance": ("20230709", "19500211", 1, "20230712"),
    "social-protection": ("09/07/2023", "11/02/1950", "Nam", "12/07/2023"),
}
"""Of the example: day of death, day of birth, sex, day of the decision."""
LETTERHEADS = {"social-insurance": "BHXH-79", "social-protection": "UBND-26740"}

both = pytest.mark.parametrize("system", DAYS)


def requested(system: str, **data: Any) -> Decision:
    """What a decider does when dvclt asks it."""
    return told(system, delivered(REQUESTED, system, data={"decider": system, **data}))


def decision_of(system: str) -> dict[str, Any]:
    """The record of the example's decision as an agency gives it."""
    _, _, _, day = DAYS[system]
    return {
        **asked(requested(system)).record,
        "so_quyet_dinh": f"1/QĐ-{LETTERHEADS[system]}",
        "nhom": "insurance",
        "so_tien": 18_000_000,
        "ngay_quyet_dinh": day,
        "gio_quyet_dinh": "09:30:00",
        "quyet_dinh": "urn:lienthong:QD:1:2023:BHXH:79",
        "sha256": "9" * 64,
    }


def granted(system: str) -> Decision:
    """What a decider says when its agency has granted the allowance."""
    return answered(system, "allowance", decision_of(system), state=requested(system).state)


@both
def test_an_allowance_is_asked_for_in_the_agencys_own_words(system: str) -> None:
    """Groups, what was granted elsewhere, who died, who is paid and how, and where."""
    died, born, sex, _ = DAYS[system]
    elsewhere = {"decider": "social-protection", "group": "merit", "vnd": 18_000_000}
    decision = requested(system, groups=["merit", "insurance"], granted=elsewhere)
    call = asked(decision)
    assert (call.step, call.attempt) == ("allowance", 1)
    assert call.record == {
        "nhom": "merit,insurance",
        "da_huong": 18_000_000,
        "so_dinh_danh": DECEASED,
        "ngay_mat": died,
        "gio_mat": "03:15",
        "ho_ten": "Lê Văn Thành",
        "gioi_tinh": sex,
        "ngay_sinh": born,
        **PAYMENT,
        "ma_tinh": "79",
        "ma_xa": "26740",
        "han_tra": "20/07/2023 17:00:00",
    }
    assert decision.state == {
        "soDinhDanh": DECEASED,
        "trangThai": "CHO_QD",
        "lan": 1,
        "nhan": PAYMENT,
        "soQuyetDinh": None,
        "ngayQuyetDinh": None,
        "soTien": None,
        "nhom": None,
        "lyDo": None,
        "lanChi": 0,
    }


@both
def test_what_is_granted_is_announced_and_then_paid(system: str) -> None:
    """In this order, both at the moment of the decision."""
    decision = granted(system)
    number = f"1/QĐ-{LETTERHEADS[system]}"
    expected = {
        "funeral-allowance.granted": {
            **example("funeral-allowance.granted").data(),
            "decision": number,
        },
        "payout.requested": {
            **example("payout.requested").data(),
            "decider": system,
            "decision": number,
        },
    }
    assert list(said(decision).items()) == list(expected.items())
    assert {emit.time for emit in decision.events} == {DECIDED}
    assert {name: decision.state[name] for name in ("trangThai", "soQuyetDinh", "soTien")} == {
        "trangThai": "DA_QD",
        "soQuyetDinh": number,
        "soTien": 18_000_000,
    }
    assert (decision.state["nhom"], decision.state["lanChi"]) == ("insurance", 1)


@both
def test_a_refusal_has_its_reason(system: str) -> None:
    """And leaves nothing to pay."""
    record = {"so_dinh_danh": DECEASED, "ly_do": "no_double_benefit"}
    state = requested(system).state
    decision = answered(system, "allowance", record, state=state, result="refused")
    refusal = {"personal_id": DECEASED, "reason": "no_double_benefit"}
    assert said(decision) == {"funeral-allowance.refused": refusal}
    assert (decision.state["trangThai"], decision.state["lyDo"]) == (
        "TU_CHOI",
        "no_double_benefit",
    )


@both
def test_a_request_with_a_supplement_is_the_next_attempt(system: str) -> None:
    """The agency decides anew, on what the citizen then says."""
    state = {**requested(system).state, "trangThai": "BO_SUNG"}
    again = told(system, delivered(REQUESTED, system, data={"decider": system}, id="2"), state)
    assert asked(again).attempt == again.state["lan"] == 2
    assert again.state["trangThai"] == "CHO_QD"


@both
def test_a_decision_that_could_not_be_paid_stands(system: str) -> None:
    """Its agency notes why; dvclt asks again, and only the payment is made anew."""
    before = granted(system).state
    failed = {"decider": system, "decision": before["soQuyetDinh"]}
    unpaid = told(system, delivered("payout.failed", system, data=failed), before)
    call = asked(unpaid)
    assert (call.step, call.attempt) == ("unpaid", 1)
    assert call.record == {"so_dinh_danh": DECEASED, "loi_chi": "account_closed"}
    assert (unpaid.state["trangThai"], unpaid.state["lyDo"]) == ("LOI_CHI", "account_closed")

    later = from_text("2023-07-14T08:00:00+07:00")
    request = delivered(
        REQUESTED, system, data={"decider": system, "payout": CASH}, id="2", time=later
    )
    again = told(system, request, unpaid.state)
    assert not again.calls, "nothing is to be decided"
    payout = said(again)["payout.requested"]
    assert (payout["payout"], payout["decision"]) == (CASH, before["soQuyetDinh"])
    assert [emit.time for emit in again.events] == [later]
    assert again.state == {**before, "lanChi": 2, "nhan": IN_CASH}

    made = told(system, delivered("payout.made", system, data=failed), again.state)
    assert (asked(made).step, asked(made).attempt) == ("paid", 2)


@both
def test_what_was_paid_is_noted_with_the_decision(system: str) -> None:
    """When, and how."""
    before = granted(system).state
    data = {"decider": system, "decision": before["soQuyetDinh"]}
    paid = told(system, delivered("payout.made", system, data=data), before)
    assert asked(paid).record == {
        "so_dinh_danh": DECEASED,
        "ngay_chi": DAYS[system][3],
        "hinh_thuc_chi": "tai_khoan",
    }
    assert paid.state == {**before, "trangThai": "DA_CHI"}


@both
def test_a_decision_that_is_given_again_is_paid_once(system: str) -> None:
    """An officer who had dvclt ask again gets the answer again, and nobody a second payment."""
    again = answered(system, "allowance", decision_of(system), state=granted(system).state)
    assert list(said(again)) == ["funeral-allowance.granted"]
    assert again.state == granted(system).state


@both
@pytest.mark.parametrize("name", ["payout.made", "payout.failed"])
@pytest.mark.parametrize("other", [{"soQuyetDinh": "2/QĐ-BHXH-01"}, {"ngayQuyetDinh": "20220712"}])
def test_a_payment_of_somebody_elses_decision_is_out_of_turn(
    system: str, name: str, other: State
) -> None:
    """Nothing is noted, and an officer looks at the case; last year's number is another one."""
    state: State = {**granted(system).state, **other}
    with pytest.raises(OutOfTurn, match="1/QĐ-BHXH-79"):
        told(system, delivered(name, system), state)


@both
def test_a_death_stops_what_the_deceased_was_paid(system: str) -> None:
    """Whoever decides on an allowance hears of the death first, or later: it is the same."""
    heard = delivered("death.registered", system)
    died, _, _, _ = DAYS[system]
    stopped = told(system, heard)
    call = asked(stopped)
    assert call.step == "stop"
    assert call.record == {"so_dinh_danh": DECEASED, "ngay_mat": died, "gio_mat": "03:15"}
    assert stopped.state == {"soDinhDanh": DECEASED, "daMat": True}
    request = delivered(REQUESTED, system, data={"decider": system})
    one = told(system, request, stopped.state).state
    other = told(system, heard, requested(system).state).state
    assert one == other == {**requested(system).state, "daMat": True}
