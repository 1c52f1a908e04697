"""The population connector: gives numbers, and notes what others registered."""

import pytest

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
