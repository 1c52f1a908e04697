"""What only the SQLite store does: it outlives its process, and belongs to one at a time."""

import asyncio
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import Callable
from pathlib import Path

import pytest

from connectors.runtime.errors import StoreBusy
from connectors.runtime.store import (
    Changes,
)
from connectors.runtime.store.sqlite import SqliteStore
from tests.connectors.runtime.rows import CASE, EVENT, call, dead, manual, outgoing, row


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a SQLite store goes, in a folder that does not exist yet."""
    return tmp_path / "stores" / "dvclt.db"


async def test_the_same_failure_stands_in_the_manual_queue_once(path: Path) -> None:
    """A replay of the batch puts the same input of the same case there again: one row."""
    store = SqliteStore(path)
    leases = await store.acquire([1])
    for given in ("portal:e1", "portal:e2", "portal:e1"):
        await store.commit(Changes(leases=leases, manual=[manual(given)]))
    await store.close()
    with sqlite3.connect(path) as db:
        found = db.execute("SELECT subject, input FROM manual ORDER BY input").fetchall()
    db.close()
    assert found == [(CASE, "portal:e1"), (CASE, "portal:e2")]


async def test_a_closed_store_opens_again_with_all_it_had(path: Path) -> None:
    """Rows, outbox, calls and dead ids outlive the process; the next owner gets a new epoch."""
    store = SqliteStore(path)
    leases = await store.acquire([0, 1])
    changes = Changes(
        leases=leases,
        subjects=[row()],
        outgoing=[outgoing(5)],
        calls=[call(6)],
        dead=[dead(*EVENT)],
    )
    await store.commit(changes)
    await store.close()
    again = SqliteStore(path)
    assert await again.subjects([CASE]) == {CASE: row(version=1)}
    assert list(await again.outgoing()) == [outgoing(5)]
    assert list(await again.calls()) == [call(6)]
    assert await again.dead([EVENT]) == {EVENT}
    assert await again.acquire([1]) == {1: 2}
    await again.close()


async def test_a_second_store_on_the_same_file_is_refused(path: Path) -> None:
    """One process a store; after a close it is free again."""
    first = SqliteStore(path)
    with pytest.raises(StoreBusy, match=r"dvclt\.db"):
        SqliteStore(path)
    await first.close()
    await SqliteStore(path).close()


_HOLD = (
    "import pathlib, sys\n"
    "from connectors.runtime.store.sqlite import SqliteStore\n"
    "store = SqliteStore(pathlib.Path(sys.argv[1]))\n"
    "print('open', flush=True)\n"
    "sys.stdin.read()\n"
)


async def test_another_process_has_the_store_until_it_dies(path: Path) -> None:
    """The lock is the kernel's: kill -9 frees it, no stale lock file stays in the way."""
    argv = [sys.executable, "-c", _HOLD, str(path)]
    other = await asyncio.create_subprocess_exec(*argv, stdin=PIPE, stdout=PIPE)
    assert other.stdout is not None
    assert await other.stdout.readline() == b"open\n"
    with pytest.raises(StoreBusy):
        SqliteStore(path)
    other.kill()
    await other.communicate()
    await SqliteStore(path).close()


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 0)])
async def test_durability_is_a_choice_and_full_by_default(
    path: Path, monkeypatch: pytest.MonkeyPatch, durable: bool, level: int
) -> None:
    """`synchronous=FULL` waits for the disk at every commit; both write ahead."""
    opened: list[sqlite3.Connection] = []
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect

    def remember(*args: object, **options: object) -> sqlite3.Connection:
        opened.append(connect(*args, **options))
        return opened[-1]

    monkeypatch.setattr(sqlite3, "connect", remember)
    store = SqliteStore(path) if durable else SqliteStore(path, durable=False)
    (db,) = opened
    assert db.execute("PRAGMA synchronous").fetchone() == (level,)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    await store.close()


async def test_a_reader_sees_whole_transactions_while_the_owner_writes(path: Path) -> None:
    """The ledger and `trace` read the file of a running system."""
    store = SqliteStore(path)
    leases = await store.acquire([1])
    await store.commit(Changes(leases=leases, subjects=[row()], outgoing=[outgoing(1)]))
    reader = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    count = "SELECT (SELECT count(*) FROM subjects), (SELECT count(*) FROM outbox)"
    assert reader.execute(count).fetchone() == (1, 1)
    await store.commit(Changes(leases=leases, subjects=[row("two")], published=1))
    assert reader.execute(count).fetchone() == (2, 0)
    reader.close()
    await store.close()
