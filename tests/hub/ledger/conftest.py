"""Finished runs, played once for all tests of the ledger."""

from pathlib import Path

import pytest

from tests.hub.ledger.country import ADDED, junk, manifest, play, submissions

CASES = 40 + ADDED
"""Submitted in the finished run."""


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of all kinds of cases, with records that the hub refused; nobody changes it."""
    cases = submissions(seed=11, cases=40)
    home = tmp_path_factory.mktemp("home")
    return play(home, manifest("all-kinds", seed=11), cases, outside=junk(cases[3]))
