"""Brokers as processes of one's own: what holds for each kind that can be started."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import psutil
import pytest

from hub.brokers import BrokerLost, BrokerMissing, BrokerStartFailed, EmbeddedBroker, NativeKafka
from hub.brokers.launched import LaunchedBroker
from hub.brokers.probe import ask, gives_producer_ids
from tests.hub.processes import eventually, is_gone

Kind = type[EmbeddedBroker] | type[NativeKafka]


@pytest.fixture(
    params=[
        pytest.param("embedded", marks=pytest.mark.embedded),
        pytest.param("kafka", marks=pytest.mark.kafka),
    ]
)
def running(request: pytest.FixtureRequest) -> LaunchedBroker:
    """The session's broker of each kind; the test is skipped where this kind can't be started."""
    found: LaunchedBroker = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def kind(running: LaunchedBroker) -> Kind:
    """Each kind in turn, to start one."""
    return NativeKafka if isinstance(running, NativeKafka) else EmbeddedBroker


async def test_it_answers_as_kafka_when_entered(running: LaunchedBroker) -> None:
    """Inside the context the broker answers at its address, under its own instance id."""
    answer = await ask(running.bootstrap)
    assert answer.instance == running.instance
    assert answer.nodes == (running.bootstrap,), "it must advertise the address it listens on"


async def test_it_gives_producer_ids_if_it_says_so(running: LaunchedBroker) -> None:
    """What a run's manifest says of idempotent producers is what the broker does."""
    assert await gives_producer_ids(running.bootstrap) == running.idempotent


async def test_it_listens_on_loopback_only(running: LaunchedBroker) -> None:
    """No other machine can reach it."""
    listening = {
        connection.laddr.ip.removeprefix("::ffff:")  # Java's way to write it
        for connection in psutil.Process(running.pid).net_connections()
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


async def test_leaving_stops_the_process_and_keeps_its_peak(kind: Kind, tmp_path: Path) -> None:
    """After the context no process is left, and its peak memory can still be reported."""
    async with kind(log_path=tmp_path / "broker.log") as broker:
        pid = broker.pid
    assert is_gone(pid)
    assert 1 < broker.peak_rss_mb() < 500


async def test_two_brokers_differ_in_address_and_instance(
    running: LaunchedBroker, kind: Kind, tmp_path: Path
) -> None:
    """Runs side by side never meet each other's broker."""
    async with kind(log_path=tmp_path / "broker.log") as another:
        assert another.bootstrap != running.bootstrap
        assert another.instance != running.instance


async def test_a_killed_broker_cancels_the_body(kind: Kind, tmp_path: Path) -> None:
    """Whoever waits on a broker that dies is told so instead of waiting on."""
    with pytest.raises(BrokerLost, match=r"code -9.*broker\.log"):
        async with kind(log_path=tmp_path / "broker.log") as broker:
            os.kill(broker.pid, signal.SIGKILL)
            await asyncio.Event().wait()


@pytest.mark.embedded
async def test_an_error_that_the_death_caused_is_told_as_the_death(tmp_path: Path) -> None:
    """The cause, a lost broker, comes first; the client's error stands behind it."""
    with pytest.raises(BrokerLost) as raised:
        async with EmbeddedBroker(log_path=tmp_path / "broker.log") as broker:
            os.kill(broker.pid, signal.SIGKILL)
            try:
                await asyncio.Event().wait()
            finally:
                raise ConnectionResetError("from a client")
    assert isinstance(raised.value.__cause__, ConnectionResetError)


@pytest.mark.embedded
async def test_an_error_of_the_body_passes_unchanged(tmp_path: Path) -> None:
    """The broker's own watch doesn't wrap what goes wrong in the body."""
    with pytest.raises(KeyError, match="mine"):
        async with EmbeddedBroker(log_path=tmp_path / "broker.log") as broker:
            raise KeyError("mine")
    assert is_gone(broker.pid)


async def test_a_taken_port_is_a_clear_error(
    running: LaunchedBroker, kind: Kind, tmp_path: Path
) -> None:
    """A second broker on a port in use is refused, with the broker's own words or the reason."""
    port = int(running.bootstrap.rpartition(":")[2])
    with pytest.raises(BrokerStartFailed, match=r"another broker answers|ended with code"):
        async with kind(log_path=tmp_path / "broker.log", port=port):
            pytest.fail("two brokers on one port")
    assert (await ask(running.bootstrap)).instance == running.instance


@pytest.mark.embedded
async def test_a_program_that_ends_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error shows the last line that the program printed."""
    program = tmp_path / "tansu"
    program.write_text("#!/bin/sh\necho no memory left\nexit 7\n")
    program.chmod(0o755)
    monkeypatch.setenv("LIENTHONG_TANSU", str(program))
    with pytest.raises(BrokerStartFailed, match="code 7 before it answered: no memory left"):
        async with EmbeddedBroker(log_path=tmp_path / "broker.log"):
            pytest.fail("it can't have started")


@pytest.mark.embedded
async def test_a_program_that_is_not_there_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong LIENTHONG_TANSU is never silently passed over."""
    monkeypatch.setenv("LIENTHONG_TANSU", str(tmp_path / "nothing"))
    with pytest.raises(BrokerMissing, match="nothing is not a program"):
        async with EmbeddedBroker(log_path=tmp_path / "broker.log"):
            pytest.fail("it can't have started")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends orphans")
async def test_the_broker_dies_with_a_parent_that_is_killed(kind: Kind, tmp_path: Path) -> None:
    """kill -9 of the process that started the broker leaves no broker behind."""
    script = (
        "import asyncio, sys, pathlib\n"
        f"from hub.brokers import {kind.__name__} as Kind\n"
        "async def main():\n"
        "    async with Kind(log_path=pathlib.Path(sys.argv[1])) as broker:\n"
        "        print(broker.pid, flush=True)\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    log = str(tmp_path / "broker.log")
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", script, log, stdout=PIPE)
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    assert not is_gone(pid)
    parent.kill()
    await parent.communicate()
    await eventually(lambda: is_gone(pid))
