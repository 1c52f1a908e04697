"""Roles as child processes: started, watched, started again, measured and stopped.

A role is ready when it says so (`hub.readiness`). One that ends is started again: at once the
first time, then after a growing pause; one that keeps ending soon after its start is given up,
which ends the whole `async with`.
"""

import asyncio
import os
import time
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Literal, Self

from hub import readiness
from hub.footprint import peak_rss_mb
from hub.lifeline import tethered
from hub.roles import NotReady, Role, RoleEvent, RoleFailed

_SAMPLE_S = 0.2
_FIRST_PAUSE_S = 0.2
_LONGEST_PAUSE_S = 5.0


class Supervisor:
    """Keeps roles running inside `async with`, and leaves none behind.

    When a role is given up, the body is cancelled, the others are stopped, and RoleFailed comes
    out of the `async with`. Roles die with this process even when it is killed (on Linux). Enter
    it from the main thread, inside `hub.interrupt.until_signal`.
    """

    def __init__(
        self,
        roles: Iterable[Role],
        *,
        on_event: Callable[[RoleEvent], None] = lambda event: None,
        grace_s: float = 5.0,
        steady_s: float = 5.0,
        give_up_after: int = 6,
    ) -> None:
        """Roles get SIGTERM at the end, and SIGKILL `grace_s` later.

        A role that ends `give_up_after` times in a row within `steady_s` of its start is given up.
        """
        self._children = {role.name: _Child(role, on_event) for role in roles}
        self._grace_s = grace_s
        self._steady_s = steady_s
        self._give_up_after = give_up_after
        self._group = asyncio.TaskGroup()
        self._stopping = asyncio.Event()

    @property
    def pids(self) -> dict[str, int]:
        """The process id of each role that runs now."""
        return {name: child.process.pid for name, child in self._children.items() if child.alive}

    @property
    def restarts(self) -> dict[str, int]:
        """How often each role was started again."""
        return {name: child.starts - 1 for name, child in self._children.items() if child.starts}

    def peak_rss_mb(self) -> dict[str, float]:
        """Return each role's peak memory in MiB over all its starts, also after the end.

        It is sampled five times a second: what a role took in the last 0.2 s before it ended by
        itself may be missing.
        """
        return {name: child.sampled_peak_mb() for name, child in self._children.items()}

    async def ready(self, *names: str, timeout_s: float = 30.0) -> dict[str, dict[str, object]]:
        """Return what the named roles (default: all that restart) announced, once all are ready.

        Raises NotReady when that takes longer than `timeout_s`.
        """
        chosen = names or [n for n, child in self._children.items() if child.role.restart]
        try:
            async with asyncio.timeout(timeout_s):
                for name in chosen:
                    await self._children[name].ready.wait()
        except TimeoutError:
            late = ", ".join(n for n in chosen if not self._children[n].ready.is_set())
            raise NotReady(f"not ready within {timeout_s:g} s: {late}") from None
        return {name: self._children[name].facts for name in chosen}

    async def wait(self, *names: str) -> None:
        """Return when the named roles (default: all that run once) have ended with code 0.

        Where every role restarts, it never returns: a signal or a failure ends the body.
        """
        chosen = names or [n for n, child in self._children.items() if not child.role.restart]
        if not chosen:
            await asyncio.Event().wait()
        for name in chosen:
            await self._children[name].finished.wait()

    async def __aenter__(self) -> Self:
        try:
            for child in self._children.values():
                await child.start()
        except BaseException:
            for child in self._children.values():
                child.abandon()
            raise
        await self._group.__aenter__()
        for child in self._children.values():
            self._group.create_task(self._keep(child))
        self._group.create_task(self._sample())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        cancelled = error if isinstance(error, asyncio.CancelledError) else None
        try:
            await self._stop()
        finally:
            self._kill()  # only has work where the stop was cut short
            try:
                await self._group.__aexit__(type(cancelled) if cancelled else None, cancelled, None)
            except ExceptionGroup as group:
                raise group.exceptions[0] from error

    async def _stop(self) -> None:
        self.peak_rss_mb()
        self._stopping.set()
        alive = [child.process for child in self._children.values() if child.alive]
        for process in alive:
            process.terminate()
        if alive:
            ends = [asyncio.ensure_future(process.wait()) for process in alive]
            await asyncio.wait(ends, timeout=self._grace_s)

    def _kill(self) -> None:
        for child in self._children.values():
            if child.alive:
                child.process.kill()

    async def _keep(self, child: "_Child") -> None:
        """Keep one role running until the stop, its end or its failure."""
        quick_ends = 0
        while True:
            hearing = self._group.create_task(child.hear())
            code = await child.process.wait()
            hearing.cancel()
            child.tell("exited", code)
            if self._stopping.is_set():
                return
            if not child.role.restart:
                break
            quick = time.monotonic() - child.started_at < self._steady_s
            quick_ends = quick_ends + 1 if quick else 1
            if quick_ends >= self._give_up_after:
                raise RoleFailed(child.role, code, child.starts)
            if await self._stopped_within(_pause_s(quick_ends)):
                return
            await child.start()
            if self._stopping.is_set():  # the stop came too early to see this process
                child.process.kill()
        if code != 0:
            raise RoleFailed(child.role, code, child.starts)
        child.ready.set()
        child.finished.set()

    async def _sample(self) -> None:
        while not await self._stopped_within(_SAMPLE_S):
            self.peak_rss_mb()

    async def _stopped_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                return await self._stopping.wait()
        except TimeoutError:
            return False


def _pause_s(quick_ends: int) -> float:
    """Return how long to wait before the next start: nothing at first, then ever longer."""
    if quick_ends < 2:
        return 0.0
    return min(_FIRST_PAUSE_S * 2.0 ** (quick_ends - 2), _LONGEST_PAUSE_S)


class _Child:
    """A role's process of the moment, and what is known over all of them."""

    process: Process
    started_at: float

    def __init__(self, role: Role, on_event: Callable[[RoleEvent], None]) -> None:
        self.role = role
        self.starts = 0
        self.facts: dict[str, object] = {}
        self.ready = asyncio.Event()
        self.finished = asyncio.Event()
        self._on_event = on_event
        self._peak_mb = 0.0
        self._pipe = -1

    @property
    def alive(self) -> bool:
        return self.starts > 0 and self.process.returncode is None

    async def start(self) -> None:
        self.role.log_path.parent.mkdir(parents=True, exist_ok=True)
        self._pipe, writing = os.pipe()
        try:
            with self.role.log_path.open("ab") as log:
                self.process = await asyncio.create_subprocess_exec(
                    *tethered(self.role.argv),
                    stdin=DEVNULL,
                    stdout=log,
                    stderr=STDOUT,
                    pass_fds=(writing,),
                    env={**os.environ, readiness.VARIABLE: str(writing)},
                    start_new_session=True,  # a Ctrl-C is for the supervisor, which then stops all
                )
        except BaseException:
            os.close(self._pipe)
            raise
        finally:
            os.close(writing)
        self.started_at = time.monotonic()
        self.starts += 1
        self.ready.clear()
        self.tell("started" if self.starts == 1 else "restarted")

    def abandon(self) -> None:
        if self.alive:
            self.process.kill()
            os.close(self._pipe)

    async def hear(self) -> None:
        facts = await readiness.hear(self._pipe)
        if facts is not None:
            self.facts = facts
            self.ready.set()
            self.tell("ready")

    def tell(
        self, what: Literal["started", "restarted", "ready", "exited"], code: int | None = None
    ) -> None:
        if what == "exited":
            self.ready.clear()
        event = RoleEvent(
            role=self.role.name,
            what=what,
            pid=self.process.pid,
            restarts=self.starts - 1,
            code=code,
        )
        self._on_event(event)

    def sampled_peak_mb(self) -> float:
        if self.alive:
            self._peak_mb = max(self._peak_mb, peak_rss_mb(self.process.pid))
        return self._peak_mb
