"""What only a bus over a network does: it may find nobody there."""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from connectors.runtime.bus import Bus, consumers, kafka
from connectors.runtime.bus.kafka import KafkaBus
from connectors.runtime.errors import BrokerUnreachable
from hub.brokers import BrokerLost, EmbeddedBroker


@pytest.fixture
def doomed(tmp_path: Path) -> Iterator[EmbeddedBroker]:
    """A broker that the test may kill, on a loop of its own."""
    broker = EmbeddedBroker(log_path=tmp_path / "broker.log")
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        runner.run(broker.__aenter__())
        yield broker
        with suppress(BrokerLost):
            runner.run(broker.__aexit__(None, None, None))


@pytest.mark.embedded
async def test_a_broker_that_dies_is_noticed_by_whoever_writes(
    doomed: EmbeddedBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a send nor a commit waits for ever; what was written is then not known."""
    monkeypatch.setattr(kafka, "REQUEST_TIMEOUT_MS", 500)
    monkeypatch.setattr(consumers, "COMMIT_WITHIN_S", 0.5)
    bus = KafkaBus(doomed.bootstrap, idempotent=False)
    await bus.create(["t"], 1)
    producer, consumer = await bus.producer(), await bus.consumer("g", [("t", 0)])
    await producer.send({("t", 0): [(b"k", b"v", [])]})
    os.kill(doomed.pid, signal.SIGKILL)
    with pytest.raises(BrokerUnreachable, match="did not acknowledge"):
        await producer.send({("t", 0): [(b"k", b"v", [])]})
    with pytest.raises(BrokerUnreachable, match="commit failed"):
        await consumer.commit({("t", 0): 1})
    await producer.close()
    await consumer.close()


@pytest.mark.embedded
async def test_a_broker_that_dies_is_noticed_by_whoever_only_reads(
    doomed: EmbeddedBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A quiet broker answers every fetch with nothing; one that answers no more is given up."""
    monkeypatch.setattr(consumers, "SILENCE_S", 0.5)
    bus = KafkaBus(doomed.bootstrap, idempotent=False)
    await bus.create(["t"], 1)
    consumer = await bus.consumer("g", [("t", 0)])
    quiet = 0.0
    while quiet < 2 * consumers.SILENCE_S:
        before = time.monotonic()
        assert not await consumer.poll(10, 0.1), "nobody wrote"
        quiet += time.monotonic() - before
    os.kill(doomed.pid, signal.SIGKILL)
    with pytest.raises(BrokerUnreachable, match=r"no answer from the broker for 0\.5 s"):
        while True:
            await consumer.poll(10, 0.1)
    await consumer.close()


@pytest.mark.parametrize(
    "use",
    [
        lambda bus: bus.create(["t"], 1),
        lambda bus: bus.instance(),
        lambda bus: bus.ends([("t", 0)]),
        lambda bus: bus.committed("g", [("t", 0)]),
        lambda bus: bus.producer(),
        lambda bus: bus.consumer("g", [("t", 0)]),
    ],
    ids=["create", "instance", "ends", "committed", "producer", "consumer"],
)
async def test_nobody_at_the_address_is_said_at_once(
    use: Callable[[Bus], Any], unused_tcp_port: int
) -> None:
    """A wrong address or a broker that is not there ends a command with a clear error."""
    bus = KafkaBus(f"127.0.0.1:{unused_tcp_port}", idempotent=False)
    with pytest.raises(BrokerUnreachable, match=str(unused_tcp_port)):
        await use(bus)
