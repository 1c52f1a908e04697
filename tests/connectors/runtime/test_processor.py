"""The processor: what one batch does, in which order, and who may do it."""

import asyncio

import orjson
import pytest

from connectors.runtime.errors import LeaseLost
from connectors.runtime.handling import Decision, Input, State
from connectors.runtime.processor import BATCH
from schemas.event import derived_id, payload_hash
from schemas.topics import partition_of
from tests.conftest import eventually
from tests.connectors.runtime.crashes import Crash, Fuse
from tests.connectors.runtime.desk import PARTITIONS, Desk, names, settle
from tests.connectors.runtime.toy import (
    ANSWER,
    START,
    SYSTEM,
    asked,
    case,
    consented,
    refusal_of,
    refuse,
)

# --- one batch -----------------------------------------------------------------------------


async def test_a_request_becomes_a_call_and_the_outcome_an_event(desk: Desk) -> None:
    """Event in, call out, outcome in, event out: the round of every system."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(2))
    assert await participant.processor.step(timeout=0) == 1
    (call,) = participant.processor.calls
    assert (call.key, call.cause) == (f"{case(2)}/register/1", asked(2).id)
    assert desk.published() == []
    await settle(participant)
    assert names(desk.published()) == [(case(2), "residence.registered")]


async def test_what_is_emitted_says_whence_it_comes(desk: Desk) -> None:
    """Source, id, cause, time, schema and trace all follow from the input."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(2))
    await settle(participant)
    (event,) = desk.published()
    outcome = desk.agency.decided[f"{case(2)}/register/1"]
    assert event.source == f"/systems/{SYSTEM}"
    assert event.id == derived_id(outcome.id, "residence.registered", 0)
    assert event.causationid == asked(2).id, (
        "the cause of an outcome's event is the request's event"
    )
    assert event.time == START + ANSWER
    assert event.dataschema == "urn:lienthong:schema:residence.registered:v1"
    version, trace, span, flags = (event.traceparent or "").split("-")
    assert (version, flags, len(trace), len(span)) == ("00", "01", 32, 16)
    assert event.id.replace("-", "").startswith(span), "one span an event"


async def test_an_event_that_an_event_causes_names_it_directly(desk: Desk) -> None:
    """Without an agency between, the cause is the input event itself."""

    def tell(state: State, given: Input) -> Decision:
        events = [refusal_of(given)] * 2
        return Decision(state={}, events=events)

    desk.handler = tell
    processor = await desk.started()
    await desk.feed(asked(2))
    await processor.step(timeout=0)
    first, second = desk.published()
    assert first.causationid == second.causationid == asked(2).id
    assert [first.id, second.id] == [
        derived_id(asked(2).id, "residence.registration.refused", n) for n in (0, 1)
    ]


async def test_the_same_event_again_is_absorbed(desk: Desk) -> None:
    """In the same batch or a later one, a repetition changes nothing."""
    processor = await desk.started()
    await desk.feed(asked(1), asked(1))
    await processor.step(timeout=0)
    await desk.feed(asked(1))
    await processor.step(timeout=0)
    assert (processor.stats.handled, processor.stats.absorbed) == (1, 2)
    assert len(processor.calls) == 1
    (row,) = (await desk.store.subjects([case(1)])).values()
    assert orjson.loads(row.state)["did"] == ["residence.registration.requested"]
    seen = {f"dvclt:{asked(1).id}": payload_hash(asked(1).payload)}
    assert orjson.loads(row.seen) == seen


async def test_events_of_a_case_are_handled_in_their_order(desk: Desk) -> None:
    """Within a case, first come first served; a batch may hold several."""
    processor = await desk.started()
    await desk.feed(asked(1), asked(3), consented(1))
    await processor.step(timeout=0)
    (row,) = (await desk.store.subjects([case(1)])).values()
    assert orjson.loads(row.state)["did"] == ["residence.registration.requested", "consent.given"]
    assert [call.step for call in processor.calls if call.subject == case(1)] == [
        "register",
        "decide",
    ]


async def test_a_batch_has_a_bound(desk: Desk) -> None:
    """A transaction holds at most 500 inputs; the rest follow in the next one."""
    processor = await desk.started()
    await desk.feed(*[asked(number) for number in range(BATCH + 20)])
    assert [await processor.step(timeout=0) for _ in range(3)] == [BATCH, 20, 0]


async def test_without_input_nothing_is_written(desk: Desk) -> None:
    """An idle system leaves its file alone, and says that there was nothing."""
    processor = await desk.started()
    fuse = Fuse()
    watched = await desk.started(store=fuse.guard(desk.store))
    await processor.close()
    fuse.passed.clear()
    assert await watched.step(timeout=0) == 0
    assert not [point for point in fuse.passed if "commit" in point]


async def test_offsets_go_last(desk: Desk) -> None:
    """First the transaction, then the broker, then the offsets: a crash loses nothing between."""
    desk.handler = refuse
    fuse = Fuse()
    processor = await desk.started(
        store=fuse.guard(desk.store),
        bus=fuse.guard(desk.bus),
        producer=fuse.guard(await desk.bus.producer()),
    )
    await desk.feed(asked(2))
    await processor.step(timeout=0)
    order = ["after SqliteStore.commit", "after send", "before MemoryConsumer.commit"]
    await eventually(lambda: order[-1] in fuse.passed)
    assert [point for point in fuse.passed if point in order][-3:] == order


async def test_closing_finishes_what_is_under_way(desk: Desk) -> None:
    """After close() the offsets are committed and the outbox is empty."""
    desk.handler = refuse
    processor = await desk.started()
    await desk.feed(asked(2))
    await processor.step(timeout=0)
    await processor.close()
    assert await desk.unread() == 0
    assert list(await desk.store.outgoing()) == []


# --- who owns what -------------------------------------------------------------------------


async def test_workers_share_the_partitions(desk: Desk) -> None:
    """Worker k of n reads the partitions p with p mod n = k, and no other."""
    numbers = [asked(number) for number in range(20)]
    await desk.feed(*numbers)
    for worker in (0, 1):
        store = (await Desk.open()).store
        processor = await desk.started(store=store, worker=worker, workers=2)
        await processor.step(timeout=0)
        mine = [e.subject for e in numbers if partition_of(e.subject, PARTITIONS) == worker]
        assert sorted(call.subject for call in processor.calls) == sorted(mine)


async def test_a_process_that_was_replaced_publishes_nothing_more(desk: Desk) -> None:
    """The new owner's epoch is the fence: the old one's batch is dropped whole."""
    stale = await desk.started()
    fresh = await desk.started()
    await desk.feed(asked(2))
    with pytest.raises(LeaseLost):
        await stale.step(timeout=0)
    assert not stale.calls
    assert desk.published() == []
    assert await desk.store.subjects([case(2)]) == {}
    await fresh.step(timeout=0)
    assert len(fresh.calls) == 1


async def test_what_a_predecessor_left_is_published_before_anything_new(desk: Desk) -> None:
    """The outbox goes first, then the consumer opens; numbers go on where they stood."""
    desk.handler = refuse
    fuse = Fuse(lambda number: fuse.passed[-1] == "before send")
    dying = await desk.started(producer=fuse.guard(await desk.bus.producer()))
    await desk.feed(asked(2))
    with pytest.raises(Crash):
        await dying.step(timeout=0)
    (left,) = await desk.store.outgoing()
    await desk.feed(asked(4))
    after = Fuse()
    again = await desk.started(
        bus=after.guard(desk.bus), producer=after.guard(await desk.bus.producer())
    )
    assert after.passed.index("after send") < after.passed.index("before MemoryBus.consumer")
    assert names(desk.published()) == [(case(2), "residence.registration.refused")]
    await again.step(timeout=0)
    assert [row.seq for row in await desk.store.outgoing()] == [left.seq + 1]


async def test_run_works_until_it_is_cancelled(desk: Desk) -> None:
    """Records are handled as they come, without anyone stepping."""
    processor = await desk.started()
    running = asyncio.create_task(processor.run())
    await desk.feed(asked(2))
    await eventually(lambda: len(processor.calls) == 1)
    await desk.feed(asked(4))
    await eventually(lambda: len(processor.calls) == 2)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await processor.close()
    assert await desk.unread() == 0
