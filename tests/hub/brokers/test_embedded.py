"""The embedded broker as a process."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from pathlib import Path

import psutil
import pytest

from hub.brokers import BrokerLost, BrokerMissing, BrokerStartFailed, EmbeddedBroker
from hub.brokers.probe import ask
from tests.hub.processes import eventually, is_gone

pytestmark = pytest.mark.embedded


async def test_it_answers_as_kafka_when_entered(tmp_path: Path) -> None:
    """Inside the context the broker answers at its address, under its own instance id."""
    async with EmbeddedBroker(log_path=tmp_path / "broker.log") as broker:
        answer = await ask(broker.bootstrap)
        assert answer.instance == broker.instance
        assert answer.nodes == (broker.bootstrap,), "it must advertise the address it listens on"


async def test_it_listens_on_loopback_only(tmp_path: Path) -> None:
    """No other machine can reach the embedded broker."""
    async with EmbeddedBroker(log_path=tmp_path / "broker.log") as broker:
        listening = [
            connection.laddr.ip
            for connection in psutil.Process(broker.pid).net_connections()
            if connection.status == psutil.CONN_LISTEN
        ]
        assert listening == ["127.0.0.1"]


async def test_leaving_stops_the_process_and_keeps_its_peak(tmp_path: Path) -> None:
    """After the context no process is left, and its peak memory can still be reported."""
    async with EmbeddedBroker(log_path=tmp_path / "broker.log") as broker:
        pid = broker.pid
    assert is_gone(pid)
    assert 1 < broker.peak_rss_mb() < 500


async def test_two_brokers_differ_in_address_and_instance(tmp_path: Path) -> None:
    """Runs side by side never meet each other's broker."""
    async with (
        EmbeddedBroker(log_path=tmp_path / "1.log") as one,
        EmbeddedBroker(log_path=tmp_path / "2.log") as two,
    ):
        assert one.bootstrap != two.bootstrap
        assert one.instance != two.instance


async def test_a_killed_broker_cancels_the_body(tmp_path: Path) -> None:
    """Whoever waits on a broker that dies is told so instead of waiting on."""
    with pytest.raises(BrokerLost, match=r"code -9.*broker\.log"):
        async with EmbeddedBroker(log_path=tmp_path / "broker.log") as broker:
            os.kill(broker.pid, signal.SIGKILL)
            await asyncio.Event().wait()


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


async def test_an_error_of_the_body_passes_unchanged(tmp_path: Path) -> None:
    """The broker's own watch doesn't wrap what goes wrong in the body."""
    with pytest.raises(KeyError, match="mine"):
        async with EmbeddedBroker(log_path=tmp_path / "broker.log") as broker:
            raise KeyError("mine")
    assert is_gone(broker.pid)


async def test_a_taken_port_is_a_clear_error(tmp_path: Path) -> None:
    """A second broker on a port in use is refused, with the broker's own words or the reason."""
    async with EmbeddedBroker(log_path=tmp_path / "1.log") as first:
        port = int(first.bootstrap.rpartition(":")[2])
        with pytest.raises(BrokerStartFailed, match=r"another broker answers|ended with code"):
            async with EmbeddedBroker(log_path=tmp_path / "2.log", port=port):
                pytest.fail("two brokers on one port")
        assert (await ask(first.bootstrap)).instance == first.instance


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


async def test_a_program_that_is_not_there_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong LIENTHONG_TANSU is never silently passed over."""
    monkeypatch.setenv("LIENTHONG_TANSU", str(tmp_path / "nothing"))
    with pytest.raises(BrokerMissing, match="nothing is not a program"):
        async with EmbeddedBroker(log_path=tmp_path / "broker.log"):
            pytest.fail("it can't have started")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux ends orphans")
async def test_the_broker_dies_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """kill -9 of the process that started the broker leaves no broker behind."""
    script = (
        "import asyncio, sys, pathlib\n"
        "from hub.brokers import EmbeddedBroker\n"
        "async def main():\n"
        "    async with EmbeddedBroker(log_path=pathlib.Path(sys.argv[1])) as broker:\n"
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
