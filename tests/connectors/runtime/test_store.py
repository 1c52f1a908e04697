"""What a store is: written once, run in memory and on SQLite."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.runtime.errors import LeaseLost
from connectors.runtime.store import (
    Changes,
    Store,
)
from connectors.runtime.store.memory import MemoryStore
from connectors.runtime.store.sqlite import SqliteStore
from tests.connectors.runtime.rows import (
    CASE,
    EVENT,
    begun,
    call,
    dead,
    due_at,
    manual,
    outgoing,
    row,
)


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store of each kind."""
    opened: Store = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "s.db")
    yield opened
    await opened.close()


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


async def test_what_is_revived_is_dead_no_more_and_off_the_officers_desk(store: Store) -> None:
    """Taking it back is written before what fails anew in the same transaction."""
    leases = await store.acquire([1])
    changes = Changes(leases=leases, dead=[dead("a", "1"), dead("a", "2")], manual=[manual("i")])
    await store.commit(changes)
    again = Changes(leases=leases, revived=[("a", "1"), ("a", "2")], dead=[dead("a", "2")])
    again.settled, again.manual = [(CASE, "i")], [manual("j")]
    await store.commit(again)
    assert await store.dead([("a", "1"), ("a", "2")]) == {("a", "2")}


async def test_where_processes_began_is_kept_a_note_a_partition(store: Store) -> None:
    """The last note stands."""
    leases = await store.acquire([1])
    assert list(await store.starts()) == []
    notes = [begun(0, 5, 1), begun(1, 7, 2), begun(0, 5, 2, alone=True)]
    for note in notes:
        await store.commit(Changes(leases=leases, starts=[note]))
    found = sorted(await store.starts(), key=lambda start: start.partition)
    assert found == [notes[2], notes[1]]
