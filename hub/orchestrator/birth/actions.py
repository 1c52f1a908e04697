"""What the birth chain's cells do besides changing a state: requests to send, results to note.

Every action is `action(draft, service)`; it writes to the draft and nowhere else.
"""

from hub.orchestrator.case import Draft


def note_progress(draft: Draft, service: str) -> None:
    """Keep the one-stop's dossier; codes are cumulative, so the longest list is the newest."""
    known, data = draft.doc["dossier"], draft.data
    if known is None or len(data["codes"]) > len(known["codes"]):
        draft.doc["dossier"] = {
            "code": data["dossier"],
            "agency": data["agency"],
            "codes": data["codes"],
        }


def note_birth(draft: Draft, service: str) -> None:
    """Keep the personal ID and the register entry, and the child for requests still to come."""
    child = draft.data["child"]
    draft.learn("personal_id", child["personal_id"])
    draft.learn("entry", draft.data["entry"])
    if "application" in draft.doc:
        draft.doc["application"] = {**draft.doc["application"], "child": child}


def refuse_case(draft: Draft, service: str) -> None:
    """Stage 1 was refused: its reason is the case's reason."""
    note_refusal(draft, service)
    draft.doc["reason"] = draft.data["reason"]


def note_refusal(draft: Draft, service: str) -> None:
    """Keep why a service was refused."""
    draft.doc["services"][service]["reason"] = draft.data["reason"]


def note_residence(draft: Draft, service: str) -> None:
    """Keep the number of the residence notice (form CT08)."""
    draft.learn("residence", draft.data["number"])


def note_card(draft: Draft, service: str) -> None:
    """Keep the card's number."""
    draft.learn("card", draft.data["card"])


def request_residence(draft: Draft, service: str) -> None:
    """Ask the commune police for the residence."""
    application = draft.doc["application"]
    draft.emit(
        "residence.registration.requested",
        {
            "child": application["child"],
            "requester": application["requester"],
            "household": application["household"],
            "due": draft.doc["due"],
        },
    )


def request_card(draft: Draft, service: str) -> None:
    """Ask social insurance for the card."""
    application = draft.doc["application"]
    draft.emit(
        "health-card.requested",
        {
            "child": application["child"],
            "requester": application["requester"],
            "province": draft.doc["province"],
            "commune": draft.doc["commune"],
            "treatment_facility": application["treatment_facility"],
            "due": draft.doc["due"],
        },
    )


def pass_deadline(draft: Draft, service: str) -> None:
    """Mark the service overdue."""
    draft.overdue(service)
