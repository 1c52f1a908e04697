"""The agency port: how a connector speaks with the agency it stands for.

An agency takes a request now and has its outcome later (decision 13 of docs/architecture.md);
both adapters, in process and over HTTP, are this one small protocol.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from connectors.runtime.handling import Outcome


@dataclass(slots=True, kw_only=True)
class Request:
    """One request in the agency's own record format."""

    subject: str
    step: str
    attempt: int
    time: datetime
    record: Mapping[str, Any]
    cause: str

    @property
    def key(self) -> str:
        """The idempotency key: dossier + step + attempt. A re-send has the same key."""
        return f"{self.subject}/{self.step}/{self.attempt}"


class AgencyUnavailable(Exception):
    """The agency did not take the request or did not answer; the same call may succeed later."""


class Agency(Protocol):
    """What every agency offers. A key that it knows is success with the same result."""

    async def submit(self, requests: Sequence[Request]) -> None:
        """Hand over requests; when it returns, the agency has them on disk.

        Raises:
            AgencyUnavailable: none of them is certain to have arrived; send all again.
        """

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        """The next outcomes after `cursor`, oldest first. Nothing is forgotten by reading."""

    async def ack(self, cursor: int) -> None:
        """The connector has every outcome up to `cursor` safe; the agency may forget them."""
