"""Portal, notification, citizen store and monitoring keep their own picture of a case."""

import itertools
from typing import Any

import pytest

from connectors.runtime.handling import State
from schemas.event import Event, from_text
from schemas.examples import CASE
from tests.connectors.agencies.delivery import delivered, told

LATER = from_text("2023-07-10T15:20:44.125+07:00")
FINAL: dict[str, Any] = {
    "status": "partly_completed",
    "services": [
        {"service": "birth", "status": 10, "reason": None},
        {"service": "residence", "status": 3, "reason": "no_lawful_dwelling"},
        {"service": "health_card", "status": 10, "reason": None},
    ],
}
LATE: dict[str, Any] = {
    "due": "2023-07-17T17:00:00+07:00",
    "apology": {"service": "birth", "agency": "civil-status", "due": "2023-07-13T17:00:00+07:00"},
}
OVERDUE = from_text("2023-07-10T12:00:00+07:00")


def first(system: str) -> Event:
    return delivered("case.status.changed", system)


def last(system: str) -> Event:
    return delivered("case.status.changed", system, data=FINAL, time=LATER)


def late(system: str) -> Event:
    return delivered("case.status.changed", system, data=LATE, time=OVERDUE)


def after(system: str, *events: Event) -> State:
    """The state of a system that heard these events in this order."""
    state: State = {}
    for event in events:
        decision = told(system, event, state)
        assert not decision.events, "a projection says nothing"
        assert not decision.calls, "a projection asks nobody"
        state = dict(decision.state)
    return state


def test_the_portal_shows_the_first_status() -> None:
    """Times are yyyyMMddHHmmss, services have the portal's statuses 1 to 10."""
    assert after("portal", first("portal")) == {
        "maHoSo": CASE,
        "trangThai": {"processing": "20230710080000"},
        "dichVu": {"birth": 2, "residence": 1, "health_card": 1},
        "ngayHenTra": "20230713170000",
        "lyDo": None,
    }


def test_on_the_portal_the_final_message_wins_in_any_order() -> None:
    """A late first message adds its time and takes nothing back."""
    expected = {
        "maHoSo": CASE,
        "trangThai": {"processing": "20230710080000", "partly_completed": "20230710152044"},
        "dichVu": {"birth": 10, "residence": 3, "health_card": 10},
        "ngayHenTra": "20230713170000",
        "lyDo": None,
    }
    assert after("portal", first("portal"), last("portal")) == expected
    assert after("portal", last("portal"), first("portal")) == expected


def test_the_portal_shows_the_letter_of_apology_and_the_new_date() -> None:
    """Which agency the case waits for, the date that was promised, and the one that now is."""
    letter = {
        "dichVu": "birth",
        "coQuan": "civil-status",
        "henCu": "20230713170000",
        "henMoi": "20230717170000",
    }
    expected = {
        **after("portal", first("portal")),
        "ngayHenTra": "20230717170000",
        "phieuXinLoi": letter,
    }
    assert after("portal", first("portal"), late("portal")) == expected
    assert after("portal", late("portal"), first("portal")) == expected
    ended = {**after("portal", first("portal"), last("portal")), "phieuXinLoi": letter}
    for order in itertools.permutations((first("portal"), late("portal"), last("portal"))):
        assert after("portal", *order) == ended


def test_everybody_else_notes_the_apology_beside_the_statuses() -> None:
    """The moment at which the case was received stays what it was."""
    for system, where, moment in (
        ("citizen-store", {"phieuXinLoi": "2023-07-10T12:00:00.000+07:00"}, None),
        ("monitoring", {"xinLoi": "2023-07-10T12:00:00.000+07:00"}, None),
        ("notification", {}, {"xin_loi": "10/07/2023 12:00:00"}),
    ):
        before = after(system, first(system))
        expected = {**before, **where}
        if moment is not None:
            expected["tinNhan"] = {**before["tinNhan"], **moment}
        assert after(system, first(system), late(system)) == expected, system


def test_the_portal_keeps_the_notice_that_the_case_begins_with() -> None:
    """As the health facility told of it, before or after the case's first status."""
    notice = delivered("notice.issued", "portal")
    expected = {
        **after("portal", first("portal")),
        "giayToNguon": {
            "loai": "GCS",
            "so": "00A1Z.GCS.79024.23",
            "coSo": "79024",
            "hoTen": "Nguyễn Minh An",
            "thoiDiem": "20230708053000",
        },
    }
    assert after("portal", notice, first("portal")) == expected
    assert after("portal", first("portal"), notice) == expected


def test_the_portal_shows_a_refusal_at_intake() -> None:
    """A single message without a date to come back tells why."""
    refused = {"status": "refused", "reason": "over_six", "due": None}
    state = after("portal", delivered("case.status.changed", "portal", data=refused))
    assert state["ngayHenTra"] is None
    assert state["lyDo"] == "over_six"


def test_the_portal_keeps_why_a_submission_was_not_routed() -> None:
    """What the hub rejected is told to whoever looks the dossier up."""
    rejected = delivered("delivery.rejected", "portal")
    assert after("portal", rejected) == {
        "maHoSo": CASE,
        "biTuChoi": {
            rejected.id: {
                "suKien": rejected.data()["event"],
                "lyDo": "payload_invalid",
                "viTri": "/child/notice",
            }
        },
    }


def test_a_citizen_gets_one_message_a_status() -> None:
    """The same status told twice is one message."""
    told_twice = (first("notification"), last("notification"), first("notification"))
    assert after("notification", *told_twice) == {
        "tinNhan": {
            "processing": "10/07/2023 08:00:00",
            "partly_completed": "10/07/2023 15:20:44",
        }
    }


def test_the_citizens_store_fills_with_papers() -> None:
    """Certificate and card stand there by reference, whatever came first."""
    card = delivered("health-card.issued", "citizen-store")
    certificate = delivered("birth.registered", "citizen-store")
    status = last("citizen-store")
    expected = {
        "trangThai": {"partly_completed": "2023-07-10T15:20:44.125+07:00"},
        "giayKhaiSinh": {
            "soDinhDanh": "079223000417",
            "so": "214/2023",
            "quyen": "02/2023",
            "ngay": "10.07.2023",
            "uri": "urn:lienthong:KQ.G15.000031:26740:214/2023",
            "sha256": "b" * 64,
        },
        "theBHYT": {
            "maThe": "TE1797923004417",
            "tuNgay": "20230708",
            "denNgay": "20290930",
            "uri": "urn:lienthong:BHYT:TE1797923004417",
            "sha256": "d" * 64,
        },
    }
    assert after("citizen-store", certificate, card, status) == expected
    assert after("citizen-store", status, card, certificate) == expected


def test_the_citizens_store_keeps_the_decision_on_an_allowance() -> None:
    """Its number, sum and day, and the paper by reference."""
    assert after("citizen-store", delivered("funeral-allowance.granted", "citizen-store")) == {
        "quyetDinh": {
            "so": "1/QĐ-BHXH-79",
            "soTien": 18_000_000,
            "ngay": "20230712",
            "uri": "urn:lienthong:QD:1:2023:BHXH:79",
            "sha256": "9" * 64,
        }
    }


def test_the_papers_of_a_death_lie_in_the_folder_of_who_died() -> None:
    """Extract and form CT08 of the removal, whatever came first and however often."""
    extract = delivered("death.registered", "citizen-store")
    removal = delivered("residence.removed", "citizen-store")
    expected = {
        "trichLucKhaiTu": {
            "soDinhDanh": "079050001873",
            "so": "31/2023",
            "quyen": "01/2023",
            "ngay": "10.07.2023",
            "uri": "urn:lienthong:KQ.G15.000034:26740:31/2023",
            "sha256": "e" * 64,
        },
        "thongBaoCT08": {
            "soDinhDanh": "079050001873",
            "so": "88/CT08-XT-26740",
            "ngay": "20230710",
            "uri": "urn:lienthong:CT08:2023:88/CT08-XT-26740",
            "sha256": "f" * 64,
        },
    }
    assert after("citizen-store", extract, removal, extract) == expected
    assert after("citizen-store", removal, extract, removal) == expected


@pytest.mark.parametrize(
    ("name", "person", "number"),
    [
        ("residence.registered", "079223000417", "87/CT08-26740"),
        ("residence.temporary.registered", "036303001245", "5/CT08-TT-26740"),
    ],
)
def test_a_notice_of_residence_lies_in_the_folder_of_who_lives_there(
    name: str, person: str, number: str
) -> None:
    """The newborn's for good, the guest's for a stay: no address, no household head."""
    paper = after("citizen-store", delivered(name, "citizen-store"))["thongBaoCT08"]
    assert (paper["soDinhDanh"], paper["so"]) == (person, number)
    assert paper["uri"] == f"urn:lienthong:CT08:2023:{number}"
    assert paper.keys() == {"soDinhDanh", "so", "ngay", "uri", "sha256"}


def test_monitoring_counts_what_officers_do_by_hand() -> None:
    """What and when, of which service, and nothing of who or why."""
    retried = delivered("case.action.taken", "monitoring")
    withdrawn = delivered(
        "case.action.taken", "monitoring", data={"action": "withdraw", "service": None}, time=LATER
    )
    assert after("monitoring", retried, withdrawn) == {
        "thuCong": {
            "retry.residence": "2023-07-10T08:00:00.000+07:00",
            "withdraw": "2023-07-10T15:20:44.125+07:00",
        }
    }


def test_monitoring_counts_and_knows_no_person() -> None:
    """Province, services and times are all that it keeps, whatever came first."""
    submitted = delivered("case.submitted", "monitoring")
    expected = {
        "tinh": "79",
        "dichVu": ["birth", "residence", "health_card"],
        "nop": "2023-07-10T08:00:00.000+07:00",
        "trangThai": {"processing": "2023-07-10T08:00:00.000+07:00"},
    }
    assert after("monitoring", submitted, first("monitoring")) == expected
    assert after("monitoring", first("monitoring"), submitted) == expected
