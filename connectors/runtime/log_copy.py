"""Copies `lt.log` and `lt.dlq` into the run's folder."""

from connectors.runtime.bus import Bus, Consumer
from connectors.runtime.store.hub_log import HubLog
from schemas.topics import Topics

BATCH = 500
GROUP = "hub-log-copy"


class LogCopy:
    """Writes first, commits the offsets after; a record that comes again changes nothing."""

    def __init__(self, bus: Bus, file: HubLog, *, topics: Topics, partitions: int) -> None:
        self._bus = bus
        self._file = file
        self._log = topics.log
        self._inputs = [
            (t, p) for t in (topics.log, topics.dead_letters) for p in range(partitions)
        ]
        self._consumer: Consumer | None = None

    async def start(self) -> None:
        """Open the consumer."""
        self._consumer = await self._bus.consumer(GROUP, self._inputs)

    async def run(self) -> None:
        """Copy until cancelled."""
        while True:
            await self.step(timeout=0.2)

    async def step(self, timeout: float = 0.0) -> int:
        """Copy one poll; how many records it held."""
        assert self._consumer is not None, "start() comes first"
        records = await self._consumer.poll(BATCH, timeout)
        if records:
            self._file.write(
                [r for r in records if r.topic == self._log],
                [r for r in records if r.topic != self._log],
            )
            await self._consumer.commit({(r.topic, r.partition): r.offset + 1 for r in records})
        return len(records)

    async def close(self) -> None:
        """Close consumer and file."""
        if self._consumer is not None:
            await self._consumer.close()
        self._file.close()
