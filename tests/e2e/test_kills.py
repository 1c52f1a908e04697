"""Kill -9 of each role while cases are under way, on a real broker."""

from pathlib import Path

import pytest

from simulators.runs.chaos import chaos
from simulators.runs.live import ROLES, Plan

CASES, KILLS = 600, 3


@pytest.mark.e2e
@pytest.mark.embedded
@pytest.mark.timeout(150)
@pytest.mark.parametrize("seed", [1, 2])
async def test_nothing_is_lost_or_doubled_when_roles_are_killed(tmp_path: Path, seed: int) -> None:
    """Router, orchestrator and country are killed three times each; the ledger stays clean."""
    report = await chaos(Plan(home=tmp_path, seed=seed), cases=CASES, kills=KILLS)
    shares = [share for _, share in report["kills"]]
    assert sorted(role for role, _ in report["kills"]) == sorted(ROLES * KILLS)
    assert 0.2 <= min(shares) <= max(shares) <= 0.8, f"kills came at {shares}"
    assert all(count == KILLS for count in report["restarts"].values()), report["restarts"]
    assert report["at_rest"], "something is still on its way after the last case ended"
    assert report["ok"], report["findings"][:10]
    assert report["verified"] == CASES
