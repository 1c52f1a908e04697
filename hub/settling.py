"""Which items of the manual queue still need an officer, and who has dealt with the others."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from connectors.runtime.store import ManualItem
from hub.orchestrator.building import SYSTEM
from hub.orchestrator.chains import CHAINS
from hub.orchestrator.labels import OVERDUE, UNIT_UNMAPPED, UNIT_WAIT

_OF_A_WAIT = ("overdue", "no_result_after_polls")
"""What an officer has because a service waits too long: no more, once it has an answer."""

Document = Mapping[str, Any]


class Standing(NamedTuple):
    """How an item stands."""

    service: str | None
    """The service that it is about, where it is about one."""
    open: bool
    """An officer still has to look at it."""
    settled: Mapping[str, Any] | None
    """The action of an officer that dealt with it, as the case document keeps it."""


def standing(system: str, item: ManualItem, document: Document) -> Standing:
    """How an item in a system's queue stands by dvclt's document of the case.

    An officer's first action since then, on the service that it is about, deals with it; any
    action where it is about none, and `settle` of the whole case with whatever it is about. What
    nobody was known to receive needs an officer until no service of the case waits for that.
    """
    service = _service(system, item, document)
    waiting: Mapping[str, Mapping[str, Any]] = document.get("waiting", {})
    since = [action for action in document.get("actions", ()) if action["at"] >= item.at]
    acted = next((one for one in since if _deals_with(one, service)), None)
    if item.reason == UNIT_UNMAPPED:
        unmapped = any(w["reason"].removeprefix(OVERDUE) == UNIT_WAIT for w in waiting.values())
        return Standing(None, unmapped, None if unmapped else acted)
    answered = item.reason in _OF_A_WAIT and service not in waiting
    return Standing(service, acted is None and not answered, acted)


def _deals_with(action: Mapping[str, Any], service: str | None) -> bool:
    of_all = action["action"] == "settle" and action["service"] is None
    return of_all or service in (None, action["service"])


def _service(system: str, item: ManualItem, document: Document) -> str | None:
    """Of dvclt's items that of the timer or of who said it, of another system's its own."""
    chain = CHAINS.get(document.get("chain", ""))
    if chain is None or item.reason == UNIT_UNMAPPED:
        return None
    kind, _, name = item.input.partition(":")
    if system != SYSTEM:
        service = chain.deciding.get(system)
    else:
        service = name if kind == "timer" else chain.deciding.get(kind)
    return service if service in document["services"] else None
