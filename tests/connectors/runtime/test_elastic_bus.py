"""The elastic layout on Apache Kafka: a group gives out partitions, and takes them back."""

import asyncio
import itertools
from collections.abc import Callable, Sequence

import pytest

from connectors.runtime.bus import Consumer, Message, Partition
from connectors.runtime.bus.kafka import KafkaBus
from connectors.runtime.errors import OffsetOutOfRange
from hub.brokers import NativeKafka

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(60)]

_names = (f"elastic{number}" for number in itertools.count())
WITHIN_S = 20.0


class Hub:
    """A topic of four partitions, with a group of its own and members by name."""

    def __init__(self, kafka: NativeKafka) -> None:
        self.topic = self.group = next(_names)
        self.places: list[Partition] = [(self.topic, number) for number in range(4)]
        self._kafka = kafka

    def bus(self, member: str | None = None) -> KafkaBus:
        return KafkaBus(self._kafka.bootstrap, idempotent=True, member=member)

    async def join(self, member: str) -> Consumer:
        return await self.bus(member).consumer(self.group, self.places)

    async def write(self, *texts: str) -> None:
        """Each text into each partition."""
        producer = await self.bus().producer()
        messages: list[Message] = [(b"k", text.encode(), []) for text in texts]
        await producer.send(dict.fromkeys(self.places, messages))
        await producer.close()


@pytest.fixture
async def hub(kafka: NativeKafka) -> Hub:
    made = Hub(kafka)
    await made.bus().create([made.topic], 4)
    return made


async def polling(members: Sequence[Consumer], until: Callable[[], bool]) -> list[list[str]]:
    """Poll all members until the condition holds; what each has read, as partition:text."""
    read: list[list[str]] = [[] for _ in members]
    async with asyncio.timeout(WITHIN_S):
        while not until():
            for one, texts in zip(members, read, strict=True):
                found = await one.poll(500, 0.05)
                texts += [f"{r.partition}:{(r.value or b'').decode()}" for r in found]
    return read


async def close(*members: Consumer) -> None:
    for one in members:
        await one.close()


async def test_members_share_the_partitions(hub: Hub) -> None:
    """A second worker takes over half of them; each record is read by one of the two."""
    one = await hub.join("1")
    assert set(one.partitions) == set(hub.places)
    two, _ = await asyncio.gather(hub.join("2"), polling([one], lambda: one.generation > 1))
    assert len(one.partitions) == len(two.partitions) == 2
    assert {*one.partitions, *two.partitions} == set(hub.places)
    await hub.write("a", "b")
    read: list[str] = []
    async with asyncio.timeout(WITHIN_S):
        while len(read) < 8:
            for member in (one, two):
                read += [f"{r.partition}:{r.offset}" for r in await member.poll(500, 0.05)]
    assert sorted(read) == [f"{p}:{offset}" for p in range(4) for offset in range(2)]
    await close(one, two)


async def test_who_comes_back_under_its_name_gets_its_partitions_back(hub: Hub) -> None:
    """A restart moves nobody else's partitions, and goes on at the committed offsets."""
    one = await hub.join("1")
    two, _ = await asyncio.gather(hub.join("2"), polling([one], lambda: one.generation > 1))
    before, generation = set(two.partitions), one.generation
    await hub.write("a", "b")
    await two.commit(dict.fromkeys(before, 1))
    await two.close()
    again = await hub.join("2")
    assert set(again.partitions) == before
    read: list[int] = []
    async with asyncio.timeout(WITHIN_S):
        while len(read) < 2:
            read += [r.offset for r in await again.poll(500, 0.05)]
    assert read == [1, 1], "what was committed does not come again"
    assert one.generation == generation, "the other one noticed nothing"
    await close(one, again)


async def test_who_stays_away_loses_them_to_the_others(
    hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After the session's time the others go on where the lost one had committed."""
    monkeypatch.setattr("connectors.runtime.bus.kafka.SESSION_S", 6.0)
    one = await hub.join("1")
    two, _ = await asyncio.gather(hub.join("2"), polling([one], lambda: one.generation > 1))
    await hub.write("a", "b")
    lost = set(two.partitions)
    await two.commit(dict.fromkeys(lost, 1))
    await two.close()  # a static member doesn't say that it leaves
    read = (await polling([one], lambda: len(one.partitions) == 4))[0]
    async with asyncio.timeout(WITHIN_S):
        while len([text for text in read if int(text[0]) in {p for _, p in lost}]) < 2:
            read += [
                f"{r.partition}:{(r.value or b'').decode()}" for r in await one.poll(500, 0.05)
            ]
    assert sorted(text for text in read if int(text[0]) in {p for _, p in lost}) == sorted(
        f"{p}:b" for _, p in lost
    )
    await one.close()


async def test_a_commit_of_what_is_no_longer_ones_own_is_dropped(hub: Hub) -> None:
    """It would overtake the new owner; what was done comes again and is absorbed."""
    one = await hub.join("1")
    await hub.write("a", "b")
    two, _ = await asyncio.gather(hub.join("2"), polling([one], lambda: one.generation > 1))
    await one.commit(dict.fromkeys(hub.places, 2))
    committed = await hub.bus().committed(hub.group, hub.places)
    assert committed == {place: 2 if place in one.partitions else 0 for place in hub.places}
    await close(one, two)


async def test_an_offset_out_of_range_is_an_alarm_for_members_too(hub: Hub) -> None:
    """Rule 7 holds in both layouts."""
    await hub.write("a")
    fixed = await hub.bus().consumer(hub.group, hub.places)
    await fixed.commit({hub.places[2]: 7})
    await fixed.close()
    with pytest.raises(OffsetOutOfRange, match=rf"{hub.topic}/2.*7"):
        await hub.join("1")
