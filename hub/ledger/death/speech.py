"""What every event of a death says."""

from collections.abc import Callable

from hub.ledger.course import Said
from hub.ledger.death.case import DeathCase
from hub.ledger.death.model import CLOSED, DECIDERS
from hub.ledger.death.payments import decision, reference
from hub.ledger.death.places import addressed
from hub.ledger.death.records import entry, removed
from hub.ledger.speech import Payload, document, due_of, registration_refused
from hub.ledger.states import entry_in_events
from hub.ledger.texts import to_the_second


def _deceased(case: DeathCase) -> Payload:
    """The deceased once the case went through the one-stop, whose form has hours and minutes."""
    return {**case.deceased, "died": to_the_second(case.died)}


def _registration(case: DeathCase, said: Said) -> Payload:
    payload = {**case.payload, **case.place(said.time)._asdict()}
    names = ("procedure", "province", "commune", "requester", "deceased", "notice")
    return {**{name: payload[name] for name in names}, "due": due_of(said)}


def _entry_requested(case: DeathCase, said: Said) -> Payload:
    return {
        "dossier": case.codes.dossier,
        "agency": case.agency(said.told["asked"]),
        "commune": case.place(said.told["asked"]).commune,
        "requester": case.payload["requester"],
        "deceased": _deceased(case),
        "notice": case.payload["notice"],
    }


def _registered(case: DeathCase, said: Said) -> Payload:
    return {
        "deceased": _deceased(case),
        "notice": case.payload["notice"],
        "requester": case.payload["requester"],
        "entry": entry_in_events(case),
        "extract": document("death_extract", entry(case) or {}, "trich_luc"),
    }


def _removal_requested(case: DeathCase, said: Said) -> Payload:
    return {
        "deceased": _deceased(case),
        "requester": case.payload["requester"],
        "commune": case.addressed("residence/remove", said.time).commune,
        "address": addressed(case.payload, "residence/remove")["address"],
        "due": due_of(said),
    }


def _removed(case: DeathCase, said: Said) -> Payload:
    return {
        "personal_id": case.deceased["personal_id"],
        "number": case.ct08,
        "commune": case.commune("residence/remove"),
        "removed": to_the_second(said.time),
        "document": document("ct08", removed(case) or {}, "ct08"),
    }


def _removal_refused(case: DeathCase, said: Said) -> Payload:
    return _refusal(case, "residence_removal")


def _allowance_refused(case: DeathCase, said: Said) -> Payload:
    return _refusal(case, next(name for name, who in DECIDERS.items() if who == said.system))


def _refusal(case: DeathCase, service: str) -> Payload:
    reason = case.course.ends[service].reason
    return {"personal_id": case.deceased["personal_id"], "reason": reason}


def _allowance_requested(case: DeathCase, said: Said) -> Payload:
    payload, told = case.payload, said.told
    office = case.addressed(f"{told['decider']}/allowance", said.time)
    return {
        "decider": told["decider"],
        "groups": told["groups"],
        "granted": told["granted"],
        "deceased": _deceased(case),
        **office._asdict(),
        "payee": payload["payee"],
        "payout": told["payout"],
        "due": due_of(said),
    }


def _granted(case: DeathCase, said: Said) -> Payload:
    decider, grant = said.told["decider"], said.told["grant"]
    return {
        "personal_id": case.deceased["personal_id"],
        "group": grant.group,
        "vnd": grant.vnd,
        "decision": case.decision(decider),
        "decided": to_the_second(said.time),
        "payee": case.payload["payee"]["personal_id"],
        "document": document("allowance_decision", decision(decider)(case) or {}, "quyet_dinh"),
    }


def _sum(case: DeathCase, said: Said) -> Payload:
    decider = said.told["decider"]
    grant = case.granted(decider)
    return {
        "decider": decider,
        "decision": case.decision(decider),
        "decided_on": case.decided_on(decider).isoformat(),
        "vnd": grant.vnd if grant else None,
    }


def _payout_requested(case: DeathCase, said: Said) -> Payload:
    return {**_sum(case, said), "payee": case.payload["payee"], "payout": said.told["payout"]}


def _paid(case: DeathCase, said: Said) -> Payload:
    files = (one for one in case.course.files if one.step == "payout/pay")
    paid = next(one for one in files if one.outcome.causation == said.causations[0])
    return {
        **_sum(case, said),
        "method": said.told["payout"]["method"],
        "reference": reference(case, paid),
        "paid": to_the_second(said.time),
    }


def _failed(case: DeathCase, said: Said) -> Payload:
    return {**_sum(case, said), "method": said.told["payout"]["method"], "reason": CLOSED}


PAYLOADS: dict[str, Callable[[DeathCase, Said], Payload]] = {
    "death.registration.requested": _registration,
    "death.entry.requested": _entry_requested,
    "death.registered": _registered,
    "death.registration.refused": registration_refused,
    "residence.removal.requested": _removal_requested,
    "residence.removed": _removed,
    "residence.removal.refused": _removal_refused,
    "funeral-allowance.requested": _allowance_requested,
    "funeral-allowance.granted": _granted,
    "funeral-allowance.refused": _allowance_refused,
    "payout.requested": _payout_requested,
    "payout.made": _paid,
    "payout.failed": _failed,
}
