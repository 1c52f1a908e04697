"""A broker that this process starts, watches and stops; its kinds say how it is started."""

import asyncio
import socket
from abc import ABC, abstractmethod
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from hub.brokers.errors import BrokerLost, BrokerStartFailed, BrokerUnreachable
from hub.brokers.probe import ask
from hub.footprint import peak_rss_mb
from hub.lifeline import tethered
from hub.logtail import last_line

_RETRY_S = 0.01
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Launch:
    """How a broker is started. Of this process's environment it gets nothing but `env`."""

    argv: Sequence[str]
    env: Mapping[str, str]
    instance: str
    """The cluster id that it will answer with."""


class LaunchedBroker(ABC):
    """A broker of one's own, alive inside `async with`, on a free port of loopback.

    It dies with this process, even when that is killed. When it ends by itself, the body of the
    `async with` is cancelled and BrokerLost is raised.
    """

    engine: str
    idempotent: bool
    label: str
    """What messages call it."""
    answer_within_s: float
    stop_within_s: float

    def __init__(self, *, log_path: Path, port: int | None = None) -> None:
        """`log_path` takes what the broker prints; `port` None picks a free one."""
        self.bootstrap = ""
        self.instance = ""
        self.pid = 0
        self.log_path = log_path
        self._port = port
        self._watch = asyncio.TaskGroup()
        self._stopping = False
        self._process: Process | None = None
        self._peak_mb = 0.0

    @abstractmethod
    async def prepare(self) -> None:
        """Find what is needed to start it, before the first attempt; BrokerMissing if it isn't."""

    @abstractmethod
    def launch(self, port: int) -> Launch:
        """The command for one attempt to start it on this port of loopback."""

    @abstractmethod
    def release(self) -> None:
        """Give back what an attempt took beside the process, which has ended."""

    async def __aenter__(self) -> Self:
        await self.prepare()
        self.log_path.parent.mkdir(parents=True, exist_ok=True)
        attempts = 1 if self._port else _ATTEMPTS
        while True:
            attempts -= 1
            try:
                process = await self._start()
                break
            except BrokerStartFailed:  # another process may have taken the free port
                if not attempts:
                    raise
        self._process, self.pid = process, process.pid
        await self._watch.__aenter__()
        self._watch.create_task(self._notice_end(process))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        assert self._process is not None
        self._peak_mb = self.peak_rss_mb()
        lost = self._process.returncode is not None
        self._stopping = True
        try:
            await self._stop(self._process)
        finally:
            try:
                cancelled = error if isinstance(error, asyncio.CancelledError) else None
                await self._watch.__aexit__(type(cancelled) if cancelled else None, cancelled, None)
            except ExceptionGroup as group:
                raise group.exceptions[0] from error
        if lost:
            raise self._lost(self._process) from error

    def peak_rss_mb(self) -> float:
        """Return the broker's peak memory in MiB, also after it was stopped."""
        return max(self._peak_mb, peak_rss_mb(self.pid)) if self.pid else 0.0

    async def _start(self) -> Process:
        port = self._port or free_port()
        launch = self.launch(port)
        self.bootstrap, self.instance = f"127.0.0.1:{port}", launch.instance
        with self.log_path.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *tethered(launch.argv),
                stdin=DEVNULL,
                stdout=log,
                stderr=STDOUT,
                env=launch.env,
                cwd=self.log_path.parent,
                start_new_session=True,  # a Ctrl-C is for us, who stop it when all else has ended
            )
        try:
            await self._answering(process)
        except BaseException:
            await self._stop(process)
            raise
        return process

    async def _answering(self, process: Process) -> None:
        try:
            async with asyncio.timeout(self.answer_within_s):
                while process.returncode is None:
                    if await self._answers():
                        return
                    await asyncio.sleep(_RETRY_S)
        except TimeoutError:
            raise BrokerStartFailed(
                f"the {self.label} gave no answer within {self.answer_within_s:g} s; "
                f"see {self.log_path}"
            ) from None
        raise BrokerStartFailed(
            f"the {self.label} ended with code {process.returncode} before it answered: "
            f"{last_line(self.log_path)}"
        )

    async def _answers(self) -> bool:
        try:
            answer = await ask(self.bootstrap)
        except BrokerUnreachable:
            return False
        if answer.instance != self.instance:
            raise BrokerStartFailed(f"another broker answers at {self.bootstrap}")
        return bool(answer.nodes)  # Apache Kafka answers a little before it serves

    async def _notice_end(self, process: Process) -> None:
        await process.wait()
        if not self._stopping:
            raise self._lost(process)

    def _lost(self, process: Process) -> BrokerLost:
        return BrokerLost(
            f"the {self.label} ended with code {process.returncode} and its records with it; "
            f"see {self.log_path}"
        )

    async def _stop(self, process: Process) -> None:
        try:
            await _end(process, self.stop_within_s)
        finally:
            self.release()


def free_port() -> int:
    """A port of loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _end(process: Process, within_s: float) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    end = asyncio.ensure_future(process.wait())
    try:
        await asyncio.wait([end], timeout=within_s)
    finally:
        if process.returncode is None:
            process.kill()
    await end
