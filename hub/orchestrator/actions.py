"""What cells of any chain do besides changing a state.

Every action is `action(draft, service)`; it writes to the draft and nowhere else.
"""

from operator import itemgetter

from hub.orchestrator.case import Draft
from schemas.deadlines import deadline
from schemas.event import from_text, to_text


def note_progress(draft: Draft, service: str) -> None:
    """Keep the one-stop's dossier; codes are cumulative, so the longest list is the newest."""
    known, data = draft.doc["dossier"], draft.data
    if known is None or len(data["codes"]) > len(known["codes"]):
        draft.doc["dossier"] = {
            "code": data["dossier"],
            "agency": data["agency"],
            "codes": data["codes"],
        }


def note_refusal(draft: Draft, service: str) -> None:
    """Keep why a service was refused."""
    draft.close(service, draft.data["reason"])


def ask_citizen(draft: Draft, service: str) -> None:
    """Pass on what an agency finds missing; the citizen has 7 of its working days at least.

    A citizen who withdraws in that time ends the wait.
    """
    least = deadline("supplement", draft.moment, draft.chain.agency(service)).due
    last = max(to_text(from_text(draft.data["due"])), to_text(least))
    draft.ask(
        service,
        "case.supplement.requested",
        {"service": service, "defects": draft.data["defects"], "due": last},
    )
    withdrawn = draft.doc["withdrawn"]
    draft.wait(service, last if withdrawn is None else min(last, withdrawn))


def ask_citizen_again(draft: Draft, service: str) -> None:
    """Pass on what is missing still: a second question counts as overdue, whenever it ends."""
    ask_citizen(draft, service)
    known = (*draft.doc.get("overdue", ()), service)
    draft.doc["overdue"] = [name for name in draft.doc["services"] if name in known]


def end_wait(draft: Draft, service: str) -> None:
    """The supplement is there; the wait for it does not count."""
    draft.resume(service, counts=False)


def end_late_wait(draft: Draft, service: str) -> None:
    """A second supplement is there, and the wait for it counts."""
    draft.resume(service, counts=True)


def expire(draft: Draft, service: str) -> None:
    """The supplement did not come in time."""
    draft.close(service, "supplement_expired")


def note_withdrawal(draft: Draft, service: str) -> None:
    """Keep when the citizen withdrew: what would be asked for later is not."""
    draft.doc["withdrawn"] = draft.at


def stop_asking(draft: Draft, service: str) -> None:
    """The citizen withdraws instead of answering: the wait ends at that moment."""
    note_withdrawal(draft, service)
    draft.wait(service, min(draft.at, draft.doc["waiting"][service]["until"]))


def stop_looking(draft: Draft, service: str) -> None:
    """The citizen withdraws what nobody is known to receive: the wait ends at that moment."""
    note_withdrawal(draft, service)
    draft.wait(service, draft.at, along=False)


def withdraw(draft: Draft, service: str) -> None:
    """The citizen withdrew before this was asked for."""
    draft.close(service, "withdrawn")


def pass_deadline(draft: Draft, service: str) -> None:
    """Mark the service overdue; give it to an officer when it has long been so."""
    draft.overdue(service)


def note_action(draft: Draft, service: str) -> None:
    """Keep what an officer did, who and why; a repetition stays once."""
    action = {"at": draft.at} | {n: draft.data[n] for n in ("action", "service", "by", "why")}
    known = draft.doc.get("actions", [])
    if action not in known:
        draft.doc["actions"] = sorted([*known, action], key=itemgetter("at"))


def retry(draft: Draft, service: str) -> None:
    """An officer has the request sent again, as the next attempt."""
    note_action(draft, service)
    draft.renew(service)


def close_by_hand(draft: Draft, service: str) -> None:
    """An officer ends the service: it was dealt with outside the system."""
    note_action(draft, service)
    draft.close(service, "closed_by_officer")
