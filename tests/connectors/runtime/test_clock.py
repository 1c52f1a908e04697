"""The run's time, which is not the machine's."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from connectors.runtime.clock import (
    SLACK_S,
    Clock,
    EventTime,
    ScaledClock,
    VirtualClock,
    pass_to,
)
from schemas.event import VN

START = datetime(2023, 7, 10, 8, tzinfo=VN)


def test_a_scaled_clock_runs_so_many_times_as_fast() -> None:
    """Ten seconds of the machine are an hour of the run at 360 times the speed."""
    clock = ScaledClock(anchor=START, real_anchor=1000.0, speed=360, wall=lambda: 1010.0)
    assert clock.now() == START + timedelta(hours=1)
    assert clock.now().utcoffset() == timedelta(hours=7), "people read Vietnam's time"


def test_clocks_of_one_run_agree_whoever_asks() -> None:
    """Processes that start later are not behind: the anchors are the run's."""
    wall = 1500.0
    clocks = [
        ScaledClock(anchor=anchor, real_anchor=1000.0, speed=2, wall=lambda: wall)
        for anchor in (START, START.astimezone(UTC))
    ]
    assert clocks[0].now() == clocks[1].now()


@pytest.mark.parametrize("speed", [0, -1])
def test_time_never_stands_or_runs_backwards(speed: float) -> None:
    """A speed must be above 0."""
    with pytest.raises(ValueError, match="above 0"):
        ScaledClock(anchor=START, real_anchor=0, speed=speed)


def test_a_virtual_clock_moves_only_forward() -> None:
    """It stands until it is moved, and never goes back."""
    clock = VirtualClock(START)
    clock.advance(START + timedelta(days=1))
    clock.advance(START)
    assert clock.now() == START + timedelta(days=1)


def test_event_time_has_no_now() -> None:
    """Then no timer comes due because a machine was slow."""
    clock: Clock = EventTime()
    assert clock.now() is None


def test_in_event_time_deadlines_pass_up_to_where_they_are_let(tmp_path: Path) -> None:
    """Whoever drives the run says so in a file; before that, none passes."""
    clock: Clock = EventTime(tmp_path / "passed")
    assert clock.past() is None
    pass_to(START, tmp_path / "passed")
    assert clock.past() == START
    pass_to(START + timedelta(days=9), tmp_path / "passed")
    assert clock.past() == START + timedelta(days=9)
    assert EventTime().past() is None


def test_on_a_clock_a_deadline_passes_when_what_was_said_before_it_has_come() -> None:
    """Two real seconds later, at whatever speed the run's time passes."""
    clock = ScaledClock(anchor=START, real_anchor=1000.0, speed=360, wall=lambda: 1010.0)
    assert clock.past() == clock.now() - timedelta(seconds=360 * SLACK_S)


def test_a_virtual_clock_can_hold_deadlines_back() -> None:
    """So that everything said until now is heard first."""
    clock = VirtualClock(START)
    assert clock.past() == START
    clock.held = START
    clock.advance(START + timedelta(days=1))
    assert clock.past() == START
