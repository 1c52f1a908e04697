"""Ways to take a delivery rule away, each by a small change of one named thing."""

import asyncio
import itertools
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson
import pytest

from connectors.runtime import quarantine, transaction
from connectors.runtime import received as inputs
from connectors.runtime.agency import Request
from connectors.runtime.bus import Message, Partition
from connectors.runtime.bus import memory as memory_bus
from connectors.runtime.bus.kafka import KafkaProducer
from connectors.runtime.bus.memory import MemoryBus, MemoryConsumer, MemoryRecord
from connectors.runtime.dispatcher import Dispatcher
from connectors.runtime.errors import BrokerUnreachable
from connectors.runtime.processor import Processor
from connectors.runtime.received import Received
from connectors.runtime.store import Changes, Outgoing, Start, Subject
from connectors.runtime.store.memory import MemoryStore
from hub import bootstrap
from hub.router import checks, router
from hub.router.starts import StartsFile
from schemas.event import to_text
from simulators.agencies.civil_status import CivilStatus
from simulators.agencies.register import Desk
from simulators.agencies.social_insurance import SocialInsurance
from simulators.agencies.tables import Table
from tests.connectors.runtime.toy import ANSWER, START

Mutation = Callable[[pytest.MonkeyPatch], None]

_commit = MemoryStore.commit
_outgoing = MemoryStore.outgoing
_due = MemoryStore.due
_poll = MemoryConsumer.poll
_step = Processor.step
_committed = MemoryBus.committed


def rewriting(change: Callable[[Changes], Changes]) -> Mutation:
    """Every transaction is changed before it is written."""

    async def commit(self: MemoryStore, changes: Changes) -> None:
        await _commit(self, change(changes))

    return lambda patch: patch.setattr(MemoryStore, "commit", commit)


def rewriting_rows(change: Callable[[Subject], Subject]) -> Mutation:
    """Every row is changed before it is written."""
    return rewriting(
        lambda changes: replace(changes, subjects=[change(row) for row in changes.subjects])
    )


# --- identity ------------------------------------------------------------------------------


def hashes_are_not_compared(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(inputs, "payload_hash", lambda payload: "same")


def seen_ids_never_match(patch: pytest.MonkeyPatch) -> None:
    received, numbers = inputs.received_event, itertools.count()

    def forgetful(record: Any) -> Received:
        one = received(record)
        return replace(one, token=f"{one.token}#{next(numbers)}")

    patch.setattr("connectors.runtime.processor.received_event", forgetful)


def ended_cases_keep_their_ids(patch: pytest.MonkeyPatch) -> None:
    accept = transaction.Transaction._accept

    def keeping(self: Any, one: Received, row: Any, *rest: Any) -> None:
        before = dict(row.seen)
        accept(self, one, row, *rest)
        row.seen = {**before, one.token: one.digest}

    patch.setattr(transaction.Transaction, "_accept", keeping)


def events_ids_are_drawn(patch: pytest.MonkeyPatch) -> None:
    _draw("connectors.runtime.transaction", patch)


def outcomes_and_timers_ids_are_drawn(patch: pytest.MonkeyPatch) -> None:
    _draw("connectors.runtime.handling", patch)


def rejections_ids_are_drawn(patch: pytest.MonkeyPatch) -> None:
    _draw("hub.router.rejections", patch)


def _draw(module: str, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(f"{module}.derived_id", lambda *_: str(uuid.uuid4()))


def seen_ids_are_not_written(patch: pytest.MonkeyPatch) -> None:
    rewriting_rows(lambda row: replace(row, seen="{}"))(patch)


def a_births_key_is_its_case(patch: pytest.MonkeyPatch) -> None:
    _key(patch, CivilStatus, "so_gcs", _of_the_case("so_gcs"))


def a_births_key_is_its_mother(patch: pytest.MonkeyPatch) -> None:
    _key(patch, CivilStatus, "so_gcs", lambda asked: asked.record["so_dinh_danh_me"])


def a_deaths_key_is_its_case(patch: pytest.MonkeyPatch) -> None:
    _key(patch, CivilStatus, "so_dinh_danh", _of_the_case("so_dinh_danh"))


def an_allowances_key_is_its_case(patch: pytest.MonkeyPatch) -> None:
    _key(patch, SocialInsurance, "so_dinh_danh", _of_the_case("so_dinh_danh"))


def _of_the_case(column: str) -> Callable[[Request], str]:
    return lambda asked: f"{asked.record[column]}/{asked.subject}"


def _key(
    patch: pytest.MonkeyPatch, desk: type[Desk], column: str, key: Callable[[Request], str]
) -> None:
    decide = desk.decide

    def keyed(self: Desk, asked: Request, *rest: Any) -> Any:
        return decide(self, replace(asked, record={**asked.record, column: key(asked)}), *rest)

    patch.setattr(desk, "decide", keyed)


def every_entry_is_anothers(patch: pytest.MonkeyPatch) -> None:
    get = Table.get

    def foreign(self: Table, key: str) -> Any:
        row = get(self, key)
        return row and {**row, "ma_lien_thong": "another"}

    patch.setattr(Table, "get", foreign)


# --- order and ownership -------------------------------------------------------------------


def what_is_left_is_not_published(patch: pytest.MonkeyPatch) -> None:
    async def nothing(self: MemoryStore) -> Sequence[Outgoing]:
        return []

    patch.setattr(MemoryStore, "outgoing", nothing)


def what_is_left_is_published_in_any_order(patch: pytest.MonkeyPatch) -> None:
    async def backwards(self: MemoryStore) -> Sequence[Outgoing]:
        return list(reversed(await _outgoing(self)))

    patch.setattr(MemoryStore, "outgoing", backwards)


def rows_go_before_they_are_acknowledged(patch: pytest.MonkeyPatch) -> None:
    rewriting(lambda changes: replace(changes, outgoing=[]))(patch)


def leases_are_not_checked(patch: pytest.MonkeyPatch) -> None:
    rewriting(lambda changes: replace(changes, leases={}))(patch)


def versions_are_not_checked(patch: pytest.MonkeyPatch) -> None:
    async def commit(self: MemoryStore, changes: Changes) -> None:
        have = await self.subjects([row.subject for row in changes.subjects])
        rows = [
            replace(row, version=have[row.subject].version if row.subject in have else 0)
            for row in changes.subjects
        ]
        await _commit(self, replace(changes, subjects=rows))

    patch.setattr(MemoryStore, "commit", commit)


def offsets_are_committed_when_they_are_read(patch: pytest.MonkeyPatch) -> None:
    async def poll(self: MemoryConsumer, limit: int, timeout: float) -> Sequence[MemoryRecord]:
        records = await _poll(self, limit, timeout)
        await self.commit({(r.topic, r.partition): r.offset + 1 for r in records})
        return records

    patch.setattr(MemoryConsumer, "poll", poll)


def a_first_start_begins_at_the_end(patch: pytest.MonkeyPatch) -> None:
    async def committed(
        self: MemoryBus, group: str, partitions: Sequence[Partition]
    ) -> Mapping[Partition, int]:
        ends = await self.ends(partitions)
        return {p: at or ends[p] for p, at in (await _committed(self, group, partitions)).items()}

    patch.setattr(MemoryBus, "committed", committed)


def an_offset_outside_the_log_is_moved_into_it(patch: pytest.MonkeyPatch) -> None:
    async def committed(
        self: MemoryBus, group: str, partitions: Sequence[Partition]
    ) -> Mapping[Partition, int]:
        ends = await self.ends(partitions)
        found = await _committed(self, group, partitions)
        return {p: min(at, ends[p]) for p, at in found.items()}

    patch.setattr(MemoryBus, "committed", committed)


def fired_timers_stay(patch: pytest.MonkeyPatch) -> None:
    due = to_text(START + ANSWER)
    timers = orjson.dumps({"one": due}).decode()
    rewriting_rows(lambda row: replace(row, timers=timers, next_due=due))(patch)


def a_timer_that_was_taken_off_fires(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(transaction, "_overtaken", lambda given, row: False)


def anybody_fires_timers(patch: pytest.MonkeyPatch) -> None:
    async def due(self: MemoryStore, until: str, limit: int) -> Sequence[Subject]:
        rows = await _due(self, until, limit)
        return [replace(row, partition=1 - row.partition) for row in rows]

    patch.setattr(MemoryStore, "due", due)


# --- failure -------------------------------------------------------------------------------


def a_handlers_error_is_the_batchs(patch: pytest.MonkeyPatch) -> None:
    # What `except Exception` means in that module is looked up when something is raised.
    patch.setattr(transaction, "Exception", KeyboardInterrupt, raising=False)


def a_failed_case_is_not_put_aside(patch: pytest.MonkeyPatch) -> None:
    changes = transaction.Transaction.changes

    def silent(self: Any) -> Changes:
        return replace(changes(self), manual=[])

    patch.setattr(transaction.Transaction, "changes", silent)


def dead_ids_are_forgotten(patch: pytest.MonkeyPatch) -> None:
    async def nothing(self: MemoryStore, ids: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
        return set()

    patch.setattr(MemoryStore, "dead", nothing)


def starts_are_not_remembered(patch: pytest.MonkeyPatch) -> None:
    async def nothing(self: MemoryStore) -> Sequence[Start]:
        return []

    patch.setattr(MemoryStore, "starts", nothing)


def routers_starts_are_not_remembered(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(StartsFile, "read", lambda self: [])


def whoever_ends_beside_a_record_accuses_it(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(quarantine, "TRIES", 1)


def a_requeue_is_a_repetition(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(transaction.Transaction, "_revive", lambda self, one: None)


def dvclt_is_not_told(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(router, "case_of", lambda headers: None)


def outcomes_are_acknowledged_when_they_are_collected(patch: pytest.MonkeyPatch) -> None:
    begin = Dispatcher.__init__

    def eager(self: Dispatcher, processor: Processor, agency: Any, **timing: Any) -> None:
        begin(self, processor, _Eager(agency), **timing)

    patch.setattr(Dispatcher, "__init__", eager)


class _Eager:
    def __init__(self, agency: Any) -> None:
        self._agency = agency

    def __getattr__(self, name: str) -> Any:
        return getattr(self._agency, name)

    async def collect(self, cursor: int, limit: int) -> Any:
        outcomes = await self._agency.collect(cursor, limit)
        if outcomes:
            await self._agency.ack(outcomes[-1].cursor)
        return outcomes


def a_producers_error_is_passed_over(patch: pytest.MonkeyPatch) -> None:
    async def step(self: Processor, timeout: float) -> int:
        try:
            return await _step(self, timeout)
        except BrokerUnreachable:
            return 0

    patch.setattr(Processor, "step", step)


def a_record_that_does_not_fit_is_passed_over(patch: pytest.MonkeyPatch) -> None:
    async def enqueue(
        self: Any, partition: Partition, messages: Sequence[Message]
    ) -> list["asyncio.Future[Any]"]:
        batch = self._producer.create_batch()
        for key, value, headers in messages:
            batch.append(key=key, value=value, timestamp=None, headers=headers)
        return [await self._producer.send_batch(batch, partition[0], partition=partition[1])]

    patch.setattr(KafkaProducer, "_enqueue", enqueue)


def input_topics_take_small_records_only(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(memory_bus, "MAX_RECORD_BYTES", 64 * 1024)


def records_of_any_size_are_sent(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(transaction, "MAX_RECORD_BYTES", 1 << 40)


# --- contract ------------------------------------------------------------------------------


def json_is_read_leniently(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(checks, "strict_json", lambda value: None)


def any_broker_will_do(patch: pytest.MonkeyPatch) -> None:
    async def content(bus: Any, manifest: Any) -> None:
        return

    patch.setattr(bootstrap, "check_broker", content)
