"""What only a bus over a network does: it may find nobody there."""

from collections.abc import Callable
from typing import Any

import pytest

from connectors.runtime.bus import Bus
from connectors.runtime.bus.kafka import KafkaBus
from connectors.runtime.errors import BrokerUnreachable


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
