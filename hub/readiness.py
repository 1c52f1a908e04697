"""How a role tells its supervisor that it is ready.

The supervisor gives each role the writing end of a pipe, its number in LIENTHONG_READY_FD. The
role writes one line of JSON, an object with whatever others need to know of it, and closes it.

Where something else watches the role, such as a container's health check, LIENTHONG_READY_FILE
names a file that is there from then on. It belongs into a folder that is empty at each start.
"""

import asyncio
import json
import os
from pathlib import Path

VARIABLE = "LIENTHONG_READY_FD"
FILE_VARIABLE = "LIENTHONG_READY_FILE"


def announce_ready(**facts: object) -> None:
    """Tell whoever watches that this process serves now, with `facts` (JSON values) about it.

    Does nothing the second time, or where nobody watches.
    """
    if file := os.environ.pop(FILE_VARIABLE, None):
        Path(file).touch()
    number = os.environ.pop(VARIABLE, None)
    if number is None:
        return
    try:
        with os.fdopen(int(number), "w", encoding="utf-8") as pipe:
            pipe.write(json.dumps(facts) + "\n")
    except BrokenPipeError:
        return  # the supervisor has ended, and this process is about to


async def hear(reading_end: int) -> dict[str, object] | None:
    """Return the facts that a role announces on the pipe, None when it closed it without a word.

    Takes over the descriptor and closes it. Raises ValueError when the line is not JSON.
    """
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    pipe = os.fdopen(reading_end, "rb", buffering=0)
    try:
        transport, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, pipe)
    except BaseException:
        pipe.close()
        raise
    try:
        line = await reader.readline()
    finally:
        transport.close()
    if not line.endswith(b"\n"):  # the role ended before, or amid, its line
        return None
    return dict(json.loads(line))
