"""A process that dies at any chosen moment: every await that reaches the outside is a point."""

import asyncio
import inspect
from collections.abc import Callable
from typing import Any, TypeVar, cast

from connectors.runtime.bus import Batches, Producer

T = TypeVar("T")


class Crash(BaseException):
    """The process is dead: nothing catches this."""


class Fuse:
    """Counts the points that a process passes, and blows at those that `blows` names."""

    def __init__(self, blows: Callable[[int], bool] = lambda number: False) -> None:
        self._blows = blows
        self.passed: list[str] = []
        self.blown = False

    def point(self, name: str) -> None:
        """Pass a point, or die there."""
        self.passed.append(name)
        if self.blown or self._blows(len(self.passed)):
            self.blown = True
            raise Crash(name)

    def check(self) -> None:
        """Die here too, if a task in the background did."""
        if self.blown:
            raise Crash("in the background")

    def guard(self, port: T) -> T:
        """A port whose methods have a point before and after the real call."""
        return cast(T, _Guarded(port, self))


class _Guarded:
    def __init__(self, port: Any, fuse: Fuse) -> None:
        self._port = port
        self._fuse = fuse

    def __getattr__(self, name: str) -> Any:
        if name == "send":
            return self._send
        method = getattr(self._port, name)
        if not inspect.iscoroutinefunction(method):
            return method

        async def guarded(*args: Any, **options: Any) -> Any:
            what = f"{type(self._port).__name__}.{name}"
            self._fuse.point(f"before {what}")
            result = await method(*args, **options)
            self._fuse.point(f"after {what}")
            return self._fuse.guard(result) if name in ("producer", "consumer") else result

        return guarded

    async def _send(self, batches: Batches) -> None:
        """Write in two halves, since a process may die when a part is on the broker."""
        producer: Producer = self._port
        self._fuse.point("before send")
        for partition, messages in batches.items():
            half = len(messages) // 2
            await producer.send({partition: messages[:half]})
            self._fuse.point("amid send")
            await producer.send({partition: messages[half:]})
        self._fuse.point("after send")


async def abandon_tasks() -> None:
    """End every other task of this loop, as the end of their process would."""
    others = asyncio.all_tasks() - {cast("asyncio.Task[Any]", asyncio.current_task())}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
