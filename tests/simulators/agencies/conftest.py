"""Every test of the agencies runs on both adapters of the port: in process and over HTTP."""

import pytest

from tests.simulators.agencies import asking


@pytest.fixture(autouse=True, params=["in-process", "http"])
def adapter(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """How this test's agencies are reached."""
    monkeypatch.setattr(asking, "in_process", request.param == "in-process")
    return str(request.param)
