"""What the three tables of the birth chain share: their columns, states and plain answers."""

from collections.abc import Mapping
from typing import Any

from hub.orchestrator.chain import IGNORE, Column, Park, Splitter, State, always, inputs
from hub.orchestrator.progress import PROGRESS, progress
from schemas.event import Event, to_text


def _submission(document: Mapping[str, Any], event: Event, data: Mapping[str, Any]) -> str:
    return "repeated" if to_text(event.time) == document["submitted"] else "another"


def _progress(document: Mapping[str, Any], event: Event, data: Mapping[str, Any]) -> str:
    return progress(data["codes"])


SPLIT: dict[str, Splitter] = {"case.submitted": _submission, "dossier.progressed": _progress}
"""Types whose meaning depends on what they carry."""

INPUTS = inputs(
    "dvclt", {"case.submitted": ("repeated", "another"), "dossier.progressed": PROGRESS}
)
"""Every column that a table of this chain must have."""

UNEXPECTED = Park("not_expected")
CONTRADICTION = Park("contradicts_decision")

CASE: dict[str, Column] = {
    "case.submitted/repeated": always(IGNORE),
    "case.submitted/another": always(Park("submitted_again")),
    "case.supplement.provided": always(Park("supplement_provided")),
    "case.withdrawal.requested": always(Park("withdrawal")),
    "supplement.requested": always(Park("supplement_requested")),
    "dossier.progressed/supplement": always(Park("supplement_requested")),
    "dossier.progressed/disordered": always(Park("progress_disordered")),
    "delivery.rejected": always(Park("delivery_rejected")),
}
"""What concerns the case as a whole: the same in every state of every service."""

DOSSIER_EVENTS = tuple(
    name for name in INPUTS if name.startswith("dossier.progressed/") and name not in CASE
)
RESIDENCE_EVENTS = (
    "consent.requested",
    "consent.given",
    "consent.declined",
    "residence.registered",
    "residence.registration.refused",
)
CARD_EVENTS = ("health-card.issued", "health-card.refused")


def not_ours(*names: str) -> dict[str, Column]:
    """Columns of another service, which mean nothing to this one."""
    return {name: always(IGNORE) for name in names}


NOT_ASKED = State("not_asked", "Không yêu cầu", "not asked for", None, result="not_asked")
NOT_ACCEPTED = State(
    "not_accepted", "Không được tiếp nhận", "not accepted at intake", 3, result="refused"
)
STOPPED = State(
    "stopped", "Dừng vì khai sinh bị từ chối", "stopped: birth refused", 8, result="stopped"
)
