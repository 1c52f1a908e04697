"""A system's surroundings: bus, store, clock and agency, which outlive its processes."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from connectors.runtime.agency import Agency
from connectors.runtime.bus import Bus, Producer
from connectors.runtime.bus.memory import MemoryBus, MemoryRecord
from connectors.runtime.clock import VirtualClock
from connectors.runtime.handling import Handler
from connectors.runtime.participant import Participant
from connectors.runtime.processor import Processor
from connectors.runtime.store import Store
from connectors.runtime.store.memory import MemoryStore
from connectors.runtime.store.sqlite import SqliteStore
from schemas.bindings import from_kafka, to_kafka
from schemas.event import Event
from schemas.topics import Topics, partition_of
from tests.connectors.runtime.toy import START, SYSTEM, ToyAgency, handle

TOPICS = Topics()
PARTITIONS = 2


@dataclass(slots=True)
class Desk:
    """Writes what the router would deliver to the toy system, and reads what that publishes."""

    bus: MemoryBus = field(default_factory=MemoryBus)
    store: Store = field(default_factory=MemoryStore)
    path: Path | None = None
    """Where the store is kept, if it is SQLite."""
    clock: VirtualClock = field(default_factory=lambda: VirtualClock(START))
    agency: ToyAgency = field(default_factory=ToyAgency)
    handler: Handler = handle

    @classmethod
    async def open(cls, path: Path | None = None, **parts: Any) -> "Desk":
        """A desk with its topics; with a path the store is SQLite."""
        store: Store = MemoryStore() if path is None else SqliteStore(path, durable=False)
        desk = cls(store=store, path=path, **parts)
        await desk.bus.create(TOPICS.all(), PARTITIONS)
        return desk

    async def close(self) -> None:
        """Close the store."""
        await self.store.close()

    async def reopen(self) -> None:
        """What a process that died leaves: the file, and no open connection to it."""
        if self.path is not None:
            await self.store.close()
            self.store = SqliteStore(self.path, durable=False)

    async def processor(
        self,
        *,
        store: Store | None = None,
        bus: Bus | None = None,
        producer: Producer | None = None,
        worker: int = 0,
        workers: int = 1,
        **timing: Any,
    ) -> Processor:
        """A new process of the system, not yet started."""
        return Processor(
            SYSTEM,
            self.handler,
            store=store or self.store,
            bus=bus or self.bus,
            producer=producer or await self.bus.producer(),
            topics=TOPICS,
            partitions=PARTITIONS,
            clock=self.clock,
            worker=worker,
            workers=workers,
            **timing,
        )

    async def started(self, **parts: Any) -> Processor:
        """A new process of the system, started."""
        processor = await self.processor(**parts)
        await processor.start()
        return processor

    async def participant(self, agency: Agency | None = None, **parts: Any) -> Participant:
        """A new process with its agency, not yet started."""
        return Participant(await self.processor(**parts), agency or self.agency)

    async def feed(self, *events: Event) -> None:
        """Deliver events as the router does."""
        await self.deliver(*((e.subject, to_kafka(e), e.payload) for e in events))

    async def deliver(self, *records: tuple[str, list[tuple[str, bytes]], bytes | None]) -> None:
        """Deliver records: subject, headers, value."""
        for subject, headers, value in records:
            partition = (TOPICS.outbox(SYSTEM), partition_of(subject, PARTITIONS))
            self.bus.write(partition, subject.encode(), value, headers)
        self.bus.announce()

    def records(self, topic: str) -> list[MemoryRecord]:
        """All records of a topic."""
        return [r for p in range(PARTITIONS) for r in self.bus.read((topic, p), 0, 100_000)]

    def published(self) -> list[Event]:
        """What the system has published, repetitions included."""
        return [from_kafka(r.headers, r.value) for r in self.records(TOPICS.inbox(SYSTEM))]

    def dead_letters(self) -> list[MemoryRecord]:
        """The dead letters, repetitions included."""
        return self.records(TOPICS.dead_letters)

    def letters(self) -> list[dict[str, Any]]:
        """What the dead letters say."""
        return [orjson.loads(record.value or b"") for record in self.dead_letters()]

    async def unread(self) -> int:
        """How many delivered records the system has not committed."""
        mine = [(TOPICS.outbox(SYSTEM), p) for p in range(PARTITIONS)]
        ends, at = await self.bus.ends(mine), await self.bus.committed(SYSTEM, mine)
        return sum(ends[p] - at[p] for p in mine)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a reader of the SQLite file sees."""
        assert self.path is not None, "only a SQLite store has rows"
        reader = sqlite3.connect(f"file:{self.path}?mode=ro", uri=True)
        try:
            return reader.execute(sql).fetchall()
        finally:
            reader.close()


async def settle(participant: Participant) -> None:
    """Step until there is nothing to do at this moment."""
    while await participant.step():
        pass


def names(events: Iterable[Event]) -> list[tuple[str, str]]:
    """Subject and type of events, in order."""
    return [(event.subject, event.name) for event in events]
