"""Child processes that die with the process that started them, even when that one is killed.

Run as a script, this module asks the kernel for that and becomes the command it was given. It is
a step between fork and exec, in a process of its own, because Python code that runs after a fork
of a process with threads may hang.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

_PR_SET_PDEATHSIG = 1


def tethered(argv: Sequence[str]) -> list[str]:
    """Return the command that runs `argv` (same process id) and is killed when its parent ends.

    Start it from the main thread: the kernel watches the thread that started the process
    (prctl(2), PR_SET_PDEATHSIG). Only Linux knows this; elsewhere `argv` comes back unchanged.
    """
    if not sys.platform.startswith("linux"):
        return list(argv)
    return [sys.executable, "-I", "-S", __file__, str(os.getpid()), *argv]


def _become(parent: int, argv: list[str]) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0) != 0:
        sys.exit(f"prctl: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:  # it died before the kernel was asked to watch it
        sys.exit(1)
    try:
        os.execvp(argv[0], argv)
    except OSError as error:
        sys.exit(f"{argv[0]}: {error.strerror}")


if __name__ == "__main__":
    _become(int(sys.argv[1]), sys.argv[2:])
