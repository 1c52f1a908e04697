"""Roles as processes: whatever ends them, the supervisor notices, and it leaves none behind."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from hub.roles import NotReady, RoleEvent, RoleFailed
from hub.supervisor import Supervisor
from tests.hub.processes import DEAF, FOREVER, READY, eventually, is_gone, role


async def restarted(supervisor: Supervisor, times: int) -> None:
    """Return when the only role has been started again so often and is ready."""
    await eventually(lambda: list(supervisor.restarts.values()) == [times])
    await supervisor.ready()


async def test_ready_gives_what_each_role_announced(tmp_path: Path) -> None:
    """The caller goes on when all roles are ready, and knows what they told."""
    roles = [
        role(tmp_path, "router", READY + "ready(partitions=4); " + FOREVER),
        role(tmp_path, "country", READY + "ready(); " + FOREVER),
    ]
    async with Supervisor(roles) as supervisor:
        assert await supervisor.ready() == {"router": {"partitions": 4}, "country": {}}
        assert set(supervisor.pids) == {"router", "country"}


async def test_a_role_that_says_nothing_is_not_ready(tmp_path: Path) -> None:
    """Running is not being ready; the error names the role that is late."""
    async with Supervisor([role(tmp_path, "mute", FOREVER)]) as supervisor:
        with pytest.raises(NotReady, match="mute"):
            await supervisor.ready(timeout_s=0.2)


async def test_a_killed_role_comes_back(tmp_path: Path) -> None:
    """kill -9 is followed by a new process, which has to become ready itself."""
    events: list[RoleEvent] = []
    roles = [role(tmp_path, "router", READY + "ready(); " + FOREVER)]
    async with Supervisor(roles, on_event=events.append) as supervisor:
        await supervisor.ready()
        first = supervisor.pids["router"]
        os.kill(first, signal.SIGKILL)
        await restarted(supervisor, 1)
        assert supervisor.pids["router"] != first
    told = [(event.what, event.restarts, event.code) for event in events]
    assert told == [
        ("started", 0, None),
        ("ready", 0, None),
        ("exited", 0, -9),
        ("restarted", 1, None),
        ("ready", 1, None),
        ("exited", 1, -15),
    ]


async def test_a_role_is_not_ready_between_its_lives(tmp_path: Path) -> None:
    """Readiness belongs to a process, not to a role: the next one must announce it anew."""
    flag = tmp_path / "second"
    code = READY + f"import pathlib; f = pathlib.Path({str(flag)!r}); f.exists() or ready(); "
    async with Supervisor([role(tmp_path, "once", code + FOREVER)]) as supervisor:
        await supervisor.ready()
        flag.touch()
        os.kill(supervisor.pids["once"], signal.SIGKILL)
        await eventually(lambda: supervisor.restarts["once"] == 1)
        with pytest.raises(NotReady):
            await supervisor.ready(timeout_s=0.2)


async def test_a_role_that_always_crashes_is_given_up(tmp_path: Path) -> None:
    """A crash loop ends the run with the role's last words, and stops the other roles."""
    roles = [
        role(tmp_path, "steady", FOREVER),
        role(tmp_path, "broken", "raise SystemExit('no such topic')"),
    ]
    steady = 0
    with pytest.raises(RoleFailed, match="broken ended after 3 starts with code 1: no such topic"):
        async with Supervisor(roles, give_up_after=3) as supervisor:
            steady = supervisor.pids["steady"]
            await asyncio.Event().wait()
    assert is_gone(steady)


async def test_ends_far_apart_are_no_crash_loop(tmp_path: Path) -> None:
    """Only ends soon after a start count towards giving up."""
    roles = [role(tmp_path, "router", READY + "ready(); " + FOREVER)]
    async with Supervisor(roles, steady_s=0.0, give_up_after=2) as supervisor:
        for restarts in range(1, 4):
            os.kill(supervisor.pids["router"], signal.SIGKILL)
            await restarted(supervisor, restarts)


async def test_a_role_that_runs_once_ends_the_wait(tmp_path: Path) -> None:
    """A load that has sent everything is not started again."""
    roles = [role(tmp_path, "router", FOREVER), role(tmp_path, "load", "pass", restart=False)]
    async with Supervisor(roles) as supervisor:
        await supervisor.wait()
        assert set(supervisor.pids) == {"router"}
        assert supervisor.restarts["load"] == 0


async def test_a_role_that_runs_once_must_end_well(tmp_path: Path) -> None:
    """A load that fails ends the run with its code."""
    with pytest.raises(RoleFailed, match="load ended with code 3") as raised:
        async with Supervisor([role(tmp_path, "load", "exit(3)", restart=False)]) as supervisor:
            await supervisor.wait()
    assert (raised.value.role, raised.value.code) == ("load", 3)


async def test_a_role_that_ignores_the_stop_is_killed(tmp_path: Path) -> None:
    """After the grace period SIGKILL ends what SIGTERM did not."""
    events: list[RoleEvent] = []
    roles = [role(tmp_path, "deaf", DEAF + READY + "ready(); " + FOREVER)]
    async with Supervisor(roles, grace_s=0.2, on_event=events.append) as supervisor:
        await supervisor.ready()
        pid = supervisor.pids["deaf"]
    assert is_gone(pid)
    assert events[-1].code == -signal.SIGKILL


async def test_a_stop_during_the_pause_starts_nothing(tmp_path: Path) -> None:
    """Leaving while a role waits for its next start ends at once."""
    roles = [role(tmp_path, "broken", "exit(1)")]
    async with Supervisor(roles) as supervisor:
        await eventually(lambda: supervisor.restarts["broken"] == 2 and not supervisor.pids)
    assert supervisor.restarts["broken"] == 2


async def test_an_error_of_the_body_passes_unchanged(tmp_path: Path) -> None:
    """What goes wrong in the body comes out as it is, with all roles stopped."""
    pid = 0
    with pytest.raises(KeyError, match="mine"):
        async with Supervisor([role(tmp_path, "router", FOREVER)]) as supervisor:
            pid = supervisor.pids["router"]
            raise KeyError("mine")
    assert is_gone(pid)


async def test_logs_go_on_over_restarts(tmp_path: Path) -> None:
    """A role's log keeps what its earlier processes printed."""
    code = READY + "import os; print('life', os.getpid(), flush=True); ready(); " + FOREVER
    pids = []
    async with Supervisor([role(tmp_path, "router", code)]) as supervisor:
        await supervisor.ready()
        pids.append(supervisor.pids["router"])
        os.kill(pids[0], signal.SIGKILL)
        await restarted(supervisor, 1)
        pids.append(supervisor.pids["router"])
    log = (tmp_path / "router.log").read_text()
    assert log.splitlines() == [f"life {pid}" for pid in pids]


async def test_the_peak_of_an_earlier_life_counts(tmp_path: Path) -> None:
    """The memory a role took before its restart is still its peak."""
    flag = tmp_path / "second"
    grow = f"import pathlib; b = pathlib.Path({str(flag)!r}).exists() or bytes(80 << 20); "
    code = grow + "b = b is True or bytearray(b); " + READY + "ready(); " + FOREVER
    async with Supervisor([role(tmp_path, "big", code)]) as supervisor:
        await supervisor.ready()
        await eventually(lambda: supervisor.peak_rss_mb()["big"] > 80)
        flag.touch()
        os.kill(supervisor.pids["big"], signal.SIGKILL)
        await restarted(supervisor, 1)
        assert psutil.Process(supervisor.pids["big"]).memory_info().rss < 80 << 20
    assert supervisor.peak_rss_mb()["big"] > 80


_RUN = """
import asyncio, pathlib, sys
from hub.interrupt import Interrupted, until_signal
from hub.supervisor import Supervisor
from tests.hub.processes import DEAF, FOREVER, READY, role

async def main():
    folder = pathlib.Path(sys.argv[1])
    code = (DEAF if "deaf" in sys.argv else "") + READY + "ready(); " + FOREVER
    async with until_signal(), Supervisor([role(folder, "router", code)], grace_s=20) as s:
        await s.ready()
        print(s.pids["router"], flush=True)
        await s.wait()

try:
    asyncio.run(main())
except Interrupted as end:
    print(end, flush=True)
    sys.exit(130)
"""


def start_run(*arguments: str) -> tuple["subprocess.Popen[str]", int]:
    """Start a process that supervises one role; the process and the role's id."""
    argv = [sys.executable, "-c", _RUN, *arguments]
    run = subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    return run, int(run.stdout.readline())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM stop the roles and end with exit code 130."""
    run, pid = start_run(str(tmp_path))
    with run:
        run.send_signal(number)
        said, _ = run.communicate()
    assert (run.returncode, said) == (130, f"interrupted by {number.name}\n")
    assert is_gone(pid)


async def test_a_second_signal_does_not_wait_for_the_grace(tmp_path: Path) -> None:
    """Who presses Ctrl-C twice is served at once, and still no role is left."""
    run, pid = start_run(str(tmp_path), "deaf")
    log = tmp_path / "router.log"
    with run:
        run.send_signal(signal.SIGINT)
        await eventually(lambda: log.read_text() == "no\n")
        run.send_signal(signal.SIGINT)
        run.communicate()
    assert run.returncode == 130
    assert is_gone(pid)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends orphans")
async def test_roles_die_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    """kill -9 of the supervisor leaves no role behind."""
    run, pid = start_run(str(tmp_path))
    with run:
        assert not is_gone(pid)
        run.kill()
    await eventually(lambda: is_gone(pid))
