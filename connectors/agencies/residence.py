"""The residence system of the commune police: applications, the head's consent, and who died.

Its state: `soDinhDanh` (whom it is about), `trangThai`: the form that the police handed out last
(`connectors.agencies.residence_applications`), or `CHO_DONG_Y` waiting for the household head;
`lan`: how often dvclt has asked; `traLoi`, once the household head was asked: how many answers
came; and after a registered death `daMat`: true. A household head who does not answer in time is a
timer, `consent`.
"""

from typing import Final

from connectors.agencies.codes import CONSENT, RESIDENCE, SLASHED_TIME, local_of, moment_at
from connectors.agencies.errors import OutOfTurn
from connectors.agencies.people import Record, death_fields, person_of
from connectors.agencies.residence_applications import (
    APPLICATIONS,
    RECEIVED,
    REGISTRATION,
    apply,
    decided,
    offer,
)
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State, TimerFired
from connectors.runtime.sdk import Connector
from schemas.event import Event, from_text

connector: Final = Connector("residence")

AWAITING_CONSENT: Final = "CHO_DONG_Y"

offer(connector, *APPLICATIONS)


@connector.on(REGISTRATION.requested)
def register(state: State, event: Event) -> Decision:
    """Hand the application (form CT01) to the commune police; again, with a supplement."""
    return apply(REGISTRATION, state, event)


@connector.on_outcome(REGISTRATION.step, "decide")
def registered(state: State, outcome: Outcome) -> Decision:
    """Registered, refused, or first the household head or the citizen is to be asked."""
    if outcome.result != "consent_needed":
        return decided(REGISTRATION, state, outcome)
    record = outcome.record
    data = {
        "of": person_of(record, "chu_ho"),
        "child_name": record["ho_ten"],
        "requester": person_of(record, "nyc"),
        "address": record["dia_chi"],
        "expires": moment_at(RESIDENCE.day.read(record["ngay_het_han"]), record["gio_het_han"]),
    }
    return Decision(
        state={**state, "trangThai": AWAITING_CONSENT, "traLoi": state.get("traLoi", 0)},
        events=(Emit(name="consent.requested", data=data, time=outcome.time),),
        timers={"consent": from_text(data["expires"])},
    )


@connector.on("consent.given", "consent.declined")
def consent_answered(state: State, event: Event) -> Decision:
    """The head has answered: let the police decide.

    An answer after that, such as VNeID's when an officer took form CT01 before, comes too late to
    change anything; it is counted.
    """
    if "traLoi" not in state:
        raise OutOfTurn(f"{event.name} for a case that asked for no consent")
    state = {**state, "traLoi": state["traLoi"] + 1}
    if state["trangThai"] != AWAITING_CONSENT:
        return Decision(state=state)
    data = event.data()
    record = {
        "so_dinh_danh_chu_ho": data["by"],
        "dong_y": int(event.name == "consent.given"),
        "hinh_thuc_dong_y": CONSENT.write[data["method"]],
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


@connector.on("death.registered")
def note_death(state: State, event: Event) -> Decision:
    """Somebody died: let the police know, whether or not the family asks for the removal."""
    record = death_fields(event.data()["deceased"], RESIDENCE.day)
    return Decision(
        state={**state, "soDinhDanh": record["so_dinh_danh"], "daMat": True},
        calls=(Call(step="note_death", record=record, time=event.time),),
    )
