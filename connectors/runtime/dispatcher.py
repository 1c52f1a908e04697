"""The dispatcher: calls to the agency, made after the transaction that recorded them.

Requests go out in order; each answer comes back as an input of its own transaction. An agency
forgets an outcome only after that transaction: collect is peek → commit → acknowledge.

Nothing is lost when a call fails. Where the agency as a whole does not answer, everything waits,
and one call alone tries whether it is back. Where the agency answers that it could not take a
batch, the batch is halved until the request at fault stands alone: its case backs off by itself,
the others go on. A request that the agency refuses for good goes to the manual queue.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Sequence

from connectors.runtime.agency import Agency, AgencyUnavailable, Request, RequestFailed
from connectors.runtime.backoff import Backoff, Pace, Sleep, until_set
from connectors.runtime.callqueue import CallQueue
from connectors.runtime.processor import BATCH, Processor
from connectors.runtime.store import PendingCall

log = logging.getLogger(__name__)

POLL_SECONDS = 0.05
"""Agencies are polled, as in reality; between polls of an idle agency this much time passes."""
QUIET_POLLS, QUIET_SECONDS = 200, 0.25
"""After so many polls in a row with nothing to do the agency is asked only so often."""
STRIKES = 12
"""Failures in a row, of requests that nothing was known against, after which it is the agency that
is taken to fail. More than it takes to halve a batch down to one."""
PACE_OF_RETRIES = Backoff(cap_s=1.0)
"""Between requests that failed before and fail again, however many of them there are."""


class Dispatcher:
    """Stands between one processor and its agency. Its counts are in the processor's `stats`."""

    def __init__(
        self,
        processor: Processor,
        agency: Agency,
        *,
        backoff: Backoff | None = None,
        chance: random.Random | None = None,
        now: Callable[[], float] = time.monotonic,
        sleep: Sleep = until_set,
    ) -> None:
        """`now` and `sleep` are real time, in seconds; `chance` draws the jitter."""
        self._processor = processor
        self._agency = agency
        self._backoff = backoff or Backoff()
        draw = (chance or random.Random(processor.system)).random
        self._draw = draw
        self._now = now
        self._sleep = sleep
        self._queue = CallQueue()
        self._line = Pace(self._backoff, BATCH, draw)
        """Of the agency as a whole, and of the requests that nothing is known against."""
        self._aside = Pace(PACE_OF_RETRIES, BATCH, draw)
        """Of the requests that failed before."""
        self._strikes = 0
        self._quiet = 0
        self._cursor = 0
        self._acknowledged = 0
        self._switched_on = asyncio.Event()
        self._switched_on.set()
        self._never = asyncio.Event()

    @property
    def waiting(self) -> int:
        """How many calls are not with the agency yet."""
        return len(self._processor.calls) + len(self._queue)

    @property
    def held_up(self) -> bool:
        """Whether anything has to be left alone for a while before it is tried again."""
        return self.waiting > 0 or self._line.failures > 0

    def switch_off(self) -> None:
        """Call the agency no more, retries included, until `switch_on`; all calls are kept."""
        self._switched_on.clear()

    def switch_on(self) -> None:
        """Call the agency again."""
        self._switched_on.set()

    async def run(self) -> None:
        """Dispatch until cancelled; back off while the agency is unavailable."""
        while True:
            await self._switched_on.wait()
            self._processor.called.clear()
            if await self.step():
                self._quiet = 0
            else:
                self._quiet += 1
                await self._rest()

    async def step(self) -> int:
        """Hand over what is to be called and take in what is decided; how much was done.

        0 means that nothing is to be done now: nothing waits, or what waits has to be left alone
        for a while.
        """
        if self._now() < self._line.until:
            return 0
        try:
            sent = await self._submit()
            retried = await self._retry()
            taken = await self._collect()
        except AgencyUnavailable as error:
            self._away(str(error), error.retry_after)
            return 0
        return sent + retried + taken

    async def _rest(self) -> None:
        pause = self._line.until - self._now()
        if pause > 0:  # new calls don't shorten it
            await self._sleep(self._never, pause)
            return
        pause = POLL_SECONDS if self._quiet < QUIET_POLLS else QUIET_SECONDS
        due = self._queue.next_try()
        if due is not None:
            pause = min(pause, max(due, self._aside.until) - self._now())
        await self._sleep(self._processor.called, max(0.0, pause))

    async def _submit(self) -> int:
        """One batch of calls that nothing is known against."""
        if not self._switched_on.is_set():
            return 0
        arrived = self._processor.calls
        self._queue.add(arrived.popleft() for _ in range(len(arrived)))
        calls = self._queue.take(self._line.batch)
        if not calls:
            return 0
        try:
            await self._agency.submit([_request(call) for call in calls])
        except RequestFailed as error:
            return await self._narrow(calls, error)
        except BaseException:
            self._queue.give_back(calls)
            raise
        self._answered()
        self._line.widen()
        self._processor.done(call.key for call in calls)
        return len(calls)

    async def _narrow(self, calls: Sequence[PendingCall], error: RequestFailed) -> int:
        """Find the call at fault and let the others go on."""
        guilty = _guilty(calls, error)
        self._queue.give_back([call for call in calls if call is not guilty])
        if error.retryable:
            self._strike()
        else:
            self._answered()
        if guilty is None:
            self._line.narrow()
        elif error.retryable:
            self._put_aside(guilty)
        else:
            await self._give_up(guilty, error)
        return 1

    async def _retry(self) -> int:
        """One batch of calls that failed before and whose time has come."""
        if not self._switched_on.is_set() or self._now() < self._aside.until:
            return 0
        calls = self._queue.again(self._now(), self._aside.batch)
        if not calls:
            return 0
        try:
            await self._agency.submit([_request(call) for call in calls])
        except RequestFailed as error:
            return await self._narrow_again(calls, error)
        except BaseException:
            self._queue.back(calls, self._now())
            raise
        self._answered()
        self._aside.succeeded()
        self._processor.done(call.key for call in calls)
        self._queue.over(calls)
        return len(calls)

    async def _narrow_again(self, calls: Sequence[PendingCall], error: RequestFailed) -> int:
        guilty = _guilty(calls, error)
        self._queue.back([call for call in calls if call is not guilty], self._now())
        if error.retryable:
            self._aside.failed(self._now())
        else:
            self._answered()
        if guilty is not None and error.retryable:
            self._put_aside(guilty)
        elif guilty is not None:
            self._queue.over([guilty])
            await self._give_up(guilty, error)
        else:
            self._aside.narrow()
        return 1

    async def _collect(self) -> int:
        if not self._switched_on.is_set():
            return 0
        outcomes = await self._agency.collect(self._cursor, BATCH)
        if outcomes:
            await self._processor.take(outcomes)
            self._cursor = outcomes[-1].cursor
        # Each acknowledgement is a transaction or a call of its own: one for all, when it is quiet.
        unsaid = self._cursor - self._acknowledged
        if unsaid >= BATCH or (unsaid and not outcomes):
            await self._agency.ack(self._cursor)
            self._acknowledged = self._cursor
        if self._strikes < STRIKES:  # it takes what is sent, and answers
            self._line.failures = 0
        return len(outcomes)

    def _put_aside(self, call: PendingCall) -> None:
        self._processor.stats.retries += 1
        longest = self._backoff.longest(self._queue.failures(call) + 1)
        self._queue.put_aside(call, self._now() + longest * self._draw())

    async def _give_up(self, call: PendingCall, error: RequestFailed) -> None:
        await self._processor.give_up(call, f"{error.code}: {error}")
        system = self._processor.system
        log.warning("agency.refused system=%s key=%s code=%s", system, call.key, error.code)

    def _strike(self) -> None:
        self._strikes += 1
        if self._strikes >= STRIKES:
            self._away("it fails whatever it is sent")

    def _away(self, why: str, retry_after: float = 0.0) -> None:
        self._processor.stats.unavailable += 1
        self._line.failed(self._now(), retry_after)
        if self._line.failures == 1:  # once, not at each probe
            log.warning("agency.unavailable system=%s why=%s", self._processor.system, why)

    def _answered(self) -> None:
        self._strikes = 0


def _guilty(calls: Sequence[PendingCall], error: RequestFailed) -> PendingCall | None:
    """The call that made its batch fail, if one can tell."""
    if len(calls) == 1:
        return calls[0]
    return next((call for call in calls if call.key == error.key), None)


def _request(call: PendingCall) -> Request:
    return Request(
        subject=call.subject,
        step=call.step,
        attempt=call.attempt,
        time=call.time,
        record=call.record,
        cause=call.cause,
    )
