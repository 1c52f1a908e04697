"""Who answers at an address: one Kafka Metadata request, without a client library."""

import asyncio
import struct
from dataclasses import dataclass

from hub.brokers.errors import BrokerUnreachable

_METADATA, _VERSION = 3, 4  # version 4 is known to Apache Kafka since 0.11
_CLIENT_ID = b"lienthong"
_CORRELATION = 1
_LARGEST_ANSWER = 1 << 20


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
    host, port = _split(bootstrap)
    try:
        async with asyncio.timeout(timeout_s):
            return await _exchange(host, port)
    except TimeoutError as error:
        raise BrokerUnreachable(f"{bootstrap} gave no answer within {timeout_s:g} s") from error
    except OSError as error:
        raise BrokerUnreachable(f"{bootstrap} can't be reached: {error}") from error
    except (asyncio.IncompleteReadError, struct.error, UnicodeDecodeError, ValueError) as error:
        raise BrokerUnreachable(f"{bootstrap} answers, but not as Kafka does") from error


def _split(bootstrap: str) -> tuple[str, int]:
    host, colon, port = bootstrap.rpartition(":")
    if not colon or not host or not port.isdecimal() or not 0 < int(port) < 65536:
        raise BrokerUnreachable(f"{bootstrap!r} is not HOST:PORT")
    return host.strip("[]"), int(port)


async def _exchange(host: str, port: int) -> Answer:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(_request())
        (size,) = struct.unpack(">i", await reader.readexactly(4))
        if not 0 < size <= _LARGEST_ANSWER:
            raise ValueError(size)
        return _parse(await reader.readexactly(size))
    finally:
        writer.close()


def _request() -> bytes:
    header = struct.pack(">hhih", _METADATA, _VERSION, _CORRELATION, len(_CLIENT_ID)) + _CLIENT_ID
    body = header + struct.pack(">i?", 0, False)  # no topics, create none
    return struct.pack(">i", len(body)) + body


def _parse(body: bytes) -> Answer:
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

    if take(">i") != _CORRELATION:
        raise ValueError("correlation id")
    take(">i")  # throttle time
    nodes = []
    for _ in range(take(">i")):
        take(">i")  # node id
        host = text()
        nodes.append(f"{host}:{take('>i')}")
        text()  # rack
    return Answer(instance=text(), nodes=tuple(nodes))
