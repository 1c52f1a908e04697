"""Delivery rules 5 to 8: who may publish, write, commit and fire, and in which order.

Each test takes nothing from fixtures, so that `test_rules_bite` can run the same function with the
rule taken away and see it fail.
"""

from dataclasses import replace
from zlib import crc32

import pytest

from connectors.runtime.errors import LeaseLost, OffsetOutOfRange
from connectors.runtime.handling import Decision, Input, State, TimerFired
from connectors.runtime.store import Changes
from tests.connectors.runtime.desk import PARTITIONS, TOPICS, Desk, names
from tests.connectors.runtime.toy import (
    ANSWER,
    REFUSAL,
    START,
    SYSTEM,
    asked,
    case,
    consented,
    refuse,
)
from tests.delivery.processes import dies, finished, row_of, state_of


async def test_rule_05_what_a_dead_process_left_is_published() -> None:
    """Decided and not sent: the next owner sends it."""
    desk = await Desk.open(handler=refuse)
    await desk.feed(asked(1))
    await dies(desk, "before send")
    assert desk.published() == []
    await finished(desk)
    assert names(desk.published()) == [(case(1), REFUSAL)]


async def test_rule_05_what_is_left_goes_first_and_in_its_order() -> None:
    """A later event of the case never overtakes one that was decided before."""
    desk = await Desk.open(handler=refuse)
    await desk.feed(asked(1), consented(1))
    await dies(desk, "before send")
    await desk.feed(consented(1, "consent.declined"))
    await finished(desk)
    causes = [event.causationid for event in desk.published()]
    assert causes == [asked(1).id, consented(1).id, consented(1, "consent.declined").id]


async def test_rule_05_a_row_goes_after_its_acknowledgement() -> None:
    """A process that dies amid a send leaves everything in the outbox; then nothing stays."""
    desk = await Desk.open(handler=refuse)
    await desk.feed(asked(1), asked(2))
    await dies(desk, "amid send")
    assert len(await desk.store.outgoing()) == 2
    await finished(desk)
    assert set(names(desk.published())) == {(case(1), REFUSAL), (case(2), REFUSAL)}
    assert list(await desk.store.outgoing()) == []


async def test_rule_06_whoever_was_replaced_writes_and_publishes_nothing() -> None:
    """The lease's epoch is the fence; the new owner reads on at the committed offset."""
    desk = await Desk.open(handler=refuse)
    stale = await desk.started()
    fresh = await desk.started()
    await desk.feed(asked(1))
    with pytest.raises(LeaseLost):
        await stale.step(timeout=0)
    assert desk.published() == []
    await fresh.step(timeout=0)
    assert await state_of(desk, 1) == {"told": 1}
    assert len(desk.published()) == 1


async def test_rule_06_a_row_that_changed_since_it_was_read_is_not_overwritten() -> None:
    """Nor may what a process keeps in memory win over what stands in the store."""
    desk = await Desk.open(handler=refuse)
    processor = await desk.started()
    await desk.feed(asked(1))
    await processor.step(timeout=0)
    changed = replace(await row_of(desk, 1), state='{"told":100}')
    await desk.store.commit(Changes(leases={}, subjects=[changed]))
    await desk.feed(consented(1))
    with pytest.raises(LeaseLost):
        await processor.step(timeout=0)
    assert await state_of(desk, 1) == {"told": 100}
    assert len(desk.published()) == 1


async def test_rule_07_offsets_are_committed_after_publishing() -> None:
    """A process that dies before its transaction reads the same records again."""
    desk = await Desk.open(handler=refuse)
    await desk.feed(asked(1))
    await dies(desk, "before MemoryStore.commit")
    assert await desk.unread() == 1
    await finished(desk)
    assert names(desk.published()) == [(case(1), REFUSAL)]
    assert await desk.unread() == 0


async def test_rule_07_a_first_start_begins_at_the_earliest_record() -> None:
    """What was delivered before the system's first start is not skipped."""
    desk = await Desk.open(handler=refuse)
    await desk.feed(asked(1))
    await finished(desk)
    assert len(desk.published()) == 1


async def test_rule_07_an_offset_outside_the_log_is_an_alarm() -> None:
    """A group that has read further than the log goes does not start."""
    desk = await Desk.open(handler=refuse)
    await desk.feed(asked(1))
    await finished(desk)
    await desk.feed(asked(1))
    desk.bus.commit(SYSTEM, _place(1), 50)
    with pytest.raises(OffsetOutOfRange):
        await finished(desk)


def _place(number: int) -> tuple[str, int]:
    return TOPICS.outbox(SYSTEM), crc32(case(number).encode()) % PARTITIONS


def count_timers(state: State, given: Input) -> Decision:
    """Sets two timers of the same moment; every later decision sets none."""
    fired = state.get("fired", 0)
    if isinstance(given, TimerFired):
        return Decision(state={"fired": fired + 1})
    due = given.time + ANSWER
    return Decision(state={"fired": fired}, timers={"one": due, "two": due})


async def test_rule_08_a_timer_is_deleted_by_the_transition_it_causes() -> None:
    """It fires once, over processes too, and then there is nothing to do."""
    desk = await Desk.open(handler=count_timers)
    await desk.feed(asked(1))
    await finished(desk)
    desk.clock.advance(START + 2 * ANSWER)
    await dies(desk, "after MemoryStore.commit")
    processor = await desk.started()
    assert await processor.step(timeout=0) == 0
    assert (await state_of(desk, 1))["fired"] == 1
    assert (await row_of(desk, 1)).next_due is None


async def test_rule_08_a_decision_returns_the_whole_set_of_timers() -> None:
    """Two inputs of one batch can't both win: the first one's decision takes the other off."""
    desk = await Desk.open(handler=count_timers)
    processor = await desk.started()
    await desk.feed(asked(1))
    await processor.step(timeout=0)
    desk.clock.advance(START + 2 * ANSWER)
    await processor.step(timeout=0)
    assert (await state_of(desk, 1))["fired"] == 1


async def test_rule_08_only_the_partitions_owner_fires_its_timers() -> None:
    """A worker looks at the timers of its own partitions, in a store that several share."""
    desk = await Desk.open(handler=count_timers)
    await desk.feed(asked(1))
    await finished(desk)
    desk.clock.advance(START + 2 * ANSWER)
    owner = (await row_of(desk, 1)).partition
    other = await desk.started(worker=1 - owner, workers=2)
    assert await other.step(timeout=0) == 0
    assert (await state_of(desk, 1))["fired"] == 0
