"""The copy of the hub's log and dead letters in the run's folder."""

import hashlib
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from connectors.runtime.bus.memory import MemoryBus
from connectors.runtime.log_copy import LogCopy
from connectors.runtime.store.hub_log import HubLog
from tests.connectors.runtime.crashes import Crash, Fuse, abandon_tasks
from tests.connectors.runtime.desk import TOPICS


@pytest.fixture
async def bus() -> AsyncIterator[MemoryBus]:
    """A bus with two log records and a dead letter."""
    made = MemoryBus()
    await made.create([TOPICS.log, TOPICS.dead_letters], 2)
    for topic, partition, body in (
        (TOPICS.log, 0, b'{"n":1}'),
        (TOPICS.log, 1, b'{"n":2}'),
        (TOPICS.dead_letters, 1, '{"reason":"Ánh"}'.encode()),
    ):
        made.write((topic, partition), None, body, [])
    yield made
    await made.close()


async def copy_all(bus: Any, path: Path) -> None:
    """One process that copies what there is."""
    copying = LogCopy(bus, HubLog(path, durable=False), topics=TOPICS, partitions=2)
    try:
        await copying.start()
        while await copying.step():
            pass
    finally:
        await copying.close()


def rows(path: Path, table: str) -> list[tuple[Any, ...]]:
    with sqlite3.connect(path) as db:
        found = db.execute(f"SELECT * FROM {table} ORDER BY partition, offset").fetchall()
    db.close()
    return found


async def test_log_and_dead_letters_are_copied_with_their_hash(
    bus: MemoryBus, tmp_path: Path
) -> None:
    """Each record in its table, at its partition and offset."""
    path = tmp_path / "log.db"
    await copy_all(bus, path)
    digest = hashlib.sha256(b'{"n":2}').hexdigest()
    assert [row[:2] for row in rows(path, "log")] == [(0, 0), (1, 0)]
    assert rows(path, "log")[1] == (1, 0, digest, '{"n":2}')
    assert [row[3] for row in rows(path, "dead_letters")] == ['{"reason":"Ánh"}']


async def test_a_crash_anywhere_copies_each_record_once(bus: MemoryBus, tmp_path: Path) -> None:
    """Written first, committed after: a record that comes again changes nothing."""
    whole = tmp_path / "whole.db"
    fuse = Fuse()
    await copy_all(fuse.guard(bus), whole)
    for number in range(1, len(fuse.passed) + 1):
        again = MemoryBus()
        await again.create([TOPICS.log, TOPICS.dead_letters], 2)
        for topic in (TOPICS.log, TOPICS.dead_letters):
            for partition in (0, 1):
                for record in bus.read((topic, partition), 0, 10):
                    again.write((topic, partition), None, record.value, [])
        path = tmp_path / f"{number}.db"
        with pytest.raises(Crash):
            await copy_all(Fuse(number.__eq__).guard(again), path)
        await abandon_tasks()
        await copy_all(again, path)
        for table in ("log", "dead_letters"):
            assert rows(path, table) == rows(whole, table), fuse.passed[number - 1]


async def test_bytes_that_are_no_text_do_not_stop_the_copy(bus: MemoryBus, tmp_path: Path) -> None:
    """Anyone can write to a topic; what is no text is kept readable, with its true hash."""
    bus.write((TOPICS.log, 0), None, b"\xff{", [])
    bus.write((TOPICS.log, 0), None, None, [])
    path = tmp_path / "log.db"
    await copy_all(bus, path)
    _, strange, empty, _ = rows(path, "log")
    assert strange[2:] == (hashlib.sha256(b"\xff{").hexdigest(), "\\xff{")
    assert empty[2:] == (hashlib.sha256(b"").hexdigest(), "")
