"""The bus port: records in partitions, read by assignment, written in batches.

One behaviour suite (`tests/connectors/runtime/test_bus.py`) proves that `memory` and `kafka` mean
the same by it. The batch is the unit: a send or a poll costs much more than a record in it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

Headers = Sequence[tuple[str, bytes]]
Message = tuple[bytes | None, bytes | None, list[tuple[str, bytes]]]
"""Key, value and headers of a record to write."""
Partition = tuple[str, int]
"""Topic and partition number."""
Batches = Mapping[Partition, Sequence[Message]]


MAX_RECORD_BYTES = 4 * 1024 * 1024
"""The largest record; much more than the router accepts, so that it can refuse with a reason."""


class Record(Protocol):
    """A record as it was read."""

    @property
    def topic(self) -> str: ...
    @property
    def partition(self) -> int: ...
    @property
    def offset(self) -> int: ...
    @property
    def timestamp(self) -> int: ...
    @property
    def key(self) -> bytes | None: ...
    @property
    def value(self) -> bytes | None: ...
    @property
    def headers(self) -> Headers: ...


class Producer(Protocol):
    """Writes batches. After an error it is spent: close it and make a new one."""

    async def send(self, batches: Batches) -> None:
        """Write every message; return when the broker has acknowledged all of them.

        Within a partition the order is kept, over calls too.

        Raises:
            RecordRefused: one record can never be written; nothing else is said of the rest.
            BrokerUnreachable: it is not known what was written.
        """

    async def close(self) -> None: ...


class Consumer(Protocol):
    """Reads partitions, each from the group's committed offset.

    They are the ones it was asked for; on an elastic bus those of them that its group gives it.
    """

    generation: int
    """Another number than before: the partitions were given out anew, and what was read and not
    committed comes again, here or elsewhere."""

    @property
    def partitions(self) -> Collection[Partition]:
        """What it reads now."""

    async def poll(self, limit: int, timeout: float) -> Sequence[Record]:
        """Up to `limit` records, a partition's in order; empty when `timeout` seconds pass.

        Raises:
            OffsetOutOfRange: the log does not hold the offset to read next.
            BrokerUnreachable: the broker has given no answer for `SILENCE_S` seconds of polling.
        """

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Remember for the group which offset to read next."""

    async def close(self) -> None: ...


class Bus(Protocol):
    """One broker or its stand-in."""

    async def create(self, topics: Sequence[str], partitions: int) -> None:
        """Create the topics that do not exist, then read all of them back and compare.

        Raises:
            BrokerUnreachable: nobody answers.
            TopicUnfit: a topic has another number of partitions, or a limit too low for the hub.
        """

    async def instance(self) -> str:
        """The id of the broker's cluster: another id is another broker."""

    async def ends(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        """The offset that the next record of each partition will have."""

    async def committed(
        self, group: str, partitions: Sequence[Partition]
    ) -> Mapping[Partition, int]:
        """The offset that a group will read next in each partition; 0 where it never committed."""

    async def producer(self) -> Producer: ...

    async def consumer(self, group: str, partitions: Sequence[Partition]) -> Consumer:
        """A consumer of these partitions, at the group's committed offsets.

        Raises:
            OffsetOutOfRange: a committed offset lies outside the log.
        """

    async def close(self) -> None: ...
