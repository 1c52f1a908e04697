"""A Kafka client that takes batches of few records, as aiokafka's does with many."""

import asyncio
from typing import Any


class Batch:
    """Takes `room` records; then `append` returns None, as aiokafka's builder does."""

    def __init__(self, room: int) -> None:
        self._room = room
        self.values: list[bytes | None] = []

    def append(self, *, value: bytes | None, **_: Any) -> object | None:
        """Take a record, or None where there is no room for it."""
        if len(self.values) == self._room:
            return None
        self.values.append(value)
        return object()


class Partition:
    """What of `AIOKafkaProducer` writes batches."""

    def __init__(self, room: int) -> None:
        self._room = room
        self.sent: list[Batch] = []

    def create_batch(self) -> Batch:
        """An empty batch."""
        return Batch(self._room)

    async def send_batch(
        self, batch: Batch, topic: str, *, partition: int
    ) -> "asyncio.Future[None]":
        """Keep the batch; it is acknowledged at once."""
        self.sent.append(batch)
        acknowledged: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        acknowledged.set_result(None)
        return acknowledged
