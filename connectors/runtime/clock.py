"""The run's time, which is not the machine's.

`EventTime`: nobody waits; service times only advance `ce_time` (benchmarks). `ScaledClock`: the
run's time passes `speed` times as fast as real time (demo, up). `VirtualClock`: time stands until
it is moved (the memory bus). Lateness is judged on events' own times in all three.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from schemas.event import VN


class Clock(Protocol):
    """Says what time it is in the run; None where the run has no time of its own."""

    def now(self) -> datetime | None: ...


class EventTime:
    """No time passes by itself: everything that is asked for is ready, no timer comes due."""

    def now(self) -> None:
        return None


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


class VirtualClock:
    """Stands at `start` until `advance` moves it."""

    def __init__(self, start: datetime) -> None:
        self._now = start

    def now(self) -> datetime:
        return self._now

    def advance(self, to: datetime) -> None:
        """Move on; never back."""
        self._now = max(self._now, to)
