"""The same seed on the memory bus ends in the same rows, another seed in others."""

from pathlib import Path

import pytest

from connectors.runtime.manifest import RunFolder
from hub.ledger import verify
from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs.in_memory import run_in_memory
from simulators.runs.live import OPENING
from tests.e2e.fingerprint import fingerprint
from tests.simulators.runs.runs import folder_of

CASES = 500


async def played(home: Path, *, seed: int) -> RunFolder:
    """A run of 500 cases of all kinds, filed two a second."""
    mix = Mix(twins=0.05, consent_needed=0.2)
    folder, manifest = folder_of(home, seed=seed)
    arrivals = Arrivals(seed=seed, start=OPENING, per_second=2, mix=mix)
    await run_in_memory(folder, manifest, [arrivals.submission(n) for n in range(CASES)])
    return folder


@pytest.mark.e2e
@pytest.mark.timeout(240)
async def test_the_same_seed_ends_in_the_same_rows(tmp_path: Path) -> None:
    """Every row of every store is the same after a second run, and the ledger finds no fault."""
    first = await played(tmp_path / "first", seed=7)
    again = await played(tmp_path / "again", seed=7)
    other = await played(tmp_path / "other", seed=8)
    report = verify(first.path)
    assert report.ok, report.findings[:10]
    assert report.verified == CASES
    assert fingerprint(first.path) == fingerprint(again.path)
    assert fingerprint(first.path) != fingerprint(other.path)
