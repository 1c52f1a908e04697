"""A deterministic bus in this process, for tests and for runs that must end alike."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from connectors.runtime.bus import MAX_RECORD_BYTES, Batches, Headers, Partition
from connectors.runtime.errors import OffsetOutOfRange, RecordRefused, TopicUnfit


@dataclass(frozen=True, slots=True)
class MemoryRecord:
    """A record of the memory bus; its timestamp is always 0."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    timestamp: int = 0


class MemoryBus:
    """Topics as lists. Consumers of one bus share its committed offsets, as on a broker."""

    def __init__(self, instance: str = "memory") -> None:
        self._instance = instance
        self._logs: dict[Partition, list[MemoryRecord]] = {}
        self._committed: dict[tuple[str, Partition], int] = {}
        self._partitions: dict[str, int] = {}
        self._arrived = asyncio.Event()

    async def create(self, topics: Sequence[str], partitions: int) -> None:
        for topic in topics:
            have = self._partitions.setdefault(topic, partitions)
            if have != partitions:
                raise TopicUnfit(f"topic {topic} has {have} partitions, expected {partitions}")
            for number in range(partitions):
                self._logs.setdefault((topic, number), [])

    async def instance(self) -> str:
        return self._instance

    async def ends(self, partitions: Sequence[Partition]) -> Mapping[Partition, int]:
        return {partition: len(self._logs[partition]) for partition in partitions}

    async def committed(
        self, group: str, partitions: Sequence[Partition]
    ) -> Mapping[Partition, int]:
        return {p: self._committed.get((group, p), 0) for p in partitions}

    async def producer(self) -> "MemoryProducer":
        return MemoryProducer(self)

    async def consumer(self, group: str, partitions: Sequence[Partition]) -> "MemoryConsumer":
        starts = await self.committed(group, partitions)
        for partition, offset in starts.items():
            self.read(partition, offset, 0)
        return MemoryConsumer(self, group, starts)

    async def close(self) -> None:
        self._logs.clear()

    def write(
        self, partition: Partition, key: bytes | None, value: bytes | None, headers: Headers
    ) -> None:
        """Append one record."""
        log = self._logs[partition]
        log.append(MemoryRecord(*partition, len(log), key, value, tuple(headers)))

    def read(self, partition: Partition, offset: int, limit: int) -> list[MemoryRecord]:
        """Records from `offset` on."""
        log = self._logs[partition]
        if offset > len(log):
            raise OffsetOutOfRange(
                f"{partition[0]}/{partition[1]}: offset {offset} is past the log's end {len(log)}"
            )
        return log[offset : offset + limit]

    def announce(self) -> None:
        """Wake every consumer that waits for records."""
        self._arrived.set()
        self._arrived = asyncio.Event()

    async def arrival(self, timeout: float) -> None:
        """Return when something was written, or after `timeout` seconds."""
        try:
            async with asyncio.timeout(timeout):
                await self._arrived.wait()
        except TimeoutError:
            return

    def commit(self, group: str, partition: Partition, offset: int) -> None:
        """Raise the group's next offset."""
        before = self._committed.get((group, partition), 0)
        self._committed[group, partition] = max(offset, before)


class MemoryProducer:
    """Writes to the lists at once."""

    def __init__(self, bus: MemoryBus) -> None:
        self._bus = bus

    async def send(self, batches: Batches) -> None:
        for (topic, number), messages in batches.items():
            for index, (key, value, headers) in enumerate(messages):
                if len(value or b"") > MAX_RECORD_BYTES:
                    raise RecordRefused(
                        "record is larger than 4 MiB", topic=topic, partition=number, index=index
                    )
                self._bus.write((topic, number), key, value, headers)
        if batches:
            self._bus.announce()

    async def close(self) -> None:
        return


class MemoryConsumer:
    """Reads its partitions in the order they were given."""

    def __init__(self, bus: MemoryBus, group: str, starts: Mapping[Partition, int]) -> None:
        self.generation = 0
        self._bus = bus
        self._group = group
        self._next = dict(starts)

    @property
    def partitions(self) -> Collection[Partition]:
        return self._next.keys()

    async def poll(self, limit: int, timeout: float) -> Sequence[MemoryRecord]:
        records = self._take(limit)
        if not records and timeout > 0:
            await self._bus.arrival(timeout)
            records = self._take(limit)
        return records

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        for partition, offset in offsets.items():
            self._bus.commit(self._group, partition, offset)

    async def close(self) -> None:
        return

    def _take(self, limit: int) -> list[MemoryRecord]:
        taken: list[MemoryRecord] = []
        for partition, offset in self._next.items():
            records = self._bus.read(partition, offset, limit - len(taken))
            self._next[partition] = offset + len(records)
            taken += records
        return taken
