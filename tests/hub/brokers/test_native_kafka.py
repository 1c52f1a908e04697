"""Apache Kafka as a process: what only it has, and what is said where it can't be had."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from connectors.runtime.bus.kafka import KafkaBus
from hub.brokers import BrokerLost, BrokerMissing, NativeKafka
from hub.brokers.kafka.artifacts import artifacts
from tests.hub.brokers.programs import put_program


@pytest.mark.kafka
@pytest.mark.timeout(60)
async def test_records_outlive_a_kill_in_a_folder_of_ones_own(
    kafka: NativeKafka, tmp_path: Path
) -> None:
    """Started again on the same folder it is the same broker, with every acknowledged record."""
    data, place = tmp_path / "data", ("kept", 0)
    with pytest.raises(BrokerLost):
        async with NativeKafka(log_path=tmp_path / "broker.log", data=data) as first:
            bus = KafkaBus(first.bootstrap, idempotent=first.idempotent)
            await bus.create(["kept"], 1)
            producer = await bus.producer()
            await producer.send({place: [(b"k", b"v", [])] * 3})
            await producer.close()
            os.kill(first.pid, signal.SIGKILL)
            await asyncio.Event().wait()  # the broker's end cancels it
    async with NativeKafka(log_path=tmp_path / "broker.log", data=data) as again:
        assert again.instance == first.instance
        assert await KafkaBus(again.bootstrap, idempotent=True).ends([place]) == {place: 3}


@pytest.mark.kafka
async def test_a_temporary_folder_is_removed(
    kafka: NativeKafka, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a folder of one's own nothing is left on the disk."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    async with NativeKafka(log_path=tmp_path / "broker.log"):
        assert len(os.listdir(tmp_path)) == 2, "the log and the temporary folder"
    assert os.listdir(tmp_path) == ["broker.log"]


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without Java and Maven, and an empty cache; the folder is its PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return tmp_path


async def test_without_java_the_remedy_is_told(bare: Path) -> None:
    """What to install is part of the error."""
    with pytest.raises(BrokerMissing, match=r"no java on the PATH.*openjdk-17-jre-headless maven"):
        await artifacts()


async def test_a_java_home_without_java_is_told(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong JAVA_HOME is never silently passed over."""
    put_program(bare / "java", "echo 'openjdk version \"21\"'")
    monkeypatch.setenv("JAVA_HOME", str(bare / "nowhere"))
    with pytest.raises(BrokerMissing, match=r"no java in JAVA_HOME=.*nowhere"):
        await artifacts()


async def test_an_old_java_is_told(bare: Path) -> None:
    """Apache Kafka 4 does not run on Java 11."""
    put_program(bare / "java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2")
    with pytest.raises(BrokerMissing, match=r"is Java 11\. Apache Kafka needs Java 17"):
        await artifacts()


async def test_without_maven_the_remedy_is_told(bare: Path) -> None:
    """Maven is needed for the first start only, so it is asked for last."""
    put_program(bare / "java", "echo 'openjdk version \"17.0.1\"' >&2")
    with pytest.raises(BrokerMissing, match=r"no mvn on the PATH.*install"):
        await artifacts()


async def test_what_maven_says_is_told_when_it_fails(bare: Path) -> None:
    """Without a network Maven says which artifact it misses."""
    put_program(bare / "java", "echo 'openjdk version \"17.0.1\"' >&2")
    put_program(bare / "mvn", "echo 'Could not resolve kafka_2.13'; exit 1")
    with pytest.raises(BrokerMissing, match=r"code 1: Could not resolve kafka_2\.13"):
        await artifacts()


async def test_maven_runs_once(bare: Path) -> None:
    """The class path is kept: a second start asks neither Maven nor the version of Java."""
    jar = bare / "kafka.jar"
    jar.touch()
    put_program(bare / "java", "echo 'openjdk version \"17.0.1\"' >&2")
    put_program(bare / "mvn", f"for last; do :; done; printf '{jar}' > \"${{last#*=}}\"")
    first = await artifacts()
    put_program(bare / "mvn", "exit 1")
    put_program(bare / "java", "exit 1")
    assert await artifacts() == first
    assert first.class_path == str(jar)
    jar.unlink()
    with pytest.raises(BrokerMissing):
        await artifacts()
