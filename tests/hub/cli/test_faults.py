"""Which failure ends with which exit code."""

import signal
from pathlib import Path

import pytest

from connectors.runtime import errors as runtime
from connectors.runtime.manifest import RunNotFound
from hub import brokers
from hub.cli.faults import UsageFault, explained
from hub.interrupt import Interrupted
from hub.roles import NotReady, Role, RoleFailed


def role_failed(tmp_path: Path, code: int) -> RoleFailed:
    """A role that was given up."""
    log = tmp_path / "router.log"
    log.write_text("why\n", encoding="utf-8")
    return RoleFailed(Role(name="router", argv=[], log_path=log), code, 6)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UsageFault("x", "x"), 2),
        (RunNotFound("x"), 2),
        (brokers.BrokerMissing("x"), 3),
        (brokers.BrokerStartFailed("x"), 3),
        (brokers.BrokerUnreachable("x"), 3),
        (runtime.BrokerUnreachable("x"), 3),
        (runtime.StoreBusy("x"), 3),
        (runtime.HomeUnusable("x"), 3),
        (PermissionError(13, "Permission denied", ".lienthong"), 3),
        (brokers.BrokerLost("x"), 1),
        (runtime.BrokerLost("x"), 1),
        (runtime.OffsetOutOfRange("x"), 1),
        (NotReady("x"), 1),
        (Interrupted(signal.SIGTERM), 130),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_a_known_failure_has_its_code(error: Exception, code: int) -> None:
    """0 done, 1 failed, 2 usage, 3 a dependency, 130 interrupted."""
    fault = explained(error)
    assert fault is not None
    assert fault.code == code
    assert fault.vi, "and something to tell in Vietnamese"
    assert fault.en, "and in English"


@pytest.mark.parametrize(("ended_with", "code"), [(3, 3), (1, 1), (-9, 1)])
def test_a_role_hands_its_reason_on(tmp_path: Path, ended_with: int, code: int) -> None:
    """A role that missed a dependency ends the run with 3 as well, and its last line is told."""
    fault = explained(role_failed(tmp_path, ended_with))
    assert fault is not None
    assert fault.code == code
    assert "why" in fault.en


def test_of_several_failures_the_gravest_is_told() -> None:
    """Tasks that end together come in a group; a stop that was asked for excuses nothing."""
    lost = brokers.BrokerLost("gone")
    group = ExceptionGroup("", [Interrupted(signal.SIGINT), ExceptionGroup("", [lost])])
    fault = explained(group)
    assert fault is not None
    assert (fault.code, fault.en) == (1, "gone")


def test_a_defect_is_not_explained_away() -> None:
    """What nobody foresaw keeps its traceback, even beside something known."""
    assert explained(KeyError("x")) is None
    assert explained(ExceptionGroup("", [UsageFault("x", "x"), KeyError("x")])) is None
