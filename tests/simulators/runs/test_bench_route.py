"""The benchmark of the router: it counts what came out, and tells why its router failed."""

from pathlib import Path

import pytest

from connectors.runtime.errors import RuntimeFault
from simulators.runs import bench_route as bench
from simulators.runs.live import Plan

pytestmark = [pytest.mark.embedded, pytest.mark.timeout(60)]


async def test_every_event_is_routed_and_read_back(tmp_path: Path) -> None:
    """One router process routes all events; what it says agrees with what is in the topics."""
    report = await bench.bench_route(Plan(home=tmp_path), events=400)
    assert report["valid"], report
    assert report["accepted"] == report["distinct_payloads"] == 400
    assert report["events_per_s"] > 0
    registered = {"birth.registered", "death.registered"}
    assert registered < report["types"].keys(), "its mix is the country's"


async def test_a_router_that_fails_is_told_with_its_last_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker's own error is the benchmark's, and nothing is reported."""
    monkeypatch.setattr(bench, "tethered", lambda command: [*command[:-1], "many"])
    with pytest.raises(RuntimeFault, match=r"router ended with code 1: ValueError.*many"):
        await bench.bench_route(Plan(home=tmp_path), events=1)
