"""The dispatcher: calls to the agency, made after the transaction that recorded them.

Requests go out in order; each answer comes back as an input of its own transaction. An agency
forgets an outcome only after that transaction: collect is peek → commit → acknowledge.
"""

import asyncio
import random

from connectors.runtime.agency import Agency, AgencyUnavailable, Request
from connectors.runtime.processor import BATCH, Processor
from connectors.runtime.store import PendingCall

POLL_SECONDS = 0.05
"""Agencies are polled, as in reality; between polls of an idle agency this much time passes."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.1, 5.0


class Dispatcher:
    """Stands between one processor and its agency."""

    def __init__(self, processor: Processor, agency: Agency) -> None:
        self._processor = processor
        self._agency = agency
        self._cursor = 0
        self._pause = 0.0
        self.unavailable = 0
        """How often the agency did not answer."""

    async def run(self) -> None:
        """Dispatch until cancelled; back off while the agency is unavailable."""
        while True:
            self._processor.called.clear()
            if await self._attempt() == 0:
                await self._wait()

    async def step(self) -> int:
        """Hand over what is to be called and take in what is decided; how many of both.

        Raises:
            AgencyUnavailable: nothing was lost, the calls stand in line again.
        """
        sent = await self._submit()
        taken = await self._collect()
        return sent + taken

    async def _attempt(self) -> int:
        try:
            done = await self.step()
        except AgencyUnavailable:
            self.unavailable += 1
            self._pause = min(max(self._pause * 2, _FIRST_PAUSE), _LONGEST_PAUSE)
            return 0
        self._pause = 0.0
        return done

    async def _wait(self) -> None:
        if self._pause:
            await asyncio.sleep(self._pause * random.uniform(0.5, 1.0))
            return
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._processor.called.wait()
        except TimeoutError:
            return

    async def _submit(self) -> int:
        calls = list(self._processor.calls)[:BATCH]
        if calls:
            await self._agency.submit([_request(call) for call in calls])
            for _ in calls:
                self._processor.calls.popleft()
            self._processor.done(call.key for call in calls)
        return len(calls)

    async def _collect(self) -> int:
        outcomes = await self._agency.collect(self._cursor, BATCH)
        if outcomes:
            await self._processor.take(outcomes)
            self._cursor = outcomes[-1].cursor
            await self._agency.ack(self._cursor)
        return len(outcomes)


def _request(call: PendingCall) -> Request:
    return Request(
        subject=call.subject,
        step=call.step,
        attempt=call.attempt,
        time=call.time,
        record=call.record,
        cause=call.cause,
    )
