"""A new kind of application is a row at the connector and a row at the desk, and nothing else."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import orjson
import pytest

from connectors.agencies.codes import RESIDENCE
from connectors.agencies.people import child_fields, person_fields
from connectors.agencies.residence_applications import Application, offer
from connectors.runtime.agency import Request
from connectors.runtime.handling import Decision, State
from connectors.runtime.sdk import Connector
from schemas.event import Event, full_type
from schemas.systems import RIGHTS, WHOLE, Right
from simulators.agencies.register import Register
from simulators.agencies.residence import Residence
from simulators.agencies.residence_applications import Application as Kept
from simulators.world import Step
from tests.simulators.agencies.asking import ASKED_AT, CASE, OTHER, outcome, rows, world

PERSON = {
    "name": "Trần Thị Thu Hà",
    "sex": "female",
    "born": "1994-11-02T00:00:00+07:00",
    "personal_id": "079194012877",
}
STAY = {
    "person": PERSON,
    "requester": {"name": PERSON["name"], "personal_id": PERSON["personal_id"]},
    "commune": "26740",
    "until": "2024-07-09",
    "due": "2023-07-13T17:00:00+07:00",
}


def _stay(data: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "so_dinh_danh": data["person"]["personal_id"],
        **child_fields(data["person"], RESIDENCE),
        **person_fields(data["requester"], "nyc"),
        "xa": data["commune"],
        "den_ngay": RESIDENCE.day.write(data["until"]),
    }


AT_THE_CONNECTOR = Application(
    requested="residence.guest.requested",
    step="guest",
    record=_stay,
    granted="residence.guest.registered",
    answer=lambda record: {"personal_id": record["so_dinh_danh"], "number": record["so_ct08"]},
    refused="residence.guest.refused",
)
AT_THE_DESK = Kept(
    step="guest",
    table="luu_tru",
    fields={
        "ho_ten": "TEXT NOT NULL",
        "gioi_tinh": "INTEGER NOT NULL",
        "ngay_sinh": "TEXT NOT NULL",
        "ho_ten_nyc": "TEXT NOT NULL",
        "so_dinh_danh_nyc": "TEXT NOT NULL",
        "den_ngay": "TEXT NOT NULL",
    },
    form="{so}/CT08-LT-{xa}",
    dated="dang_ky",
    paper="ct08",
)


class Police(Residence):
    """The commune police with one more row."""

    applications: ClassVar = (*Residence.applications, AT_THE_DESK)


def police(path: Path, **chances: Any) -> Register:
    """Their register, in a world that knows the step."""
    step = Step(service=(3_600, 7_200), **chances)
    default = world()
    plays = replace(default, steps={**default.steps, "residence/guest": step})
    return Register(Police, path, seed=1, world=plays)


@pytest.fixture
def connector(monkeypatch: pytest.MonkeyPatch) -> Connector:
    """A connector with one more row, under a rights table with one more type."""
    asks = Right(publishers=("dvclt",), receivers={"residence": WHOLE})
    monkeypatch.setitem(RIGHTS, AT_THE_CONNECTOR.requested, asks)
    connector = Connector("residence")
    offer(connector, AT_THE_CONNECTOR)
    return connector


async def asked(
    connector: Connector, agency: Register, *, case: str = CASE, state: State | None = None
) -> Decision:
    """What the connector says in the end, on an application that its agency decides."""
    event = Event(
        id=f"{case}-{state}",
        source="/systems/dvclt",
        type=full_type(AT_THE_CONNECTOR.requested),
        time=ASKED_AT,
        subject=case,
        payload=orjson.dumps(STAY),
    )
    decision = connector.handle(state or {}, event)
    (call,) = decision.calls
    request = Request(
        subject=case,
        step=call.step,
        attempt=call.attempt,
        time=call.time,
        record=call.record,
        cause=event.id,
    )
    return connector.handle(decision.state, await outcome(agency, request))


async def test_an_application_is_granted_with_a_number_and_a_notice(
    connector: Connector, tmp_path: Path
) -> None:
    """Entered in a table of its own, numbered by a form of its own."""
    with closing(police(tmp_path / "police.db")) as agency:
        decision = await asked(connector, agency)
    (said,) = decision.events
    assert said.name == "residence.guest.registered"
    assert said.data == {"personal_id": "079194012877", "number": "1/CT08-LT-26740"}
    assert decision.state == {"soDinhDanh": "079194012877", "trangThai": "CT08", "lan": 1}
    (row,) = rows(tmp_path / "police.db", "luu_tru")
    assert (row["ho_ten"], row["den_ngay"]) == ("Trần Thị Thu Hà", "20240709")
    assert row["ct08"] == "urn:lienthong:CT08:2023:1/CT08-LT-26740"
    assert rows(tmp_path / "police.db", "thuong_tru") == []


async def test_the_natural_key_holds_for_it_too(connector: Connector, tmp_path: Path) -> None:
    """A second case for the same person is a duplicate."""
    with closing(police(tmp_path / "police.db")) as agency:
        await asked(connector, agency)
        decision = await asked(connector, agency, case=OTHER)
    (said,) = decision.events
    assert said.name == "residence.guest.refused"
    assert said.data == {"personal_id": "079194012877", "reason": "duplicate_of"}


async def test_chance_refuses_it_by_the_worlds_reason(connector: Connector, tmp_path: Path) -> None:
    """The reason stands in the step's row of the world."""
    chances = {"refusal": 1.0, "reasons": ("no_lawful_dwelling",)}
    with closing(police(tmp_path / "police.db", **chances)) as agency:
        decision = await asked(connector, agency)
    (said,) = decision.events
    assert said.data == {"personal_id": "079194012877", "reason": "no_lawful_dwelling"}
    assert decision.state["trangThai"] == "CT06"
    assert rows(tmp_path / "police.db", "luu_tru") == []


async def test_papers_are_asked_for_and_then_it_is_granted(
    connector: Connector, tmp_path: Path
) -> None:
    """A supplement is the next attempt at the same application."""
    chances = {"supplement": 1.0, "defects": ("CHO_O",)}
    with closing(police(tmp_path / "police.db", **chances)) as agency:
        first = await asked(connector, agency)
        second = await asked(connector, agency, state=dict(first.state))
        third = await asked(connector, agency, state=dict(second.state))
    assert [decision.events[0].name for decision in (first, second, third)] == [
        "supplement.requested",
        "supplement.requested",
        "residence.guest.registered",
    ]
    assert third.state["lan"] == 3
