"""Gives an officer's order to a run that is up: written down, sent, and seen to be taken.

What an order sends stands in the run's submissions file first, so that the ledger can know it, and
so that an order which was stopped on its way is sent again as it was, and acts once.
"""

import asyncio
import fcntl
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import IO, Any

import orjson

from connectors.runtime.bus import Bus, Message, Partition
from connectors.runtime.manifest import Manifest, RunFolder
from connectors.runtime.store import reading
from connectors.runtime.submissions import actions_recorded, record_action
from hub.bootstrap import check_broker
from hub.manual_actions import events_of
from hub.manual_checks import Order
from schemas.bindings import to_kafka
from schemas.catalogue import CATALOGUE
from schemas.event import Event, from_text, source_of, to_text
from schemas.topics import partition_of

TWICE_S = 10.0
"""Real time in which the same words of the same officer are the same order: ours. Where no time
passes by itself, they are until dvclt has taken it."""
_POLL_S = 0.05

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why an event of an order did not have its effect; a code of rejections or of parking."""

    event: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An order as it stands: its line, whether it was given before, and what dvclt made of it."""

    line: Line
    before: bool
    """The same order was given a moment ago; nothing new was done."""
    taken: bool
    """dvclt has taken in all of it."""
    troubles: Sequence[Trouble] = ()

    def to_json(self) -> dict[str, Any]:
        """The order as JSON values."""
        said = ("name", "system", "id", "time")
        return {
            "case": self.line["case"],
            "action": self.line["action"],
            "events": [{name: event[name] for name in said} for event in self.line["events"]],
            "before": self.before,
            "taken": self.taken,
            "troubles": [asdict(trouble) for trouble in self.troubles],
        }


async def give(
    folder: RunFolder, manifest: Manifest, bus: Bus, order: Order, case: str, *, wait: float
) -> Done:
    """Have an order done, and wait up to `wait` real seconds until dvclt has taken it in.

    Raises:
        ActionRefused: it can't be done with the case as it stands.
        ValidationError: a text of the order does not fit the contract.
        BrokerLost, BrokerUnreachable: see `hub.bootstrap.check_broker`.
    """
    with _alone(folder) as file:
        line = _given_before(folder, manifest, order, case)
        before = line is not None
        events = _new(folder, manifest, order, case) if line is None else _events(line)
        await check_broker(bus, manifest)
        if line is None:
            line = record_action(file, case, events)
            file.flush()
        if not _taken(folder, line):
            await _send(manifest, bus, events)
    until = time.monotonic() + wait
    while not (taken := _taken(folder, line)):
        if _troubles(folder, line) or time.monotonic() >= until:
            break
        await asyncio.sleep(_POLL_S)
    return Done(line=line, before=before, taken=taken, troubles=_troubles(folder, line))


@contextmanager
def _alone(folder: RunFolder) -> Iterator[IO[bytes]]:
    """The submissions file to append to, while nobody else hands anything in."""
    with folder.submissions.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _given_before(folder: RunFolder, manifest: Manifest, order: Order, case: str) -> Line | None:
    """The line of the same order, given just now or never taken in."""
    same = _same(folder, order, case)
    if not same:
        return None
    just_now = manifest.speed is not None and _present(folder, manifest) < (
        from_text(same[-1]["events"][0]["time"]) + timedelta(seconds=TWICE_S * manifest.speed)
    )
    return same[-1] if just_now or not _noted(_document(folder, case), same[-1]) else None


def _new(folder: RunFolder, manifest: Manifest, order: Order, case: str) -> list[Event]:
    """What the order sends: now, and after all that the case has seen."""
    document, now = _document(folder, case), _present(folder, manifest)
    if "updated" in document:
        now = max(now, from_text(document["updated"]) + timedelta(milliseconds=1))

    def earlier(service: str | None) -> int:
        return sum(line["action"]["service"] == service for line in _same(folder, order, case))

    return events_of(order, case, document, from_text(to_text(now)), earlier)


def _document(folder: RunFolder, case: str) -> dict[str, Any]:
    return reading.state_of(folder.stores / "dvclt.db", case) or {}


def _same(folder: RunFolder, order: Order, case: str) -> list[Line]:
    """The lines of orders in the same words."""
    return [line for line in actions_recorded(folder, case) if _says(line, order)]


def _present(folder: RunFolder, manifest: Manifest) -> datetime:
    """The run's present moment; where no time passes by itself, up to where it has passed."""
    clock = manifest.clock(folder.passed)
    return clock.now() or clock.past() or from_text(manifest.start)


def _says(line: Line, order: Order) -> bool:
    """Whether a line is of an order in the same words."""
    action, brought = line["action"], order.brought
    if (action["action"], action["by"], action["why"]) != (order.action, order.by, order.why):
        return False
    if order.service not in (None, action["service"]):
        return False
    match order.action:
        case "supplement":
            said = line["events"][1]["payload"]
            papers = [paper.model_dump(mode="json") for paper in brought.documents]
            payout = None if brought.payout is None else brought.payout.model_dump(mode="json")
            return (said["documents"], said["payout"]) == (papers, payout)
        case "consent":
            name: str = line["events"][1]["name"]
            return bool(brought.agreed) == (name == "consent.given")
        case _:
            return True


def _events(line: Line) -> list[Event]:
    return [
        Event(
            id=said["id"],
            source=source_of(said["system"]),
            type=CATALOGUE[said["name"]].full,
            time=from_text(said["time"]),
            subject=line["case"],
            payload=orjson.dumps(said["payload"]),
            dataschema=CATALOGUE[said["name"]].dataschema,
            causationid=said["causationid"],
        )
        for said in line["events"]
    ]


async def _send(manifest: Manifest, bus: Bus, events: Sequence[Event]) -> None:
    batches: dict[Partition, list[Message]] = {}
    for event in events:
        place = manifest.topics.inbox(event.system), partition_of(event.key, manifest.partitions)
        message = (event.key.encode(), event.payload, to_kafka(event))
        batches.setdefault(place, []).append(message)
    producer = await bus.producer()
    try:
        await producer.send(batches)
    finally:
        await producer.close()


def _noted(document: Mapping[str, Any], line: Line) -> bool:
    """Whether dvclt's case shows the action."""
    return {**line["action"], "at": line["events"][0]["time"]} in document.get("actions", ())


def _taken(folder: RunFolder, line: Line) -> bool:
    """Whether dvclt shows the action and has taken in what was said beside it."""
    store, case = folder.stores / "dvclt.db", line["case"]
    document = _document(folder, case)
    if not _noted(document, line):
        return False
    tokens = {f"{said['system']}:{said['id']}" for said in line["events"]}
    return bool(document.get("ended")) or tokens <= reading.seen_of(store, case)


def _troubles(folder: RunFolder, line: Line) -> list[Trouble]:
    """What the hub or dvclt gave up or kept for an officer of what was said."""
    names = {said["id"]: said["name"] for said in line["events"]}
    document = _document(folder, line["case"])
    dead = [
        Trouble(event=names[letter["headers"]["ce_id"]], reason=letter["reason"], detail=where)
        for letter in reading.dead_letters_of(folder.hub_log, line["case"])
        if letter["headers"].get("ce_id") in names
        for where in [f"{letter['by']} {letter['pointer']}".strip()]
    ]
    kept = [
        Trouble(event=entry["name"], reason=entry["reason"], detail="dvclt")
        for entry in document.get("parked", ())
        if entry["id"] in names
    ]
    return dead + kept
