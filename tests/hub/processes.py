"""Small processes to supervise, and waits on their conditions."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path

import psutil

from hub.roles import Role

READY = "from hub.readiness import announce_ready as ready; "
FOREVER = "import threading; threading.Event().wait()"
DEAF = "import signal; signal.signal(signal.SIGTERM, lambda *_: print('no', flush=True)); "


def role(folder: Path, name: str, code: str, *, restart: bool = True) -> Role:
    """Return a role that runs `code` with this Python."""
    argv = [sys.executable, "-c", code]
    return Role(name=name, argv=argv, log_path=folder / f"{name}.log", restart=restart)


def is_gone(pid: int) -> bool:
    """True when the process has ended, reaped or not."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


async def eventually(condition: Callable[[], bool]) -> None:
    """Return as soon as the condition holds; the test's time limit ends a wait in vain."""
    while not condition():  # noqa: ASYNC110 - what other processes do sets no event here
        await asyncio.sleep(0.002)
