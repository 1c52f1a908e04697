"""Topics are compared with what the hub needs, whoever created them."""

import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from connectors.runtime.bus.kafka import KafkaBus
from connectors.runtime.errors import TopicUnfit
from hub.brokers import NativeKafka

pytestmark = pytest.mark.kafka


async def made_by_somebody(kafka: NativeKafka, topic: NewTopic) -> None:
    """Create a topic as an administrator does."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap)
    await admin.start()
    try:
        await admin.create_topics([topic])
    finally:
        await admin.close()


async def test_a_limit_that_is_too_low_is_an_error_with_its_remedy(kafka: NativeKafka) -> None:
    """Kafka's own default of 1 MiB would keep large records from the router, who must refuse."""
    await made_by_somebody(kafka, NewTopic("default-limit", 2, 1))
    bus = KafkaBus(kafka.bootstrap, idempotent=True)
    with pytest.raises(
        TopicUnfit, match=r"default-limit has max\.message\.bytes 1048588, expected 4259840.*alter"
    ):
        await bus.create(["default-limit"], 2)


async def test_a_higher_limit_is_welcome(kafka: NativeKafka) -> None:
    """Only what is too low stands in the way."""
    limits = {"max.message.bytes": "9000000"}
    await made_by_somebody(kafka, NewTopic("high-limit", 2, 1, topic_configs=limits))
    bus = KafkaBus(kafka.bootstrap, idempotent=True)
    await bus.create(["high-limit", "new-beside-it"], 2)
    assert await bus.ends([("new-beside-it", 1)]) == {("new-beside-it", 1): 0}


async def test_a_topic_that_the_broker_refuses_is_named(kafka: NativeKafka) -> None:
    """What can't be created is told with the broker's own reason."""
    bus = KafkaBus(kafka.bootstrap, idempotent=True)
    with pytest.raises(TopicUnfit, match=r"not/a/name can't be created: .*invalid"):
        await bus.create(["not/a/name"], 2)
