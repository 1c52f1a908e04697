"""How a birth case begins: accepted with its first request, or refused at once."""

from datetime import datetime
from typing import Any, Literal

from connectors.runtime.handling import Decision
from hub.orchestrator.birth import actions as act
from hub.orchestrator.birth.health_card import HEALTH_CARD
from hub.orchestrator.birth.registration import BIRTH
from hub.orchestrator.birth.residence import RESIDENCE
from hub.orchestrator.case import Document, Draft, Parked, decision, status_message
from schemas.deadlines import deadline
from schemas.event import VN, Event, to_text

Sequencing = Literal["parallel", "strict"]
"""Whether the card is asked for beside the residence or after it."""

TABLES = {table.service: table for table in (BIRTH, RESIDENCE, HEALTH_CARD)}
"""The chain's services in their order."""

CARD_BELOW_AGE = 6
"""The card is for children under 6 (Law on Health Insurance, article 12)."""

STARTS: dict[Sequencing, dict[str, str]] = {
    "parallel": {"birth": "requested", "residence": "waiting", "health_card": "waiting"},
    "strict": {
        "birth": "requested",
        "residence": "waiting",
        "health_card": "waiting_for_residence",
    },
}
"""The state in which each service starts."""


def open_case(event: Event, sequence: Sequencing, kept: list[Parked]) -> Decision:
    """What `case.submitted` makes of a new case; `kept` is what was parked before it came."""
    data = event.data()
    asked = [service for service in TABLES if service in data["services"]]
    document = _document(data, to_text(event.time), kept)
    reason = intake_refusal(asked, data["child"]["born"], event.time)
    if reason is not None:
        return _refused(document, asked, reason, event.time)
    document["due"] = to_text(deadline("birth", event.time).due)
    starts = STARTS[sequence if "residence" in asked else "parallel"]
    draft = Draft(TABLES, document, event.time, data)
    for service in asked:
        state = TABLES[service].states[starts[service]]
        draft.enter(service, state, since=draft.at, reason=None)
    draft.doc["application"] = _application(data, asked)
    draft.emit("case.status.changed", status_message(TABLES, draft.doc))
    act.request_birth(draft, "birth")
    return decision(draft.doc, draft.events)


def intake_refusal(asked: list[str], born: str, submitted: datetime) -> str | None:
    """Why dvclt itself refuses a submission, or `None`."""
    if "birth" not in asked:
        return "birth_not_asked"
    if "health_card" in asked and _age(born, submitted) >= CARD_BELOW_AGE:
        return "over_six"
    return None


def _age(born: str, on: datetime) -> int:
    first, last = (moment.astimezone(VN) for moment in (datetime.fromisoformat(born), on))
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def _document(data: dict[str, Any], submitted: str, kept: list[Parked]) -> Document:
    return {
        "chain": "birth",
        "procedure": data["procedure"],
        "province": data["province"],
        "commune": data["commune"],
        "status": "processing",
        "reason": None,
        "submitted": submitted,
        "due": None,
        "withdrawn": None,
        "updated": submitted,
        "ended": None,
        "services": {},
        "dossier": None,
        "results": {},
        "waiting": {},
        "parked": kept,
    }


def _refused(document: Document, asked: list[str], reason: str, moment: datetime) -> Decision:
    draft = Draft(TABLES, document, moment, {})
    for service in asked:
        state = TABLES[service].states["not_accepted"]
        draft.enter(service, state, since=draft.at, reason=reason)
    draft.doc |= {"status": "refused", "reason": reason, "ended": draft.at}
    draft.emit("case.status.changed", status_message(TABLES, draft.doc))
    return decision(draft.doc, draft.events)


def _application(data: dict[str, Any], asked: list[str]) -> dict[str, Any]:
    application = {name: data[name] for name in ("requester", "child", "mother", "father")}
    if "residence" in asked:
        application["household"] = data["household"]
    if "health_card" in asked:
        application["treatment_facility"] = data["treatment_facility"]
    return application
