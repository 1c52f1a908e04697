"""How long to leave alone what has just failed: exponential back-off with full jitter.

Full jitter draws the whole pause at random, so that many clients of one agency do not come back
at the same moment (M. Brooker, "Exponential Backoff And Jitter", 2015).
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

Sleep = Callable[[asyncio.Event, float], Awaitable[None]]
"""Wait until the event is set, but at most so many seconds."""


async def until_set(event: asyncio.Event, seconds: float) -> None:
    """Wait in real time."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """The bounds of the pauses, in seconds of real time."""

    first_s: float = 0.1
    """The longest pause after the first failure."""
    factor: float = 2.0
    """Each further failure in a row makes the longest pause so many times as long …"""
    cap_s: float = 10.0
    """… but never longer than this."""

    def longest(self, failures: int) -> float:
        """The longest pause after so many failures in a row; 0 after none."""
        if failures < 1:
            return 0.0
        pause = self.first_s
        for _ in range(failures - 1):
            pause *= self.factor
            if pause >= self.cap_s:
                break
        return min(pause, self.cap_s)


class Pace:
    """How soon, and how much at once, one may try: a pause after a failure, then a slow start."""

    def __init__(self, backoff: Backoff, most: int, chance: Callable[[], float]) -> None:
        """`chance` draws from [0, 1); `most` is the largest batch."""
        self._backoff = backoff
        self._most = most
        self._chance = chance
        self.failures = 0
        """How many in a row."""
        self.until = 0.0
        """Before this moment nothing is to be tried."""
        self.batch = most
        """How much may be tried at once."""

    def failed(self, now: float, at_least: float = 0.0) -> None:
        """Wait: longer with every failure in a row, but at least so many seconds."""
        self.failures += 1
        self.until = now + max(at_least, self._backoff.longest(self.failures) * self._chance())
        self.batch = 1

    def narrow(self) -> None:
        """Try half as much next time, without a pause."""
        self.batch = max(1, self.batch // 2)

    def widen(self) -> None:
        """Try twice as much next time."""
        self.batch = min(self._most, self.batch * 2)

    def succeeded(self) -> None:
        """It works again: try twice as much next time, and begin the pauses anew."""
        self.failures = 0
        self.widen()
