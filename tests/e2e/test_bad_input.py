"""A thousand good cases among every kind of bad input, on real brokers: everything is accounted
for, to the unit."""

from pathlib import Path

import pytest

from schemas.reasons import REFUSED
from simulators.bad_input.mixing import ALL_KINDS, REPEATED, REUSED
from simulators.runs.bench_chains import bench_chains
from simulators.runs.live import Plan

CASES, BAD = 1000, 20 * len(ALL_KINDS)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


@pytest.fixture(
    params=[
        pytest.param("embedded", marks=pytest.mark.embedded),
        pytest.param("kafka", marks=pytest.mark.kafka),
    ]
)
def broker(request: pytest.FixtureRequest) -> str:
    """What to run on; skips where that broker can't be had."""
    request.getfixturevalue(request.param)
    return str(request.param)


async def test_bad_input_stops_nobody_and_each_is_told_its_reason(
    tmp_path: Path, broker: str
) -> None:
    """All good cases finish; inputs = routed + absorbed + dead-lettered; the ledger is clean."""
    plan = Plan(home=tmp_path, seed=5, broker=broker)
    report = await bench_chains(plan, cases=CASES, rate=None, bad=BAD)
    assert report["account_faults"] == [], "each bad input has its reason code and pointer"
    assert (report["lost"], report["duplicated"], report["mismatched"]) == (0, 0, 0)
    assert (report["verified"], report["at_rest"]) == (CASES, True), "no partition stopped"
    assert report["valid"]
    assert report["absorbed"] == BAD // len(ALL_KINDS), f"{REPEATED}s, and nothing else"
    assert report["dead_lettered"] == BAD - report["absorbed"]
    assert report["inputs"] == report["routed"] + report["absorbed"] + report["dead_lettered"]
    assert report["reasons"].keys() == {*REFUSED, "id_reused"}, REUSED
