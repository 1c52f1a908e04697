"""The national population database: gives the number, and hears of births, moves and deaths.

Its keeper issues identity cards (that the cases of children go through the same system is our
assumption). Its state: of a birth `soGcs` (the birth notice) and `soDinhDanh` (the number, once
allocated), and of an identity card `soThe` (its number) or `lyDo` (why it was refused), and `lan`:
how often dvclt has asked; of a death `soDinhDanh` (the deceased) and `daMat`: true. What it hears
goes to the database as one-way requests, which have no outcome.
"""

from collections.abc import Mapping
from typing import Any, Final

from connectors.agencies.cards import Card, offer
from connectors.agencies.codes import POPULATION, clock, local
from connectors.agencies.people import Record, child_fields, death_fields
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import VN, Event, from_text
from schemas.regimes import province_of_commune

connector: Final = Connector("population")


@connector.on("personal-id.requested")
def allocate(state: State, event: Event) -> Decision:
    """Ask for a number; or say it again, where civil status asks anew after the entry was.

    A commune that is in no province is `UnknownUnitError`.
    """
    data = event.data()
    known = state.get("soDinhDanh")
    if known is not None and state["soGcs"] == data["notice"]:
        told = {"notice": data["notice"], "personal_id": known}
        return Decision(
            state=state, events=(Emit(name="personal-id.issued", data=told, time=event.time),)
        )
    registered_at = data["entry"]["commune"]
    registered_on = from_text(data["entry"]["registered"]).astimezone(VN).date()
    record = {
        "so_gcs": data["notice"],
        **child_fields(data, POPULATION),
        "gio_sinh": clock(local(data["born"])),
        "so_dinh_danh_me": data["mother_id"],
        "so_dinh_danh_cha": data["father_id"],
        "tinh_khai_sinh": province_of_commune(registered_at, registered_on),
        "xa_khai_sinh": registered_at,
    }
    return Decision(
        state={"soGcs": data["notice"], "soDinhDanh": None},
        calls=(Call(step="allocate", record=record, time=event.time),),
    )


@connector.on_outcome("allocate")
def allocated(state: State, outcome: Outcome) -> Decision:
    """Tell civil status the number."""
    record = outcome.record
    data = {"notice": record["so_gcs"], "personal_id": record["so_dinh_danh"]}
    return Decision(
        state={**state, "soDinhDanh": record["so_dinh_danh"]},
        events=(Emit(name="personal-id.issued", data=data, time=outcome.time),),
    )


@connector.on("birth.registered")
def confirm(state: State, event: Event) -> Decision:
    """The birth is registered: note the entry with the person."""
    data = event.data()
    record = {
        "so_dinh_danh": data["child"]["personal_id"],
        **_entry_fields(data["entry"], "khai_sinh"),
    }
    return Decision(state=state, calls=(Call(step="confirm", record=record, time=event.time),))


def _issued(record: Mapping[str, Any]) -> Record:
    return {
        "number": record["so_the"],
        "valid_from": POPULATION.day.read(record["ngay_cap"]),
        "valid_to": POPULATION.day.read(record["den_ngay"]),
        "commune": record["ma_xa"],
        "document": {
            "kind": "identity_card",
            "uri": record["the_can_cuoc"],
            "sha256": record["sha256"],
        },
    }


offer(
    connector,
    Card(
        name="identity-card",
        step="identity_card",
        dialect=POPULATION,
        known_as="soThe",
        number="so_the",
        answer=_issued,
    ),
)


@connector.on("residence.registered")
def move(state: State, event: Event) -> Decision:
    """The person has a permanent residence: note where and with whom."""
    data = event.data()
    record = {
        "so_dinh_danh": data["personal_id"],
        "xa_thuong_tru": data["commune"],
        "noi_thuong_tru": data["address"],
        "so_dinh_danh_chu_ho": data["head"],
        "ngay_thuong_tru": POPULATION.day.write(local(data["registered"])),
    }
    return Decision(state=state, calls=(Call(step="move", record=record, time=event.time),))


@connector.on("death.registered")
def mark(state: State, event: Event) -> Decision:
    """Somebody died: mark the person, and note the entry."""
    data = event.data()
    record = {
        **death_fields(data["deceased"], POPULATION.day),
        **_entry_fields(data["entry"], "khai_tu"),
    }
    return Decision(
        state={**state, "soDinhDanh": record["so_dinh_danh"], "daMat": True},
        calls=(Call(step="mark", record=record, time=event.time),),
    )


@connector.on("residence.removed")
def unregister(state: State, event: Event) -> Decision:
    """Who died is no permanent resident any more: note where and since when."""
    data = event.data()
    record = {
        "so_dinh_danh": data["personal_id"],
        "xa_xoa": data["commune"],
        "ngay_xoa": POPULATION.day.write(local(data["removed"])),
    }
    return Decision(
        state={**state, "soDinhDanh": data["personal_id"]},
        calls=(Call(step="unregister", record=record, time=event.time),),
    )


def _entry_fields(entry: Mapping[str, Any], register: str) -> Record:
    return {
        f"so_{register}": entry["number"],
        f"quyen_{register}": entry["book"],
        f"trang_{register}": entry["page"],
        f"ngay_{register}": POPULATION.day.write(local(entry["registered"])),
    }
