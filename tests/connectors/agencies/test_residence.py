"""The residence connector: an application, perhaps a question to the head, a decision."""

from typing import Any

import pytest

from connectors.agencies.errors import OutOfTurn
from schemas.examples import example
from tests.connectors.agencies.delivery import answered, asked, delivered, said, told

CHILD = "079223000417"
ASKED = {
    "so_dinh_danh": CHILD,
    "ho_ten": "Nguyễn Minh An",
    "gioi_tinh": 1,
    "ngay_sinh": "20230708",
    "ho_ten_nyc": "Nguyễn Văn Bình",
    "so_dinh_danh_nyc": "079092004521",
    "ho_ten_chu_ho": "Nguyễn Văn Bình",
    "so_dinh_danh_chu_ho": "079092004521",
    "quan_he_chu_ho": "con",
    "dia_chi": "12 Ngô Đức Kế, Phường Bến Nghé, Quận 1",
    "xa": "26740",
    "ct01_chu_ho_ky": 0,
    "han_tra": "13/07/2023 17:00:00",
}
RECEIVED = {"soDinhDanh": CHILD, "trangThai": "CT04", "lan": 1}
WAITING = {"soDinhDanh": CHILD, "trangThai": "CHO_DONG_Y", "lan": 1, "traLoi": 0}


def test_an_application_reaches_the_police_in_their_own_words() -> None:
    """Form CT01, flat, with kinship told from the child's side."""
    decision = told("residence", delivered("residence.registration.requested", "residence"))
    call = asked(decision)
    assert (call.step, call.record) == ("register", ASKED)
    assert decision.state == RECEIVED


@pytest.mark.parametrize("step", ["register", "decide"])
def test_a_new_resident_is_announced(step: str) -> None:
    """Number, address, head and the CT08 by reference, with or without consent before."""
    resident = {
        **ASKED,
        "so_ct08": "87/CT08-26740",
        "ngay_dang_ky": "20230710",
        "gio_dang_ky": "15:20:44",
        "ct08": "urn:lienthong:CT08:2023:87/CT08-26740",
        "sha256": "c" * 64,
    }
    decision = answered("residence", step, resident, state=RECEIVED)
    assert said(decision) == {"residence.registered": example("residence.registered").data()}
    assert decision.state == {**RECEIVED, "trangThai": "CT08"}


@pytest.mark.parametrize("step", ["register", "decide"])
def test_a_refusal_names_the_child_and_the_reason(step: str) -> None:
    """The earlier results of the case stand."""
    record = {"so_dinh_danh": CHILD, "ly_do": "no_lawful_dwelling"}
    decision = answered("residence", step, record, state=RECEIVED, result="refused")
    refusal = {"personal_id": CHILD, "reason": "no_lawful_dwelling"}
    assert said(decision) == {"residence.registration.refused": refusal}
    assert decision.state == {**RECEIVED, "trangThai": "CT06"}


def test_a_head_who_is_not_the_requester_is_asked() -> None:
    """The question says who, about whom, for whom, where and until when."""
    question = {
        **ASKED,
        "ho_ten_chu_ho": "Nguyễn Văn Hùng",
        "so_dinh_danh_chu_ho": "079063000238",
        "ngay_het_han": "20230717",
        "gio_het_han": "14:05:31",
    }
    decision = answered("residence", "register", question, state=RECEIVED, result="consent_needed")
    assert said(decision) == {"consent.requested": example("consent.requested").data()}
    assert decision.state == WAITING


@pytest.mark.parametrize(("name", "agreed"), [("consent.given", 1), ("consent.declined", 0)])
def test_the_heads_answer_lets_the_police_decide(name: str, agreed: int) -> None:
    """Yes or no goes to the police with who said it, how and when."""
    decision = told("residence", delivered(name, "residence"), WAITING)
    call = asked(decision)
    assert call.step == "decide"
    assert call.record == {
        "so_dinh_danh_chu_ho": "079063000238",
        "dong_y": agreed,
        "hinh_thuc_dong_y": "vneid",
        "ngay_tra_loi": "10/07/2023 15:20:44",
    }
    assert decision.state == {**RECEIVED, "traLoi": 1}


@pytest.mark.parametrize("answers", [0, 1])
@pytest.mark.parametrize("form", ["CT04", "CT08", "CT06"])
def test_an_answer_that_comes_too_late_is_counted_and_changes_nothing(
    form: str, answers: int
) -> None:
    """VNeID's, where an officer took the paper before, or nobody answered in time."""
    state = {**RECEIVED, "trangThai": form, "traLoi": answers}
    decision = told("residence", delivered("consent.declined", "residence"), state)
    assert decision.state == {**state, "traLoi": answers + 1}
    assert not decision.calls
    assert not decision.events


def test_a_head_who_signed_on_paper_is_noted_as_the_police_write_it() -> None:
    """An officer took form CT01 at the counter, instead of an answer on VNeID."""
    answer = {"by": "079063000238", "method": "signed"}
    decision = told("residence", delivered("consent.given", "residence", data=answer), WAITING)
    assert asked(decision).record["hinh_thuc_dong_y"] == "ct01"


@pytest.mark.parametrize("state", [{}, RECEIVED, {**RECEIVED, "trangThai": "CT08"}])
def test_an_answer_to_no_question_is_out_of_turn(state: dict[str, str]) -> None:
    """Consent that nobody asked for decides nothing."""
    with pytest.raises(OutOfTurn):
        told("residence", delivered("consent.given", "residence"), state)


DECEASED = "079050001873"
REMOVAL = {
    "so_dinh_danh": DECEASED,
    "ngay_mat": "20230709",
    "gio_mat": "03:15",
    "ho_ten": "Lê Văn Thành",
    "gioi_tinh": 1,
    "ngay_sinh": "19500211",
    "ho_ten_nyc": "Lê Thị Mai",
    "so_dinh_danh_nyc": "079183006614",
    "dia_chi": "12 Ngô Đức Kế, Phường Bến Nghé, Quận 1",
    "xa": "26740",
    "han_tra": "20/07/2023 17:00:00",
}
DEAD: dict[str, Any] = {"soDinhDanh": DECEASED, "daMat": True}


def test_the_police_hear_of_a_death_before_anybody_asks_for_a_removal() -> None:
    """Who and when, and no more."""
    decision = told("residence", delivered("death.registered", "residence"))
    call = asked(decision)
    assert call.step == "note_death"
    assert call.record == {"so_dinh_danh": DECEASED, "ngay_mat": "20230709", "gio_mat": "03:15"}
    assert decision.state == DEAD


def test_a_removal_reaches_the_police_in_their_own_words() -> None:
    """Flat as a registration, with the day and time of the death."""
    decision = told("residence", delivered("residence.removal.requested", "residence"), DEAD)
    call = asked(decision)
    assert (call.step, call.record) == ("remove", REMOVAL)
    assert decision.state == {**DEAD, "trangThai": "CT04", "lan": 1}


def test_the_death_may_come_after_the_removal_was_asked_for() -> None:
    """Neither forgets the other."""
    state = told("residence", delivered("residence.removal.requested", "residence")).state
    later = told("residence", delivered("death.registered", "residence"), state)
    assert later.state == {**DEAD, "trangThai": "CT04", "lan": 1}


def test_a_removal_is_announced() -> None:
    """Number, commune, moment and the notice by reference."""
    removed = {
        **REMOVAL,
        "so_ct08": "88/CT08-XT-26740",
        "ngay_xoa": "20230710",
        "gio_xoa": "14:02:00",
        "ct08": "urn:lienthong:CT08:2023:88/CT08-XT-26740",
        "sha256": "f" * 64,
    }
    state = {**DEAD, "trangThai": "CT04", "lan": 1}
    decision = answered("residence", "remove", removed, state=state)
    assert said(decision) == {"residence.removed": example("residence.removed").data()}
    assert decision.state == {**state, "trangThai": "CT08"}


def test_who_never_lived_there_is_not_removed() -> None:
    """The refusal is of the removal alone."""
    record = {"so_dinh_danh": DECEASED, "ly_do": "not_resident"}
    decision = answered("residence", "remove", record, state=DEAD, result="refused")
    assert said(decision) == {
        "residence.removal.refused": {"personal_id": DECEASED, "reason": "not_resident"}
    }
    assert decision.state == {**DEAD, "trangThai": "CT06"}


RESIDENT = "036303001245"
STAY = {
    "so_dinh_danh": RESIDENT,
    "ho_ten": "Phạm Thu Trang",
    "gioi_tinh": 2,
    "ngay_sinh": "20030905",
    "ho_ten_nyc": "Phạm Thu Trang",
    "so_dinh_danh_nyc": RESIDENT,
    "dia_chi": "12 Ngô Đức Kế, Phường Bến Nghé, Quận 1",
    "xa": "26740",
    "den_ngay": "20250630",
    "han_tra": "13/07/2023 17:00:00",
}
STAYS = {"soDinhDanh": RESIDENT, "trangThai": "CT04", "lan": 1}


def test_a_stay_reaches_the_police_in_their_own_words() -> None:
    """Flat as a registration, with the last day; no household head is asked."""
    decision = told("residence", delivered("residence.temporary.requested", "residence"))
    call = asked(decision)
    assert (call.step, call.record) == ("register_stay", STAY)
    assert decision.state == STAYS


def test_a_stay_asked_for_again_is_the_next_attempt() -> None:
    """With a supplement, or because an officer sent it again."""
    decision = told("residence", delivered("residence.temporary.requested", "residence"), STAYS)
    assert asked(decision).attempt == 2
    assert decision.state == {**STAYS, "lan": 2}


def test_a_registered_stay_is_announced() -> None:
    """Number, commune, address, last day, moment and the notice by reference."""
    registered = {
        **STAY,
        "so_ct08": "5/CT08-TT-26740",
        "ngay_tam_tru": "20230711",
        "gio_tam_tru": "09:00:00",
        "ct08": "urn:lienthong:CT08:2023:5/CT08-TT-26740",
        "sha256": "7" * 64,
    }
    decision = answered("residence", "register_stay", registered, state=STAYS)
    fact = example("residence.temporary.registered").data()
    assert said(decision) == {"residence.temporary.registered": fact}
    assert decision.state == {**STAYS, "trangThai": "CT08"}


def test_a_refused_stay_names_the_person_and_the_reason() -> None:
    """By its own event: a refusal of a permanent residence is another."""
    record = {"so_dinh_danh": RESIDENT, "ly_do": "no_lawful_dwelling"}
    decision = answered("residence", "register_stay", record, state=STAYS, result="refused")
    assert said(decision) == {
        "residence.temporary.refused": {"personal_id": RESIDENT, "reason": "no_lawful_dwelling"}
    }
    assert decision.state == {**STAYS, "trangThai": "CT06"}


def test_missing_papers_for_a_stay_are_asked_for() -> None:
    """Each with its place in the submission."""
    record = {
        "so_dinh_danh": RESIDENT,
        "thieu": ["CHO_O_TT", "THOI_HAN"],
        "han_bo_sung": "20230720",
        "gio_han": "17:00:00",
    }
    decision = answered("residence", "register_stay", record, state=STAYS, result="supplement")
    defects = said(decision)["supplement.requested"]["defects"]
    assert [defect["pointer"] for defect in defects] == ["/address", "/until"]
    assert decision.state == {**STAYS, "trangThai": "CT05"}
