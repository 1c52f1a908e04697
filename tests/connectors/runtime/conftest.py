"""The toy system's surroundings, for every test that needs one running system."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.connectors.runtime.desk import Desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The toy system's surroundings, with a SQLite store that can be looked into."""
    opened = await Desk.open(tmp_path / "residence.db")
    yield opened
    await opened.close()
