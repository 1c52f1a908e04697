"""Records as clients from outside may write them: compressed, or with names that are not text."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer

from connectors.runtime.bus import Consumer, Partition, Record
from connectors.runtime.bus.kafka import KafkaBus
from hub.brokers.launched import LaunchedBroker
from tests.conftest import WITHIN_S

pytestmark = [pytest.mark.embedded, pytest.mark.kafka]


@pytest.fixture(params=["embedded", "kafka"])
def broker(request: pytest.FixtureRequest) -> LaunchedBroker:
    """Each broker in turn."""
    found: LaunchedBroker = request.getfixturevalue(request.param)
    return found


async def read(consumer: Consumer, count: int) -> list[Record]:
    """Poll until `count` records have come."""
    records: list[Record] = []
    async with asyncio.timeout(WITHIN_S):
        while len(records) < count:
            records += await consumer.poll(500, 0.2)
    return records


async def write(
    broker: LaunchedBroker,
    partition: Partition,
    *batches: Sequence[str],
    change: Callable[[bytearray], None] = lambda raw: None,
    compression: str | None = None,
) -> None:
    """Write batches as another client would, each changed as bytes before it is sent."""
    producer = AIOKafkaProducer(
        bootstrap_servers=broker.bootstrap, compression_type=compression, acks="all"
    )
    await producer.start()
    try:
        for texts in batches:
            batch = producer.create_batch()
            for text in texts:
                batch.append(key=b"k", value=text.encode(), timestamp=None, headers=[("name", b"")])
            change(batch._build())
            await (await producer.send_batch(batch, partition[0], partition=partition[1]))
    finally:
        await producer.stop()


def spoil(raw: bytearray) -> None:
    """Make the second record's header name something that no UTF-8 has."""
    at = raw.index(b"name", raw.index(b"name") + 1)
    raw[at : at + 2] = b"\xff\xfe"
    raw[17:21] = _crc32c(bytes(raw[21:])).to_bytes(4, "big")


def _crc32c(data: bytes) -> int:
    from aiokafka.record.util import calc_crc32c

    crc: Any = calc_crc32c(data)
    return int(crc)


async def test_a_header_name_that_is_not_text_stops_nobody(broker: LaunchedBroker) -> None:
    """The record comes out with its name made readable, and so do those before and behind it."""
    bus, place = KafkaBus(broker.bootstrap, idempotent=False), ("foreign-names", 0)
    await bus.create([place[0]], 1)
    await write(broker, place, ["a", "b", "c"], change=spoil)
    await write(broker, place, ["d"])
    consumer = await bus.consumer("g", [place])
    records = await read(consumer, 4)
    await consumer.close()
    assert [(r.offset, r.value) for r in records] == [(0, b"a"), (1, b"b"), (2, b"c"), (3, b"d")]
    assert [r.headers[0][0] for r in records] == ["name", r"\xff\xfeme", "name", "name"]


@pytest.mark.parametrize("compression", ["gzip", "snappy", "lz4", "zstd"])
async def test_compressed_batches_are_read(broker: LaunchedBroker, compression: str) -> None:
    """A client chooses its own compression; an unreadable batch would stop its partition."""
    bus, place = KafkaBus(broker.bootstrap, idempotent=False), (f"foreign-{compression}", 0)
    await bus.create([place[0]], 1)
    await write(broker, place, ["a" * 500, "b" * 500], compression=compression)
    consumer = await bus.consumer("g", [place])
    assert [r.value for r in await read(consumer, 2)] == [b"a" * 500, b"b" * 500]
    await consumer.close()
