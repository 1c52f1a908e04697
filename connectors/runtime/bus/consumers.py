"""Readers of a broker: one of given partitions, and one that a group gives its partitions.

The first is the fixed layout. The second is the elastic one, with static membership (KIP-345): a
worker that is started again under its name gets its partitions back at once, and nobody else's
move; one that stays away longer than `SESSION_S` loses them to the others. None of this is a
fence: aiokafka tells of a lost partition late or never. The fence is the lease that every
transaction checks; a router needs none, because it keeps no state.
"""

import asyncio
import logging
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aiokafka import AIOKafkaConsumer, ConsumerRebalanceListener, TopicPartition
from aiokafka.errors import (
    CommitFailedError,
    IllegalStateError,
    KafkaError,
    NoOffsetForPartitionError,
    RebalanceInProgressError,
)
from aiokafka.errors import OffsetOutOfRangeError as BrokerOffsetOutOfRange

from connectors.runtime.bus import Partition, Record
from connectors.runtime.errors import BrokerUnreachable, OffsetOutOfRange

COMMIT_WITHIN_S = 30.0
SILENCE_S = 20.0
"""How long a consumer polls without any answer from the broker before it gives the broker up.

An Apache Kafka that is killed and started again is back within ten seconds.
"""
SESSION_S = 10.0
"""How long a member of a group may be away before its partitions go to others."""
_LEAST_S = 0.02
_GIVEN_OUT_ANEW = (CommitFailedError, RebalanceInProgressError, IllegalStateError)
_log = logging.getLogger(__name__)


class KafkaConsumer:
    """Reads by assignment: no group join, so a worker starts in 0.1 s."""

    def __init__(self, reader: AIOKafkaConsumer, group: str) -> None:
        self.reader = reader
        self.generation = 0
        self._group = group
        self._answered = 0
        self._silent_s = 0.0

    @property
    def partitions(self) -> set[Partition]:
        return {(place.topic, place.partition) for place in self.reader.assignment()}

    async def poll(self, limit: int, timeout: float) -> Sequence[Record]:
        began = time.monotonic()
        found = await self._take(limit, timeout)
        if not found:
            self._listen(time.monotonic() - began)
        return [record for records in found.values() for record in records]

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        try:
            await self._commit(offsets)
        except (KafkaError, TimeoutError) as error:
            raise BrokerUnreachable(f"{self._group}: commit failed: {error!r}") from error

    async def begin_group(self) -> None:
        """Commit the log's start for partitions where the group never committed.

        So that an offset that is missing later is an alarm, as one out of range is.
        """
        new = {
            (place.topic, place.partition): await self.reader.position(place)
            for place in self.reader.assignment()
            if await self.reader.committed(place) is None
        }
        try:
            if new:
                await self._commit(new)
        except KafkaError as error:  # the group has members, of which the first did this
            _log.info("kafka.group_begun group=%s why=%r", self._group, error)

    async def close(self) -> None:
        try:
            await self.reader.stop()
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise
            # A fetch that was about to be tried again is cancelled, and aiokafka lets that out.
            await self.reader._client.close()

    async def _take(self, limit: int, timeout: float) -> Mapping[TopicPartition, Sequence[Any]]:
        try:
            found: Mapping[TopicPartition, Sequence[Any]] = await self.reader.getmany(
                timeout_ms=int(timeout * 1000), max_records=limit
            )
        except (BrokerOffsetOutOfRange, NoOffsetForPartitionError) as error:
            raise OffsetOutOfRange(f"{self._group}: {error}") from error
        except KafkaError as error:
            raise BrokerUnreachable(f"{self._group}: {error!r}") from error
        return found

    async def _commit(self, offsets: Mapping[Partition, int]) -> None:
        wanted = {TopicPartition(*partition): offset for partition, offset in offsets.items()}
        # aiokafka looks for the group's coordinator without end.
        async with asyncio.timeout(COMMIT_WITHIN_S):
            await self.reader.commit(wanted)

    def _listen(self, polled_s: float) -> None:
        """Notice a broker that is gone: aiokafka only goes on trying to reach it.

        A live broker answers every fetch, also with nothing, and each answer has its time.
        """
        assigned = self.reader.assignment()
        times = map(self.reader.last_poll_timestamp, assigned)
        answered = max((at or 0 for at in times), default=0)
        if answered != self._answered or not assigned:
            self._answered, self._silent_s = answered, 0.0
            return
        self._silent_s += polled_s
        if self._silent_s > SILENCE_S:
            raise BrokerUnreachable(f"{self._group}: no answer from the broker for {SILENCE_S:g} s")


class MemberConsumer(KafkaConsumer):
    """Reads what its group gives it, each partition from the group's committed offset."""

    def __init__(self, reader: AIOKafkaConsumer, group: str) -> None:
        super().__init__(reader, group)
        self.joined = asyncio.Event()

    async def join(self, topics: Iterable[str]) -> None:
        """Return when the group has given this member its partitions, which may be none."""
        self.reader.subscribe(topics=sorted(topics), listener=_Listener(self))
        try:
            async with asyncio.timeout(COMMIT_WITHIN_S):
                await self.joined.wait()
        except TimeoutError:
            raise BrokerUnreachable(f"{self._group}: no partitions were given out") from None

    async def commit(self, offsets: Mapping[Partition, int]) -> None:
        """Commit for the partitions that are this member's still.

        What is given out anew in the meantime comes again, and is absorbed.
        """
        mine = {place: offset for place, offset in offsets.items() if place in self.partitions}
        try:
            if mine:
                await self._commit(mine)
        except _GIVEN_OUT_ANEW as error:
            _log.warning("kafka.commit_dropped group=%s why=%s", self._group, type(error).__name__)
        except (KafkaError, TimeoutError) as error:
            raise BrokerUnreachable(f"{self._group}: commit failed: {error!r}") from error

    async def _take(self, limit: int, timeout: float) -> Mapping[TopicPartition, Sequence[Any]]:
        # While partitions are given out anew, aiokafka waits without end.
        try:
            async with asyncio.timeout(max(timeout, _LEAST_S)):
                return await super()._take(limit, timeout)
        except TimeoutError:
            return {}


class _Listener(ConsumerRebalanceListener):  # type: ignore[misc]  # untyped
    """Counts how often a group has given out its partitions."""

    def __init__(self, member: MemberConsumer) -> None:
        self._member = member

    def on_partitions_revoked(self, revoked: Any) -> None:
        """Nothing is left to do: what isn't committed comes again."""

    def on_partitions_assigned(self, assigned: Any) -> None:
        self._member.generation += 1
        self._member.joined.set()
