"""A Kafka that somebody else runs."""

from types import TracebackType
from typing import Self

from hub.brokers.errors import BrokerUnreachable
from hub.brokers.probe import ask, gives_producer_ids


class ExternalBroker:
    """The Kafka at HOST:PORT; entering it checks that it answers, and learns what it is."""

    engine = "external"

    def __init__(self, bootstrap: str) -> None:
        self.bootstrap = bootstrap
        self.instance = ""
        self.idempotent = False

    async def __aenter__(self) -> Self:
        answer = await ask(self.bootstrap)
        if not answer.instance:
            raise BrokerUnreachable(f"{self.bootstrap} names no cluster id (Kafka 0.10.1+ does)")
        self.instance = answer.instance
        self.idempotent = await gives_producer_ids(self.bootstrap)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Nothing to stop: the broker was there before."""

    def peak_rss_mb(self) -> float | None:
        """Return None: its process may be on another machine."""
        return None
