"""The civil-status system (*hộ tịch điện tử*): the entry first, then the number, then the paper.

A death has no number to wait for: entry and extract are one step.

Its state: `maHoSo` (the one-stop's dossier), `soGcs` (the birth notice) or `soDinhDanh` (the
deceased), `trangThai`, a status of the system itself: 1 waiting, 2 waiting for a supplement,
3 entered, 4 complete, 6 refused; `lan`: how often an entry was asked for; `lanCap`, once an
officer had a birth that was entered sent again: how often its certificate is asked for; and
`duThao`, where the requester checks a draft first (`connectors.agencies.certificate_drafts`).
"""

from collections.abc import Mapping
from typing import Any, Final

from connectors.agencies import certificate_drafts as drafts
from connectors.agencies.codes import CIVIL_STATUS, moment_at
from connectors.agencies.defects import supplement_of
from connectors.agencies.errors import OutOfTurn
from connectors.agencies.people import (
    Record,
    child_of,
    death_notice_fields,
    death_notice_of,
    deceased_fields,
    deceased_of,
    newborn_fields,
    parent_fields,
    person_fields,
    person_of,
)
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State, TimerFired
from connectors.runtime.sdk import Connector
from schemas.event import Event

connector: Final = Connector("civil-status")

WAITING, INCOMPLETE, ENTERED, COMPLETE, REFUSED = 1, 2, 3, 4, 6


@connector.on("birth.entry.requested")
def enter(state: State, event: Event) -> Decision:
    """Ask the register for an entry; again, when the one-stop has a supplement."""
    data = event.data()
    facts = {
        **newborn_fields(data["child"], CIVIL_STATUS),
        **parent_fields(data["mother"], "me", CIVIL_STATUS),
        **parent_fields(data["father"], "cha", CIVIL_STATUS),
    }
    return _ask("enter", state, event, {"soGcs": data["child"]["notice"]}, facts)


@connector.on("death.entry.requested")
def enter_death(state: State, event: Event) -> Decision:
    """Ask the register for the entry of a death; again, when the one-stop has a supplement."""
    data = event.data()
    facts = {
        **deceased_fields(data["deceased"], CIVIL_STATUS),
        **death_notice_fields(data["notice"]),
    }
    who = {"soDinhDanh": data["deceased"]["personal_id"]}
    return _ask("enter_death", state, event, who, facts)


def _ask(step: str, state: State, event: Event, who: Record, facts: Record) -> Decision:
    data, attempt = event.data(), state.get("lan", 0) + 1
    record = {
        "ma_ho_so": data["dossier"],
        "ma_don_vi": data["agency"],
        "xa": data["commune"],
        **person_fields(data["requester"], "nyc"),
        **facts,
    }
    certified = state.get("lanCap", 1) + (state.get("trangThai") in (ENTERED, COMPLETE))
    again = {**({"lanCap": certified} if certified > 1 else {}), **drafts.sent_again(state)}
    return Decision(
        state={"maHoSo": data["dossier"], **who, "trangThai": WAITING, "lan": attempt, **again},
        calls=(Call(step=step, record=record, time=event.time, attempt=attempt),),
    )


@connector.on_outcome("enter")
def entered(state: State, outcome: Outcome) -> Decision:
    """The birth stands in the register, so ask for the child's number; or it was refused, or
    papers are missing."""
    if outcome.result != "done":
        return _not_entered(state, outcome, "birth.registration.refused")
    record = outcome.record
    data = {
        "notice": record["so_gcs"],
        **child_of(record, CIVIL_STATUS),
        "mother_id": record["so_dinh_danh_me"],
        "father_id": record["so_dinh_danh_cha"],
        "entry": _entry(record),
    }
    state = {**state, "trangThai": ENTERED}
    return Decision(
        state=state,
        events=(Emit(name="personal-id.requested", data=data, time=outcome.time),),
        timers=drafts.timers(state),
    )


@connector.on_outcome("enter_death")
def death_entered(state: State, outcome: Outcome) -> Decision:
    """The death stands in the register: say so to all who may know; or it was refused, or papers
    are missing."""
    if outcome.result != "done":
        return _not_entered(state, outcome, "death.registration.refused")
    record = outcome.record
    data = {
        "deceased": deceased_of(record, CIVIL_STATUS),
        "notice": death_notice_of(record),
        "requester": person_of(record, "nyc"),
        "entry": _entry(record),
        "extract": {
            "kind": "death_extract",
            "uri": record["trich_luc"],
            "sha256": record["sha256"],
        },
    }
    return Decision(
        state={**state, "trangThai": COMPLETE},
        events=(Emit(name="death.registered", data=data, time=outcome.time),),
    )


def _not_entered(state: State, outcome: Outcome, refused: str) -> Decision:
    record = outcome.record
    if outcome.result == "supplement":
        missing = supplement_of(record, CIVIL_STATUS)
        return Decision(
            state={**state, "trangThai": INCOMPLETE},
            events=(Emit(name="supplement.requested", data=missing, time=outcome.time),),
        )
    refusal = {"dossier": state["maHoSo"], "reason": record["ly_do"]}
    return Decision(
        state={**state, "trangThai": REFUSED},
        events=(Emit(name=refused, data=refusal, time=outcome.time),),
    )


@connector.on("personal-id.issued")
def certify(state: State, event: Event) -> Decision:
    """The child has its number: have the certificate made out.

    Where the entry is just being sent again, the number will be asked for and told again.
    """
    data = event.data()
    mine = state.get("soGcs") == data["notice"]
    if mine and state["trangThai"] == WAITING and "lanCap" in state:
        return Decision(state=state)
    if not mine or state["trangThai"] != ENTERED:
        raise OutOfTurn(f"{event.name} for a case without an entry under this birth notice")
    record = {"so_gcs": data["notice"], "so_dinh_danh": data["personal_id"]}
    return Decision(
        state=state,
        calls=(drafts.asking(state, record, event.time),),
        timers=drafts.timers(state),
    )


@connector.on("certificate.draft.answered")
def draft_answered(state: State, event: Event) -> Decision:
    """The requester has checked the draft: have it issued, or mended and issued."""
    return drafts.answer(state, event, waits=state.get("trangThai") == ENTERED)


@connector.on_timer(drafts.DRAFT)
def draft_lapsed(state: State, timer: TimerFired) -> Decision:
    """The requester has not answered in time, and so agrees: have it issued."""
    return drafts.lapse(state, timer)


@connector.on_outcome("certify", "issue", "mend")
def registered(state: State, outcome: Outcome) -> Decision:
    """Entered, numbered and certified: say so to all who may know; or first a draft is checked."""
    record = outcome.record
    child = {**child_of(record, CIVIL_STATUS), "personal_id": record["so_dinh_danh"]}
    parents = {"mother": person_of(record, "me"), "father": person_of(record, "cha")}
    if outcome.result == drafts.DRAFT:
        if state["trangThai"] != ENTERED:
            return Decision(state=state)
        return drafts.draft(state, outcome, {"child": child, **parents, "entry": _entry(record)})
    data = {
        "child": child,
        "notice": record["so_gcs"],
        **parents,
        "entry": _entry(record),
        "certificate": {
            "kind": "birth_certificate",
            "uri": record["giay_khai_sinh"],
            "sha256": record["sha256"],
        },
    }
    return Decision(
        state={**state, "trangThai": COMPLETE},
        events=(Emit(name="birth.registered", data=data, time=outcome.time),),
    )


def _entry(record: Mapping[str, Any]) -> Record:
    day = CIVIL_STATUS.day.read(record["ngay_dang_ky"])
    return {
        "number": f"{record['so']:02}/{record['nam']}",
        "book": record["quyen"],
        "page": record["trang"],
        "commune": record["xa"],
        "registered": moment_at(day, record["gio_dang_ky"]),
    }
