"""Kill -9 of each process while cases are under way, on real brokers."""

from pathlib import Path
from typing import Any

import pytest

from connectors.agencies import CONNECTORS
from hub.brokers.launched import free_port
from hub.roles import Role
from hub.supervisor import Supervisor
from simulators.runs.chaos import chaos
from simulators.runs.live import ROLES, Plan
from tests.e2e.processes import COMMAND

CASES, KILLS = 600, 3

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]


@pytest.fixture(
    params=[
        pytest.param(("embedded", 1), marks=pytest.mark.embedded, id="embedded-1"),
        pytest.param(("embedded", 2), marks=pytest.mark.embedded, id="embedded-2"),
        pytest.param(("kafka", 1), marks=pytest.mark.kafka, id="kafka-1"),
    ]
)
def broker_and_seed(request: pytest.FixtureRequest) -> tuple[str, int]:
    """What to run on, and which cases; skips where that broker can't be had."""
    found: tuple[str, int] = request.param
    request.getfixturevalue(found[0])
    return found


async def test_nothing_is_lost_or_doubled_when_roles_are_killed(
    tmp_path: Path, broker_and_seed: tuple[str, int]
) -> None:
    """Router, orchestrator and country are killed three times each; the ledger stays clean."""
    broker, seed = broker_and_seed
    plan = Plan(home=tmp_path, seed=seed, broker=broker)
    report = await chaos(plan, cases=CASES, kills=KILLS)
    assert_clean(report, ROLES, KILLS, CASES)


@pytest.mark.kafka
async def test_nothing_is_lost_or_doubled_when_connectors_are_killed(
    tmp_path: Path, kafka: object
) -> None:
    """Each agency's connector is a process of its own, and killed once; the ledger stays clean."""
    systems = tuple(CONNECTORS)
    plan = Plan(home=tmp_path, seed=3, broker="kafka", apart=systems)
    report = await chaos(plan, cases=CASES, kills=1, roles=systems)
    assert_clean(report, systems, 1, CASES)


@pytest.mark.kafka
async def test_nothing_is_lost_or_doubled_when_workers_of_groups_are_killed(
    tmp_path: Path, kafka: object
) -> None:
    """Elastic: two routers share the partitions, and everybody comes back under its own name."""
    roles = ("router", "router-1", "orchestrator", "country")
    plan = Plan(home=tmp_path, seed=6, broker="kafka", elastic=True, routers=2)
    report = await chaos(plan, cases=CASES, kills=2, roles=roles)
    assert_clean(report, roles, 2, CASES)


@pytest.mark.kafka
async def test_nothing_is_lost_or_doubled_when_the_broker_is_killed(
    tmp_path: Path, kafka: object
) -> None:
    """Apache Kafka is killed and started again on its data: everybody waits for it and goes on."""
    port = free_port()
    place = ("--port", str(port), "--data", str(tmp_path / "data"))
    broker = Role(
        name="broker",
        argv=[*COMMAND, "broker", "run", "--engine", "kafka", *place],
        log_path=tmp_path / "broker.log",
    )
    async with Supervisor([broker]) as beside:
        await beside.ready()
        plan = Plan(home=tmp_path, seed=4, broker=f"127.0.0.1:{port}")
        report = await chaos(plan, cases=CASES, kills=2, roles=["broker"], beside=beside)
    assert_clean(report, ("broker",), 2, CASES)
    others = {role: count for role, count in report["restarts"].items() if role != "broker"}
    assert others == dict.fromkeys(ROLES, 0), "a broker's short absence ends nobody"


def assert_clean(report: dict[str, Any], roles: tuple[str, ...], kills: int, cases: int) -> None:
    """Every role was killed so often on the way, and the ledger finds nothing."""
    shares = [share for _, share in report["kills"]]
    assert sorted(role for role, _ in report["kills"]) == sorted(roles * kills)
    assert 0.2 <= min(shares) <= max(shares) <= 0.8, f"kills came at {shares}"
    restarts = {role: report["restarts"][role] for role in roles}
    assert restarts == dict.fromkeys(roles, kills)
    assert report["at_rest"], "something is still on its way after the last case ended"
    assert report["ok"], report["findings"][:10]
    assert report["verified"] == cases
