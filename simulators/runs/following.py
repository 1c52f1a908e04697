"""Reading along on the hub's log: every event that the hub accepts, as it does so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from connectors.runtime.bus import Bus, Consumer
from connectors.runtime.manifest import Manifest
from schemas.event import from_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """An event of `system` about `case` that the hub accepted; `time` is the event's own."""

    case: str
    event: str
    system: str
    time: datetime


class LogWatch:
    """Reads `lt.log` under a group of its own."""

    def __init__(self, bus: Bus, manifest: Manifest, group: str = "log-watch") -> None:
        self._bus = bus
        self._group = group
        log = manifest.topics.log
        self._inputs = [(log, number) for number in range(manifest.partitions)]
        self._consumer: Consumer | None = None

    async def start(self) -> None:
        """Begin to read."""
        self._consumer = await self._bus.consumer(self._group, self._inputs)

    async def step(self, timeout: float) -> Sequence[Passed]:
        """What passed since."""
        assert self._consumer is not None, "start() comes first"
        return [
            Passed(case=subject, event=name, system=system, time=from_text(time))
            for record in await self._consumer.poll(1000, timeout)
            for system, _, _, _, name, time, subject, *_ in orjson.loads(record.value or b"")[
                "events"
            ]
        ]

    async def close(self) -> None:
        """Stop reading."""
        if self._consumer is not None:
            await self._consumer.close()
