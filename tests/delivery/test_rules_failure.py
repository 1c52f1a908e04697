"""Delivery rules 11 to 15: what happens to the rest when something fails.

Each test takes nothing from fixtures, so that `test_rules_bite` can run the same function with the
rule taken away and see it fail.
"""

from typing import Any

import orjson
import pytest

from connectors.runtime.bus import MAX_RECORD_BYTES, Message
from connectors.runtime.bus.kafka import KafkaProducer
from connectors.runtime.bus.memory import MemoryBus
from connectors.runtime.errors import BrokerUnreachable, RecordRefused
from connectors.runtime.handling import Decision, Emit, Input, State
from hub.router import GROUP, Router
from schemas.event import Event
from schemas.examples import example
from schemas.systems import RIGHTS, SYSTEMS
from tests.connectors.runtime.crashes import Crash, Fuse, abandon_tasks
from tests.connectors.runtime.desk import TOPICS, Desk, names
from tests.connectors.runtime.toy import (
    REFUSAL,
    ToyAgency,
    asked,
    case,
    consented,
    refuse,
)
from tests.delivery.partition import Batch, Partition
from tests.delivery.processes import dies, finished
from tests.hub.router.records import record, with_value


async def test_rule_11_a_rejection_of_a_case_is_told_to_dvclt() -> None:
    """So that the case does not wait for an answer that can't come."""
    router = Router(MemoryBus(), TOPICS, partitions=1)
    buckets = router.route([with_value(b"{", example("birth.registered"))])
    assert (TOPICS.outbox("civil-status"), 0) in buckets
    assert (TOPICS.outbox("dvclt"), 0) in buckets


async def test_rule_12_an_outcome_is_forgotten_only_when_it_is_safe() -> None:
    """A connector that dies between collecting and its transaction collects again."""
    desk = await Desk.open(agency=ToyAgency(open=False))
    await desk.feed(asked(2))
    await finished(desk)
    desk.agency.open = True
    await dies(desk, "before MemoryStore.commit")
    await finished(desk)
    assert names(desk.published()) == [(case(2), "residence.registered")]
    assert desk.agency.waiting == []


class Breaking:
    """A producer that is lost after it wrote the first of its records."""

    def __init__(self, bus: MemoryBus) -> None:
        self._bus = bus
        self.sends = 0

    async def send(self, batches: Any) -> None:
        self.sends += 1
        for partition, messages in batches.items():
            self._bus.write(partition, *messages[0])
            raise BrokerUnreachable("the connection broke")

    async def close(self) -> None:
        return


async def test_rule_13_after_an_error_a_new_producer_publishes_the_outbox() -> None:
    """The old one is not asked again, and nothing that it may have sent is missing or doubled."""
    desk = await Desk.open(handler=refuse)
    broken = Breaking(desk.bus)
    processor = await desk.started(producer=broken)
    await desk.feed(asked(1), consented(1))
    with pytest.raises(BrokerUnreachable):
        await processor.step(timeout=0)
    assert broken.sends == 1, "nothing is retried inside"
    await finished(desk)
    causes = [event.causationid for event in desk.published()]
    assert causes == [asked(1).id, asked(1).id, consented(1).id]
    assert len({event.id for event in desk.published()}) == 2


async def test_rule_14_a_record_that_does_not_fit_begins_the_next_batch() -> None:
    """However small batches are, every record is sent once and in its order."""
    client = Partition(room=3)
    messages: list[Message] = [(b"k", str(n).encode(), []) for n in range(10)]
    await KafkaProducer(client).send({("lt.in.portal", 0): messages})
    assert [value for batch in client.sent for value in batch.values] == [
        str(n).encode() for n in range(10)
    ]
    assert [len(batch.values) for batch in client.sent] == [3, 3, 3, 1]
    assert isinstance(client.sent[0], Batch)


async def test_rule_14_a_large_record_reaches_the_router_and_is_refused_with_a_reason() -> None:
    """Input topics take up to 4 MiB, so that the sender hears why; the dead letter is short."""
    bus = MemoryBus()
    await bus.create(TOPICS.all(), 1)
    producer = await bus.producer()
    value = b"x" * (MAX_RECORD_BYTES - 1000)
    try:
        await producer.send({(TOPICS.inbox("portal"), 0): [(b"k", value, [*record().headers])]})
    except Exception as error:
        raise AssertionError("the record did not reach the router") from error
    router = Router(bus, TOPICS, partitions=1)
    await router.start()
    while await router.step(timeout=0):
        pass
    (letter,) = bus.read((TOPICS.dead_letters, 0), 0, 10)
    body = orjson.loads(letter.value or b"")
    assert (body["reason"], body["size"]) == ("payload_too_large", len(value))
    assert len(letter.value or b"") < 16_000
    (told,) = bus.read((TOPICS.outbox("portal"), 0), 0, 10)
    assert orjson.loads(told.value or b"")["reason"] == "payload_too_large"


async def test_rule_14_a_record_that_the_broker_refuses_is_dead_lettered() -> None:
    """Cut to its hash and 4 KiB; what stands behind it goes on."""

    def verbose(state: State, given: Input) -> Decision:
        if given.subject == case(2):
            return Decision(
                state={},
                events=[Emit(name=REFUSAL, data={"reason": "x" * 5_000_000}, time=given.time)],
            )
        return refuse(state, given)

    desk = await Desk.open(handler=verbose)
    await desk.feed(asked(2), asked(4))
    try:
        await finished(desk)
    except RecordRefused as refused:
        pytest.fail(f"the process ends, and would end again after each start: {refused}")
    assert (case(4), REFUSAL) in names(desk.published())
    (letter,) = desk.letters()
    assert letter["reason"] == "refused_by_broker"
    assert letter["size"] > 5_000_000
    assert len(letter["payload"]) < 6000


async def test_rule_15_the_router_commits_after_every_acknowledgement() -> None:
    """It may die at any moment: another one makes of the same records what is missing."""
    events = [example(name) for name in ("case.submitted", "birth.registered", "consent.given")]
    for point in ("before send", "amid send", "after send"):
        bus = MemoryBus()
        await bus.create(TOPICS.all(), 1)
        for event in events:
            one = record(event)
            bus.write((one.topic, 0), one.key, one.value, one.headers)
        await _router_dies(bus, point)
        again = Router(bus, TOPICS, partitions=1)
        await again.start()
        while await again.step(timeout=0):
            pass
        await again.close()
        for event in events:
            _assert_delivered(bus, event, point)
        inputs = [(topic, 0) for topic in TOPICS.inboxes()]
        assert await bus.committed(GROUP, inputs) == await bus.ends(inputs)


async def _router_dies(bus: MemoryBus, point: str) -> None:
    fuse = Fuse(lambda number: fuse.passed[-1] == point)
    router = Router(fuse.guard(bus), TOPICS, partitions=1)
    await router.start()
    with pytest.raises(Crash):
        while await router.step(timeout=0):
            pass
    await abandon_tasks()


def _assert_delivered(bus: MemoryBus, event: Event, point: str) -> None:
    for system in SYSTEMS:
        ids = {dict(r.headers)["ce_id"] for r in bus.read((TOPICS.outbox(system), 0), 0, 100)}
        expected = system in _receivers(event)
        assert (event.id.encode() in ids) == expected, f"{system}, dead {point}"
    entries = [
        entry[3]
        for r in bus.read((TOPICS.log, 0), 0, 100)
        for entry in orjson.loads(r.value or b"")["events"]
    ]
    assert event.id in entries, f"the log, dead {point}"


def _receivers(event: Event) -> set[str]:
    return set(RIGHTS[event.name].receivers)
