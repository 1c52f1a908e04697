"""The processor: what one batch does, and what is left when the process dies amid it."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from connectors.runtime.clock import EventTime
from connectors.runtime.errors import LeaseLost
from connectors.runtime.handling import Decision, Emit, Input, State, TimerFired
from connectors.runtime.processor import BATCH
from schemas.bindings import to_kafka
from schemas.event import derived_id, payload_hash
from schemas.topics import partition_of
from tests.conftest import eventually
from tests.connectors.runtime.crashes import Crash, Fuse, abandon_tasks
from tests.connectors.runtime.desk import PARTITIONS, TOPICS, Desk, names, settle
from tests.connectors.runtime.toy import (
    ANSWER,
    CONSENT,
    START,
    SYSTEM,
    asked,
    case,
    consented,
    data_of,
    poisoned,
)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The toy system's surroundings, with a SQLite store that can be looked into."""
    opened = await Desk.open(tmp_path / "residence.db")
    yield opened
    await opened.close()


def letters(desk: Desk) -> list[dict[str, Any]]:
    return [orjson.loads(record.value or b"") for record in desk.dead_letters()]


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
        events = [_refusal(given)] * 2
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


def _refusal(given: Input) -> Emit:
    name = "residence.registration.refused"
    return Emit(name=name, data=data_of(name), time=given.time)


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
    desk.handler = _refuse_all
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
    assert [point for point in fuse.passed if point in order] == order


async def test_closing_finishes_what_is_under_way(desk: Desk) -> None:
    """After close() the offsets are committed and the outbox is empty."""
    desk.handler = _refuse_all
    processor = await desk.started()
    await desk.feed(asked(2))
    await processor.step(timeout=0)
    await processor.close()
    assert await desk.unread() == 0
    assert list(await desk.store.outgoing()) == []


def _refuse_all(state: State, given: Input) -> Decision:
    return Decision(state={}, events=[_refusal(given)])


# --- what fails ----------------------------------------------------------------------------


async def test_an_event_that_breaks_the_handler_leaves_its_neighbours_alone(desk: Desk) -> None:
    """It goes to the dead letters and its case to the manual queue; the others commit."""
    processor = await desk.started()
    await desk.feed(asked(2), poisoned(4), asked(6))
    await processor.step(timeout=0)
    assert {call.subject for call in processor.calls} == {case(2), case(6)}
    (letter,) = letters(desk)
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
    desk.handler = _refuse_all
    mended = await desk.started()
    await desk.feed(poisoned(4))
    await mended.step(timeout=0)
    assert len(letters(desk)) == 1
    assert desk.published() == []
    assert (processor.stats.absorbed, mended.stats.absorbed) == (1, 1)


async def test_the_same_id_with_another_payload_is_dead_lettered(desk: Desk) -> None:
    """The first payload stands; the second goes to the dead letters as `id_reused`."""
    processor = await desk.started()
    await desk.feed(asked(2), replace(poisoned(2), id=asked(2).id), asked(2))
    await processor.step(timeout=0)
    assert [letter["reason"] for letter in letters(desk)] == ["id_reused"]
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
    assert sorted((x["reason"], x["pointer"]) for x in letters(desk)) == [
        ("header_invalid", "ce_specversion"),
        ("header_invalid", "ce_time"),
    ]
    assert len(processor.calls) == 1


async def test_a_record_with_a_key_that_is_no_text_is_dead_lettered(desk: Desk) -> None:
    """Kafka keys are bytes, and a stranger's may be any."""
    processor = await desk.started()
    desk.bus.write((TOPICS.outbox(SYSTEM), 0), b"\xff\xfe", None, [])
    await processor.step(timeout=0)
    assert [letter["reason"] for letter in letters(desk)] == ["header_invalid"]


@pytest.mark.parametrize(
    "broken",
    [
        None,
        Decision(state={"when": START + ANSWER, "what": object()}),
        Decision(state={}, timers={"late": "tomorrow"}),  # type: ignore[dict-item]
        Decision(state={}, timers=None),  # type: ignore[arg-type]
        Decision(state={}, events=None),  # type: ignore[arg-type]
    ],
    ids=["nothing", "state", "timer", "timers", "events"],
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
    assert [letter["reason"] for letter in letters(desk)] == ["handler_failed"]


# --- timers --------------------------------------------------------------------------------


async def test_a_timer_fires_once_when_it_is_due(desk: Desk) -> None:
    """Not before its moment, and never again after it."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(1))
    await settle(participant)
    desk.clock.advance(START + ANSWER + CONSENT - timedelta(seconds=1))
    await settle(participant)
    assert names(desk.published()) == [(case(1), "consent.requested")]
    desk.clock.advance(START + ANSWER + CONSENT)
    await settle(participant)
    desk.clock.advance(START + 9 * CONSENT)
    await settle(participant)
    assert names(desk.published())[1:] == [(case(1), "residence.registration.refused")]


async def test_a_fired_timers_event_derives_from_subject_name_and_due_time(desk: Desk) -> None:
    """Firing twice after a crash would give the same event."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(1))
    await settle(participant)
    desk.clock.advance(START + 2 * CONSENT)
    await settle(participant)
    fired = TimerFired(subject=case(1), name="consent", time=START + ANSWER + CONSENT)
    event = desk.published()[-1]
    assert event.id == derived_id(fired.id, "residence.registration.refused", 0)
    assert event.time == fired.time, "lateness is judged on the due time, not on the machine's"


async def test_an_answer_takes_the_timer_off(desk: Desk) -> None:
    """The decision on the answer has no timers, so none fires."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(1))
    await settle(participant)
    await desk.feed(consented(1))
    await settle(participant)
    desk.clock.advance(START + 2 * CONSENT)
    await settle(participant)
    assert [name for _, name in names(desk.published())] == [
        "consent.requested",
        "residence.registered",
    ]


async def test_without_a_time_of_its_own_a_run_fires_no_timer(desk: Desk) -> None:
    """In event time a legal deadline can't pass because a machine was slow."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(1))
    await settle(participant)
    await participant.close()
    desk.clock.advance(START + 2 * CONSENT)
    desk.clock = EventTime()  # type: ignore[assignment]
    timeless = await desk.started()
    assert await timeless.step(timeout=0) == 0


async def test_a_timer_that_breaks_the_handler_does_not_fire_for_ever(desk: Desk) -> None:
    """It fires, the case goes to the manual queue, and the system goes on."""
    toy = desk.handler

    def breaks(state: State, given: Input) -> Decision:
        if isinstance(given, TimerFired):
            raise RuntimeError("no timer expected")
        return toy(state, given)

    desk.handler = breaks
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(1))
    await settle(participant)
    desk.clock.advance(START + 2 * CONSENT)
    assert [await participant.step() for _ in range(3)] == [1, 0, 0]
    assert desk.rows("SELECT subject, input FROM manual") == [(case(1), "timer:consent")]


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
    desk.handler = _refuse_all
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


# --- a crash at every point ----------------------------------------------------------------


class Life:
    """The system from birth to end, over as many processes as it takes."""

    def __init__(self, desk: Desk, fuse: Fuse) -> None:
        self._desk = desk
        self._fuse = fuse

    async def live(self) -> None:
        """The whole story: requests, a poisonous one, repetitions, an answer, a timer, the end."""
        desk = self._desk
        reused = replace(poisoned(2), id=asked(2).id)
        await desk.feed(asked(1), asked(2), poisoned(8), asked(2), reused, asked(3), asked(6))
        await self._settle()
        await desk.feed(consented(1), asked(4), asked(1), consented(1))
        await self._settle()
        desk.clock.advance(START + 2 * CONSENT)
        await self._settle()
        await desk.feed(consented(3), asked(10))
        await self._settle()

    async def _settle(self) -> None:
        while True:
            try:
                await self._process()
            except Crash:
                await abandon_tasks()
                await self._desk.reopen()
                self._fuse.blown = False
            else:
                return

    async def _process(self) -> None:
        fuse, desk = self._fuse, self._desk
        participant = await desk.participant(
            fuse.guard(desk.agency),
            store=fuse.guard(desk.store),
            bus=fuse.guard(desk.bus),
            producer=fuse.guard(await desk.bus.producer()),
        )
        await participant.start()
        while await participant.step():
            fuse.check()
        await participant.close()
        fuse.check()


async def result(desk: Desk) -> dict[str, Any]:
    """All that must be the same at the end, whatever happened on the way."""
    rows = await desk.store.subjects([case(number) for number in range(20)])
    events: dict[str, dict[str, Any]] = {}
    for event in desk.published():
        first = events.setdefault(event.subject, {}).setdefault(event.id, event)
        assert first == event, "the same id, another event"
    return {
        "rows": {name: replace(row, version=0) for name, row in rows.items()},
        "events": {subject: list(of.values()) for subject, of in events.items()},
        "letters": {(x["offset"], x["partition"], x["reason"]) for x in letters(desk)},
        "dead": await desk.store.dead([(e.source, e.id) for e in (poisoned(8), asked(2))]),
        "decided": desk.agency.decided.keys(),
        "left": [*await desk.store.outgoing(), *await desk.store.calls(), *desk.agency.waiting],
        "unread": await desk.unread(),
        "manual": [] if desk.path is None else desk.rows("SELECT * FROM manual"),
    }


@pytest.fixture(params=["memory", "sqlite"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    """Where a store is kept; None is memory."""
    return tmp_path if request.param == "sqlite" else None


async def _story(kept: Path | None, number: int, fuse: Fuse) -> dict[str, Any]:
    desk = await Desk.open(kept and kept / f"{number}.db")
    await Life(desk, fuse).live()
    ended = await result(desk)
    await desk.close()
    return ended


async def test_the_story_without_a_crash(kept: Path | None) -> None:
    """The reference itself: each case ends as it should, and nothing is left over."""
    ended = await _story(kept, 0, Fuse())
    told = {subject: [e.name for e in events] for subject, events in ended["events"].items()}
    registered, asked_first = "residence.registered", "consent.requested"
    assert told == {
        case(1): [asked_first, registered],
        case(2): [registered],
        case(3): [asked_first, "residence.registration.refused"],
        case(4): [registered],
        case(6): [registered],
        case(10): [registered],
    }
    assert {reason for _, _, reason in ended["letters"]} == {"handler_failed", "id_reused"}
    assert (ended["left"], ended["unread"]) == ([], 0)


async def test_a_crash_at_any_point_changes_nothing(kept: Path | None) -> None:
    """Every await that reaches bus, store or agency is tried: before, after and amid a send."""
    fuse = Fuse()
    expected = await _story(kept, 0, fuse)
    assert len(fuse.passed) > 150, "the story passes many points"
    for number in range(1, len(fuse.passed) + 1):
        dying = Fuse(number.__eq__)
        assert await _story(kept, number, dying) == expected, fuse.passed[number - 1]


@pytest.mark.parametrize("seed", range(1, 9))
async def test_crash_after_crash_changes_nothing(kept: Path | None, seed: int) -> None:
    """A process that dies again and again, also while it recovers, still ends right."""
    expected = await _story(kept, 0, Fuse())
    draw = random.Random(seed)
    deaths: list[bool] = []

    def blows(number: int) -> bool:
        deaths.append(draw.random() < 0.03)
        return deaths[-1]

    assert await _story(kept, seed, Fuse(blows)) == expected
    assert sum(deaths) > 3
