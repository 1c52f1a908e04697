"""Freshly opened agencies on the real paths, and a province that speaks with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from simulators.agencies.http.stories import Stage, Teller, opened


@pytest.fixture(autouse=True)
def adapter() -> str:
    """These tests have one way to the agencies, whatever those of the folder above have."""
    return "http"


@pytest.fixture
def teller(tmp_path: Path) -> Iterator[Teller]:
    """Sends requests with the token of province 79; nobody refuses anything."""
    with opened(tmp_path, Stage(pdf=False)) as found:
        yield found
