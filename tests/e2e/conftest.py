"""What the end-to-end tests share."""

from pathlib import Path

import pytest

from tests.e2e.processes import Lienthong


@pytest.fixture
def lienthong(tmp_path: Path) -> Lienthong:
    """The command, in an empty folder."""
    return Lienthong(tmp_path)
