"""Partitions that come and go under a processor: the lease is the fence, not the group's word."""

from collections.abc import Mapping, Sequence

import pytest

from connectors.runtime.bus import Partition
from connectors.runtime.bus.memory import MemoryBus, MemoryConsumer
from connectors.runtime.errors import LeaseLost
from schemas.topics import partition_of
from tests.connectors.runtime.desk import PARTITIONS, TOPICS, Desk
from tests.connectors.runtime.toy import SYSTEM, asked, case, consented


class GroupConsumer(MemoryConsumer):
    """A member of a group whose coordinator is the test."""

    async def give(self, *numbers: int) -> None:
        """Give it these partitions anew; it reads on at their committed offsets."""
        places = [(TOPICS.outbox(SYSTEM), number) for number in numbers]
        self._next = dict(await self._bus.committed(self._group, places))
        self.generation += 1


class GroupBus(MemoryBus):
    """A memory bus whose consumers are members."""

    def __init__(self) -> None:
        super().__init__()
        self.members: list[GroupConsumer] = []

    async def consumer(self, group: str, partitions: Sequence[Partition]) -> GroupConsumer:
        starts: Mapping[Partition, int] = await self.committed(group, partitions)
        self.members.append(GroupConsumer(self, group, starts))
        return self.members[-1]


def in_partition(number: int) -> int:
    """The number of a case that lies in that partition."""
    return next(n for n in range(1, 100) if partition_of(case(n), PARTITIONS) == number)


@pytest.fixture
def bus() -> GroupBus:
    return GroupBus()


@pytest.fixture
async def desk(bus: GroupBus) -> Desk:
    return await Desk.open(bus=bus)


async def test_only_what_the_group_gave_is_read_and_leased(desk: Desk, bus: GroupBus) -> None:
    """A member of half the partitions leaves the other half's records and timers alone."""
    here, there = in_partition(0), in_partition(1)
    processor = await desk.started()
    await bus.members[0].give(0)
    await desk.feed(asked(here), asked(there))
    while await processor.step(timeout=0):
        pass
    assert set(await desk.store.subjects([case(here), case(there)])) == {case(here)}
    await bus.members[0].give(0, 1)
    while await processor.step(timeout=0):
        pass
    assert set(await desk.store.subjects([case(here), case(there)])) == {case(here), case(there)}


async def test_who_lost_a_partition_without_knowing_writes_nothing(
    desk: Desk, bus: GroupBus
) -> None:
    """The successor took the lease; the batch of the one that was paused is dropped."""
    number = in_partition(0)
    stale, fresh = await desk.started(), await desk.started()
    await bus.members[0].give(0, 1)
    assert await stale.step(timeout=0) == 0
    await bus.members[1].give(0, 1)
    assert await fresh.step(timeout=0) == 0
    await desk.feed(asked(number))
    with pytest.raises(LeaseLost):
        await stale.step(timeout=0)
    assert await desk.store.subjects([case(number)]) == {}
    assert await fresh.step(timeout=0) == 1
    assert set(await desk.store.subjects([case(number)])) == {case(number)}


async def test_a_partition_that_comes_back_is_read_from_the_store_again(
    desk: Desk, bus: GroupBus
) -> None:
    """Rows kept from before may have been changed by another owner in the meantime."""
    number = in_partition(0)
    one, two = await desk.started(), await desk.started()
    first, second = bus.members
    await first.give(0, 1)
    await desk.feed(asked(number))
    await one.step(timeout=0)
    await second.give(0, 1)
    await desk.feed(consented(number))
    await two.step(timeout=0)
    await two.close()
    await first.give(0, 1)
    await desk.feed(consented(number, "consent.declined"))
    await one.step(timeout=0)
    row = (await desk.store.subjects([case(number)]))[case(number)]
    assert row.version == 3
