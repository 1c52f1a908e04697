"""Types whose meaning depends on what they carry, or on whether the citizen withdrew before.

Each splitter is `split(chain, document, event, payload)`; what it answers is a column.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from hub.orchestrator.chain import Chain, Document, Variants
from hub.orchestrator.progress import PROGRESS, progress
from schemas.event import Event, to_text

STRANGER = "stranger"
"""It is about a service that the case's chain does not have."""

Data = Mapping[str, Any]


def case_variants(services: Sequence[str]) -> dict[str, Variants]:
    """The types that concern a case of any chain, with its services."""
    return {
        "case.submitted": Variants(("repeated", "another"), _submission),
        "case.supplement.provided": Variants((*services, "untimely", STRANGER), _answer),
        "case.withdrawal.requested": Variants(("first", "again", "overtaken"), _withdrawal),
        "supplement.requested": Variants(
            (
                *(f"{service}{more}" for service in services for more in ("", "/withdrawn")),
                "repeated",
                STRANGER,
            ),
            _supplement,
        ),
        "case.action.taken": Variants(
            (
                *(f"retry/{service}" for service in services),
                *(f"close/{service}{more}" for service in services for more in ("", "/withdrawn")),
                "noted",
                STRANGER,
            ),
            _action,
        ),
    }


def withdrawn_before(document: Document, event: Event) -> bool:
    """Whether the citizen withdrew before that was said."""
    withdrawn = document["withdrawn"]
    return withdrawn is not None and withdrawn < to_text(event.time)


def _fact(chain: Chain, document: Document, event: Event, data: Data) -> str:
    return "withdrawn" if withdrawn_before(document, event) else ""


FACT = Variants(("", "withdrawn"), _fact)
"""For what starts another service, which does not start once the citizen has withdrawn."""


def _progress(chain: Chain, document: Document, event: Event, data: Data) -> str:
    return progress(data["codes"])


DOSSIER_PROGRESS = Variants(PROGRESS, _progress)
"""What the one-stop's codes tell."""


def _submission(chain: Chain, document: Document, event: Event, data: Data) -> str:
    return "repeated" if to_text(event.time) == document["submitted"] else "another"


def _supplement(chain: Chain, document: Document, event: Event, data: Data) -> str:
    """The service, by who asks; `repeated` for a question dated before the latest one about it."""
    service = chain.deciding.get(event.system)
    if service is None:
        return STRANGER
    if repeated(document, service, event):
        return "repeated"
    return f"{service}/withdrawn" if withdrawn_before(document, event) else service


def repeated(document: Document, service: str, event: Event) -> bool:
    """Whether an event is not newer than the last that was asked for the service."""
    entry = document["services"].get(service)
    return entry is not None and to_text(event.time) <= (entry["asked"] or "")


def _answer(chain: Chain, document: Document, event: Event, data: Data) -> str:
    """The answered service; `untimely` for an answer dated before the question or too late."""
    service, at = data["service"], to_text(event.time)
    table = chain.tables.get(service)
    if table is None:
        return STRANGER
    entry = document["services"].get(service)
    if entry is None or entry["asked"] is None:
        return str(service)
    state, wait = entry["state"], document["waiting"].get(service)
    last = entry["since"] if wait is None else wait["until"]
    asked = table.states[state].expires or state in table.silenced
    return "untimely" if (asked and at > last) or at <= entry["asked"] else str(service)


def _withdrawal(chain: Chain, document: Document, event: Event, data: Data) -> str:
    """`overtaken`: something was asked for, or ended, that this withdrawal should have stopped."""
    if document["withdrawn"] is not None:
        return "again"
    at = to_text(event.time)
    overtaken = any(
        (entry["asked"] or "") > at
        or (entry["since"] > at and entry["state"] in chain.tables[service].expired)
        for service, entry in document["services"].items()
    )
    return "overtaken" if overtaken else "first"


def _action(chain: Chain, document: Document, event: Event, data: Data) -> str:
    """What an officer does to which service; `noted` for what changes nothing by itself."""
    action, service = data["action"], data["service"]
    if service is not None and service not in document["services"]:
        return STRANGER
    if service is not None and action == "close":
        return f"close/{service}" + ("/withdrawn" if withdrawn_before(document, event) else "")
    if service is not None and action == "retry" and not repeated(document, service, event):
        return f"retry/{service}"
    return "noted"
