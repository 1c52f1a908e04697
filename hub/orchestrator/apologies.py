"""*Phiếu xin lỗi và hẹn lại ngày trả kết quả*: a case that is late, told so with a new date, once.

A service is late when its agency still had it at the service's own date. That is judged by what
events say of themselves, whenever they arrive: the letter is dated then, and says what was known
then. It goes out when no answer dated before can come any more: with a timer, or with the end.
"""

from hub.orchestrator.case import Draft
from hub.orchestrator.messages import late_message
from schemas.deadlines import new_date
from schemas.event import from_text, to_text


def ask_head(draft: Draft, service: str) -> None:
    """The police ask the household head: from now on it is not they who may be late."""
    draft.let_go(service)


def ask_requester(draft: Draft, service: str) -> None:
    """Civil status has the requester check a draft: nor is it late from now on."""
    draft.let_go(service)


def when_time_passes(draft: Draft) -> None:
    """All that was said until the draft's moment has come: who should have answered is late."""
    tables = draft.chain.tables
    for service, entry in draft.doc["services"].items():
        if tables[service].states[entry["state"]].with_agency and entry["due"] <= draft.at:
            draft.let_go(service, late=True)
    _send(draft)


def when_it_ends(draft: Draft) -> None:
    """All that belongs to the case has come."""
    if not draft.doc["waiting"]:
        _send(draft)


def _send(draft: Draft) -> None:
    """Give the letter that is owed; the agencies' own dates stay.

    The new date is as many working days later as the case had at first (`limit.new_dates`: once).
    """
    doc, chain = draft.doc, draft.chain
    late: dict[str, str] | None = doc.pop("late", None)
    if late is None:
        return
    service, due = late["service"], late["due"]
    groups = doc["application"].get("groups", ())
    submitted, before = from_text(doc["submitted"]), from_text(due)
    asked, filed_late = doc["services"], "filed_late" in doc
    new = to_text(new_date(doc["chain"], groups, submitted, before, asked, filed_late=filed_late))
    doc["apology"] = {"service": service, "agency": chain.agency(service), "due": due}
    doc["due"] = max(doc["due"], new)
    message = late_message(chain, doc, new, doc["apology"])
    draft.emit("case.status.changed", message, time=before)
