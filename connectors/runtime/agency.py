"""The agency port: how a connector speaks with the agency it stands for.

An agency takes a request now and has its outcome later (docs/architecture.md, “Decisions”);
both adapters, in process and over HTTP, are this one small protocol.

AgencyError
├── AgencyUnavailable   nobody answers, or the agency says so itself: everything has to wait
└── RequestFailed       this batch, or the one request it names: again later, or never
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


class AgencyError(Exception):
    """The root; `retryable` says whether the same call may succeed later."""

    retryable = True


class AgencyUnavailable(AgencyError):
    """The agency as a whole did not answer, or asked to be left alone for `retry_after` seconds."""

    def __init__(self, message: str, *, retry_after: float = 0.0) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RequestFailed(AgencyError):
    """The agency answered, and took nothing of the batch because of one request in it.

    `key` names that request where the agency can tell; `code` is the agency's own error code.
    Not `retryable`: it will refuse the request whenever it is sent.
    """

    def __init__(
        self, message: str, *, code: str, key: str | None = None, retryable: bool = False
    ) -> None:
        super().__init__(message)
        self.code = code
        self.key = key
        self.retryable = retryable


class Agency(Protocol):
    """What every agency offers. A key that it knows is success with the same result."""

    async def submit(self, requests: Sequence[Request]) -> None:
        """Hand over requests; when it returns, the agency has them on disk.

        Raises:
            AgencyUnavailable: none of them is certain to have arrived; send all again.
            RequestFailed: none of them was taken; without the one that fails, the others may be.
        """

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        """The next outcomes after `cursor`, oldest first. Nothing is forgotten by reading.

        Raises:
            AgencyUnavailable: ask again later.
        """

    async def ack(self, cursor: int) -> None:
        """The connector has every outcome up to `cursor` safe; the agency may forget them.

        Raises:
            AgencyUnavailable: say it again later.
        """
