"""What a bus is: written once, run on every backend.

Where a backend does otherwise than the rest, `BACKENDS` says so by name, and nothing else may.
"""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaError, MessageSizeTooLargeError, OffsetOutOfRangeError

from connectors.runtime.bus import (
    MAX_RECORD_BYTES,
    Bus,
    Consumer,
    Message,
    Partition,
    Producer,
    Record,
)
from connectors.runtime.bus.kafka import BATCH_BYTES, KafkaBus
from connectors.runtime.bus.memory import MemoryBus
from connectors.runtime.errors import OffsetOutOfRange, RecordRefused, TopicUnfit
from hub.brokers.launched import LaunchedBroker
from tests.conftest import WITHIN_S


@dataclass(frozen=True, slots=True, kw_only=True)
class Backend:
    """A backend, and by name what it does otherwise than the others."""

    name: str
    commits_only_forward: bool = True
    """False: a lower offset is taken; the group then reads again what it had."""
    idempotent: bool = True
    """False: a producer that must send again may write twice; receivers absorb it."""
    enforces_limits: bool = True
    """False: a client that doesn't keep to a topic's limits gets its record in; the router refuses
    it by its own limit."""
    tells_of_a_seek_past_the_end: bool = True
    """False: such a reader waits without a word; so the bus compares before it reads (rule 7)."""


BACKENDS = (
    Backend(name="memory"),
    Backend(
        name="embedded",
        commits_only_forward=False,
        idempotent=False,
        enforces_limits=False,
        tells_of_a_seek_past_the_end=False,
    ),
    Backend(name="kafka", commits_only_forward=False),
)
"""All differences there are, but for one: groups give out partitions on Apache Kafka only, which
`test_elastic_bus` shows; the embedded broker takes 5 seconds to let a consumer join."""
_prefixes = (f"t{number}" for number in itertools.count())


@dataclass(frozen=True, slots=True)
class Rig:
    """One bus under test, with a topic of two partitions of its own."""

    bus: Bus
    backend: Backend
    instance: str
    topic: str
    open: AsyncExitStack = field(default_factory=AsyncExitStack)
    """Closes at the test's end whatever was opened through the rig."""

    @property
    def zero(self) -> Partition:
        return (self.topic, 0)

    @property
    def one(self) -> Partition:
        return (self.topic, 1)

    async def producer(self) -> Producer:
        """A producer that is closed at the test's end."""
        producer = await self.bus.producer()
        self.open.push_async_callback(producer.close)
        return producer

    async def consumer(self, group: str, *partitions: Partition) -> Consumer:
        """A consumer that is closed at the test's end."""
        consumer = await self.bus.consumer(group, partitions)
        self.open.push_async_callback(consumer.close)
        return consumer

    async def write(self, partition: Partition, *messages: Message) -> None:
        """Send messages to one partition."""
        await (await self.producer()).send({partition: messages})


MARKED = [
    pytest.param(b, id=b.name, marks=[] if b.name == "memory" else getattr(pytest.mark, b.name))
    for b in BACKENDS
]


@pytest.fixture(params=MARKED)
def unused_rig(request: pytest.FixtureRequest) -> Rig:
    """A bus of each backend in turn, with the name of a topic that nobody has used."""
    backend: Backend = request.param
    topic = f"{next(_prefixes)}.in.portal"
    if backend.name == "memory":
        return Rig(MemoryBus("the-memory"), backend, "the-memory", topic)
    broker: LaunchedBroker = request.getfixturevalue(backend.name)
    bus = KafkaBus(broker.bootstrap, idempotent=broker.idempotent)
    return Rig(bus, backend, broker.instance, topic)


@pytest.fixture
async def rig(unused_rig: Rig) -> AsyncIterator[Rig]:
    """The same with the topic created."""
    await unused_rig.bus.create([unused_rig.topic], 2)
    async with unused_rig.open:
        yield unused_rig
    await unused_rig.bus.close()


def message(text: str, *headers: tuple[str, bytes]) -> Message:
    return (b"key", text.encode(), list(headers))


def texts(records: Sequence[Record]) -> list[str]:
    return [(record.value or b"").decode() for record in records]


async def read(consumer: Consumer, count: int, *, limit: int = 500) -> list[Record]:
    """Poll until `count` records have come."""
    records: list[Record] = []
    deadline = time.monotonic() + WITHIN_S
    while len(records) < count:
        assert time.monotonic() < deadline, f"{len(records)} of {count} records came"
        records += await consumer.poll(limit, 0.2)
    return records


# --- topics --------------------------------------------------------------------------------


async def test_creating_a_topic_again_changes_nothing(rig: Rig) -> None:
    """Whoever starts first creates the topics; the others may as well."""
    await rig.write(rig.zero, message("kept"))
    await rig.bus.create([rig.topic], 2)
    assert await rig.bus.ends([rig.zero, rig.one]) == {rig.zero: 1, rig.one: 0}


async def test_another_number_of_partitions_is_an_error(rig: Rig) -> None:
    """The number is fixed for a hub's life: cases would change their partition."""
    with pytest.raises(TopicUnfit, match="2 partitions, expected 3"):
        await rig.bus.create([rig.topic], 3)


async def test_a_broker_has_one_instance_id(rig: Rig) -> None:
    """The id tells a broker that was restarted empty from the one that a run began with."""
    assert await rig.bus.instance() == rig.instance
    assert await rig.bus.instance() == rig.instance


async def test_the_end_is_where_the_next_record_goes(rig: Rig) -> None:
    """Ends count every record, however the batches were cut."""
    await rig.write(rig.zero, *[message(str(n)) for n in range(7)])
    await rig.write(rig.zero, message("7"))
    assert await rig.bus.ends([rig.zero, rig.one]) == {rig.zero: 8, rig.one: 0}


# --- writing and reading -------------------------------------------------------------------


async def test_a_partition_keeps_its_order_over_batches_and_sends(rig: Rig) -> None:
    """What is written first is read first, within a partition."""
    producer = await rig.producer()
    for first in (0, 50, 100):
        await producer.send({rig.zero: [message(str(n)) for n in range(first, first + 50)]})
    records = await read(await rig.consumer("g", rig.zero), 150, limit=40)
    assert texts(records) == [str(n) for n in range(150)]
    assert [record.offset for record in records] == list(range(150))


async def test_a_record_comes_back_as_it_was_written(rig: Rig) -> None:
    """Key, value and headers keep their bytes, headers also their order and repetitions."""
    headers = [("ce_id", b"1"), ("x", b"\xff\x00"), ("ce_id", b"2"), ("empty", b"")]
    await rig.write(rig.one, (b"k\xff", b"\x00\xfe", headers), (None, None, []))
    first, second = await read(await rig.consumer("g", rig.zero, rig.one), 2)
    assert (first.topic, first.partition, first.offset) == (rig.topic, 1, 0)
    assert (first.key, first.value) == (b"k\xff", b"\x00\xfe")
    assert list(first.headers) == headers
    assert (second.key, second.value, list(second.headers)) == (None, None, [])


async def test_one_send_writes_to_many_partitions(rig: Rig) -> None:
    """A batch for every partition, one acknowledgement for all."""
    producer = await rig.producer()
    await producer.send({rig.zero: [message("a"), message("b")], rig.one: [message("c")]})
    await producer.send({})
    assert await rig.bus.ends([rig.zero, rig.one]) == {rig.zero: 2, rig.one: 1}
    records = await read(await rig.consumer("g", rig.zero, rig.one), 3)
    assert sorted(texts(records)) == ["a", "b", "c"]


async def test_more_than_one_batch_holds_is_split_in_order(rig: Rig) -> None:
    """What does not fit is closed off, sent, and the record opens the next batch (rule 14)."""
    size = BATCH_BYTES // 10
    values = [f"{n:04}".ljust(size, ".") for n in range(35)]
    await rig.write(rig.zero, *[message(value) for value in values])
    records = await read(await rig.consumer("g", rig.zero), 35)
    assert texts(records) == values


@pytest.mark.parametrize("size", [200 * 1024, BATCH_BYTES + 1, MAX_RECORD_BYTES - 1024])
async def test_a_large_record_passes_between_small_ones(rig: Rig, size: int) -> None:
    """Up to 4 MiB a record is taken, so that the router can refuse it with a reason."""
    await rig.write(rig.zero, message("before"), (b"k", b"x" * size, []), message("after"))
    records = await read(await rig.consumer("g", rig.zero), 3)
    assert [len(record.value or b"") for record in records] == [6, size, 5]


async def test_a_record_beyond_the_limit_is_refused(rig: Rig) -> None:
    """No retry helps a record that the broker will never take."""
    producer = await rig.producer()
    too_large: Message = (b"k", b"x" * (MAX_RECORD_BYTES + 100_000), [])
    with pytest.raises(RecordRefused):
        await producer.send({rig.zero: [too_large]})


async def test_a_poll_gives_no_more_than_its_limit(rig: Rig) -> None:
    """The caller bounds a batch; the rest comes with the next poll."""
    await rig.write(rig.zero, *[message(str(n)) for n in range(10)])
    consumer = await rig.consumer("g", rig.zero)
    seen: list[str] = []
    while len(seen) < 10:
        records = await consumer.poll(3, 1.0)
        assert 0 < len(records) <= 3
        seen += texts(records)
    assert seen == [str(n) for n in range(10)]


async def test_a_poll_of_nothing_ends_after_its_timeout(rig: Rig) -> None:
    """An empty answer is an answer: timers are looked at between polls."""
    consumer = await rig.consumer("g", rig.zero, rig.one)
    for timeout in (0.0, 0.1):
        before = time.monotonic()
        assert list(await consumer.poll(10, timeout)) == []
        assert timeout - 0.02 <= time.monotonic() - before < timeout + 2


async def test_a_waiting_poll_wakes_when_a_record_comes(rig: Rig) -> None:
    """Nobody waits out the timeout when there is something to do."""
    consumer = await rig.consumer("g", rig.zero)
    before = time.monotonic()
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(consumer.poll(10, 20.0))
        await rig.write(rig.zero, message("now"))
    assert texts(waiting.result()) == ["now"]
    assert time.monotonic() - before < WITHIN_S


# --- who reads what ------------------------------------------------------------------------


async def test_a_consumer_reads_only_the_partitions_it_was_given(rig: Rig) -> None:
    """The fixed layout: worker k of n has its partitions, and nobody else reads them."""
    await rig.write(rig.zero, message("zero"))
    await rig.write(rig.one, message("one"))
    first = await rig.consumer("g", rig.zero)
    second = await rig.consumer("g", rig.one)
    assert texts(await read(first, 1)) == ["zero"]
    assert texts(await read(second, 1)) == ["one"]
    assert list(await first.poll(10, 0.05)) == []


async def test_a_group_resumes_where_it_committed(rig: Rig) -> None:
    """What was read and not committed comes again; what was committed doesn't."""
    await rig.write(rig.zero, *[message(str(n)) for n in range(5)])
    consumer = await rig.consumer("g", rig.zero)
    await read(consumer, 5)
    await consumer.commit({rig.zero: 3})
    assert await rig.bus.committed("g", [rig.zero, rig.one]) == {rig.zero: 3, rig.one: 0}
    again = await rig.consumer("g", rig.zero)
    assert texts(await read(again, 2)) == ["3", "4"]


async def test_without_a_commit_everything_comes_again(rig: Rig) -> None:
    """The first start of a group reads from the beginning, and so does the one after a crash."""
    await rig.write(rig.zero, message("a"), message("b"))
    for _ in range(2):
        consumer = await rig.consumer("g", rig.zero)
        assert texts(await read(consumer, 2)) == ["a", "b"]


async def test_groups_know_nothing_of_each_other(rig: Rig) -> None:
    """Each group has its own offsets."""
    await rig.write(rig.zero, message("a"), message("b"))
    one = await rig.consumer("one", rig.zero)
    await read(one, 2)
    await one.commit({rig.zero: 2})
    other = await rig.consumer("other", rig.zero)
    assert texts(await read(other, 2)) == ["a", "b"]
    assert await rig.bus.committed("other", [rig.zero]) == {rig.zero: 0}


async def test_a_late_commit_of_a_lower_offset(rig: Rig) -> None:
    """Forward only where the backend can; else records come again, which receivers absorb."""
    await rig.write(rig.zero, message("a"), message("b"))
    consumer = await rig.consumer("g", rig.zero)
    await consumer.commit({rig.zero: 2})
    await consumer.commit({rig.zero: 1})
    expected = 2 if rig.backend.commits_only_forward else 1
    assert await rig.bus.committed("g", [rig.zero]) == {rig.zero: expected}


async def test_a_committed_offset_outside_the_log_stops_the_start(rig: Rig) -> None:
    """Records were lost, or it is another log: an alarm, never a silent skip (rule 7)."""
    await rig.write(rig.zero, message("a"), message("b"), message("c"))
    consumer = await rig.consumer("g", rig.zero)
    await consumer.commit({rig.zero: 4})
    with pytest.raises(OffsetOutOfRange, match=rf"{rig.topic}/0.*4"):
        await rig.consumer("g", rig.zero)


async def test_a_committed_offset_at_the_end_is_in_range(rig: Rig) -> None:
    """A group that has read everything starts without an alarm and waits for more."""
    await rig.write(rig.zero, *[message(str(n)) for n in range(6)])
    consumer = await rig.consumer("g", rig.zero)
    await consumer.commit({rig.zero: 6})
    again = await rig.consumer("g", rig.zero)
    assert list(await again.poll(10, 0.05)) == []
    await rig.write(rig.zero, message("next"))
    assert texts(await read(again, 1)) == ["next"]


# --- what only a broker over a network may do otherwise --------------------------------------


@pytest.fixture(params=MARKED[1:])
def remote(request: pytest.FixtureRequest) -> tuple[Backend, LaunchedBroker]:
    """Each broker in turn."""
    return request.param, request.getfixturevalue(request.param.name)


async def test_an_idempotent_producer_where_the_table_says_so(
    remote: tuple[Backend, LaunchedBroker],
) -> None:
    """The broker gives a producer its id, or the producer can't be started."""
    backend, broker = remote
    client = AIOKafkaProducer(bootstrap_servers=broker.bootstrap, enable_idempotence=True)
    try:
        if backend.idempotent:
            await client.start()
        else:
            with pytest.raises(KafkaError):
                await client.start()
    finally:
        await client.stop()
    assert broker.idempotent == backend.idempotent


async def test_a_topics_limit_against_a_client_that_has_none(
    remote: tuple[Backend, LaunchedBroker],
) -> None:
    """What is larger than the topic allows is refused, where the table says so."""
    backend, broker = remote
    topic = f"{next(_prefixes)}.in.portal"
    await KafkaBus(broker.bootstrap, idempotent=False).create([topic], 1)
    size = MAX_RECORD_BYTES + 1024 * 1024
    async with AIOKafkaProducer(
        bootstrap_servers=broker.bootstrap, max_request_size=2 * size
    ) as client:
        if backend.enforces_limits:
            with pytest.raises(MessageSizeTooLargeError):
                await client.send_and_wait(topic, b"x" * size, partition=0)
        else:
            await client.send_and_wait(topic, b"x" * size, partition=0)


async def test_a_seek_past_the_end_is_told_where_the_table_says_so(
    remote: tuple[Backend, LaunchedBroker],
) -> None:
    """An offset that the log never had: an error, or silence."""
    backend, broker = remote
    topic = f"{next(_prefixes)}.in.portal"
    await KafkaBus(broker.bootstrap, idempotent=False).create([topic], 1)
    place = TopicPartition(topic, 0)
    async with AIOKafkaConsumer(
        bootstrap_servers=broker.bootstrap, auto_offset_reset="none"
    ) as client:
        client.assign([place])
        client.seek(place, 7)
        if backend.tells_of_a_seek_past_the_end:
            with pytest.raises(OffsetOutOfRangeError):
                await client.getmany(timeout_ms=int(WITHIN_S * 1000))
        else:
            assert await client.getmany(timeout_ms=500) == {}
