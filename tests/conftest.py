"""What all tests share: waiting by condition, never by time."""

import asyncio
import time
from collections.abc import Callable

WITHIN_S = 10.0
"""How long a condition may take before the test has failed."""


async def eventually(condition: Callable[[], bool], *, within_s: float = WITHIN_S) -> None:
    """Return as soon as the condition holds; fail the test when that takes too long."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_s:g} s"
        await asyncio.sleep(0.002)
