"""The residence system of the commune police: permanent residence, with the head's consent.

Its state: `soDinhDanh` (the child), `trangThai`: `CT04` received, `CHO_DONG_Y` waiting for the
household head, `CT05` waiting for a supplement, `CT08` registered, `CT06` refused: the form that
the police hand out; and `lan`: how often dvclt has asked. A household head who does not answer in
time is a timer, `consent`.
"""

from typing import Final

from connectors.agencies.codes import KINSHIP, RESIDENCE, SLASHED_TIME, local, local_of, moment_at
from connectors.agencies.defects import supplement_of
from connectors.agencies.errors import OutOfTurn
from connectors.agencies.people import Record, child_fields, person_fields, person_of
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State, TimerFired
from connectors.runtime.sdk import Connector
from schemas.event import Event, from_text

connector: Final = Connector("residence")

RECEIVED, AWAITING_CONSENT, INCOMPLETE = "CT04", "CHO_DONG_Y", "CT05"
REGISTERED, REFUSED = "CT08", "CT06"


@connector.on("residence.registration.requested")
def register(state: State, event: Event) -> Decision:
    """Hand the application (form CT01) to the commune police; again, with a supplement."""
    data, attempt = event.data(), state.get("lan", 0) + 1
    child, household = data["child"], data["household"]
    record = {
        "so_dinh_danh": child["personal_id"],
        **child_fields(child, RESIDENCE),
        **person_fields(data["requester"], "nyc"),
        **person_fields(household["head"], "chu_ho"),
        "quan_he_chu_ho": KINSHIP.write[household["relation"]],
        "dia_chi": household["address"],
        "xa": household["commune"],
        "ct01_chu_ho_ky": int(household["consent_signed"]),
        "han_tra": SLASHED_TIME.write(local(data["due"])),
    }
    return Decision(
        state={"soDinhDanh": child["personal_id"], "trangThai": RECEIVED, "lan": attempt},
        calls=(Call(step="register", record=record, time=event.time, attempt=attempt),),
    )


@connector.on("consent.given", "consent.declined")
def consent_answered(state: State, event: Event) -> Decision:
    """The head has answered: let the police decide."""
    if state.get("trangThai") != AWAITING_CONSENT:
        raise OutOfTurn(f"{event.name} for a case that asked for no consent")
    data = event.data()
    record = {
        "so_dinh_danh_chu_ho": data["by"],
        "dong_y": int(event.name == "consent.given"),
        "hinh_thuc_dong_y": data["method"],
        "ngay_tra_loi": SLASHED_TIME.write(local_of(event.time)),
    }
    return _let_decide(state, record, event)


@connector.on_timer("consent")
def consent_expired(state: State, timer: TimerFired) -> Decision:
    """The head has not answered in time: let the police decide on that."""
    record = dict.fromkeys(
        ("so_dinh_danh_chu_ho", "dong_y", "hinh_thuc_dong_y", "ngay_tra_loi"), None
    )
    return _let_decide(state, record, timer)


def _let_decide(state: State, record: Record, given: Event | TimerFired) -> Decision:
    call = Call(step="decide", record=record, time=given.time, attempt=state.get("lan", 1))
    return Decision(state={**state, "trangThai": RECEIVED}, calls=(call,))


@connector.on_outcome("register", "decide")
def decided(state: State, outcome: Outcome) -> Decision:
    """Registered, refused, or first the household head or the citizen is to be asked."""
    status, name, data = _ANSWERS[outcome.result](outcome)
    return Decision(
        state={**state, "trangThai": status},
        events=(Emit(name=name, data=data, time=outcome.time),),
        timers={"consent": from_text(data["expires"])} if status == AWAITING_CONSENT else {},
    )


def _registered(outcome: Outcome) -> tuple[str, str, Record]:
    record = outcome.record
    data = {
        "personal_id": record["so_dinh_danh"],
        "number": record["so_ct08"],
        "commune": record["xa"],
        "address": record["dia_chi"],
        "head": record["so_dinh_danh_chu_ho"],
        "registered": moment_at(RESIDENCE.day.read(record["ngay_dang_ky"]), record["gio_dang_ky"]),
        "document": {"kind": "ct08", "uri": record["ct08"], "sha256": record["sha256"]},
    }
    return REGISTERED, "residence.registered", data


def _refused(outcome: Outcome) -> tuple[str, str, Record]:
    record = outcome.record
    data = {"personal_id": record["so_dinh_danh"], "reason": record["ly_do"]}
    return REFUSED, "residence.registration.refused", data


def _incomplete(outcome: Outcome) -> tuple[str, str, Record]:
    return INCOMPLETE, "supplement.requested", supplement_of(outcome.record, RESIDENCE)


def _consent_needed(outcome: Outcome) -> tuple[str, str, Record]:
    record = outcome.record
    data = {
        "of": person_of(record, "chu_ho"),
        "child_name": record["ho_ten"],
        "requester": person_of(record, "nyc"),
        "address": record["dia_chi"],
        "expires": moment_at(RESIDENCE.day.read(record["ngay_het_han"]), record["gio_het_han"]),
    }
    return AWAITING_CONSENT, "consent.requested", data


_ANSWERS: Final = {
    "done": _registered,
    "refused": _refused,
    "consent_needed": _consent_needed,
    "supplement": _incomplete,
}
