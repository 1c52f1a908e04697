"""Stage 1: civil status enters the birth, and issues its certificate."""

from hub.orchestrator.case import Draft
from hub.orchestrator.chains.birth.certificate import CHECKED
from hub.orchestrator.registration import registration, registration_first
from hub.orchestrator.requests import request_of


def note_birth(draft: Draft, service: str) -> None:
    """Keep the personal ID and the register entry, and the child for requests still to come."""
    child = draft.data["child"]
    draft.learn("personal_id", child["personal_id"])
    draft.learn("entry", draft.data["entry"])
    parts = {n: p for n, p in draft.doc["application"].items() if n not in ("mother", "father")}
    draft.doc["application"] = {**parts, "child": child}


FIRST = registration_first("birth", "khai sinh")
BIRTH = registration(
    FIRST,
    en="Birth registration",
    note=note_birth,
    request=request_of("birth.registration.requested"),
    checked=CHECKED,
)
