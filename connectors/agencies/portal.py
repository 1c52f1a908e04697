"""The National Public Service Portal: what the citizen sees of the case.

Its state is the portal's own record of the dossier: `maHoSo`, the moment of each status
(`trangThai`), the status 1–10 of each service (`dichVu`), `ngayHenTra` and `lyDo`; `boSung`, what
the citizen was asked to supplement, by service (`lan`, `han`, `ngayGui`); and, for a submission
that the hub did not route, `biTuChoi`. Behind it stands the citizen, who answers such a question.
"""

from typing import Final

from connectors.agencies.codes import COMPACT_TIME, local, local_of
from connectors.agencies.people import Record
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import Event

connector: Final = Connector("portal")


@connector.on("case.status.changed")
def show(state: State, event: Event) -> Decision:
    """Show where the case stands; the final message wins whatever the order of arrival."""
    data = event.data()
    status = data["status"]
    seen: Record = state.get("trangThai", {})
    shown = {
        "maHoSo": event.subject,
        "trangThai": {**seen, status: COMPACT_TIME.write(local_of(event.time))},
    }
    if status == "processing" and seen:
        return Decision(state={**state, **shown})
    due = data["due"]
    details = {
        "dichVu": {service["service"]: service["status"] for service in data["services"]},
        "ngayHenTra": None if due is None else COMPACT_TIME.write(local(due)),
        "lyDo": data["reason"],
    }
    return Decision(state={**state, **shown, **details})


@connector.on("case.supplement.requested")
def ask(state: State, event: Event) -> Decision:
    """Ask the citizen for what is missing."""
    data = event.data()
    service, due = data["service"], COMPACT_TIME.write(local(data["due"]))
    asked: Record = state.get("boSung", {})
    number = asked.get(service, {"lan": 0})["lan"] + 1
    record = {
        "lan": number,
        "thieu": [defect["pointer"] for defect in data["defects"]],
        "han_bo_sung": due,
    }
    question = {"lan": number, "han": due, "ngayGui": None}
    return Decision(
        state={**state, "maHoSo": event.subject, "boSung": {**asked, service: question}},
        calls=(Call(step=service, record=record, time=event.time, attempt=number),),
    )


@connector.on_outcome("birth", "residence", "health_card")
def pass_on(state: State, outcome: Outcome) -> Decision:
    """Send the citizen's supplement."""
    record, asked = outcome.record, state["boSung"]
    service = record["dich_vu"]
    sent = {**asked[service], "ngayGui": COMPACT_TIME.write(local_of(outcome.time))}
    paper = {"kind": "other", "uri": record["giay_to"], "sha256": record["sha256"]}
    data = {"service": service, "documents": [paper], "payout": None, "note": None}
    return Decision(
        state={**state, "boSung": {**asked, service: sent}},
        events=(Emit(name="case.supplement.provided", data=data, time=outcome.time),),
    )


@connector.on("delivery.rejected")
def show_rejection(state: State, event: Event) -> Decision:
    """Keep why the hub did not route what the portal sent."""
    data = event.data()
    rejection = {"suKien": data["event"], "lyDo": data["reason"], "viTri": data["pointer"]}
    rejections = {**state.get("biTuChoi", {}), event.id: rejection}
    return Decision(state={**state, "maHoSo": event.subject, "biTuChoi": rejections})
