"""What an officer does with a case by hand: the events that say so.

Pure: the case as dvclt has it and the moment come in. Each action is `case.action.taken`, in
dvclt's own name; what an officer does in somebody else's stead is said beside it by the system
which that belongs to: a supplement and a withdrawal by the portal, a signed consent by VNeID.
"""

from collections.abc import Callable
from datetime import datetime

from pydantic import BaseModel

from hub.manual_checks import Document, Order, check_not_withdrawn, check_open, service_of
from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id, source_of
from schemas.payloads import (
    CaseActionTaken,
    CaseSupplementProvided,
    CaseWithdrawalRequested,
    ConsentAnswered,
    PersonRef,
    canonical,
)


def events_of(
    order: Order, case: str, document: Document, now: datetime, earlier: Callable[[str | None], int]
) -> list[Event]:
    """The events of an order at `now`: the action, and what is said beside it, if anything.

    Their ids derive from what is ordered of which service, and from how often it was `earlier`.

    Raises:
        ActionRefused: nothing of the case can be acted upon so.
        ValidationError: a text of the order does not fit the contract.
    """
    check_open(order, case, document)
    service = service_of(order, case, document, now)
    payload = {"service": service, "action": order.action, "by": order.by, "why": order.why}
    action = CaseActionTaken.model_validate(payload)
    beside = _beside(order, case, document, service)
    words = "" if beside is None else f"{beside[1]}|{canonical(beside[2]).decode()}"
    cause = derived_id(
        f"{case}|{order.action}|{service or ''}|{order.by}|{order.why}|{words}",
        "order",
        earlier(service),
    )
    first = _event("dvclt", "case.action.taken", action, case, now, cause, None)
    if beside is None:
        return [first]
    return [first, _event(*beside, case, now, cause, first.id)]


Beside = tuple[str, str, BaseModel]
"""Who says what: system, name of the event, payload."""


def _beside(order: Order, case: str, document: Document, service: str | None) -> Beside | None:
    match order.action:
        case "supplement":
            answer = {
                "service": service,
                "documents": order.brought.documents,
                "payout": order.brought.payout,
                "note": order.why,
            }
            payload = CaseSupplementProvided.model_validate(answer)
            return "portal", "case.supplement.provided", payload
        case "consent":
            head = document["application"]["household"]["head"]["personal_id"]
            name = "consent.given" if order.brought.agreed else "consent.declined"
            return "vneid", name, ConsentAnswered(by=head, method="signed")
        case "withdraw":
            check_not_withdrawn(case, document)
            requester = PersonRef.model_validate(document["application"]["requester"])
            wish = CaseWithdrawalRequested(requester=requester, note=order.why)
            return "portal", "case.withdrawal.requested", wish
        case _:
            return None


def _event(
    system: str,
    name: str,
    payload: BaseModel,
    case: str,
    at: datetime,
    cause: str,
    causation: str | None,
) -> Event:
    kind = CATALOGUE[name]
    return Event(
        id=derived_id(cause, name),
        source=source_of(system),
        type=kind.full,
        time=at,
        subject=case,
        payload=canonical(payload),
        dataschema=kind.dataschema,
        causationid=causation,
    )
