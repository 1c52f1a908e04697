"""What the birth chain's cells do besides changing a state: requests to send, results to note."""

from collections.abc import Mapping
from typing import Any

from hub.orchestrator.case import Draft
from schemas.regimes import Office


def note_birth(draft: Draft, service: str) -> None:
    """Keep the personal ID and the register entry, and the child for requests still to come."""
    child = draft.data["child"]
    draft.learn("personal_id", child["personal_id"])
    draft.learn("entry", draft.data["entry"])
    parts = {n: p for n, p in draft.doc["application"].items() if n not in ("mother", "father")}
    draft.doc["application"] = {**parts, "child": child}


def note_residence(draft: Draft, service: str) -> None:
    """Keep the number of the residence notice (form CT08)."""
    draft.learn("residence", draft.data["number"])


def note_card(draft: Draft, service: str) -> None:
    """Keep the card's number."""
    draft.learn("card", draft.data["card"])


def commune_of_household(document: Mapping[str, Any]) -> str:
    """The commune in which the child will live."""
    return str(document["application"]["household"]["commune"])


def request_birth(draft: Draft, service: str, office: Office) -> None:
    """Ask the province's one-stop for the birth registration."""
    doc, application = draft.doc, draft.doc["application"]
    draft.ask(
        service,
        "birth.registration.requested",
        {
            "procedure": doc["procedure"],
            "province": office.province,
            "commune": office.commune,
            "requester": application["requester"],
            "child": application["child"],
            "mother": application["mother"],
            "father": application["father"],
            "due": doc["services"][service]["due"],
        },
    )


def request_residence(draft: Draft, service: str, office: Office) -> None:
    """Ask the commune police for the residence."""
    application = draft.doc["application"]
    draft.ask(
        service,
        "residence.registration.requested",
        {
            "child": application["child"],
            "requester": application["requester"],
            "household": {**application["household"], "commune": office.commune},
            "due": draft.doc["services"][service]["due"],
        },
    )


def request_card(draft: Draft, service: str, office: Office) -> None:
    """Ask social insurance for the card."""
    application = draft.doc["application"]
    draft.ask(
        service,
        "health-card.requested",
        {
            "child": application["child"],
            "requester": application["requester"],
            "province": office.province,
            "commune": office.commune,
            "treatment_facility": application["treatment_facility"],
            "due": draft.doc["services"][service]["due"],
        },
    )
