"""Serves an application by uvicorn on a loopback port, until it is cancelled."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import uvicorn
from fastapi import FastAPI

LOOPBACK: Final = "127.0.0.1"
_KEEP_ALIVE_S: Final = 75
"""Longer than connectors keep an idle connection, so that it is they who end it."""
_GRACE_S: Final = 2
_WAITING_CONNECTIONS: Final = 256


class _Server(uvicorn.Server):
    """A server that leaves signals to the role in which it runs."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def listening(app: FastAPI, *, host: str = LOOPBACK, port: int = 0) -> AsyncIterator[str]:
    """The URL at which the application answers, for the time of the body; port 0 is any free one.

    Raises:
        OSError: the port is taken.
    """
    with socket.create_server((host, port), backlog=_WAITING_CONNECTIONS) as door:
        # Else an answer's body waits for the client to acknowledge its head: 40 ms a request.
        door.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
        server = _Server(
            uvicorn.Config(
                app,
                log_level="warning",
                access_log=False,
                lifespan="off",
                ws="none",
                timeout_keep_alive=_KEEP_ALIVE_S,
                timeout_graceful_shutdown=_GRACE_S,
            )
        )
        serving = asyncio.create_task(server.serve([door]))
        try:
            yield f"http://{host}:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            await serving
