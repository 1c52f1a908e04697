"""Stage 1: civil status enters the death."""

from hub.orchestrator.case import Draft
from hub.orchestrator.registration import registration, registration_first
from hub.orchestrator.requests import request_of


def note_death(draft: Draft, service: str) -> None:
    """Keep the register entry, and the deceased for requests still to come."""
    draft.learn("death_entry", draft.data["entry"])
    parts = {name: part for name, part in draft.doc["application"].items() if name != "notice"}
    draft.doc["application"] = {**parts, "deceased": draft.data["deceased"]}


FIRST = registration_first("death", "khai tử")
DEATH = registration(
    FIRST,
    en="Death registration",
    note=note_death,
    request=request_of("death.registration.requested"),
)
