"""What a run needs of a broker, whoever runs it."""

from types import TracebackType
from typing import Protocol, Self


class Broker(Protocol):
    """A Kafka broker to be used inside `async with`; the attributes are valid there."""

    engine: str
    """The kind, as reports name it: `embedded`, `kafka` or `external`."""
    idempotent: bool
    """Whether its producers can be idempotent."""
    bootstrap: str
    """HOST:PORT for Kafka clients."""
    instance: str
    """The cluster's id: another one than in a run's manifest means that the records are gone."""

    async def __aenter__(self) -> Self:
        """Return when the broker answers; BrokerError when it doesn't."""
        ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Leave the broker; stop it where this object started it."""
        ...

    def peak_rss_mb(self) -> float | None:
        """Return the broker's peak memory in MiB, None where its process isn't ours to see."""
        ...
