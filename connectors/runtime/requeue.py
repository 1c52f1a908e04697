"""Sending a dead letter's record again, to the one that gave it up and to nobody else (rule 10).

A dead letter keeps 4 KiB of the payload, so the record is read again where it stands. What a
receiver gave up goes to that receiver's `lt.out` alone, marked, and clears its memory of the id;
what the router gave up goes back to its `lt.in`, since nobody has had it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from connectors.runtime.bus import Bus, Message, Partition, Record
from connectors.runtime.deadletters import REQUEUE
from connectors.runtime.errors import OffsetOutOfRange
from schemas.reasons import REFUSED
from schemas.systems import HUB
from schemas.topics import Topics

_POLL_S = 5.0


class RequeueRefused(Exception):
    """A record that can't be sent again; the message says why and what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requeue:
    """A record that stands ready to be written again."""

    place: Partition
    message: Message


async def prepared(bus: Bus, topics: Topics, letter: Mapping[str, Any]) -> Requeue:
    """The record of a dead letter as it must be written again.

    Raises:
        RequeueRefused: it would be refused again, or is not what it was.
        BrokerUnreachable: nobody answers.
    """
    _check(topics, letter)
    record = await _record(bus, letter)
    digest = hashlib.sha256(record.value or b"").hexdigest()
    if digest != letter["hash"]:
        raise RequeueRefused(
            f"at {letter['topic']}/{letter['partition']}/{letter['offset']} stands another payload "
            f"(SHA-256 {digest[:16]}…, the dead letter says {letter['hash'][:16]}…): the broker is "
            "not the one that the record was written to"
        )
    headers = [(name, value) for name, value in record.headers if name != REQUEUE]
    if letter["by"] != HUB:
        headers.append((REQUEUE, letter["letter"].encode()))
    return Requeue(
        place=(record.topic, record.partition), message=(record.key, record.value, headers)
    )


async def send(bus: Bus, requeue: Requeue) -> None:
    """Write the record; the broker has acknowledged it on return."""
    producer = await bus.producer()
    try:
        await producer.send({requeue.place: [requeue.message]})
    finally:
        await producer.close()


def _check(topics: Topics, letter: Mapping[str, Any]) -> None:
    reason, by, topic = letter["reason"], letter["by"], letter["topic"]
    if reason == "id_reused":
        raise RequeueRefused("its id belongs to another event: its sender sends it under a new id")
    if reason in REFUSED:
        raise RequeueRefused(
            f"the hub refused it ({reason}) and would again: its sender mends it and sends it anew"
        )
    if letter["offset"] < 0:
        raise RequeueRefused("no broker ever took it, so it stands nowhere")
    if topic not in (topics.inboxes() if by == HUB else [topics.outbox(by)]):
        raise RequeueRefused(f"{topic} is no topic on which {by} reads events of this run")


async def _record(bus: Bus, letter: Mapping[str, Any]) -> Record:
    place, offset = (letter["topic"], letter["partition"]), letter["offset"]
    group = f"requeue-{letter['topic']}-{letter['partition']}-{offset}"
    gone = RequeueRefused(f"{letter['topic']}/{letter['partition']}/{offset} is not there any more")
    try:
        if offset:
            first = await bus.consumer(group, [place])
            await first.commit({place: offset})
            await first.close()
        consumer = await bus.consumer(group, [place])
        try:
            found = await consumer.poll(1, _POLL_S)
        finally:
            await consumer.close()
    except OffsetOutOfRange:
        raise gone from None
    if not found or found[0].offset != offset:
        raise gone
    return found[0]
