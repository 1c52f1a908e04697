"""Real time in the hands of a test: pauses are noted and over at once."""

import asyncio
import random

from connectors.runtime.agency import Agency
from connectors.runtime.dispatcher import Dispatcher
from connectors.runtime.processor import Processor


class Hands:
    """A clock that only a test, or a dispatcher that pauses, moves on."""

    def __init__(self) -> None:
        self.now = 0.0
        self.pauses: list[float] = []

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds

    async def sleep(self, event: asyncio.Event, seconds: float) -> None:
        """Note the pause and be at its end, unless the event is set."""
        await asyncio.sleep(0)
        if not event.is_set():
            self.pauses.append(seconds)
            self.now += seconds

    def dispatcher(self, processor: Processor, agency: Agency, *, seed: int = 1) -> Dispatcher:
        """A dispatcher on this clock."""
        return Dispatcher(
            processor,
            agency,
            chance=random.Random(seed),
            now=lambda: self.now,
            sleep=self.sleep,
        )


async def dispatch(dispatcher: Dispatcher) -> None:
    """Step until there is nothing to do at this moment."""
    while await dispatcher.step():
        pass
