"""The image that the compose file names, on machines that have Docker."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.runtime.bus.kafka import KafkaBus
from hub.brokers import ExternalBroker
from hub.brokers.launched import free_port

COMPOSE = Path(__file__).parents[3] / "docker-compose.yml"

pytestmark = [pytest.mark.docker, pytest.mark.timeout(300)]


@pytest.fixture
def container() -> Iterator[str]:
    """Apache Kafka from the pinned image: its HOST:PORT."""
    engine = shutil.which("docker")
    if engine is None or subprocess.run([engine, "info"], capture_output=True).returncode:
        pytest.skip("no Docker engine answers `docker info`")
    from testcontainers.core.container import DockerContainer
    from testcontainers.core.wait_strategies import LogMessageWaitStrategy

    image = re.search(r"image: (apache/kafka:\S+)", COMPOSE.read_text(encoding="utf-8"))
    assert image is not None, "docker-compose.yml names the image"
    port = free_port()
    settings = {
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_NODE_ID": "1",
        "KAFKA_LISTENERS": "CLIENT://:9092,CONTROLLER://:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"CLIENT://127.0.0.1:{port}",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "KAFKA_INTER_BROKER_LISTENER_NAME": "CLIENT",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
    }
    made = DockerContainer(image[1]).with_bind_ports(9092, port).with_envs(**settings)
    with made.waiting_for(LogMessageWaitStrategy("Kafka Server started")):
        yield f"127.0.0.1:{port}"


async def test_the_compose_files_image_means_the_same(container: str) -> None:
    """Topics, an idempotent producer, and a reader who begins where its group committed."""
    place = ("in-a-container", 0)
    async with ExternalBroker(container) as broker:
        assert broker.idempotent
        bus = KafkaBus(container, idempotent=True)
        assert await bus.instance() == broker.instance
        await bus.create([place[0]], 1)
        producer = await bus.producer()
        await producer.send({place: [(b"k", b"v", [("name", b"1")])] * 3})
        await producer.close()
        for first, rest in ((0, 3), (2, 1)):
            consumer = await bus.consumer("g", [place])
            records = [*await consumer.poll(500, 20.0)]
            assert [r.offset for r in records] == list(range(first, first + rest))
            await consumer.commit({place: 2})
            await consumer.close()
