"""What a store is: written once, run in memory and on SQLite."""

import asyncio
import sqlite3
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.runtime.errors import LeaseLost, StoreBusy
from connectors.runtime.store import (
    Changes,
    DeadId,
    ManualItem,
    Outgoing,
    PendingCall,
    Store,
    Subject,
)
from connectors.runtime.store.memory import MemoryStore
from connectors.runtime.store.sqlite import SqliteStore

CASE = "G22.99.08-230710-000001"
EVENT = ("/systems/portal", "e1")


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store of each kind."""
    opened: Store = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "s.db")
    yield opened
    await opened.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a SQLite store goes, in a folder that does not exist yet."""
    return tmp_path / "stores" / "dvclt.db"


def row(name: str = CASE, version: int = 0, **other: object) -> Subject:
    """A row with every column filled."""
    made = Subject(
        subject=name,
        partition=1,
        version=version,
        state='{"họ tên":"Nguyễn"}',
        seen='{"portal:e1":"0123456789abcdef"}',
        timers="{}",
        next_due=None,
        ended=False,
    )
    return replace(made, **other)  # type: ignore[arg-type]


def due_at(name: str, due: str | None) -> Subject:
    timers = "{}" if due is None else f'{{"late":"{due}"}}'
    return row(name, timers=timers, next_due=due)


def outgoing(seq: int, **other: object) -> Outgoing:
    made = Outgoing(
        seq=seq,
        partition=1,
        topic="lt.in.portal",
        key=CASE.encode(),
        headers=[("ce_id", b"1"), ("ce_id", "Ánh".encode())],
        payload='{"tên":"Ánh"}'.encode(),
    )
    return replace(made, **other)  # type: ignore[arg-type]


def call(seq: int, key: str = "") -> PendingCall:
    return PendingCall(
        key=key or f"{CASE}/enter/{seq}",
        seq=seq,
        subject=CASE,
        step="enter",
        attempt=seq,
        time="2023-07-10T08:00:00.000+07:00",
        record='{"ho_ten":"Ánh"}'.encode(),
        cause="e1",
    )


def dead(source: str, identity: str) -> DeadId:
    return DeadId(source=source, id=identity, subject=CASE, reason="handler_failed")


def manual(given: str) -> ManualItem:
    return ManualItem(
        subject=CASE,
        input=given,
        reason="handler_failed",
        detail="",
        at="2023-07-10T08:00:00.000+07:00",
    )


# --- rows and versions ---------------------------------------------------------------------


async def test_a_row_comes_back_as_it_was_written_one_version_on(store: Store) -> None:
    """Every column survives; the version counts the writes."""
    leases = await store.acquire([1])
    full = row(timers='{"late":"x"}', next_due="x", ended=True)
    await store.commit(Changes(leases=leases, subjects=[full]))
    assert await store.subjects([CASE, "unknown"]) == {CASE: replace(full, version=1)}
    changed = row(version=1, state="{}", seen="{}")
    await store.commit(Changes(leases=leases, subjects=[changed]))
    assert await store.subjects([CASE]) == {CASE: replace(changed, version=2)}


@pytest.mark.parametrize("stale", [0, 1, 3])
async def test_a_row_that_changed_since_it_was_read_is_not_written(
    store: Store, stale: int
) -> None:
    """Only the version that was read may be overwritten (rule 6)."""
    leases = await store.acquire([1])
    for version in (0, 1):
        await store.commit(Changes(leases=leases, subjects=[row(version=version)]))
    with pytest.raises(LeaseLost):
        await store.commit(Changes(leases=leases, subjects=[row(version=stale, state="[]")]))
    assert (await store.subjects([CASE]))[CASE].state == row().state


async def test_many_rows_are_read_at_once(store: Store) -> None:
    """A whole batch is read in one call, whatever its size."""
    leases = await store.acquire([1])
    names = [f"case-{number:04}" for number in range(1203)]
    await store.commit(Changes(leases=leases, subjects=[row(name) for name in names]))
    assert sorted(await store.subjects(names)) == names
    assert await store.subjects([]) == {}


# --- leases --------------------------------------------------------------------------------


async def test_taking_a_partition_raises_its_epoch(store: Store) -> None:
    """Each owner has an epoch of its own, and only of the partitions it asked for."""
    assert await store.acquire([0, 1]) == {0: 1, 1: 1}
    assert await store.acquire([1]) == {1: 2}
    assert await store.acquire([0, 1]) == {0: 2, 1: 3}


async def test_whoever_was_replaced_can_write_nothing(store: Store) -> None:
    """The fence: a stale owner's transaction fails whole, though its rows did not change."""
    stale = await store.acquire([0, 1])
    fresh = await store.acquire([1])
    with pytest.raises(LeaseLost, match="partition 1"):
        await store.commit(Changes(leases=stale, subjects=[row()], outgoing=[outgoing(1)]))
    assert await store.subjects([CASE]) == {}
    assert list(await store.outgoing()) == []
    await store.commit(Changes(leases=fresh, subjects=[row()]))


async def test_a_partition_that_nobody_took_is_not_written(store: Store) -> None:
    """An epoch that was never given is no lease."""
    with pytest.raises(LeaseLost):
        await store.commit(Changes(leases={3: 1}, subjects=[row()]))


# --- all or nothing ------------------------------------------------------------------------


async def test_a_refused_transaction_leaves_no_trace(store: Store) -> None:
    """One row of many is stale: nothing of the batch is written, in any table."""
    leases = await store.acquire([1])
    await store.commit(Changes(leases=leases, outgoing=[outgoing(1)], calls=[call(1)]))
    refused = Changes(
        leases=leases,
        subjects=[row("new"), row("stale", version=7)],
        outgoing=[outgoing(2)],
        published=1,
        calls=[call(2)],
        calls_done=[call(1).key],
        manual=[manual("m")],
        dead=[dead(*EVENT)],
    )
    with pytest.raises(LeaseLost):
        await store.commit(refused)
    assert await store.subjects(["new", "stale"]) == {}
    assert [o.seq for o in await store.outgoing()] == [1]
    assert [c.seq for c in await store.calls()] == [1]
    assert await store.dead([EVENT]) == set()


# --- outbox --------------------------------------------------------------------------------


async def test_the_outbox_keeps_sequence_and_bytes(store: Store) -> None:
    """What is decided waits in the order of its numbers, whatever order it was written in."""
    leases = await store.acquire([1])
    rows = [outgoing(10), outgoing(9), outgoing(2, key=None, payload=b"\xff\x00")]
    await store.commit(Changes(leases=leases, outgoing=rows))
    assert list(await store.outgoing()) == sorted(rows, key=lambda r: r.seq)


async def test_a_key_may_be_any_bytes(store: Store) -> None:
    """A dead letter has the key of its record, and a record's key need not be text."""
    leases = await store.acquire([1])
    await store.commit(Changes(leases=leases, outgoing=[outgoing(1, key=b"\xff\xfe")]))
    assert [o.key for o in await store.outgoing()] == [b"\xff\xfe"]


async def test_published_rows_go_with_the_next_transaction(store: Store) -> None:
    """`published` clears up to and with that number, never what came later."""
    leases = await store.acquire([1])
    await store.commit(Changes(leases=leases, outgoing=[outgoing(n) for n in (1, 2, 3)]))
    await store.commit(Changes(leases=leases, outgoing=[outgoing(4)], published=2))
    assert [o.seq for o in await store.outgoing()] == [3, 4]
    await store.commit(Changes(leases=leases, published=4))
    assert list(await store.outgoing()) == []


# --- calls ---------------------------------------------------------------------------------


async def test_calls_wait_in_order_until_they_are_done(store: Store) -> None:
    """A call stands in line until the agency has it; one that is not there may be done again."""
    leases = await store.acquire([1])
    await store.commit(Changes(leases=leases, calls=[call(2), call(1), call(3)]))
    assert list(await store.calls()) == [call(1), call(2), call(3)]
    await store.commit(Changes(leases=leases, calls_done=[call(2).key, "unknown"]))
    assert list(await store.calls()) == [call(1), call(3)]


async def test_the_same_call_twice_stands_in_line_once(store: Store) -> None:
    """Dossier, step and attempt name the call; deciding it again changes nothing."""
    leases = await store.acquire([1])
    await store.commit(Changes(leases=leases, calls=[call(1, "k")]))
    await store.commit(Changes(leases=leases, calls=[call(2, "k")]))
    assert list(await store.calls()) == [call(1, "k")]


# --- timers --------------------------------------------------------------------------------


async def test_due_rows_come_earliest_first_up_to_a_limit(store: Store) -> None:
    """At or before the moment, in one order everywhere, so that runs repeat."""
    leases = await store.acquire([1])
    rows = [
        due_at("d", "4"),
        due_at("b", "2"),
        due_at("c", "2"),
        due_at("a", "3"),
        due_at("e", None),
    ]
    await store.commit(Changes(leases=leases, subjects=rows))
    assert [r.subject for r in await store.due("3", 10)] == ["b", "c", "a"]
    assert [r.subject for r in await store.due("3", 2)] == ["b", "c"]
    assert list(await store.due("1", 10)) == []
    assert (await store.due("2", 1))[0] == replace(due_at("b", "2"), version=1)


async def test_a_timer_that_was_taken_off_is_not_due(store: Store) -> None:
    """The row's latest version says which timers there are."""
    leases = await store.acquire([1])
    await store.commit(Changes(leases=leases, subjects=[due_at(CASE, "2")]))
    later = replace(due_at(CASE, "9"), version=1)
    await store.commit(Changes(leases=leases, subjects=[later]))
    assert list(await store.due("5", 10)) == []
    await store.commit(Changes(leases=leases, subjects=[replace(due_at(CASE, None), version=2)]))
    assert list(await store.due("9", 10)) == []


# --- what failed ---------------------------------------------------------------------------


async def test_dead_ids_are_remembered_by_source_and_id(store: Store) -> None:
    """The same id from another source is another event."""
    leases = await store.acquire([1])
    assert await store.dead([EVENT]) == set()
    changes = Changes(leases=leases, dead=[dead("a", "1"), dead("a", "2"), dead("b", "1")])
    await store.commit(changes)
    await store.commit(Changes(leases=leases, dead=[dead("a", "1")]))
    assert await store.dead([("a", "1"), ("b", "2"), ("b", "1"), ("a", "3")]) == {
        ("a", "1"),
        ("b", "1"),
    }
    assert await store.dead([]) == set()


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


# --- SQLite alone --------------------------------------------------------------------------


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
