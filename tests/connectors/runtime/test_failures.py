"""The processor: what becomes of an input that can't be handled, and of its neighbours."""

from dataclasses import replace

import pytest

from connectors.runtime.handling import Call, Decision, Emit, Input, State
from schemas.bindings import to_kafka
from tests.connectors.runtime.desk import TOPICS, Desk
from tests.connectors.runtime.toy import (
    ANSWER,
    REFUSAL,
    START,
    SYSTEM,
    asked,
    case,
    poisoned,
    refuse,
)


async def test_an_event_that_breaks_the_handler_leaves_its_neighbours_alone(desk: Desk) -> None:
    """It goes to the dead letters and its case to the manual queue; the others commit."""
    processor = await desk.started()
    await desk.feed(asked(2), poisoned(4), asked(6))
    await processor.step(timeout=0)
    assert {call.subject for call in processor.calls} == {case(2), case(6)}
    (letter,) = desk.letters()
    assert (letter["by"], letter["reason"]) == (SYSTEM, "handler_failed")
    assert "RuntimeError: the child's name" in letter["detail"]
    assert desk.rows("SELECT subject, reason, input FROM manual") == [
        (case(4), "handler_failed", f"dvclt:{poisoned(4).id}")
    ]
    assert desk.rows("SELECT source, id, subject FROM dead") == [
        ("/systems/dvclt", poisoned(4).id, case(4))
    ]


async def test_a_dead_event_stays_dead_when_it_comes_again(desk: Desk) -> None:
    """Its id is remembered: a repetition is absorbed, even by a handler that could now."""
    processor = await desk.started()
    await desk.feed(poisoned(4), poisoned(4))
    await processor.step(timeout=0)
    await processor.close()
    desk.handler = refuse
    mended = await desk.started()
    await desk.feed(poisoned(4))
    await mended.step(timeout=0)
    assert len(desk.letters()) == 1
    assert desk.published() == []
    assert (processor.stats.absorbed, mended.stats.absorbed) == (1, 1)


async def test_the_same_id_with_another_payload_is_dead_lettered(desk: Desk) -> None:
    """The first payload stands; the second goes to the dead letters as `id_reused`."""
    processor = await desk.started()
    await desk.feed(asked(2), replace(poisoned(2), id=asked(2).id), asked(2))
    await processor.step(timeout=0)
    assert [letter["reason"] for letter in desk.letters()] == ["id_reused"]
    assert len(processor.calls) == 1
    assert processor.stats.absorbed == 1, "the true event is known, not dead"


async def test_a_record_without_an_event_is_dead_lettered(desk: Desk) -> None:
    """Whoever writes past the router can't stop a receiver."""
    processor = await desk.started()
    bare: list[tuple[str, bytes]] = []
    broken = [(n, b"never" if n == "ce_time" else v) for n, v in to_kafka(asked(4))]
    await desk.deliver((case(2), bare, None), (case(4), broken, b"{}"))
    await desk.feed(asked(6))
    assert await processor.step(timeout=0) == 3
    assert sorted((x["reason"], x["pointer"]) for x in desk.letters()) == [
        ("header_invalid", "ce_specversion"),
        ("header_invalid", "ce_time"),
    ]
    assert len(processor.calls) == 1


async def test_a_record_with_a_key_that_is_no_text_is_dead_lettered(desk: Desk) -> None:
    """Kafka keys are bytes, and a stranger's may be any."""
    processor = await desk.started()
    desk.bus.write((TOPICS.outbox(SYSTEM), 0), b"\xff\xfe", None, [])
    await processor.step(timeout=0)
    assert [letter["reason"] for letter in desk.letters()] == ["header_invalid"]


@pytest.mark.parametrize(
    "broken",
    [
        None,
        Decision(state={"when": START + ANSWER, "what": object()}),
        Decision(state={}, timers={"late": "tomorrow"}),  # type: ignore[dict-item]
        Decision(state={}, timers=None),  # type: ignore[arg-type]
        Decision(state={}, events=None),  # type: ignore[arg-type]
        Decision(state={}, events=[Emit(name="birth.forgotten", data={}, time=START)]),
        Decision(state={}, events=[Emit(name=REFUSAL, data={"x": object()}, time=START)]),
        Decision(state={}, events=[Emit(name=REFUSAL, data={}, time="now")]),  # type: ignore[arg-type]
        Decision(state={}, calls=[Call(step="s", record={"x": object()}, time=START)]),
        Decision(state={}, calls=[Call(step="s", record={}, time="now")]),  # type: ignore[arg-type]
    ],
    ids=[
        *("nothing", "state", "timer", "timers", "events", "event name", "event data"),
        *("event time", "call record", "call time"),
    ],
)
async def test_a_decision_that_is_none_fails_its_own_event_only(
    desk: Desk, broken: Decision
) -> None:
    """An engineer's mistake in one handler doesn't stop the system."""

    def mistaken(state: State, given: Input) -> Decision:
        return broken if given.subject == case(2) else Decision(state={"fine": True})

    desk.handler = mistaken
    processor = await desk.started()
    await desk.feed(asked(2), asked(4))
    await processor.step(timeout=0)
    assert list(await desk.store.subjects([case(2), case(4)])) == [case(4)]
    assert [letter["reason"] for letter in desk.letters()] == ["handler_failed"]
