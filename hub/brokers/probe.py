"""Who answers at an address, and what it can: Kafka requests without a client library."""

import asyncio
import struct
import time
from dataclasses import dataclass

from hub.brokers.errors import BrokerUnreachable

_METADATA, _VERSION = 3, 4  # version 4 is known to Apache Kafka since 0.11
_INIT_PRODUCER_ID = 22
_LOADING = {14, 15, 16}
"""COORDINATOR_LOAD_IN_PROGRESS, COORDINATOR_NOT_AVAILABLE, NOT_COORDINATOR: ask again."""
_RETRY_S = 0.02
_CLIENT_ID = b"lienthong"
_CORRELATION = 1
_LARGEST_ANSWER = 1 << 20
_NOT_KAFKA = (asyncio.IncompleteReadError, struct.error, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a broker says of itself."""

    instance: str
    """The cluster's id. A memory-only broker that was restarted has another one."""
    nodes: tuple[str, ...]
    """HOST:PORT of each node, as it advertises them to clients."""


async def ask(bootstrap: str, *, timeout_s: float = 5.0) -> Answer:
    """Return what the broker at `bootstrap` (HOST:PORT) says of itself.

    Raises BrokerUnreachable when nothing answers in time or what answers isn't Kafka.
    """
    no_topics = struct.pack(">i?", 0, False)  # and create none
    try:
        return _metadata(await _exchange(bootstrap, _METADATA, _VERSION, no_topics, timeout_s))
    except _NOT_KAFKA as error:
        raise BrokerUnreachable(f"{bootstrap} answers, but not as Kafka does") from error


async def gives_producer_ids(bootstrap: str, *, timeout_s: float = 10.0) -> bool:
    """Return whether the broker gives out producer ids, without which no producer is idempotent.

    It is asked for one, because some brokers list the request and then answer it with an error.

    Raises BrokerUnreachable when nothing answers in time.
    """
    request = struct.pack(">hi", -1, 60_000)  # no transactional id
    until = time.monotonic() + timeout_s
    try:
        while True:
            body = await _exchange(bootstrap, _INIT_PRODUCER_ID, 0, request, timeout_s)
            _throttle, code = struct.unpack_from(">ih", body)
            if code not in _LOADING or time.monotonic() > until:
                return bool(code == 0)
            await asyncio.sleep(_RETRY_S)
    except _NOT_KAFKA:  # it doesn't know the request
        return False


async def _exchange(
    bootstrap: str, api: int, version: int, request: bytes, timeout_s: float
) -> bytes:
    """The body of the answer to one request.

    Raises:
        BrokerUnreachable: nothing answers in time.
        _NOT_KAFKA: what answers isn't Kafka, or has no such request.
    """
    host, port = _split(bootstrap)
    try:
        async with asyncio.timeout(timeout_s):
            return await _over_connection(host, port, _framed(api, version, request))
    except TimeoutError as error:
        raise BrokerUnreachable(f"{bootstrap} gave no answer within {timeout_s:g} s") from error
    except OSError as error:
        raise BrokerUnreachable(f"{bootstrap} can't be reached: {error}") from error


def _split(bootstrap: str) -> tuple[str, int]:
    host, colon, port = bootstrap.rpartition(":")
    if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise BrokerUnreachable(f"{bootstrap!r} is not HOST:PORT")
    return host.strip("[]"), int(port)


async def _over_connection(host: str, port: int, request: bytes) -> bytes:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(request)
        size, correlation = struct.unpack(">ii", await reader.readexactly(8))
        if not 4 < size <= _LARGEST_ANSWER or correlation != _CORRELATION:
            raise ValueError(size)
        return await reader.readexactly(size - 4)
    finally:
        writer.close()


def _framed(api: int, version: int, request: bytes) -> bytes:
    header = struct.pack(">hhih", api, version, _CORRELATION, len(_CLIENT_ID)) + _CLIENT_ID
    return struct.pack(">i", len(header) + len(request)) + header + request


def _metadata(body: bytes) -> Answer:
    at = 0

    def take(form: str) -> int:
        nonlocal at
        (value,) = struct.unpack_from(form, body, at)
        at += struct.calcsize(form)
        return int(value)

    def text() -> str:
        nonlocal at
        size = take(">h")
        if size < 0:
            return ""
        value = body[at : at + size].decode()
        at += size
        return value

    take(">i")  # throttle time
    nodes = []
    for _ in range(take(">i")):
        take(">i")  # node id
        host = text()
        nodes.append(f"{host}:{take('>i')}")
        text()  # rack
    return Answer(instance=text(), nodes=tuple(nodes))
