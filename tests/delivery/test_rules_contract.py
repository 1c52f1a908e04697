"""Delivery rules 16 and 17: one reading of a payload, and one broker of a run.

Each test takes nothing from fixtures, so that `test_rules_bite` can run the same function with the
rule taken away and see it fail.
Which exit code a lost broker has is shown in `tests/hub/cli/test_faults.py`.
"""

import gc
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from connectors.runtime.bus import Bus
from connectors.runtime.bus.memory import MemoryBus
from connectors.runtime.errors import BrokerLost
from connectors.runtime.manifest import Manifest, RunFolder
from hub import bootstrap
from hub.router.checks import Checks
from hub.router.rejected import Rejected
from schemas.examples import example
from tests.connectors.runtime.desk import TOPICS
from tests.hub.router.records import with_value


async def test_rule_16_two_readers_can_not_see_two_values() -> None:
    """Duplicate keys, NaN and numbers out of range are refused, though a lenient reader passes."""
    event = example("birth.registered")
    for old, new in (
        (b'{"child"', b'{"child":null,"child"'),
        (b'"page":14', b'"page":1,"page":14'),
        (b'"page":14', b'"page":NaN,"page":14'),
        (b'"page":14', b'"page":1e400,"page":14'),
    ):
        assert old in event.payload
        with pytest.raises(Rejected):
            Checks(TOPICS).accept(with_value(event.payload.replace(old, new, 1), event))


MANIFEST = Manifest(
    run="r1",
    seed=1,
    engine="embedded",
    bootstrap="127.0.0.1:9",
    instance="the-first",
    partitions=1,
    start="2023-07-10T08:00:00.000+07:00",
    real_anchor=0.0,
    speed=None,
)


async def test_rule_17_another_broker_than_the_runs_stops_the_role() -> None:
    """A memory-only broker that was started again is empty: a role does not begin to work on it."""
    worked: list[Bus] = []

    async def work(manifest: Manifest, bus: Bus) -> None:
        worked.append(bus)

    with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        folder = RunFolder.create(Path(home), "r1")
        folder.save(MANIFEST)
        patch.setattr(bootstrap, "open_bus", lambda manifest, **_: MemoryBus("another"))
        with pytest.raises(BrokerLost, match=r"another.*began with the-first"):
            await _served(folder, work)
        assert not worked
        patch.setattr(bootstrap, "open_bus", lambda manifest, **_: MemoryBus("the-first"))
        await _served(folder, work)
        assert len(worked) == 1


async def _served(folder: RunFolder, work: Callable[[Manifest, Bus], Awaitable[None]]) -> None:
    threshold = gc.get_threshold()
    try:
        await bootstrap.serve(folder, work)
    finally:  # a role sets the collector for its whole process, which here is the tests'
        gc.unfreeze()
        gc.set_threshold(*threshold)
