"""What the three tables of the birth chain share: their columns, states and plain answers."""

from collections.abc import Mapping
from typing import Any

from hub.orchestrator.birth import actions as act
from hub.orchestrator.chain import (
    EXPIRED,
    IGNORE,
    OTHERWISE,
    WITHDRAWN,
    Apply,
    Column,
    Park,
    Splitter,
    State,
    always,
    inputs,
)
from hub.orchestrator.progress import PROGRESS, progress
from schemas.event import Event, to_text
from schemas.systems import may_receive

Document = Mapping[str, Any]

SERVICES = ("birth", "residence", "health_card")
DECIDING = {
    "civil-status": "birth",
    "residence": "residence",
    "social-insurance": "health_card",
}
"""Who may ask for a supplement, and to which service."""


def _submission(document: Document, event: Event, data: Mapping[str, Any]) -> str:
    return "repeated" if to_text(event.time) == document["submitted"] else "another"


def _progress(document: Document, event: Event, data: Mapping[str, Any]) -> str:
    return progress(data["codes"])


def _withdrawn_before(document: Document, event: Event) -> bool:
    withdrawn = document["withdrawn"]
    return withdrawn is not None and withdrawn < to_text(event.time)


def _fact(document: Document, event: Event, data: Mapping[str, Any]) -> str:
    return "withdrawn" if _withdrawn_before(document, event) else ""


def _supplement(document: Document, event: Event, data: Mapping[str, Any]) -> str:
    """The service, by who asks; `repeated` for a question dated before the latest one about it."""
    service = DECIDING[event.system]
    entry = document["services"].get(service)
    if entry is not None and to_text(event.time) <= (entry["asked"] or ""):
        return "repeated"
    return f"{service}/withdrawn" if _withdrawn_before(document, event) else service


def _answer(document: Document, event: Event, data: Mapping[str, Any]) -> str:
    """The answered service; `untimely` for an answer dated before the question or too late."""
    service, at = data["service"], to_text(event.time)
    entry = document["services"].get(service)
    if entry is None or entry["asked"] is None:
        return str(service)
    wait = document["waiting"].get(service)
    last = entry["since"] if wait is None else wait["until"]
    late = entry["state"] in _AFTER_A_QUESTION and at > last
    return "untimely" if late or at <= entry["asked"] else str(service)


_AFTER_A_QUESTION = ("supplement_asked", "supplement_asked_again", "expired", "withdrawn")


def _withdrawal(document: Document, event: Event, data: Mapping[str, Any]) -> str:
    """`overtaken`: something was asked for, or ended, that this withdrawal should have stopped."""
    if document["withdrawn"] is not None:
        return "again"
    at = to_text(event.time)
    overtaken = any(
        (entry["asked"] or "") > at or (entry["state"] == "expired" and entry["since"] > at)
        for entry in document["services"].values()
    )
    return "overtaken" if overtaken else "first"


SPLIT: dict[str, Splitter] = {
    "case.submitted": _submission,
    "case.supplement.provided": _answer,
    "case.withdrawal.requested": _withdrawal,
    "supplement.requested": _supplement,
    "dossier.progressed": _progress,
    **dict.fromkeys(
        ("birth.registered", "residence.registered", "residence.registration.refused"), _fact
    ),
}
"""Types whose meaning depends on what they carry, or on whether the citizen withdrew before."""

_VARIANTS = {
    "case.submitted": ("repeated", "another"),
    "case.supplement.provided": (*SERVICES, "untimely"),
    "case.withdrawal.requested": ("first", "again", "overtaken"),
    "supplement.requested": (
        *(f"{service}{more}" for service in SERVICES for more in ("", "/withdrawn")),
        "repeated",
    ),
    "dossier.progressed": PROGRESS,
    **dict.fromkeys(
        ("birth.registered", "residence.registered", "residence.registration.refused"),
        ("", "withdrawn"),
    ),
}

FOREIGN = tuple(
    name
    for name in may_receive("dvclt")
    if name.startswith(("death.", "residence.remov", "funeral-allowance.", "payout.", "case.action."))
)
INPUTS = inputs("dvclt", _VARIANTS, SERVICES, FOREIGN)
"""Every column that a table of this chain must have."""

UNEXPECTED = Park("not_expected")
CONTRADICTION = Park("contradicts_decision")

CASE: dict[str, Column] = {
    "case.submitted/repeated": always(IGNORE),
    "case.submitted/another": always(Park("submitted_again")),
    "case.supplement.provided/untimely": always(IGNORE),
    "case.withdrawal.requested/first": {
        "not_asked not_accepted": IGNORE,
        "supplement_asked supplement_asked_again": Apply(None, act.stop_asking),
        OTHERWISE: Apply(None, act.note_withdrawal),
    },
    "case.withdrawal.requested/again": always(IGNORE),
    "case.withdrawal.requested/overtaken": always(Park("withdrawal")),
    "supplement.requested/repeated": always(IGNORE),
    "dossier.progressed/disordered": always(Park("progress_disordered")),
    "delivery.rejected": always(Park("delivery_rejected")),
}
"""What concerns the case as a whole."""

DOSSIER_EVENTS = tuple(
    name for name in INPUTS if name.startswith("dossier.progressed/") and name not in CASE
)
RESIDENCE_EVENTS = tuple(name for name in INPUTS if name.startswith(("consent.", "residence.")))
CARD_EVENTS = ("health-card.issued", "health-card.refused")


def not_ours(*names: str) -> dict[str, Column]:
    """Columns of another service, which mean nothing to this one."""
    return {name: always(IGNORE) for name in names}


def of_service(service: str) -> tuple[str, ...]:
    """The columns of a service's supplement: asked for, provided, and its ends."""
    return (
        f"supplement.requested/{service}",
        f"supplement.requested/{service}/withdrawn",
        f"case.supplement.provided/{service}",
        f"{EXPIRED}/{service}",
        f"{WITHDRAWN}/{service}",
    )


NOT_ASKED = State("not_asked", "Không yêu cầu", "not asked for", None, result="not_asked")
NOT_ACCEPTED = State(
    "not_accepted", "Không được tiếp nhận", "not accepted at intake", 3, result="refused"
)
STOPPED = State(
    "stopped", "Dừng vì khai sinh bị từ chối", "stopped: birth refused", 8, result="stopped"
)
CITIZEN_WITHDREW = State(
    "withdrawn", "Công dân đã rút hồ sơ", "withdrawn by the citizen", 7, result="withdrawn"
)

SUPPLEMENT_STATES = "supplement_asked supplement_asked_again"
RESUBMITTED = "resubmitted resubmitted_again"


def supplement_states(decision: str) -> tuple[State, ...]:
    """The states between an agency's question to the citizen and its next decision.

    A second question counts as overdue; there is no third. `decision`: what the service waits for
    when it is back with its agency.
    """
    return (
        State(
            "supplement_asked",
            "Chờ công dân bổ sung",
            "the citizen is asked for a supplement",
            5,
            waits="supplement",
            until="due",
            expires=True,
        ),
        State(
            "resubmitted",
            "Đã bổ sung, đang xử lý lại",
            "with the agency again, supplemented",
            4,
            waits=decision,
        ),
        State(
            "supplement_asked_again",
            "Chờ công dân bổ sung lần hai",
            "the citizen is asked a second time",
            5,
            waits="second_supplement",
            until="due",
            expires=True,
        ),
        State(
            "resubmitted_again",
            "Đã bổ sung lần hai, đang xử lý lại",
            "with the agency again, supplemented twice",
            4,
            waits=decision,
        ),
        State(
            "expired",
            "Từ chối: hết hạn bổ sung",
            "refused: no supplement in time",
            3,
            result="refused",
        ),
        CITIZEN_WITHDREW,
    )


def after_the_birth(waiting: str, request: Apply, *, at_once: str = "") -> dict[str, Column]:
    """What becomes of a service that waits for the birth, when that ends one way or another.

    `at_once`: those of the waiting states in which it is requested then; by default all.
    """
    stopped: Column = {waiting: Apply("stopped"), OTHERWISE: IGNORE}
    withdrawn: Column = {waiting: Apply("withdrawn", act.withdraw), OTHERWISE: IGNORE}
    return {
        **not_ours(*of_service("birth")),
        "birth.registered": {at_once or waiting: request, OTHERWISE: IGNORE},
        "birth.registered/withdrawn": withdrawn,
        "birth.registration.refused": stopped,
        f"{EXPIRED}/birth": stopped,
        f"{WITHDRAWN}/birth": withdrawn,
        "supplement.requested/birth/withdrawn": withdrawn,
    }


def supplement_columns(service: str, deciding: str, decided: str) -> dict[str, Column]:
    """A service's own cells for its supplement.

    `deciding`: the states in which its agency has it for the first time; `decided`: those in which
    the agency has decided. In all others nobody has asked the agency for anything yet.
    """
    asked, again, provided, expired, withdrawn = of_service(service)
    once_too_often = Park("supplement_requested")
    return {
        asked: {
            deciding: Apply("supplement_asked", act.ask_citizen),
            "resubmitted": Apply("supplement_asked_again", act.ask_citizen),
            f"resubmitted_again {SUPPLEMENT_STATES}": once_too_often,
            f"{decided} expired withdrawn": IGNORE,
            OTHERWISE: UNEXPECTED,
        },
        again: {
            f"{deciding} {RESUBMITTED}": Apply("withdrawn", act.withdraw),
            SUPPLEMENT_STATES: once_too_often,
            f"{decided} expired withdrawn": IGNORE,
            OTHERWISE: UNEXPECTED,
        },
        provided: {
            "supplement_asked": Apply("resubmitted", act.ask_agency_again),
            "supplement_asked_again": Apply("resubmitted_again", act.ask_agency_late),
            f"{RESUBMITTED} {decided}": IGNORE,
            OTHERWISE: Park("supplement_provided"),
        },
        expired: {SUPPLEMENT_STATES: Apply("expired", act.expire), OTHERWISE: IGNORE},
        withdrawn: {SUPPLEMENT_STATES: Apply("withdrawn", act.withdraw), OTHERWISE: IGNORE},
    }
