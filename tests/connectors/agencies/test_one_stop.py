"""The one-stop's connector, from the request to the result in the citizen's hands."""

from typing import Any

import pytest

from connectors.agencies.errors import OutOfTurn
from connectors.agencies.one_stop import connector
from connectors.runtime.errors import UnhandledInput
from schemas.examples import example
from schemas.units import UnknownUnitError
from tests.connectors.agencies.delivery import DECIDED, answered, asked, delivered, said, told

ASKED = {
    "ma_don_vi": "H29.760.26740",
    "loai": "LTKS",
    "ma_tthc": "2.000986",
    "ma_tinh": "79",
    "ma_xa": "26740",
    "ngay_nop": "10/07/2023 10:04:25",
    "han_tra": "13/07/2023 17:00:00",
    "ho_ten_nyc": "Nguyễn Văn Bình",
    "so_dinh_danh_nyc": "079092004521",
    "ho_ten": "Nguyễn Minh An",
    "gioi_tinh": "Nam",
    "ngay_sinh": "20230708",
    "gio_sinh": "05:30",
    "so_gcs": "00A1Z.GCS.79024.23",
    "ma_co_so": "79024",
    "ho_ten_me": "Trần Thị Thu Hà",
    "so_dinh_danh_me": "079194012877",
    "ngay_sinh_me": "19941102",
    "ho_ten_cha": "Nguyễn Văn Bình",
    "so_dinh_danh_cha": "079092004521",
    "ngay_sinh_cha": "19920418",
}
OF_A_DEATH = {
    "ma_don_vi": "H29.760.26740",
    "loai": "LTKT",
    "ma_tthc": "1.006714",
    "ma_tinh": "79",
    "ma_xa": "26740",
    "ngay_nop": "12/07/2023 15:10:00",
    "han_tra": "20/07/2023 17:00:00",
    "ho_ten_nyc": "Lê Thị Mai",
    "so_dinh_danh_nyc": "079183006614",
    "so_dinh_danh": "079050001873",
    "ngay_mat": "20230709",
    "gio_mat": "03:15",
    "ho_ten": "Lê Văn Thành",
    "gioi_tinh": "Nam",
    "ngay_sinh": "19500211",
    "so_gbt": "0B7K2.GBT.79024.23",
    "ma_co_so": "79024",
    "noi_mat": "Bệnh viện Nhân dân 115, Quận 10",
    "nguyen_nhan": "Nhồi máu cơ tim",
}
DOSSIER = "H29.760.26740-230710-0001"
OPENED = {**ASKED, "ma_ho_so": DOSSIER, "trang_thai": 4}
STATE = {"maDonVi": "H29.760.26740", "maHoSo": DOSSIER, "trangThai": 4, "lan": 1}


def test_a_request_becomes_a_dossier_in_the_one_stops_own_words() -> None:
    """The commune gets its agency code, the rest its Vietnamese fields, codes and dates."""
    decision = told("one-stop", delivered("birth.registration.requested", "one-stop"))
    call = asked(decision)
    assert call.step == "receive"
    assert call.record == ASKED
    assert call.time == example("birth.registration.requested").time
    new = {"maDonVi": "H29.760.26740", "maHoSo": None, "trangThai": 1, "lan": 1}
    assert decision.state == new


def test_a_death_becomes_a_dossier_of_its_own_kind() -> None:
    """*Liên thông khai tử*: who died, when, where and of what, as the notice has it."""
    decision = told("one-stop", delivered("death.registration.requested", "one-stop"))
    call = asked(decision)
    assert (call.step, call.record) == ("receive", OF_A_DEATH)
    new = {"maDonVi": "H29.760.26740", "maHoSo": None, "trangThai": 1, "lan": 1}
    assert decision.state == new


def test_a_death_is_passed_on_with_the_very_facts_that_came() -> None:
    """Reported as a birth is, and civil status is asked to enter it."""
    opened = {**OF_A_DEATH, "ma_ho_so": DOSSIER, "trang_thai": 4}
    decision = answered("one-stop", "receive", opened, state={"maHoSo": None, "lan": 1})
    request = example("death.registration.requested").data()
    facts = {name: request[name] for name in ("commune", "requester", "deceased", "notice")}
    unit = {"dossier": DOSSIER, "agency": "H29.760.26740"}
    assert said(decision) == {
        "dossier.progressed": {**unit, "codes": [1, 3, 7]},
        "death.entry.requested": {**unit, **facts},
    }
    assert decision.state == STATE


def test_the_extract_is_returned_to_the_citizen() -> None:
    """Entry and extract are all that the one-stop hears of a registered death."""
    call = asked(told("one-stop", delivered("death.registered", "one-stop"), STATE))
    assert call.step == "return"
    assert call.record == {
        "ma_ho_so": DOSSIER,
        "trich_luc": "urn:lienthong:KQ.G15.000034:26740:31/2023",
        "so_dang_ky": "31/2023",
        "quyen_so": "01/2023",
        "trang_so": 31,
        "ngay_dang_ky": "10/07/2023 10:20:00",
        "sha256": "e" * 64,
    }


def test_a_commune_that_is_not_mapped_is_an_error() -> None:
    """No agency is guessed for an unknown commune; the case goes to an officer."""
    event = delivered("birth.registration.requested", "one-stop", data={"commune": "99999"})
    with pytest.raises(UnknownUnitError):
        told("one-stop", event)


def test_an_accepted_dossier_is_reported_and_passed_on() -> None:
    """Codes 1, 3, 7 go to dvclt, and civil status is asked with the very facts that came."""
    decision = answered("one-stop", "receive", OPENED, state={"maHoSo": None, "lan": 1})
    request = example("birth.registration.requested").data()
    facts = {name: request[name] for name in ("commune", "requester", "child", "mother", "father")}
    unit = {"dossier": DOSSIER, "agency": "H29.760.26740"}
    assert said(decision) == {
        "dossier.progressed": {**unit, "codes": [1, 3, 7]},
        "birth.entry.requested": {**unit, **facts},
    }
    assert {emit.time for emit in decision.events} == {DECIDED}
    assert decision.state == STATE


def test_a_birth_without_a_father_stays_without_one() -> None:
    """A father who is not on the declaration is nobody in the dossier and in what is passed on."""
    event = delivered("birth.registration.requested", "one-stop", data={"father": None})
    record = asked(told("one-stop", event)).record
    assert [record[f"{field}_cha"] for field in ("ho_ten", "so_dinh_danh", "ngay_sinh")] == [
        None,
        None,
        None,
    ]
    opened = {**record, "ma_ho_so": DOSSIER, "trang_thai": 4}
    assert said(answered("one-stop", "receive", opened))["birth.entry.requested"]["father"] is None


def test_the_certificate_is_returned_to_the_citizen() -> None:
    """The one-stop sees number, entry and certificate only, and hands the result over."""
    call = asked(told("one-stop", delivered("birth.registered", "one-stop"), STATE))
    assert call.step == "return"
    assert call.record == {
        "ma_ho_so": DOSSIER,
        "so_dinh_danh": "079223000417",
        "so_dang_ky": "214/2023",
        "quyen_so": "02/2023",
        "trang_so": 14,
        "ngay_dang_ky": "10/07/2023 09:52:10",
        "giay_khai_sinh": "urn:lienthong:KQ.G15.000031:26740:214/2023",
        "sha256": "b" * 64,
    }


@pytest.mark.parametrize(
    ("step", "status", "codes"), [("return", 10, [1, 3, 7, 4, 5]), ("close", 3, [1, 3, 7, 6])]
)
def test_the_end_of_a_dossier_is_reported_with_all_its_codes(
    step: str, status: int, codes: list[int]
) -> None:
    """The list is cumulative and in the compulsory order."""
    record: dict[str, Any] = {
        "ma_ho_so": DOSSIER,
        "ma_don_vi": "H29.760.26740",
        "trang_thai": status,
    }
    decision = answered("one-stop", step, record, state=STATE)
    assert said(decision)["dossier.progressed"]["codes"] == codes
    assert decision.state == {**STATE, "trangThai": status}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("birth.registration.refused", "notice_mismatch"),
        ("death.registration.refused", "death_notice_mismatch"),
    ],
)
def test_a_refusal_closes_the_dossier(name: str, reason: str) -> None:
    """The reason of civil status stands in the dossier."""
    call = asked(told("one-stop", delivered(name, "one-stop"), STATE))
    assert call.step == "close"
    assert call.record == {"ma_ho_so": DOSSIER, "ly_do": reason}


@pytest.mark.parametrize(
    "name",
    [
        "birth.registered",
        "birth.registration.refused",
        "death.registered",
        "death.registration.refused",
    ],
)
def test_a_result_without_a_dossier_is_out_of_turn(name: str) -> None:
    """A result for a case that the one-stop never had is not swallowed."""
    with pytest.raises(OutOfTurn):
        told("one-stop", delivered(name, "one-stop"))


def test_what_nobody_handles_is_said_aloud() -> None:
    """An answer of an unknown step is an error."""
    with pytest.raises(UnhandledInput):
        answered(connector.system, "unknown", {})
