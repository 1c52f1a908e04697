"""The command line. It may import everything, and does so when a command needs it.

`app` lists the commands, each in a module of its own; `options` is what they share, `faults` says
which failure ends with which exit code. Roles start here too, so what is imported first is light.
"""

import os
import select
import sys

from hub.cli.environment import quiet_client, read_dotenv

UNREAD = 128 + 13
"""The exit code of a program whose output nobody reads to its end, as of one that SIGPIPE ends."""


def main() -> None:
    """Do what the arguments say, and end the process with the exit code of docs and README."""
    from hub.cli.faults import complain, explained

    try:
        read_dotenv()
        quiet_client()
        sys.exit(_ended())
    except Exception as error:
        fault = explained(error)
        if fault is None:  # a defect: its traceback says more than any sentence
            raise
        if fault.en:
            complain(fault.vi, fault.en)
        sys.exit(fault.code)


def _ended() -> int:
    """Do what the arguments say; the exit code."""
    from hub.cli.app import app

    try:
        code: int = app(prog_name="lienthong", standalone_mode=False) or 0
        sys.stdout.flush()
    except (SystemExit, BrokenPipeError):  # so typer and rich leave when nobody reads
        if not _unread():
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left to print goes there, silently
        return UNREAD
    return code


def _unread() -> bool:
    """Whether stdout is a pipe whose other end is closed, or was one: rich leaves it nowhere."""
    if os.path.samestat(os.fstat(1), os.stat(os.devnull)):
        return True
    poll = select.poll()
    poll.register(1, 0)
    return any(events & select.POLLERR for _, events in poll.poll(0))
