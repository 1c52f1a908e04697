"""The civil-status connector: entry first, then the number, then the certificate."""

from typing import Any

import pytest

from connectors.agencies.errors import OutOfTurn
from connectors.runtime.errors import AgencyGaveUp
from schemas.examples import example
from tests.connectors.agencies.delivery import answered, asked, delivered, said, told

DOSSIER = "H29.760.26740-230710-0001"
NOTICE = "00A1Z.GCS.79024.23"
ASKED = {
    "ma_ho_so": DOSSIER,
    "ma_don_vi": "H29.760.26740",
    "xa": "26740",
    "ho_ten_nyc": "Nguyễn Văn Bình",
    "so_dinh_danh_nyc": "079092004521",
    "ho_ten": "Nguyễn Minh An",
    "gioi_tinh": 1,
    "ngay_sinh": "08.07.2023",
    "gio_sinh": "05:30",
    "so_gcs": NOTICE,
    "ma_co_so": "79024",
    "ho_ten_me": "Trần Thị Thu Hà",
    "so_dinh_danh_me": "079194012877",
    "ngay_sinh_me": "02.11.1994",
    "ho_ten_cha": "Nguyễn Văn Bình",
    "so_dinh_danh_cha": "079092004521",
    "ngay_sinh_cha": "18.04.1992",
}
ENTRY = {
    **ASKED,
    "so": 214,
    "nam": 2023,
    "quyen": "02/2023",
    "trang": 14,
    "ngay_dang_ky": "10.07.2023",
    "gio_dang_ky": "09:52:10",
}
STATE = {"maHoSo": DOSSIER, "soGcs": NOTICE, "trangThai": 3, "lan": 1}


def test_the_register_is_asked_in_its_own_words() -> None:
    """Days with dots, sex 1 and 0, the time of day in a field of its own."""
    decision = told("civil-status", delivered("birth.entry.requested", "civil-status"))
    call = asked(decision)
    assert (call.step, call.record) == ("enter", ASKED)
    assert decision.state == {**STATE, "trangThai": 1}


def test_an_entered_birth_asks_for_the_childs_number() -> None:
    """The number is asked for only when the entry stands in the register."""
    decision = answered("civil-status", "enter", ENTRY, state={**STATE, "trangThai": 1})
    expected = example("personal-id.requested").data()
    assert said(decision) == {"personal-id.requested": expected}
    assert decision.state == STATE


def test_a_low_number_has_two_digits() -> None:
    """The printed number is NN/YYYY."""
    data = said(answered("civil-status", "enter", {**ENTRY, "so": 7}, state=STATE))
    assert data["personal-id.requested"]["entry"]["number"] == "07/2023"


def test_a_refused_birth_ends_the_case() -> None:
    """The refusal names the one-stop's dossier and the reason."""
    record = {"so_gcs": NOTICE, "ly_do": "duplicate_of"}
    decision = answered(
        "civil-status", "enter", record, state={**STATE, "trangThai": 1}, result="refused"
    )
    assert said(decision) == {
        "birth.registration.refused": {"dossier": DOSSIER, "reason": "duplicate_of"}
    }
    assert decision.state == {**STATE, "trangThai": 6}


def test_the_number_brings_the_certificate() -> None:
    """The number of this birth notice is certified."""
    call = asked(told("civil-status", delivered("personal-id.issued", "civil-status"), STATE))
    assert call.step == "certify"
    assert call.record == {"so_gcs": NOTICE, "so_dinh_danh": "079223000417"}


def test_an_entered_birth_that_is_sent_again_has_its_certificate_asked_for_anew() -> None:
    """The agency may have given the first request up; it would only say so again."""
    issued = delivered("personal-id.issued", "civil-status")
    state = told("civil-status", delivered("birth.entry.requested", "civil-status"), STATE).state
    assert state == {**STATE, "trangThai": 1, "lan": 2, "lanCap": 2}
    early = told("civil-status", issued, state)
    assert (early.calls, early.state) == ((), state), "it is told again after the entry"
    call = asked(told("civil-status", issued, {**state, "trangThai": 3}))
    assert (call.step, call.attempt) == ("certify", 2)


def test_what_the_agency_gave_up_is_no_decision() -> None:
    """An officer reads the agency's own words."""
    with pytest.raises(AgencyGaveUp, match="the form can't be filled in"):
        record = {"loi": "RuntimeError: the form can't be filled in"}
        answered("civil-status", "certify", record, state=STATE, result="failed")


@pytest.mark.parametrize(
    "state", [{}, {**STATE, "trangThai": 1}, {**STATE, "soGcs": "00000.GCS.79024.23"}]
)
def test_a_number_without_an_entry_is_out_of_turn(state: dict[str, Any]) -> None:
    """A number for a birth that is not entered, or of another birth, certifies nothing."""
    with pytest.raises(OutOfTurn):
        told("civil-status", delivered("personal-id.issued", "civil-status"), state)


def test_a_certified_birth_is_told_to_all_who_may_know() -> None:
    """The event has the child, the parents, the entry and the certificate by reference."""
    certified = {
        **ENTRY,
        "so_dinh_danh": "079223000417",
        "giay_khai_sinh": "urn:lienthong:KQ.G15.000031:26740:214/2023",
        "sha256": "b" * 64,
    }
    decision = answered("civil-status", "certify", certified, state=STATE)
    expected = example("birth.registered").data()
    assert said(decision) == {"birth.registered": expected}
    assert decision.state == {**STATE, "trangThai": 4}
