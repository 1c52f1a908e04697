"""What all tests share: waiting by condition, never by time; and the same draws in every run."""

import asyncio
import time
from collections.abc import Callable

from hypothesis import settings

settings.register_profile("lienthong", deadline=None, derandomize=True)
settings.load_profile("lienthong")

WITHIN_S = 10.0
"""How long a condition may take before the test has failed."""


async def eventually(condition: Callable[[], bool], *, within_s: float = WITHIN_S) -> None:
    """Return as soon as the condition holds; fail the test when that takes too long."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_s:g} s"
        await asyncio.sleep(0.002)
