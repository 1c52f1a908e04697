"""The national population database: gives the number, and hears of the birth and the residence.

Its state: `soGcs` (the birth notice) and `soDinhDanh` (the number, once allocated). What it hears
goes to the database as one-way requests, which have no outcome.
"""

from typing import Final

from connectors.agencies.codes import POPULATION, clock, local
from connectors.agencies.people import child_fields
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import Event
from schemas.units import commune

connector: Final = Connector("population")


@connector.on("personal-id.requested")
def allocate(state: State, event: Event) -> Decision:
    """Ask for a number; a commune that is in no province is `UnknownUnitError`."""
    data = event.data()
    registered_at = data["entry"]["commune"]
    record = {
        "so_gcs": data["notice"],
        **child_fields(data, POPULATION),
        "gio_sinh": clock(local(data["born"])),
        "so_dinh_danh_me": data["mother_id"],
        "so_dinh_danh_cha": data["father_id"],
        "tinh_khai_sinh": commune(registered_at).province,
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
    entry = data["entry"]
    record = {
        "so_dinh_danh": data["child"]["personal_id"],
        "so_khai_sinh": entry["number"],
        "quyen_khai_sinh": entry["book"],
        "trang_khai_sinh": entry["page"],
        "ngay_khai_sinh": POPULATION.day.write(local(entry["registered"])),
    }
    return Decision(state=state, calls=(Call(step="confirm", record=record, time=event.time),))


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
