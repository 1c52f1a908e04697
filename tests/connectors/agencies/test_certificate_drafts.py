"""The draft of a birth certificate: sent, answered, or silently agreed with, and never twice."""

from datetime import timedelta
from typing import Any

import pytest

from connectors.agencies import CONNECTORS
from connectors.agencies.errors import OutOfTurn
from connectors.runtime.handling import Decision, State, TimerFired
from schemas.event import from_text
from schemas.examples import example
from tests.connectors.agencies.delivery import answered, asked, delivered, said, told
from tests.connectors.agencies.test_civil_status import ENTRY, NOTICE, STATE

ID = "079223000417"
EXPIRES = from_text("2023-07-11T10:04:25+07:00")
DRAFT = {
    **ENTRY,
    "so_dinh_danh": ID,
    "ngay_het_han": "11.07.2023",
    "gio_het_han": "10:04:25",
}
REMARK = "Bản điện tử ghi thiếu dân tộc của người mẹ."
DRAFT_OUT: dict[str, Any] = {
    "soDinhDanh": ID,
    "han": "11/07/2023 10:04:25",
    "ketQua": None,
    "yeuCau": None,
    "traLoi": 0,
}
OUT = {**STATE, "duThao": DRAFT_OUT}
"""A draft that the requester has."""
WISH = {"so_gcs": NOTICE, "so_dinh_danh": ID}


def with_draft(**changes: Any) -> State:
    """The state of a birth whose draft stands so."""
    return {**STATE, "duThao": {**DRAFT_OUT, **changes}}


def answers(state: State, answer: str = "agreed", **more: Any) -> Decision:
    """The requester says so."""
    data = {"answer": answer, "note": REMARK if answer == "correction" else None}
    return told(
        "civil-status",
        delivered("certificate.draft.answered", "civil-status", data=data, **more),
        state,
    )


def lapses(state: State) -> Decision:
    """The time to answer is over."""
    timer = TimerFired(subject="case", name="draft", time=EXPIRES)
    return CONNECTORS["civil-status"].handle(state, timer)


def test_a_draft_goes_to_the_requester_with_a_day_to_answer() -> None:
    """It says what will stand on the certificate, and a timer waits with it."""
    decision = answered("civil-status", "certify", DRAFT, state=STATE, result="draft")
    assert said(decision) == {"certificate.drafted": example("certificate.drafted").data()}
    assert decision.state == OUT
    assert decision.timers == {"draft": EXPIRES}


@pytest.mark.parametrize(
    ("answer", "step", "record", "left"),
    [
        ("agreed", "issue", WISH, {"ketQua": "dong_y", "traLoi": 1}),
        (
            "correction",
            "mend",
            {**WISH, "yeu_cau_sua": REMARK},
            {"ketQua": "sua", "yeuCau": REMARK, "traLoi": 1},
        ),
        (None, "issue", WISH, {"ketQua": "het_han"}),
    ],
)
def test_what_the_requester_says_has_the_certificate_issued(
    answer: str | None, step: str, record: dict[str, Any], left: dict[str, Any]
) -> None:
    """As it is, or with what was wrong put right; saying nothing is agreement."""
    decision = lapses(OUT) if answer is None else answers(OUT, answer)
    call = asked(decision)
    assert (call.step, call.record, call.attempt) == (step, record, 1)
    assert decision.state == with_draft(**left)
    assert (decision.timers, decision.events) == ({}, ())


@pytest.mark.parametrize("result", ["dong_y", "sua", "het_han", "gui_lai"])
def test_an_answer_that_nothing_waits_for_is_only_counted(result: str) -> None:
    """After the time was over, after another answer, or to a draft that an officer overtook."""
    decision = answers(with_draft(ketQua=result))
    assert decision.calls == ()
    assert decision.state == with_draft(ketQua=result, traLoi=1)


def test_an_answer_dated_after_its_time_is_too_late_before_the_timer_too() -> None:
    """The clock of the machine does not matter; silence will agree."""
    decision = answers(OUT, "correction", time=EXPIRES + timedelta(seconds=1))
    assert decision.calls == ()
    assert decision.state == with_draft(traLoi=1)
    assert decision.timers == {"draft": EXPIRES}


def test_an_answer_without_a_draft_is_out_of_turn() -> None:
    """Nobody was asked anything."""
    with pytest.raises(OutOfTurn):
        answers(STATE)


def test_a_number_that_is_told_again_leaves_the_draft_out() -> None:
    """The register is asked under the same key, and the timer stays."""
    issued = delivered("personal-id.issued", "civil-status")
    decision = told("civil-status", issued, OUT)
    assert (asked(decision).step, decision.timers) == ("certify", {"draft": EXPIRES})
    assert decision.state == OUT


def test_a_birth_that_is_sent_again_has_another_draft_only_if_nobody_answered() -> None:
    """The first draft counts no more; what was agreed or wished for does."""
    entry = delivered("birth.entry.requested", "civil-status")
    issued = delivered("personal-id.issued", "civil-status")
    again = told("civil-status", entry, OUT)
    assert again.timers == {}
    assert again.state["duThao"]["ketQua"] == "gui_lai"
    assert asked(told("civil-status", issued, {**again.state, "trangThai": 3})).step == "certify"
    sent = answered(
        *("civil-status", "certify", DRAFT), state={**again.state, "trangThai": 3}, result="draft"
    )
    assert sent.state["duThao"] == DRAFT_OUT
    wished = told("civil-status", entry, with_draft(ketQua="sua", yeuCau=REMARK)).state
    call = asked(told("civil-status", issued, {**wished, "trangThai": 3}))
    assert (call.step, call.attempt) == ("mend", 2)
    assert call.record == {**WISH, "yeu_cau_sua": REMARK}


@pytest.mark.parametrize("state", [{**OUT, "trangThai": 4}, with_draft(ketQua="dong_y")])
def test_a_draft_that_was_overtaken_goes_nowhere(state: State) -> None:
    """There is a certificate already, or it is being issued."""
    decision = answered("civil-status", "certify", DRAFT, state=state, result="draft")
    assert (decision.events, decision.state) == ((), state)


@pytest.mark.parametrize("step", ["issue", "mend"])
def test_the_certificate_is_told_as_ever(step: str) -> None:
    """And no timer is left."""
    certified = {**ENTRY, "so_dinh_danh": ID, "giay_khai_sinh": "urn:x:1", "sha256": "b" * 64}
    decision = answered("civil-status", step, certified, state=with_draft(ketQua="dong_y"))
    assert [*said(decision)] == ["birth.registered"]
    assert (decision.state["trangThai"], decision.timers) == (4, {})


def test_the_portal_asks_the_citizen_and_passes_the_answer_on() -> None:
    """Each draft is a question of its own; what the citizen does not answer stays open."""
    drafted = delivered("certificate.drafted", "portal")
    first = told("portal", drafted)
    call = asked(first)
    assert (call.step, call.attempt) == ("certificate", 1)
    assert call.record == {
        "lan": 1,
        "ho_ten": "Nguyễn Minh An",
        "so_dinh_danh": ID,
        "so_dang_ky": "214/2023",
        "han_tra_loi": "20230711100425",
    }
    shown = {"lan": 1, "han": "20230711100425", "ngayGui": None, "dongY": None}
    assert first.state["duThao"] == shown
    assert asked(told("portal", drafted, first.state)).attempt == 2
    record = {"lan": 1, "dong_y": 0, "y_kien": REMARK}
    given = answered("portal", "certificate", record, state=first.state, result="refused")
    expected = example("certificate.draft.answered").data()
    assert said(given) == {"certificate.draft.answered": expected}
    assert given.state["duThao"] == {**shown, "ngayGui": "20230710103000", "dongY": False}
