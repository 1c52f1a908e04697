"""Topics as the hub needs them: created where they are missing, read back, compared."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType

from connectors.runtime.bus import MAX_RECORD_BYTES
from connectors.runtime.errors import TopicUnfit

LIMITS = {"max.message.bytes": MAX_RECORD_BYTES + 64 * 1024}
"""What a topic must at least allow: the largest record, with room for its batch."""
COPIES = 3
"""Replicas of each partition, where there are so many brokers."""
_CREATED = {0, 36}
"""No error, and TOPIC_ALREADY_EXISTS: another process was faster."""
_VISIBLE_WITHIN_S = 10.0
_RETRY_S = 0.02


async def create_topics(admin: AIOKafkaAdminClient, topics: Sequence[str], partitions: int) -> None:
    """Return when every topic exists with so many partitions and at least the limits.

    Raises:
        TopicUnfit: one does not.
        KafkaError: the broker does not answer, or not with what was asked for.
    """
    have = set(await admin.list_topics())
    missing = [topic for topic in topics if topic not in have]
    if missing:
        limits = {name: str(value) for name, value in LIMITS.items()}
        copies = min(COPIES, len((await admin.describe_cluster())["brokers"]))
        wanted = [NewTopic(topic, partitions, copies, topic_configs=limits) for topic in missing]
        for refused in (await admin.create_topics(wanted)).to_object()["topic_errors"]:
            if refused["error_code"] not in _CREATED:
                raise TopicUnfit(
                    f"topic {refused['topic']} can't be created: {refused['error_message']}"
                )
    for found in await _described(admin, topics):
        count = len(found["partitions"])
        if count != partitions:
            raise TopicUnfit(
                f"topic {found['topic']} has {count} partitions, expected {partitions}; use "
                f"--partitions {count}, or other topics with --prefix"
            )
    for topic, settings in _settings(
        await admin.describe_configs(
            [ConfigResource(ConfigResourceType.TOPIC, topic) for topic in topics]
        )
    ):
        _compare(topic, settings)


async def _described(admin: AIOKafkaAdminClient, topics: Sequence[str]) -> Sequence[Any]:
    """What the broker says of the topics; a new one may take a moment to be known to it."""
    try:
        async with asyncio.timeout(_VISIBLE_WITHIN_S):
            while True:
                found: Sequence[Any] = await admin.describe_topics(list(topics))
                if not any(one["error_code"] for one in found):
                    return found
                await asyncio.sleep(_RETRY_S)
    except TimeoutError:
        lost = ", ".join(one["topic"] for one in found if one["error_code"])
        raise TopicUnfit(f"created, and not there {_VISIBLE_WITHIN_S:g} s later: {lost}") from None


def _settings(answers: Sequence[Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for answer in answers:
        for one in answer.to_object()["resources"]:
            yield (
                one["resource_name"],
                {entry["config_names"]: entry["config_value"] for entry in one["config_entries"]},
            )


def _compare(topic: str, settings: Mapping[str, str]) -> None:
    for name, least in LIMITS.items():
        if int(settings.get(name) or 0) < least:
            raise TopicUnfit(
                f"topic {topic} has {name} {settings.get(name)}, expected {least} or more; change "
                f"it (kafka-configs.sh --entity-type topics --entity-name {topic} --alter "
                f"--add-config {name}={least}), or use other topics with --prefix"
            )
