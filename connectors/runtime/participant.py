"""A participant: one system's processor, and its dispatcher where it stands for an agency."""

import asyncio
import time
from collections.abc import Callable

from connectors.runtime.agency import Agency
from connectors.runtime.dispatcher import Dispatcher
from connectors.runtime.processor import Processor


class Participant:
    """Runs one system. `agency` None is a system that only takes in (a projection, dvclt)."""

    def __init__(
        self,
        processor: Processor,
        agency: Agency | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`now`: the seconds by which calls that failed are left alone."""
        self.processor = processor
        self.dispatcher = None if agency is None else Dispatcher(processor, agency, now=now)

    @property
    def system(self) -> str:
        """The system's name."""
        return self.processor.system

    async def start(self) -> None:
        """Publish what is left and begin to read."""
        await self.processor.start()

    async def run(self) -> None:
        """Take part until cancelled; an error of broker or store ends it."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.processor.run())
            if self.dispatcher is not None:
                tasks.create_task(self.dispatcher.run())

    async def step(self) -> int:
        """One batch from the bus and one round with the agency, without waiting."""
        done = await self.processor.step(timeout=0)
        if self.dispatcher is not None:
            done += await self.dispatcher.step()
        return done

    async def close(self) -> None:
        """Leave in order."""
        await self.processor.close()
