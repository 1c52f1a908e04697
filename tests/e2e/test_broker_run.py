"""`lienthong broker run`: a broker by itself, which any run may join."""

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psutil
import pytest

from tests.e2e.processes import WITHIN_S, Lienthong


@contextmanager
def broker(lienthong: Lienthong, *options: str) -> Iterator[dict[str, Any]]:
    """A broker for the time of the body: what it announces. Afterwards it gets a Ctrl-C."""
    process = lienthong.start("broker", "run", "--json", *options)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, f"it said nothing: {lienthong.errors()}"
        said = json.loads(line)
        yield said
        process.send_signal(signal.SIGINT)
        assert process.wait(WITHIN_S) == 130, lienthong.errors()
        assert not psutil.pid_exists(said["pid"]), "the broker must end with its command"
    finally:
        process.kill()
        process.communicate()


@pytest.mark.e2e
@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    "engine",
    [
        pytest.param("embedded", marks=pytest.mark.embedded),
        pytest.param("kafka", marks=pytest.mark.kafka),
    ],
)
def test_a_run_joins_a_broker_that_is_kept_by_itself(
    lienthong: Lienthong, engine: str, request: pytest.FixtureRequest
) -> None:
    """The demo plays on it, with an idempotent producer exactly where the broker gives ids."""
    request.getfixturevalue(engine)  # skips where this engine can't be had
    with broker(lienthong, "--engine", engine) as said:
        assert said["engine"] == engine
        demo = lienthong.json("demo", "--speed", "30000", "--broker", said["bootstrap"])
    assert demo["ok"] is True, demo["ledger"]
    assert demo["broker"]["engine"] == "external"
    home = lienthong.folder / "home" / "runs" / demo["run"]
    manifest = json.loads((home / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["idempotent"] is (engine == "kafka")
    assert manifest["instance"] == said["instance"]
