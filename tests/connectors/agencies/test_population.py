"""The population connector: gives numbers, and notes what others registered."""

import pytest

from schemas.examples import example
from schemas.units import UnknownUnitError
from tests.connectors.agencies.delivery import answered, asked, delivered, said, told

NOTICE = "00A1Z.GCS.79024.23"


def test_a_number_is_asked_for_in_the_databases_own_words() -> None:
    """The province of the registering commune goes with the request."""
    decision = told("population", delivered("personal-id.requested", "population"))
    call = asked(decision)
    assert call.step == "allocate"
    assert call.record == {
        "so_gcs": NOTICE,
        "ho_ten": "Nguyễn Minh An",
        "gioi_tinh": 1,
        "ngay_sinh": "20230708",
        "gio_sinh": "05:30",
        "so_dinh_danh_me": "079194012877",
        "so_dinh_danh_cha": "079092004521",
        "tinh_khai_sinh": "79",
        "xa_khai_sinh": "26740",
    }
    assert decision.state == {"soGcs": NOTICE, "soDinhDanh": None}


def test_an_entry_of_an_unknown_commune_is_an_error() -> None:
    """No province is guessed."""
    event = delivered("personal-id.requested", "population")
    entry = {**event.data()["entry"], "commune": "99999"}
    with pytest.raises(UnknownUnitError):
        told("population", delivered("personal-id.requested", "population", data={"entry": entry}))


def test_a_number_needs_the_province_only() -> None:
    """What became of xã Tiền Phong (11893, Hải Phòng) no table says; its province is known."""
    event = delivered("personal-id.requested", "population")
    moment = "2025-07-01T09:00:00+07:00"
    entry = {**event.data()["entry"], "commune": "11893", "registered": moment}
    given = delivered("personal-id.requested", "population", data={"entry": entry})
    assert asked(told("population", given)).record["tinh_khai_sinh"] == "31"


def test_the_number_goes_to_civil_status() -> None:
    """The number travels with the birth notice that it was asked for."""
    record = {"so_gcs": NOTICE, "so_dinh_danh": "079223000417"}
    decision = answered("population", "allocate", record, state={"soGcs": NOTICE})
    assert said(decision) == {
        "personal-id.issued": {"notice": NOTICE, "personal_id": "079223000417"}
    }
    assert decision.state == {"soGcs": NOTICE, "soDinhDanh": "079223000417"}


def test_a_number_that_is_asked_for_again_is_told_again() -> None:
    """An officer may have the entry sent again: the same number, and no second request."""
    state = {"soGcs": NOTICE, "soDinhDanh": "079223000417"}
    decision = told("population", delivered("personal-id.requested", "population"), state)
    assert said(decision) == {
        "personal-id.issued": {"notice": NOTICE, "personal_id": "079223000417"}
    }
    assert (decision.calls, decision.state) == ((), state)


def test_a_registered_birth_is_noted() -> None:
    """The entry is noted with the person; the state stays."""
    state = {"soGcs": NOTICE, "soDinhDanh": "079223000417"}
    decision = told("population", delivered("birth.registered", "population"), state)
    call = asked(decision)
    assert call.step == "confirm"
    assert call.record == {
        "so_dinh_danh": "079223000417",
        "so_khai_sinh": "214/2023",
        "quyen_khai_sinh": "02/2023",
        "trang_khai_sinh": 14,
        "ngay_khai_sinh": "20230710",
    }
    assert decision.state == state


def test_a_new_residence_is_noted() -> None:
    """Address and household head are noted with the person."""
    call = asked(told("population", delivered("residence.registered", "population")))
    assert call.step == "move"
    assert call.record == {
        "so_dinh_danh": "079223000417",
        "xa_thuong_tru": "26740",
        "noi_thuong_tru": "12 Ngô Đức Kế, Phường Bến Nghé, Quận 1",
        "so_dinh_danh_chu_ho": "079092004521",
        "ngay_thuong_tru": "20230710",
    }


def test_who_died_is_marked() -> None:
    """Day, time of day and entry go to the database, which hears of no cause and no name."""
    decision = told("population", delivered("death.registered", "population"))
    call = asked(decision)
    assert call.step == "mark"
    assert call.record == {
        "so_dinh_danh": "079050001873",
        "ngay_mat": "20230709",
        "gio_mat": "03:15",
        "so_khai_tu": "31/2023",
        "quyen_khai_tu": "01/2023",
        "trang_khai_tu": 31,
        "ngay_khai_tu": "20230710",
    }
    assert decision.state == {"soDinhDanh": "079050001873", "daMat": True}


def test_who_is_removed_lives_nowhere_any_more() -> None:
    """Where from and since when; that the person died stays known."""
    state = {"soDinhDanh": "079050001873", "daMat": True}
    decision = told("population", delivered("residence.removed", "population"), state)
    call = asked(decision)
    assert call.step == "unregister"
    assert call.record == {
        "so_dinh_danh": "079050001873",
        "xa_xoa": "26740",
        "ngay_xoa": "20230710",
    }
    assert decision.state == state


CARD_ASKED = {
    "so_dinh_danh": "079326004172",
    "ho_ten": "Hoàng Bảo Ngọc",
    "gioi_tinh": 2,
    "ngay_sinh": "20260827",
    "ho_ten_nyc": "Hoàng Đức Long",
    "so_dinh_danh_nyc": "079094006318",
    "ma_tinh": "79",
    "ma_xa": "26740",
    "han_tra": "14/09/2026 17:00:00",
}
BORN = {"soGcs": NOTICE, "soDinhDanh": "079326004172"}
CARD_STATE = {**BORN, "soThe": None, "lyDo": None, "lan": 1}


def test_an_identity_card_is_asked_for_beside_the_number() -> None:
    """What is known of the birth stays; asked again, it is the next attempt."""
    given = delivered("identity-card.requested", "population")
    decision = told("population", given, state=BORN)
    call = asked(decision)
    assert (call.step, call.attempt, call.record) == ("identity_card", 1, CARD_ASKED)
    assert decision.state == CARD_STATE
    assert asked(told("population", given, state=CARD_STATE)).attempt == 2


def test_an_issued_identity_card_is_announced_and_a_refused_one_has_its_reason() -> None:
    """Number, validity and the card itself by reference; or child and reason."""
    card = {
        **CARD_ASKED,
        "so_the": "079326004172",
        "ngay_cap": "20260909",
        "den_ngay": "20400827",
        "the_can_cuoc": "urn:lienthong:CC:079326004172",
        "sha256": "8" * 64,
    }
    decision = answered("population", "identity_card", card, state=CARD_STATE)
    assert said(decision) == {"identity-card.issued": example("identity-card.issued").data()}
    assert decision.state == {**CARD_STATE, "soThe": "079326004172"}
    no = {"so_dinh_danh": "079326004172", "ly_do": "population_mismatch"}
    decision = answered("population", "identity_card", no, state=CARD_STATE, result="refused")
    assert said(decision) == {"identity-card.refused": example("identity-card.refused").data()}
    assert decision.state == {**CARD_STATE, "lyDo": "population_mismatch"}
