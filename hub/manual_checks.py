"""Whether an officer's order can be about a case as dvclt has it, and about which service of it.

Pure: the case's document and the moment come in.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from hub.orchestrator.chain import State
from hub.orchestrator.chains import TABLES
from hub.orchestrator.labels import CASE_STATUSES, OVERDUE, Label
from schemas.event import from_text
from schemas.payloads import DocumentRef, Payout

ActionName = Literal["retry", "supplement", "consent", "withdraw", "close", "settle"]
Document = Mapping[str, Any]
_NOTHING: Mapping[str, Label] = {
    "retry": Label("yêu cầu nào để gửi lại", "request to send again"),
    "supplement": Label("thủ tục nào đang chờ bổ sung", "service that waits for a supplement"),
    "consent": Label("thủ tục nào đang chờ chủ hộ đồng ý", "service that waits for a consent"),
    "close": Label("thủ tục nào để kết thúc", "service to close"),
}
"""What a case does not have with which nothing of an order can be done."""
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


def check_open(order: Order, case: str, document: Document) -> None:
    """Let an order be about a case that dvclt has; only `settle` about one that has ended.

    Raises:
        ActionRefused: it has not, or it has.
    """
    if "chain" not in document:
        raise ActionRefused(
            f"dvclt does not have case {case}: there is nothing yet to act upon; "
            f"`lienthong case show {case}` shows what is known of it",
            f"phần mềm liên thông chưa có hồ sơ {case}; xem `lienthong case show {case}`",
        )
    if document["ended"] is not None and order.action != "settle":
        status = CASE_STATUSES[document["status"]]
        when = f"{from_text(document['ended']):%d/%m/%Y %H:%M}"
        raise ActionRefused(
            f"case {case} ended at {when} ({status.en}): nothing of it is open any more",
            f"hồ sơ {case} đã kết thúc lúc {when} ({status.vi}), không còn gì để xử lý",
        )


def service_of(order: Order, case: str, document: Document, now: datetime) -> str | None:
    """The service that the order is about; None: the case as a whole.

    Raises:
        ActionRefused: it can be about none, or about several and does not say which.
    """
    services: Mapping[str, Any] = document["services"]
    if order.service is not None and order.service not in services:
        known = ", ".join(services)
        raise ActionRefused(
            f"case {case} did not ask for {order.service!r}; it has {known}",
            f"hồ sơ {case} không có thủ tục {order.service!r}; chỉ có: {known}",
        )
    if order.action in ("withdraw", "settle"):
        return None if order.action == "withdraw" else order.service
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
        f"case {case} has no {_NOTHING[order.action].en}:{en}",
        f"hồ sơ {case} không có {_NOTHING[order.action].vi}: {vi}",
    )


def check_queued(order: Order, case: str, queued: Collection[str | None]) -> None:
    """Let something be dealt with: `queued` are the services of what officers still have of the
    case, None where that is about no service.

    Raises:
        ActionRefused: there is nothing, or nothing about the order's service.
    """
    if order.service is None and queued:
        return
    if None in queued or order.service in queued:
        return
    en, vi = "", ""
    if order.service is not None:
        en, vi = f" about {order.service}", f" về {order.service}"
    raise ActionRefused(
        f"case {case} has nothing{en} in any manual queue that an officer still has to look at; "
        "`lienthong case list --manual` shows the cases that have",
        f"hồ sơ {case} không có việc nào{vi} trong hàng đợi thủ công còn chờ cán bộ; "
        "xem `lienthong case list --manual`",
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


def check_not_withdrawn(case: str, document: Document) -> None:
    """Let a case be withdrawn once.

    Raises:
        ActionRefused: it was.
    """
    if document["withdrawn"] is not None:
        when = f"{from_text(document['withdrawn']):%d/%m/%Y %H:%M}"
        raise ActionRefused(
            f"case {case} was withdrawn already, at {when}; what was under way then goes on",
            f"hồ sơ {case} đã được rút lúc {when}; phần việc đã chuyển đi vẫn được giải quyết",
        )
