"""How a case of any chain begins: accepted with its first request, or refused at once."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from connectors.runtime.handling import Decision
from hub.orchestrator.case import Draft
from hub.orchestrator.chain import Admission, Chain, Refusal, Sequencing
from hub.orchestrator.documents import Document, Parked, decision
from hub.orchestrator.messages import status_message
from schemas.event import VN, to_text
from schemas.procedures import codes_in_force
from schemas.regimes import competent_province, province_of_commune
from schemas.units import UnknownUnitError

_ELSEWHERE: Final = {
    "permanent_residence": "wrong_place_of_residence",
    "allowance_office": "wrong_place_of_allowance",
}
"""Places that a case can name beside its own → why one in another province is refused."""


def open_case(
    chain: Chain,
    data: dict[str, Any],
    submitted: datetime,
    sequence: Sequencing,
    kept: list[Parked],
) -> Decision:
    """What a submission makes of a new case; `kept` is what was parked before it came."""
    document = _document(data, to_text(submitted), kept)
    admitted = chain.intake(data, submitted, sequence)
    if isinstance(admitted, Admission):
        reason = _refusal(data, submitted.astimezone(VN).date())
        if reason is not None:
            admitted = Refusal(services=tuple(admitted.starts), reason=reason)
    if isinstance(admitted, Refusal):
        return _refused(chain, document, admitted, submitted)
    document["due"] = to_text(admitted.due)
    document["application"] = admitted.application
    if admitted.filed_late is not None:
        document["filed_late"] = admitted.filed_late.isoformat()
    draft = Draft(chain, document, submitted, data)
    starts = [(chain.tables[name], start) for name, start in admitted.starts.items()]
    for table, start in starts:
        draft.begin(table, table.states[start])
    draft.emit("case.status.changed", status_message(chain, draft.doc))
    for table, start in starts:
        if table.states[start].after is None:
            draft.send(table)
    return decision(draft.doc, draft.events, manual=draft.manual)


def _refusal(data: Mapping[str, Any], day: date) -> str | None:
    """Why a case of any chain is refused that the chain's own rules let in."""
    if _misplaced(data, day):
        return "wrong_place"
    for name, place in _places(data).items():
        if _misplaced(place, day):
            return _ELSEWHERE[name]
    codes = codes_in_force(data["chain"], day)
    if codes is not None and data["procedure"] not in codes:
        return "procedure_not_in_force"
    return None


def _places(data: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The province and commune of each place that a case names beside its own."""
    named = {name: data[name] for name in _ELSEWHERE if data.get(name) is not None}
    return {
        name: {part: place[part] for part in ("province", "commune")}
        for name, place in named.items()
    }


def _misplaced(place: Mapping[str, Any], day: date) -> bool:
    """Whether the commune of a place lies in another province than that place says.

    A commune that nobody knows is for an officer of the one-stop to find.
    """
    try:
        right = province_of_commune(place["commune"], day)
    except UnknownUnitError:
        return False
    try:
        return right != competent_province(place["province"], day)
    except UnknownUnitError:
        return True


def _document(data: Mapping[str, Any], submitted: str, kept: list[Parked]) -> Document:
    places = _places(data)
    return {
        "chain": data["chain"],
        "procedure": data["procedure"],
        "province": data["province"],
        "commune": data["commune"],
        **({"places": places} if places else {}),
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


def _refused(chain: Chain, document: Document, refusal: Refusal, moment: datetime) -> Decision:
    draft = Draft(chain, document, moment, {})
    for service in refusal.services:
        state = chain.tables[service].states["not_accepted"]
        draft.enter(service, state, since=draft.at, reason=refusal.reason)
    draft.doc |= {"status": "refused", "reason": refusal.reason, "ended": draft.at}
    draft.emit("case.status.changed", status_message(chain, draft.doc))
    return decision(draft.doc, draft.events)
