"""What an allowance's cells do besides changing a state, and what its request says."""

from typing import Any

from hub.orchestrator.case import Draft
from hub.orchestrator.chains.death.intake import DECIDERS, groups_of
from schemas.amounts import Group
from schemas.deadlines import deadline
from schemas.event import to_text
from schemas.reasons import REFUSALS
from schemas.regimes import Office


def note_grant(draft: Draft, service: str) -> None:
    """Keep the decision; of two that of the higher sum."""
    data = draft.data
    granted = {
        "decider": DECIDERS[service],
        "group": data["group"],
        "vnd": data["vnd"],
        "decision": data["decision"],
    }
    _learn_highest(draft, "allowance", granted, "decider")


def note_paid(draft: Draft, service: str) -> None:
    """Keep what was paid, how and when; of two payments the higher one."""
    paid = {name: draft.data[name] for name in ("vnd", "method", "paid")}
    _learn_highest(draft, "paid", paid, "paid")


def _learn_highest(draft: Draft, name: str, found: dict[str, Any], or_else: str) -> None:
    # Two agencies' answers come in any order, so it must not matter which comes first.
    known = draft.doc["results"].get(name)
    if known is None or (known["vnd"], known[or_else]) < (found["vnd"], found[or_else]):
        draft.learn(name, found)


def decider(draft: Draft, service: str, office: Office) -> str:
    """The agency that is asked."""
    return DECIDERS[service]


def groups(draft: Draft, service: str, office: Office) -> list[Group]:
    """Those ticked groups on which it decides."""
    return list(groups_of(service, draft.doc["application"]["groups"]))


def granted_by_other(draft: Draft, service: str, office: Office) -> dict[str, Any] | None:
    """The other agency's allowance: its own decision, which it pays again, is no other."""
    granted: dict[str, Any] | None = draft.doc["application"].get("granted")
    return None if granted is None or granted["decider"] == DECIDERS[service] else granted


def payout(draft: Draft, service: str, office: Office) -> dict[str, Any]:
    """How the payee wants it, by what was said last."""
    application = draft.doc["application"]
    said: dict[str, Any] = application.get(f"payout/{service}", application["payout"])
    return said


def note_other_grant(draft: Draft, service: str) -> None:
    """Keep for the second agency what the first has just granted."""
    [other] = DECIDERS.keys() - {service}
    granted = {
        "decider": DECIDERS[other],
        "group": draft.data["group"],
        "vnd": draft.data["vnd"],
    }
    draft.doc["application"] = {**draft.doc["application"], "granted": granted}


def ask_for_account(draft: Draft, service: str) -> None:
    """The money came back: ask the citizen for another account, or to take cash.

    A withdrawal does not end that wait: the decision stands, and the sum is the payee's.
    """
    reason = REFUSALS[draft.data["reason"]]
    defect = {"pointer": "/payout/account", "vi": reason.vi, "en": reason.en}
    last = to_text(deadline("supplement", draft.moment).due)
    draft.ask(
        service,
        "case.supplement.requested",
        {"service": service, "defects": [defect], "due": last},
    )
    draft.wait(service, last, along=False)


def pay_again(draft: Draft, service: str) -> None:
    """Have the same decision paid as the citizen now says; the wait for that does not count.

    An answer without a way to be paid leaves it as it was.
    """
    draft.resume(service, counts=False, along=False)
    payout = draft.data["payout"]
    if payout is not None and (payout["method"] != "account" or payout["account"] is not None):
        draft.doc["application"] = {**draft.doc["application"], f"payout/{service}": payout}


def keep_sum(draft: Draft, service: str) -> None:
    """Nobody said how to pay: the decision stands, and the agency keeps the sum."""
    draft.close(service, "payout_uncollected")
