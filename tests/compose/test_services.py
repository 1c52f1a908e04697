"""Every service of docker-compose.yml, run as plain processes on a native Apache Kafka.

What they do is taken from the file, and so is the broker's configuration: when the program's
commands, options or variables change and the file does not, this fails.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.brokers import NativeKafka
from hub.brokers.kafka import native
from hub.brokers.kafka.artifacts import POM
from tests.compose.composition import ROOT, Composition, composition
from tests.compose.stage import Stage
from tests.conftest import started

CASES = 12
VARIABLES = {"RATE": "20", "CASES": str(CASES), "LIENTHONG_SPEED": "20000"}
_OF_THE_SHELL = {"KAFKA_HEAP_OPTS"}
"""Variables that the image's scripts read; all others become properties."""


@pytest.fixture
def whole() -> Composition:
    """The file, with a load that is small and a clock that is fast."""
    return composition(VARIABLES)


@pytest.fixture
def broker(
    whole: Composition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[NativeKafka]:
    """Apache Kafka as the service `kafka` configures it, but for where it listens and writes."""
    monkeypatch.setattr(native, "SETTINGS", broker_settings(whole))
    yield from started(NativeKafka(log_path=tmp_path / "kafka.log"))


@pytest.fixture
def stage(whole: Composition, broker: NativeKafka, tmp_path: Path) -> Iterator[Stage]:
    """The services' processes; none is left afterwards."""
    folder = tmp_path / "stage"
    folder.mkdir()
    stage = Stage(whole, folder, {"kafka:9092": broker.bootstrap})
    yield stage
    stage.kill()


def broker_settings(whole: Composition) -> dict[str, str]:
    """The broker's properties, named as the image apache/kafka makes them from its environment."""
    return {
        name.removeprefix("KAFKA_").lower().replace("_", "."): value
        for name, value in whole.services["kafka"].environment.items()
        if name.startswith("KAFKA_") and name not in _OF_THE_SHELL
    }


def test_the_broker_is_told_what_the_native_one_is_told(whole: Composition) -> None:
    """Both are one broker for one machine; the native one only has fewer threads and listeners."""
    theirs, ours = broker_settings(whole), native.SETTINGS
    differ = {name for name in theirs.keys() & ours.keys() if theirs[name] != ours[name]}
    assert differ == {"listener.security.protocol.map"}
    sized = {name for name in ours.keys() - theirs.keys() if "threads" not in name}
    assert sized == {"log.cleaner.dedupe.buffer.size"}
    assert theirs["advertised.listeners"].startswith("CLIENT://kafka:9092,HOST://127.0.0.1:")
    address = theirs["advertised.listeners"].partition("://")[2].partition(",")[0]
    assert whole.services["init"].environment["LIENTHONG_BROKER"] == address


def test_the_readme_says_which_kafka_is_which(whole: Composition) -> None:
    """The image may be older than what these tests start: its digest has to be known."""
    image = whole.services["kafka"].raw["image"].partition(":")[2].partition("@")[0]
    pom = POM.read_text(encoding="utf-8").partition("<kafka.version>")[2].partition("<")[0]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"The image of Apache Kafka is {image}, while `--broker kafka` starts {pom}." in readme


@pytest.mark.kafka
@pytest.mark.e2e
@pytest.mark.timeout(300)
def test_a_country_starts_takes_a_load_and_is_clean(stage: Stage) -> None:
    """up, load, verify, stop, and up again, each as the README says it."""
    stage.up()
    load = stage.run("load")
    assert load.returncode == 0, load.stderr
    verdict = stage.run("verify")
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    assert (
        f"0 lost, 0 duplicated, 0 mismatched in {CASES} cases, {CASES} finished" in verdict.stdout
    )

    other = stage.run("verify", "case", "list", "--open", "--run", "main")
    assert (other.returncode, other.stdout) == (0, "Không có hồ sơ nào. · No cases.\n")

    codes = stage.stop()
    assert set(codes.values()) == {130}, f"SIGTERM was not heeded: {codes}"
    again = stage.run("init")
    assert again.returncode == 0, again.stderr
    assert "run is there: main" in again.stdout
    stage.up()
    assert stage.run("load").returncode == 0
    twice = stage.run("verify")
    assert twice.returncode == 0, twice.stdout + twice.stderr
    assert f"in {2 * CASES} cases, {2 * CASES} finished" in twice.stdout
