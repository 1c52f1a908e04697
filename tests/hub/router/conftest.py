"""A bus with the hub's topics, and a router on it."""

import pytest

from connectors.runtime.bus.memory import MemoryBus
from hub.router import Router
from tests.hub.router.records import PARTITIONS, TOPICS


@pytest.fixture
async def bus() -> MemoryBus:
    """A bus with every topic of the hub."""
    made = MemoryBus()
    await made.create(TOPICS.all(), PARTITIONS)
    return made


@pytest.fixture
def router(bus: MemoryBus) -> Router:
    """A router that has not been started: `route` needs no broker."""
    return Router(bus, TOPICS, partitions=PARTITIONS)
