"""Portal, notification, citizen store and monitoring keep their own picture of a case."""

from typing import Any

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


def first(system: str) -> Event:
    return delivered("case.status.changed", system)


def last(system: str) -> Event:
    return delivered("case.status.changed", system, data=FINAL, time=LATER)


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
