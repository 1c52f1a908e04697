"""The benchmark of the router alone: accepted events a second with one router process.

Everything is written to the `lt.in` topics first; then one router, in a process of its own, routes
it. The clock runs from its first poll to its last acknowledgement, with log, dead letters and
commits as in any run. What came out is counted by reading it back.
"""

import asyncio
import sys
from collections.abc import Callable
from itertools import islice
from typing import Any

import orjson

from connectors.runtime.bus import Bus, Message, Partition
from connectors.runtime.errors import RuntimeFault
from connectors.runtime.manifest import RunFolder
from hub.bootstrap import choose_broker, open_bus
from hub.lifeline import tethered
from hub.logtail import last_line
from schemas.bindings import to_kafka
from schemas.event import Event, payload_hash
from schemas.systems import RIGHTS, SYSTEMS
from schemas.topics import Topics, partition_of
from simulators.arrivals import Arrivals
from simulators.runs.live import Plan, manifest_of, name_of
from simulators.runs.route_events import route_events

_WRITTEN = 4000
"""Events of one write into `lt.in`."""
_SILENCE_S = 5.0

Progress = Callable[[str, int], None]
"""Told what is being done, and how many events of it are done."""


async def bench_route(
    plan: Plan, *, events: int, on_progress: Progress = lambda what, done: None
) -> dict[str, Any]:
    """Route `events` distinct events and return the report; `valid` if all of them came out."""
    folder = RunFolder.create(plan.home, plan.run or name_of(plan.seed))
    async with choose_broker(plan.broker, folder.logs / "broker.log") as broker:
        manifest = manifest_of(plan, folder, broker)
        folder.save(manifest)
        bus = open_bus(manifest)
        await bus.create(manifest.topics.all(), manifest.partitions)
        written = await _fill(bus, plan, events, on_progress)
        done = await _route(folder, events, on_progress)
        read = await _read_back(bus, plan, on_progress)
        return {
            "run": manifest.run,
            "valid": done["accepted"] == events and read == written.expected(),
            "engine": broker.engine,
            "events": events,
            "accepted": done["accepted"],
            "rejected": done["rejected"],
            "delivered": sum(read.values()),
            "seconds": round(done["seconds"], 3),
            "events_per_s": round(done["accepted"] / done["seconds"]),
            "cpu_us_per_event": round(done["cpu_seconds"] / events * 1e6, 1),
            "fan_out": round(done["delivered"] / events, 3),
            "cut_share": round(written.cut / events, 3),
            "mix": {"deaths": plan.mix.deaths},
            "types": dict(sorted(written.types.items())),
            "payload_bytes_mean": round(written.payload_bytes / events),
            "distinct_payloads": len(written.hashes),
            "batches": done["batches"],
            "settings": {"partitions": plan.partitions},
        }


class _Written:
    """What was put into the `lt.in` topics."""

    def __init__(self) -> None:
        self.types: dict[str, int] = {}
        self.hashes: set[str] = set()
        self.payload_bytes = 0
        self.cut = 0

    def count(self, event: Event) -> None:
        self.types[event.name] = self.types.get(event.name, 0) + 1
        self.hashes.add(payload_hash(event.payload))
        self.payload_bytes += len(event.payload)
        self.cut += any(fields is not None for fields in RIGHTS[event.name].receivers.values())

    def expected(self) -> dict[str, int]:
        """How many records each system must find, by the rights table."""
        found: dict[str, int] = {}
        for name, count in self.types.items():
            for system in RIGHTS[name].receivers:
                found[system] = found.get(system, 0) + count
        return found


async def _fill(bus: Bus, plan: Plan, events: int, on_progress: Progress) -> _Written:
    written = _Written()
    producer = await bus.producer()
    topics = Topics(prefix=plan.prefix)
    source = route_events(Arrivals(seed=plan.seed, start=plan.start, mix=plan.mix))
    done = 0
    try:
        while done < events:
            batches: dict[Partition, list[Message]] = {}
            for event in islice(source, min(_WRITTEN, events - done)):
                written.count(event)
                place = (topics.inbox(event.system), partition_of(event.key, plan.partitions))
                message = (event.key.encode(), event.payload, to_kafka(event))
                batches.setdefault(place, []).append(message)
                done += 1
            await producer.send(batches)
            on_progress("write", done)
    finally:
        await producer.close()
    return written


async def _route(folder: RunFolder, events: int, on_progress: Progress) -> dict[str, Any]:
    """What the router's process says that it did.

    Raises:
        RuntimeFault: it failed.
    """
    said: dict[str, Any] = {}
    log_path = folder.logs / "router.log"
    with log_path.open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            *tethered(
                [
                    *(sys.executable, "-m", "simulators.runs.route_worker"),
                    *(str(folder.path), str(events)),
                ]
            ),
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        assert process.stdout is not None, "a pipe was asked for"
        try:
            async for line in process.stdout:
                said = orjson.loads(line)
                on_progress("route", said.get("routed", events))
            code = await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if code:
        raise RuntimeFault(f"the router ended with code {code}: {last_line(log_path)} ({log_path})")
    return said


async def _read_back(bus: Bus, plan: Plan, on_progress: Progress) -> dict[str, int]:
    topics, numbers = Topics(prefix=plan.prefix), range(plan.partitions)
    systems = {topics.outbox(system): system for system in SYSTEMS}
    places = [(topic, number) for topic in systems for number in numbers]
    left = sum((await bus.ends(places)).values())
    found: dict[str, int] = {}
    consumer = await bus.consumer("bench-read-back", places)
    try:
        while left and (records := await consumer.poll(_WRITTEN, _SILENCE_S)):
            for record in records:
                system = systems[record.topic]
                found[system] = found.get(system, 0) + 1
            left -= len(records)
            on_progress("read", sum(found.values()))
    finally:
        await consumer.close()
    return found
