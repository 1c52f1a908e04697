"""A clean end on Ctrl-C and on SIGTERM."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(Exception):
    """A signal asked for the end, and everything inside has been left; exit code 130."""

    def __init__(self, number: signal.Signals) -> None:
        super().__init__(f"interrupted by {number.name}")
        self.signal = number


@asynccontextmanager
async def until_signal() -> AsyncIterator[None]:
    """Cancel the body on SIGINT or SIGTERM, and raise Interrupted once it has been left.

    A second signal cancels again, whatever the body then does to end in good order. Enter it from
    the main thread, outside of all that has to end cleanly.
    """
    loop = asyncio.get_running_loop()
    task = asyncio.current_task()
    assert task is not None
    received: list[signal.Signals] = []

    def receive(number: signal.Signals) -> None:
        received.append(number)
        task.cancel(f"by {number.name}")

    before = {number: signal.getsignal(number) for number in _SIGNALS}
    for number in _SIGNALS:
        loop.add_signal_handler(number, receive, number)
    try:
        yield
    finally:
        for number in _SIGNALS:
            loop.remove_signal_handler(number)
            signal.signal(number, before[number])
        for _ in received:
            task.uncancel()
        if received:
            raise Interrupted(received[0])
