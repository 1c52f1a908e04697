"""A case of a commune that no table maps, in a whole country, and the officer who has it."""

from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from connectors.runtime.store import reading
from hub.ledger import verify
from schemas.successions import adopt
from schemas.units import Succession
from simulators.scenarios import SCENARIOS
from simulators.scenarios.families import filed
from tests.simulators.runs.test_manual_orders import Office, office

ROW = Succession(old="00001", new="00004", source_vi="bảng của Sở", source_en="a bureau's table")


@pytest.fixture(autouse=True)
def no_rows_left() -> Iterator[None]:
    """A run's rows hold in its process; none is left for other tests."""
    yield
    adopt(())


def gone(one: Office) -> Office:
    """The office with a case of 1 July 2025 in a commune that is gone."""
    one.one = filed(SCENARIOS["unmapped-commune"], 1)[0].submission
    return one


def reasons(one: Office) -> list[str]:
    """Why officers have the case."""
    queue = reading.manual_of(one.folder.stores / "dvclt.db", one.one.case)
    return [item.reason for item in queue]


async def test_a_retry_gets_it_on_its_way_once_the_table_knows_the_commune(tmp_path: Path) -> None:
    """In vain at first; with a row for the commune the successor takes it, to the end."""
    async with office(tmp_path, {}) as opened:
        one = gone(opened)
        await one.until(lambda: one.stages.get("birth") == "unrouted")
        await one.orders("retry", "birth")
        await one.rest()
        assert one.stages["birth"] == "unrouted"
        assert reasons(one).count("unit_unmapped") == 2
        one.folder.save(replace(one.manifest, units=[asdict(ROW)]))
        await one.orders("retry", "birth", why="đã có bảng chuyển đổi")
        await one.rest()
    assert one.document["status"] == "completed"
    assert one.document["dossier"]["agency"] == "H26.00004"
    assert one.document["dossier"]["code"].startswith("H26.00004-2507")
    assert [action["action"] for action in one.document["actions"]] == ["retry", "retry"]
    assert verify(one.folder.path).findings == []


async def test_what_was_dealt_with_elsewhere_is_ended(tmp_path: Path) -> None:
    """The officer closes it, and the citizen is told."""
    async with office(tmp_path, {}) as opened:
        one = gone(opened)
        await one.until(lambda: one.stages.get("birth") == "unrouted")
        await one.orders("close", "birth")
        await one.rest()
    assert one.stages["birth"] == "closed"
    assert one.document["status"] == "refused"
    assert reasons(one) == ["unit_unmapped"]
    assert verify(one.folder.path).findings == []
