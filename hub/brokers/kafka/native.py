"""Apache Kafka as a process: KRaft, broker and controller in one, its data in a folder."""

import base64
import tempfile
import uuid
from pathlib import Path

from hub.brokers.kafka.artifacts import Artifacts, artifacts
from hub.brokers.launched import Launch, LaunchedBroker, free_port

JVM_FLAGS = (
    "-Xms64m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    "-XX:-UsePerfData",
)
"""Measured over 5,000 cases on two cores: 10 CPU seconds and 180 MiB.

With the second compiler (C2) 17 to 20 CPU seconds, with the collector G1 40 MiB more.
"""
LOG_FLAGS = (
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-Dorg.slf4j.simpleLogger.showDateTime=true",
    "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd HH:mm:ss.SSS",
)
SETTINGS = {
    "process.roles": "broker,controller",
    "node.id": "1",
    "listener.security.protocol.map": "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "inter.broker.listener.name": "CLIENT",
    "controller.listener.names": "CONTROLLER",
    # A misspelt topic is an error, not a new topic.
    "auto.create.topics.enable": "false",
    # One broker holds every copy.
    "offsets.topic.replication.factor": "1",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.replication.factor": "1",
    "transaction.state.log.min.isr": "1",
    "transaction.state.log.num.partitions": "1",
    "share.coordinator.state.topic.replication.factor": "1",
    "share.coordinator.state.topic.min.isr": "1",
    "share.coordinator.state.topic.num.partitions": "1",
    "group.initial.rebalance.delay.ms": "0",
    # After a kill its successor has to wait until it is forgotten.
    "broker.session.timeout.ms": "4000",
    "broker.heartbeat.interval.ms": "1000",
    # Two cores, shared with all the roles.
    "num.network.threads": "1",
    "num.io.threads": "2",
    "background.threads": "2",
    "log.cleaner.dedupe.buffer.size": "2097152",
}


class NativeKafka(LaunchedBroker):
    """Apache Kafka from Maven's artifacts, on loopback only."""

    engine = "kafka"
    idempotent = True
    label = "Apache Kafka"
    answer_within_s = 60.0
    stop_within_s = 15.0

    def __init__(
        self, *, log_path: Path, port: int | None = None, data: Path | None = None
    ) -> None:
        """`data` keeps the records over starts; None is a temporary folder."""
        super().__init__(log_path=log_path, port=port)
        self._data = data
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._artifacts: Artifacts | None = None

    async def prepare(self) -> None:
        """Find Java and the jars; the first time Maven resolves them."""
        self._artifacts = await artifacts()

    def launch(self, port: int) -> Launch:
        """A broker on fresh data, or on what `data` holds."""
        assert self._artifacts is not None, "prepare() comes first"
        self._folder = tempfile.TemporaryDirectory(prefix="lienthong-kafka-")
        folder = Path(self._folder.name)
        data = self._data or folder / "data"
        instance = _formatted(data)
        settings = SETTINGS | _places(port, free_port(), data)
        properties = folder / "server.properties"
        properties.write_text("".join(f"{k}={v}\n" for k, v in settings.items()), encoding="utf-8")
        return Launch(
            argv=[
                *(self._artifacts.java, *JVM_FLAGS, *LOG_FLAGS),
                *("-cp", self._artifacts.class_path, "kafka.Kafka", str(properties)),
            ],
            env={},
            instance=instance,
        )

    def release(self) -> None:
        """Remove the temporary folder."""
        if self._folder is not None:
            self._folder.cleanup()


def _places(port: int, controller: int, data: Path) -> dict[str, str]:
    return {
        "listeners": f"CLIENT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}",
        "advertised.listeners": f"CLIENT://127.0.0.1:{port}",
        "controller.quorum.voters": f"1@127.0.0.1:{controller}",
        "log.dirs": str(data),
    }


def _formatted(data: Path) -> str:
    """The cluster id of the data folder, which is formatted when it is new.

    By hand, which spares a second JVM. Unlike `kafka-storage format` this writes no feature levels,
    so Kafka takes its default for the metadata alone: newer group protocols stay off.
    """
    meta = data / "meta.properties"
    if meta.is_file():
        lines = meta.read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)["cluster.id"]
    data.mkdir(parents=True, exist_ok=True)
    instance = _kafka_id()
    facts = {"version": 1, "cluster.id": instance, "node.id": 1, "directory.id": _kafka_id()}
    meta.write_text("".join(f"{k}={v}\n" for k, v in facts.items()), encoding="utf-8")
    return instance


def _kafka_id() -> str:
    return base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
