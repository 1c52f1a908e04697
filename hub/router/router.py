"""Moves batches from every `lt.in` to every `lt.out`, the log and the dead letters.

The router is stateless: it commits an input batch only after all that came of it, the log record
included, is acknowledged. What it repeats after a crash is absorbed by the receivers.
While one batch waits for its acknowledgements, the next is checked.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

import orjson

from connectors.runtime.bus import Bus, Consumer, Message, Partition, Producer, Record
from connectors.runtime.deadletters import dead_letter
from connectors.runtime.quarantine import Quarantine
from connectors.runtime.store import Start
from hub.router.checks import Accepted, Checks
from hub.router.rejected import Rejected
from hub.router.rejections import case_of, message, rejection
from hub.router.starts import NoStarts, Starts
from schemas.event import payload_hash
from schemas.systems import HUB
from schemas.topics import Topics, partition_of

BATCH = 250
"""Records of one poll.

More would cost fewer sends (some 140 µs a partition, whatever is in it), but no longer fit into a
core's cache: measured 69 µs an event at 4,000, 58 at 1,000, 51 at 500 and 47 at 250.
"""
LOGGED = 500
"""Events of one log record, so that it stays well under a broker's record limit."""
COMMIT_SECONDS = 0.1
"""How often offsets are committed under load: a commit costs some 400 µs, whatever is in it.

What a crash repeats is absorbed by the receivers, be it one batch or ten.
"""
YIELDS = 4
"""Turns that the event loop takes to hand a batch to the socket before the next is checked."""

REGION = 5000
"""Records that are looked at one by one when one of them ends the router: more than it routes
between two commits."""

GROUP = f"{HUB}-router"
"""The consumer group of every router worker."""

Buckets = defaultdict[Partition, list[Message]]
FORGOTTEN = NoStarts()
"""Nothing is noted: a router that nobody starts again."""


@dataclass(slots=True)
class RouterStats:
    """What one router process has done since it started."""

    accepted: int = 0
    delivered: int = 0
    rejected: int = 0
    batches: int = 0


class Router:
    """Worker `worker` of `workers`: input partitions p with p mod workers = worker.

    An error of the broker ends it; a new router reads on at the committed offsets.
    """

    def __init__(
        self,
        bus: Bus,
        topics: Topics,
        *,
        partitions: int,
        worker: int = 0,
        workers: int = 1,
        starts: Starts = FORGOTTEN,
    ) -> None:
        self._bus = bus
        self._topics = topics
        self._partitions = partitions
        self._worker = worker
        self._checks = Checks(topics)
        self._inputs: list[Partition] = [
            (topic, number)
            for topic in topics.inboxes()
            for number in range(partitions)
            if number % workers == worker % workers
        ]
        self._starts = starts
        self._quarantine = Quarantine(())
        self._consumer: Consumer | None = None
        self._producer: Producer | None = None
        self._sending: asyncio.Task[None] | None = None
        self._committing: asyncio.Task[None] | None = None
        self._offsets: dict[Partition, int] = {}
        self._acked: dict[Partition, int] = {}
        self._committed_at = 0.0
        self.stats = RouterStats()

    async def start(self) -> None:
        """Open the consumer and the producer."""
        if self._starts is not FORGOTTEN:
            self._quarantine = Quarantine(self._inputs, self._starts.read(), region=REGION)
        self._consumer = await self._bus.consumer(GROUP, self._inputs)
        self._producer = await self._bus.producer()

    async def close(self) -> None:
        """Finish the batch in flight and close both ends."""
        await self.settle()
        if self._consumer is not None:
            await self._consumer.close()
        if self._producer is not None:
            await self._producer.close()

    async def run(self) -> None:
        """Route until cancelled."""
        while True:
            await self.step(timeout=0.2)

    async def step(self, timeout: float) -> int:
        """Route one poll; the number of records it held. After 0 nothing is in flight."""
        assert self._consumer is not None, "start() comes first"
        records = await self._consumer.poll(BATCH, 0 if self._sending else timeout)
        if not records:
            await self.settle()
            return 0
        if self._quarantine.watching:
            self._note(self._quarantine.meet(records))
            if self._quarantine.suspects(records):
                await self._one_by_one(records)
                return len(records)
        buckets = self.route(records)
        await self._acknowledged()
        self._send(records, buckets)
        for _ in range(YIELDS):
            await asyncio.sleep(0)
        return len(records)

    async def _one_by_one(self, records: Sequence[Record]) -> None:
        """Take records of which one ends the process; the one that did is put aside."""
        assert self._consumer is not None, "start() comes first"
        assert self._producer is not None, "start() comes first"
        await self.settle()
        watch = self._quarantine
        for record in records:
            suspect, aside = watch.suspect(record), watch.kills(record)
            if suspect and not aside:
                self._note([watch.trying(record)])
            await self._producer.send(self._aside(record) if aside else self.route([record]))
            await self._consumer.commit({(record.topic, record.partition): record.offset + 1})
            if suspect:
                self._note([watch.passed(record)])

    def _note(self, starts: Sequence[Start]) -> None:
        if starts:
            self._starts.write(starts)

    def _aside(self, record: Record) -> Buckets:
        """A record that ended the process is refused without another look at its payload."""
        buckets: Buckets = defaultdict(list)
        log: list[list[Any]] = []
        self._reject(record, Rejected("process_killed"), buckets, log)
        self._log(log, buckets)
        return buckets

    def _send(self, records: Sequence[Record], buckets: Buckets) -> None:
        assert self._producer is not None, "start() comes first"
        self._offsets = {(r.topic, r.partition): r.offset + 1 for r in records}
        self._sending = asyncio.create_task(self._producer.send(buckets))
        self.stats.batches += 1

    async def settle(self) -> None:
        """Wait until all that was routed is acknowledged and its offsets are committed."""
        await self._acknowledged()
        await self._commit()
        await self._committed()

    async def _acknowledged(self) -> None:
        """Wait for the batch in flight; its offsets are committed in the background."""
        if self._sending is not None:
            sending, self._sending = self._sending, None
            await sending
            self._acked |= self._offsets
            if time.monotonic() - self._committed_at >= COMMIT_SECONDS:
                await self._commit()

    async def _commit(self) -> None:
        await self._committed()
        if self._acked and self._consumer is not None:
            self._committing = asyncio.create_task(self._consumer.commit(self._acked))
            self._acked = {}
            self._committed_at = time.monotonic()

    async def _committed(self) -> None:
        if self._committing is not None:
            committing, self._committing = self._committing, None
            await committing

    def route(self, records: Sequence[Record]) -> Buckets:
        """All that a batch of records becomes: outputs, log records and dead letters."""
        buckets: Buckets = defaultdict(list)
        log: list[list[Any]] = []
        for record in records:
            try:
                accepted = self._checks.accept(record)
            except Rejected as fault:
                self._reject(record, fault, buckets, log)
            else:
                log.append(self._deliver(record, accepted, buckets))
        for first in range(0, len(log), LOGGED):
            self._log(log[first : first + LOGGED], buckets)
        return buckets

    def _deliver(self, record: Record, accepted: Accepted, buckets: Buckets) -> list[Any]:
        route, headers, value = accepted.route, accepted.headers, accepted.value
        subject = headers["ce_subject"]
        key = headers.get("ce_partitionkey") or subject
        number = crc32(key) % self._partitions
        original = list(record.headers)
        whole = (key, value, original)
        for topic in route.whole_topics:
            buckets[topic, number].append(whole)
        digest = payload_hash(value)
        receivers = dict.fromkeys(route.whole, digest)
        for cut in route.cuts:
            part = cut.cutter(accepted.payload)
            receivers.update(dict.fromkeys(cut.receivers, payload_hash(part)))
            for topic in cut.topics:
                buckets[topic, number].append((key, part, original))
        self.stats.accepted += 1
        self.stats.delivered += len(receivers)
        cause = headers.get("ce_causationid")
        return [
            accepted.system,
            record.partition,
            record.offset,
            headers["ce_id"].decode(),
            route.name,
            headers["ce_time"].decode(),
            subject.decode(),
            digest,
            cause and cause.decode(),
            receivers,
        ]

    def _reject(
        self, record: Record, fault: Rejected, buckets: Buckets, log: list[list[Any]]
    ) -> None:
        system = self._checks.system(record.topic)
        letter = dead_letter(
            record, by=HUB, reason=fault.reason, pointer=fault.pointer, detail=fault.detail
        )
        told = rejection(record, system, fault)
        # dvclt must not wait for an answer that can't come.
        receivers = {system, "dvclt"} if case_of(dict(record.headers)) else {system}
        buckets[self._topics.dead_letters, record.partition].append(letter)
        number = partition_of(told.key, self._partitions)
        for receiver in sorted(receivers):
            buckets[self._topics.outbox(receiver), number].append(message(told))
        digest = payload_hash(told.payload)
        place = (HUB, record.partition, record.offset)
        entry = (told.id, told.name, told.time.isoformat(), told.subject, digest, told.causationid)
        log.append([*place, *entry, dict.fromkeys(sorted(receivers), digest)])
        self.stats.rejected += 1

    def _log(self, events: list[list[Any]], buckets: Buckets) -> None:
        body = {
            "router": self._worker,
            "at": datetime.fromtimestamp(time.time(), UTC).isoformat(),
            "events": events,
        }
        number = self._worker % self._partitions
        buckets[self._topics.log, number].append((None, orjson.dumps(body), []))
