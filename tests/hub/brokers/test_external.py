"""Joining a broker that somebody else runs."""

import asyncio
from pathlib import Path

import pytest

from hub.brokers import BrokerUnreachable, EmbeddedBroker, ExternalBroker


@pytest.mark.embedded
async def test_it_learns_the_instance(tmp_path: Path) -> None:
    """A joined broker's instance is the cluster id that the broker itself gives."""
    async with EmbeddedBroker(log_path=tmp_path / "broker.log") as running:
        async with ExternalBroker(running.bootstrap) as joined:
            assert joined.instance == running.instance
        async with ExternalBroker(running.bootstrap) as again:
            assert again.instance == running.instance, "leaving must not stop it"


@pytest.mark.parametrize("address", ["nohost", "127.0.0.1:", ":9092", "127.0.0.1:0", "h:70000"])
async def test_what_is_no_address_is_refused(address: str) -> None:
    """The form HOST:PORT is checked before anything is sent."""
    with pytest.raises(BrokerUnreachable, match="not HOST:PORT"):
        async with ExternalBroker(address):
            pytest.fail("nothing can answer there")


async def test_a_closed_port_is_unreachable() -> None:
    """Nothing listens: the error names the address."""
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    with pytest.raises(BrokerUnreachable, match=f"127.0.0.1:{port}"):
        async with ExternalBroker(f"127.0.0.1:{port}"):
            pytest.fail("nothing can answer there")


@pytest.mark.parametrize("answer", [b"HTTP/1.1 400 Bad Request\r\n\r\n", b"", b"\0\0\0\4abcd"])
async def test_another_protocol_is_unreachable(answer: bytes) -> None:
    """Whatever answers otherwise than Kafka is refused, without hanging."""

    async def reply(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1)
        writer.write(answer)
        writer.close()

    async with await asyncio.start_server(reply, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(BrokerUnreachable):
            async with ExternalBroker(f"127.0.0.1:{port}"):
                pytest.fail("it isn't Kafka")
