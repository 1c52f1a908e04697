"""The processor: timers come due on the run's clock, fire once, and give way to answers."""

from datetime import timedelta

from connectors.runtime.clock import EventTime
from connectors.runtime.handling import Decision, Input, State, TimerFired
from schemas.event import derived_id
from tests.connectors.runtime.desk import Desk, names, settle
from tests.connectors.runtime.toy import (
    ANSWER,
    CONSENT,
    START,
    asked,
    case,
    consented,
)


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


async def test_an_answer_that_waits_to_be_read_goes_before_the_deadline(desk: Desk) -> None:
    """A system that comes back late hears first what was said in time, and then looks at timers."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(1))
    await settle(participant)
    desk.clock.advance(START + 2 * CONSENT)
    await desk.feed(consented(1))
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
