"""What a service says to its agency, and what its case keeps of the answer."""

from collections.abc import Callable
from typing import Any

from hub.orchestrator.case import Draft
from hub.orchestrator.chain import Action, Request
from schemas.catalogue import CATALOGUE
from schemas.regimes import Office

Part = Callable[[Draft, str, Office], Any]
"""A part of a request that no application has: `part(draft, service, office)`."""


def request_of(name: str, **own: Part) -> Request:
    """Asks an agency with an event of this type, whose model says what it needs to know.

    Each field is what the citizen applied for, by that name, but for `procedure` of the case,
    `province` and `commune` of the competent unit, `due` of the service, and those of its `own`.
    """
    fields = tuple(CATALOGUE[name].model.model_fields)

    def request(draft: Draft, service: str, office: Office) -> None:
        doc = draft.doc
        known = {
            **doc["application"],
            "procedure": doc["procedure"],
            "province": office.province,
            "commune": office.commune,
            "due": doc["services"][service]["due"],
            **{field: part(draft, service, office) for field, part in own.items()},
        }
        draft.ask(service, name, {field: known[field] for field in fields})

    return request


def keep(result: str, field: str) -> Action:
    """Keeps a field of the agency's answer as a result of the case."""

    def note(draft: Draft, service: str) -> None:
        draft.learn(result, draft.data[field])

    return note
