"""Every test of the agencies runs on both adapters of the port: in process and over HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulators.agencies import asking
from tests.simulators.agencies.walk import Walk, country


@pytest.fixture(autouse=True, params=["in-process", "http"])
def adapter(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How this test's agencies are reached."""
    monkeypatch.setattr(asking, "in_process", request.param == "in-process")
    return str(request.param)


@pytest.fixture
def walk(tmp_path: Path) -> Iterator[Walk]:
    """A country in which chance refuses nothing, with its registers in `tmp_path`."""
    with country(tmp_path) as walk:
        yield walk
