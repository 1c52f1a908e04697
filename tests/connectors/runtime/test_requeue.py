"""Sending a dead letter's record again: what may be, where it goes, and what is refused."""

from typing import Any

import orjson
import pytest

from connectors.runtime.bus.kafka import KafkaBus
from connectors.runtime.bus.memory import MemoryBus
from connectors.runtime.deadletters import REQUEUE, dead_letter
from connectors.runtime.requeue import RequeueRefused, prepared, send
from hub.brokers.launched import LaunchedBroker
from schemas.reasons import REFUSED
from schemas.topics import Topics
from tests.connectors.runtime.desk import TOPICS, Desk
from tests.connectors.runtime.test_bus import read
from tests.connectors.runtime.toy import SYSTEM, asked, poisoned, refuse
from tests.delivery.processes import finished


async def given_up() -> tuple[Desk, dict[str, Any]]:
    """A system that gave one of three events up, and the dead letter about it."""
    desk = await Desk.open()
    await desk.feed(asked(2), poisoned(4), asked(6))
    await finished(desk)
    (letter,) = desk.letters()
    return desk, {"letter": "0/0", **letter}


async def test_the_record_goes_to_its_receiver_alone_whole_and_marked() -> None:
    """Same partition, key, headers and payload; the mark names the dead letter."""
    desk, letter = await given_up()
    again = await prepared(desk.bus, TOPICS, letter)
    (record,) = desk.bus.read((letter["topic"], letter["partition"]), letter["offset"], 1)
    assert again.place == (TOPICS.outbox(SYSTEM), record.partition)
    assert again.message == (record.key, record.value, [*record.headers, (REQUEUE, b"0/0")])


async def test_what_is_sent_again_is_handled_and_can_fail_again() -> None:
    """A letter of a requeued record can be requeued as well, marked once."""
    desk, letter = await given_up()
    await send(desk.bus, await prepared(desk.bus, TOPICS, letter))
    await finished(desk)
    second = {"letter": "0/1", **desk.letters()[1]}
    assert (second["reason"], second["event"]) == ("handler_failed", poisoned(4).id)
    desk.handler = refuse
    again = await prepared(desk.bus, TOPICS, second)
    assert [value for name, value in again.message[2] if name == REQUEUE] == [b"0/1"]
    await send(desk.bus, again)
    await finished(desk)
    assert poisoned(4).subject in {event.subject for event in desk.published()}
    assert len(desk.dead_letters()) == 2


async def test_what_the_router_gave_up_goes_back_to_its_input() -> None:
    """Nobody has had it, so the router delivers it to all; without a mark."""
    bus = MemoryBus()
    await bus.create(TOPICS.all(), 1)
    bus.write((TOPICS.inbox("portal"), 0), b"k", b"{}", [("ce_id", b"1")])
    (record,) = bus.read((TOPICS.inbox("portal"), 0), 0, 1)
    _, body, _ = dead_letter(record, by="hub", reason="process_killed")
    again = await prepared(bus, TOPICS, {"letter": "0/0", **orjson.loads(body or b"")})
    assert again.place == (TOPICS.inbox("portal"), 0)
    assert again.message == (b"k", b"{}", [("ce_id", b"1")])


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"reason": "id_reused"}, "under a new id"),
        *(({"by": "hub", "reason": code}, "its sender mends it") for code in REFUSED),
        ({"offset": -1}, "no broker ever took it"),
        ({"topic": TOPICS.outbox("portal")}, "no topic on which"),
        ({"by": "hub", "reason": "process_killed"}, "no topic on which"),
        ({"offset": 99}, "not there any more"),
        ({"hash": "0" * 64}, "another payload"),
    ],
)
async def test_what_can_not_be_sent_again_is_refused_with_the_reason(
    changes: dict[str, Any], why: str
) -> None:
    """It would be refused again, or is not what it was: nothing is written."""
    desk, letter = await given_up()
    with pytest.raises(RequeueRefused, match=why):
        await prepared(desk.bus, TOPICS, letter | changes)


@pytest.fixture(
    params=[
        pytest.param("embedded", marks=pytest.mark.embedded),
        pytest.param("kafka", marks=pytest.mark.kafka),
    ]
)
def launched(request: pytest.FixtureRequest) -> LaunchedBroker:
    """A real broker; skips where it can't be had."""
    broker: LaunchedBroker = request.getfixturevalue(request.param)
    return broker


async def test_a_record_in_the_middle_of_a_real_log_is_found_and_sent_again(
    launched: LaunchedBroker,
) -> None:
    """Also a second time: what was read for the first requeue is in nobody's way."""
    bus = KafkaBus(launched.bootstrap, idempotent=launched.idempotent)
    topics = Topics(prefix="requeued")
    place = (topics.outbox(SYSTEM), 1)
    await bus.create([place[0]], 2)
    producer = await bus.producer()
    await producer.send({place: [(b"k", b"%d" % n, [("n", b"%d" % n)]) for n in range(5)]})
    await producer.close()
    consumer = await bus.consumer("reader", [place])
    records = await read(consumer, 5)
    _, body, _ = dead_letter(records[3], by=SYSTEM, reason="handler_failed")
    letter = {"letter": "0/7", **orjson.loads(body or b"")}
    for _ in range(2):
        await send(bus, await prepared(bus, topics, letter))
    again = await read(consumer, 2)
    await consumer.close()
    assert [(r.value, r.headers[-1]) for r in again] == [(b"3", (REQUEUE, b"0/7"))] * 2
    with pytest.raises(RequeueRefused, match="not there any more"):
        await prepared(bus, topics, letter | {"offset": 99})
