"""Which of the two allowances an event is about: who decides on it says so, or its payload."""

from hub.orchestrator.chain import Chain, Document, Variants
from hub.orchestrator.chains.death.intake import DECIDERS
from hub.orchestrator.variants import Data, repeated, withdrawn_before
from schemas.event import Event

_SERVICES = tuple(DECIDERS)


def _decision(chain: Chain, document: Document, event: Event, data: Data) -> str:
    service = chain.deciding[event.system]
    return f"{service}/withdrawn" if withdrawn_before(document, event) else service


def _paid(chain: Chain, document: Document, event: Event, data: Data) -> str:
    return chain.deciding[data["decider"]]


def _unpaid(chain: Chain, document: Document, event: Event, data: Data) -> str:
    """The service; `repeated` for a failure dated before what was asked since."""
    service = chain.deciding[data["decider"]]
    return "repeated" if repeated(document, service, event) else service


DECISION = Variants(
    tuple(f"{service}{more}" for service in _SERVICES for more in ("", "/withdrawn")), _decision
)
PAID = Variants(_SERVICES, _paid)
UNPAID = Variants((*_SERVICES, "repeated"), _unpaid)
