"""What the death chain's cells do besides changing a state: requests to send, results to note."""

from typing import Any

from hub.orchestrator.case import Draft
from hub.orchestrator.chains.death.intake import DECIDERS, groups_of
from schemas.deadlines import deadline
from schemas.event import to_text
from schemas.reasons import REFUSALS
from schemas.regimes import Office


def note_death(draft: Draft, service: str) -> None:
    """Keep the register entry, and the deceased for requests still to come."""
    draft.learn("death_entry", draft.data["entry"])
    parts = {name: part for name, part in draft.doc["application"].items() if name != "notice"}
    draft.doc["application"] = {**parts, "deceased": draft.data["deceased"]}


def note_removal(draft: Draft, service: str) -> None:
    """Keep the number of the notice of removal (form CT08)."""
    draft.learn("removal", draft.data["number"])


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


def request_death(draft: Draft, service: str, office: Office) -> None:
    """Ask the province's one-stop for the death registration."""
    doc, application = draft.doc, draft.doc["application"]
    draft.ask(
        service,
        "death.registration.requested",
        {
            "procedure": doc["procedure"],
            "province": office.province,
            "commune": office.commune,
            "requester": application["requester"],
            "deceased": application["deceased"],
            "notice": application["notice"],
            "due": doc["services"][service]["due"],
        },
    )


def request_removal(draft: Draft, service: str, office: Office) -> None:
    """Ask the commune police to remove the deceased from the residence register."""
    application = draft.doc["application"]
    draft.ask(
        service,
        "residence.removal.requested",
        {
            "deceased": application["deceased"],
            "requester": application["requester"],
            "commune": office.commune,
            "address": application["address"],
            "due": draft.doc["services"][service]["due"],
        },
    )


def request_allowance(draft: Draft, service: str, office: Office) -> None:
    """Ask the deciding agency for the allowance, or to pay again what it granted."""
    application, decider = draft.doc["application"], DECIDERS[service]
    granted = application.get("granted")
    if granted is not None and granted["decider"] == decider:
        granted = None  # its own decision is no other allowance
    draft.ask(
        service,
        "funeral-allowance.requested",
        {
            "decider": decider,
            "groups": list(groups_of(service, application["groups"])),
            "granted": granted,
            "deceased": application["deceased"],
            "province": office.province,
            "commune": office.commune,
            "payee": application["payee"],
            "payout": application.get(f"payout/{service}", application["payout"]),
            "due": draft.doc["services"][service]["due"],
        },
    )


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
