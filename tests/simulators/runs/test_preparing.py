"""Making a run on a broker that is there, and making it again."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from connectors.runtime.bus.kafka import KafkaBus
from connectors.runtime.errors import BrokerLost
from connectors.runtime.manifest import RunFolder
from hub.brokers import EmbeddedBroker
from simulators.runs.live import Plan
from simulators.runs.preparing import prepare
from simulators.world import World

pytestmark = pytest.mark.embedded


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[EmbeddedBroker]:
    """A broker that outlives what is made on it."""
    async with EmbeddedBroker(log_path=tmp_path / "broker.log") as running:
        yield running


def plan(home: Path, broker: EmbeddedBroker) -> Plan:
    """A run on that broker."""
    return Plan(home=home, broker=broker.bootstrap, speed=10_000.0)


async def test_a_run_is_made_once_and_then_left_as_it_is(
    tmp_path: Path, broker: EmbeddedBroker
) -> None:
    """Topics, folder and manifest; the second call finds the very same run."""
    first = await prepare(plan(tmp_path, broker), "main")
    assert first.fresh
    assert first.manifest.instance == broker.instance
    bus = KafkaBus(broker.bootstrap, idempotent=False)
    wanted = [(topic, p) for topic in first.manifest.topics.all() for p in range(2)]
    assert set(await bus.ends(wanted)) == set(wanted), "every topic has its partitions"
    again = await prepare(plan(tmp_path, broker), "main")
    assert not again.fresh
    assert again.manifest == first.manifest, "the clock goes on from where it was"
    assert RunFolder.find(tmp_path, None).path == first.folder.path.resolve()


async def test_a_half_made_run_is_finished(tmp_path: Path, broker: EmbeddedBroker) -> None:
    """Whoever made the folder was stopped before the manifest was written."""
    RunFolder.create(tmp_path, "main")
    assert (await prepare(plan(tmp_path, broker), "main")).fresh


FORMER = replace(World.default(), personal_id_province="former")


@pytest.mark.parametrize(
    ("differs", "other"),
    [
        ("seed", {"seed": 2}),
        ("prefix", {"prefix": "lgsp"}),
        ("without", {"without": ("residence",)}),
        ("personal_id_province", {"world": FORMER}),
        ("draft_certificates", {"world": replace(World.default(), draft_certificates=True)}),
    ],
)
async def test_another_plan_under_the_same_name_is_refused(
    tmp_path: Path, broker: EmbeddedBroker, differs: str, other: dict[str, Any]
) -> None:
    """The message says what differs."""
    await prepare(plan(tmp_path, broker), "main")
    with pytest.raises(ValueError, match=f"with {differs} "):
        await prepare(replace(plan(tmp_path, broker), **other), "main")


async def test_a_second_run_needs_topics_of_its_own(tmp_path: Path, broker: EmbeddedBroker) -> None:
    """What an earlier run wrote is never taken for the new one's."""
    made = await prepare(plan(tmp_path, broker), "main")
    bus = KafkaBus(broker.bootstrap, idempotent=False)
    producer = await bus.producer()
    await producer.send({(made.manifest.topics.inbox("portal"), 0): [(b"k", b"v", [])]})
    await producer.close()
    with pytest.raises(ValueError, match="choose other topics with --prefix"):
        await prepare(plan(tmp_path, broker), "second")


async def test_a_run_whose_records_are_gone_is_not_joined(
    tmp_path: Path, broker: EmbeddedBroker
) -> None:
    """A case was submitted, and the topics are empty: going on would hide what is lost."""
    made = await prepare(plan(tmp_path, broker), "main")
    made.folder.submissions.write_text("{}\n", encoding="utf-8")
    with pytest.raises(BrokerLost, match="are empty"):
        await prepare(plan(tmp_path, broker), "main")


async def test_another_broker_at_the_same_address_is_noticed(
    tmp_path: Path, broker: EmbeddedBroker
) -> None:
    """A broker that was started anew has another instance."""
    made = await prepare(plan(tmp_path, broker), "main")
    made.folder.save(replace(made.manifest, instance="another"))
    with pytest.raises(BrokerLost, match="began with another"):
        await prepare(plan(tmp_path, broker), "main")
