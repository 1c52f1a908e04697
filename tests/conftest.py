"""What all tests share: waiting by condition, never by time; the same draws in every run; brokers.

A test that can't run here skips and says why. In CI (environment variable CI) that is a failure,
except for the tests that need Docker.
"""

import asyncio
import fcntl
import os
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir
from typing import TypeVar

import pytest
from hypothesis import settings

from hub.brokers import BrokerMissing, EmbeddedBroker, NativeKafka
from hub.brokers.kafka.artifacts import artifacts
from hub.brokers.launched import LaunchedBroker
from schemas.deadlines import verify_late_births

B = TypeVar("B", bound=LaunchedBroker)

settings.register_profile("lienthong", deadline=None, derandomize=True)
settings.load_profile("lienthong")

WITHIN_S = 20.0
"""How long a condition may take before the test has failed."""


@pytest.fixture
def late_births_verified() -> Iterator[None]:
    """Births that are filed late need verification, for the time of a test."""
    verify_late_births(True)
    yield
    verify_late_births(False)


async def eventually(condition: Callable[[], bool], *, within_s: float = WITHIN_S) -> None:
    """Return as soon as the condition holds; fail the test when that takes too long."""
    deadline = time.monotonic() + within_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {within_s:g} s"
        await asyncio.sleep(0.002)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores, since the longest tests wait half of their time."""
    return min(4, (os.cpu_count() or 1) + 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests that take longest come first: the short ones fill the cores beside and after."""
    items.sort(key=lambda item: item.get_closest_marker("e2e") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let Maven fetch Apache Kafka where it must: no test's time limit covers a first download."""
    if any(item.get_closest_marker("kafka") for item in session.items):
        with (Path(gettempdir()) / "lienthong-maven.lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in several processes, and Maven in one
            with suppress(BrokerMissing):  # the tests that need it will say so
                asyncio.run(artifacts())


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedBroker]:
    """One embedded broker for all tests; each has topics of its own."""
    log_path = tmp_path_factory.mktemp("embedded") / "broker.log"
    yield from started(EmbeddedBroker(log_path=log_path))


@pytest.fixture(scope="session")
def kafka(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NativeKafka]:
    """One Apache Kafka for all tests, because a start takes seconds; each has topics of its own."""
    log_path = tmp_path_factory.mktemp("kafka") / "broker.log"
    yield from started(NativeKafka(log_path=log_path))


def started(broker: B) -> Iterator[B]:
    """The broker, on a loop of its own that the tests' loops don't end."""
    with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
        try:
            runner.run(broker.__aenter__())
        except BrokerMissing as missing:
            pytest.skip(str(missing))
        yield broker
        runner.run(broker.__aexit__(None, None, None))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skip is a failure: what it would have shown is not shown."""
    report = yield
    allowed = hasattr(report, "wasxfail") or item.get_closest_marker("docker") is not None
    if report.skipped and os.environ.get("CI") and not allowed:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
