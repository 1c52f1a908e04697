"""The run's time, which is not the machine's.

`EventTime`: nobody waits; service times only advance `ce_time` (benchmarks). `ScaledClock`: the
run's time passes `speed` times as fast as real time (demo, up). `VirtualClock`: time stands until
it is moved (the memory bus). Lateness is judged on events' own times in all three.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from schemas.event import VN


class Clock(Protocol):
    """What time it is in the run."""

    def now(self) -> datetime | None:
        """The run's present moment; None where the run has no time of its own."""

    def past(self) -> datetime | None:
        """The moment up to which timers come due: nothing dated before it is still to come."""


class EventTime:
    """No time passes by itself: everything that is asked for is ready.

    Timers come due up to the moment that stands in the file `passed`: whoever drives the run writes
    it there (`pass_to`) once nothing is under way any more.
    """

    def __init__(self, passed: Path | None = None) -> None:
        self._passed = passed

    def now(self) -> None:
        return None

    def past(self) -> datetime | None:
        try:
            text = "" if self._passed is None else self._passed.read_text()
        except FileNotFoundError:
            return None
        return datetime.fromisoformat(text) if text else None


def pass_to(moment: datetime, passed: Path) -> None:
    """Let time pass to a moment in a run in event time; whoever reads `passed` sees it whole."""
    part = passed.with_suffix(".part")
    part.write_text(moment.isoformat())
    part.replace(passed)


SLACK_S = 2.0
"""Real seconds after which what was said somewhere has come to everybody who was to hear it."""


class ScaledClock:
    """`anchor` in the run was `real_anchor` (Unix seconds) on the machine."""

    def __init__(
        self,
        *,
        anchor: datetime,
        real_anchor: float,
        speed: float,
        wall: Callable[[], float] = time.time,
    ) -> None:
        if speed <= 0:
            raise ValueError(f"speed must be above 0, got {speed}")
        self._anchor = anchor
        self._real_anchor = real_anchor
        self._speed = speed
        self._wall = wall

    def now(self) -> datetime:
        passed = (self._wall() - self._real_anchor) * self._speed
        return (self._anchor + timedelta(seconds=passed)).astimezone(VN)

    def past(self) -> datetime:
        return self.now() - timedelta(seconds=SLACK_S * self._speed)


class VirtualClock:
    """Stands at `start` until `advance` moves it; timers come due at once, or up to `held`."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self.held: datetime | None = None
        """Up to when timers may come due while all that happened until now is under way."""

    def now(self) -> datetime:
        return self._now

    def past(self) -> datetime:
        return self._now if self.held is None else self.held

    def advance(self, to: datetime) -> None:
        """Move on; never back."""
        self._now = max(self._now, to)
