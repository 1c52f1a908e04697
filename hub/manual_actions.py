"""What an officer does with a case by hand: whether it can be done, and the events that say so.

Pure: the case as dvclt has it and the moment come in. Each action is `case.action.taken`, in
dvclt's own name; what an officer does in somebody else's stead is said beside it by the system
which that belongs to: a supplement and a withdrawal by the portal, a signed consent by VNeID.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel

from hub.orchestrator.chain import State
from hub.orchestrator.chains import TABLES
from hub.orchestrator.labels import CASE_STATUSES, OVERDUE, Label
from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id, from_text, source_of
from schemas.payloads import (
    CaseActionTaken,
    CaseSupplementProvided,
    CaseWithdrawalRequested,
    ConsentAnswered,
    DocumentRef,
    Payout,
    PersonRef,
    canonical,
)

ActionName = Literal["retry", "supplement", "consent", "withdraw", "close"]
Document = Mapping[str, Any]
_CONSENT, _ACCOUNT = "household_consent", "new_account"
"""What a service waits for when only one kind of answer helps."""


class ActionRefused(Exception):
    """It can't be done with this case as it stands; the message says why, in both languages."""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.vi = vi


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What somebody brought to the counter."""

    documents: tuple[DocumentRef, ...] = ()
    payout: Payout | None = None
    """Another way to be paid."""
    agreed: bool | None = None
    """What the household head signed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What an officer wants done. `service` None: the one that it can be about."""

    action: ActionName
    service: str | None
    by: str
    why: str
    brought: Brought = Brought()


def events_of(
    order: Order, case: str, document: Document, now: datetime, earlier: Callable[[str | None], int]
) -> list[Event]:
    """The events of an order at `now`: the action, and what is said beside it, if anything.

    Their ids derive from what is ordered of which service, and from how often it was `earlier`.

    Raises:
        ActionRefused: nothing of the case can be acted upon so.
        ValidationError: a text of the order does not fit the contract.
    """
    _check_open(case, document)
    service = None if order.action == "withdraw" else _service(order, case, document, now)
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


def _check_open(case: str, document: Document) -> None:
    if "chain" not in document:
        raise ActionRefused(
            f"dvclt does not have case {case}: there is nothing yet to act upon; "
            f"`lienthong case show {case}` shows what is known of it",
            f"phần mềm liên thông chưa có hồ sơ {case}; xem `lienthong case show {case}`",
        )
    if document["ended"] is not None:
        status = CASE_STATUSES[document["status"]]
        when = f"{from_text(document['ended']):%d/%m/%Y %H:%M}"
        raise ActionRefused(
            f"case {case} ended at {when} ({status.en}): nothing of it is open any more",
            f"hồ sơ {case} đã kết thúc lúc {when} ({status.vi}), không còn gì để xử lý",
        )


def _service(order: Order, case: str, document: Document, now: datetime) -> str:
    """The service that the order is about."""
    services: Mapping[str, Any] = document["services"]
    if order.service is not None and order.service not in services:
        known = ", ".join(services)
        raise ActionRefused(
            f"case {case} did not ask for {order.service!r}; it has {known}",
            f"hồ sơ {case} không có thủ tục {order.service!r}; chỉ có: {known}",
        )
    faults = {name: _fault(order, document, name, now) for name in services}
    if order.service is not None:
        fault = faults[order.service]
        if fault is not None:
            raise ActionRefused(f"{order.service}: {fault.en}", f"{order.service}: {fault.vi}")
        return order.service
    fitting = [name for name, fault in faults.items() if fault is None]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        names = ", ".join(fitting)
        raise ActionRefused(
            f"{order.action} can be about {names}: say which with --service",
            f"{order.action} có thể áp dụng cho {names}: hãy chọn bằng --service",
        )
    en = "".join(f"\n  {name}: {fault.en}" for name, fault in faults.items() if fault)
    vi = "; ".join(f"{name}: {fault.vi}" for name, fault in faults.items() if fault)
    raise ActionRefused(
        f"case {case} has nothing to {order.action}:{en}",
        f"hồ sơ {case} không có thủ tục nào để xử lý như vậy: {vi}",
    )


def _fault(order: Order, document: Document, service: str, now: datetime) -> Label | None:
    """Why the order can't be about a service; None if it can."""
    state = TABLES[service].states[document["services"][service]["state"]]
    if state.waits is None:
        return Label(f"không còn mở ({state.vi})", f"it is not open any more ({state.en})")
    match order.action:
        case "retry":
            return _not_with_agency(state)
        case "supplement":
            return _not_asked(state, order.brought) or _too_late(document, service, now)
        case "consent":
            return _no_consent(state) or _too_late(document, service, now)
        case _:
            return None


def _not_with_agency(state: State) -> Label | None:
    if state.expires:
        return Label(
            f"đang chờ công dân, không chờ cơ quan ({state.vi})",
            f"it waits for the citizen, not for an agency ({state.en}); `supplement` answers",
        )
    if state.after is not None:
        return Label(f"chưa được gửi đi ({state.vi})", f"it was not sent yet ({state.en})")
    return None


def _not_asked(state: State, brought: Brought) -> Label | None:
    if not state.expires:
        return Label(
            f"không chờ công dân bổ sung ({state.vi})",
            f"it is not waiting for a supplement ({state.en})",
        )
    if (state.waits == _ACCOUNT) == (brought.payout is not None):
        return None
    if brought.payout is None:
        return Label(
            "đang chờ cách nhận tiền khác: cần --payout",
            "it waits for another way to be paid: say which with --payout",
        )
    return Label(
        "đang chờ giấy tờ, không chờ cách nhận tiền: cần --document",
        "it waits for papers, not for a way to be paid: name them with --document",
    )


def _no_consent(state: State) -> Label | None:
    if state.waits == _CONSENT:
        return None
    return Label(
        f"không chờ chủ hộ đồng ý ({state.vi})",
        f"it is not waiting for the household head ({state.en})",
    )


def _too_late(document: Document, service: str, now: datetime) -> Label | None:
    until = from_text(document["waiting"][service]["until"])
    if now <= until and not document["waiting"][service]["reason"].startswith(OVERDUE):
        return None
    when = f"{until:%d/%m/%Y %H:%M}"
    return Label(f"đã hết hạn trả lời lúc {when}", f"the time to answer ended at {when}")


Beside = tuple[str, str, BaseModel]
"""Who says what: system, name of the event, payload."""


def _beside(order: Order, case: str, document: Document, service: str | None) -> Beside | None:
    application = document["application"]
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
            head = application["household"]["head"]["personal_id"]
            name = "consent.given" if order.brought.agreed else "consent.declined"
            return "vneid", name, ConsentAnswered(by=head, method="signed")
        case "withdraw":
            _check_not_withdrawn(case, document)
            requester = PersonRef.model_validate(application["requester"])
            wish = CaseWithdrawalRequested(requester=requester, note=order.why)
            return "portal", "case.withdrawal.requested", wish
        case _:
            return None


def _check_not_withdrawn(case: str, document: Document) -> None:
    if document["withdrawn"] is not None:
        when = f"{from_text(document['withdrawn']):%d/%m/%Y %H:%M}"
        raise ActionRefused(
            f"case {case} was withdrawn already, at {when}; what was under way then goes on",
            f"hồ sơ {case} đã được rút lúc {when}; phần việc đã chuyển đi vẫn được giải quyết",
        )


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
