"""What the commune police can be asked for: a row of `APPLICATIONS` each, and what all have alike.

An application is handed over, and granted, refused, or sent back for papers; each time the police
hand out a form: `CT04` received, `CT05` papers are missing, `CT08` granted, `CT06` refused. A new
kind needs a row here and one in `simulators.agencies.residence_applications`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from connectors.agencies.codes import KINSHIP, RESIDENCE, SLASHED_TIME, local, moment_at
from connectors.agencies.defects import supplement_of
from connectors.agencies.people import Record, child_fields, deceased_fields, person_fields
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import Event

RECEIVED, INCOMPLETE, GRANTED, REFUSED = "CT04", "CT05", "CT08", "CT06"

_Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One kind of application."""

    requested: str
    """The event by which dvclt asks for it."""
    step: str
    """What the police call it."""
    record: Callable[[_Data], Record]
    """Their record of it, from the event; it names the person, the commune and the requester."""
    granted: str
    """The event that says so."""
    answer: Callable[[_Data], Record]
    """The payload of that event, from their record."""
    refused: str
    """The event that names the person and the reason."""


def offer(connector: Connector, *applications: Application) -> None:
    """Let the connector take these applications and pass their answers on."""
    for application in applications:
        connector.on(application.requested)(partial(apply, application))
        connector.on_outcome(application.step)(partial(decided, application))


def apply(application: Application, state: State, event: Event) -> Decision:
    """Hand an application over; again, with a supplement."""
    data, attempt = event.data(), state.get("lan", 0) + 1
    record = {**application.record(data), "han_tra": SLASHED_TIME.write(local(data["due"]))}
    known = {"soDinhDanh": record["so_dinh_danh"], "trangThai": RECEIVED, "lan": attempt}
    return Decision(
        state={**state, **known},
        calls=(Call(step=application.step, record=record, time=event.time, attempt=attempt),),
    )


def decided(application: Application, state: State, outcome: Outcome) -> Decision:
    """Granted, refused, or papers are missing: say so."""
    record = outcome.record
    if outcome.result == "done":
        status, name, data = GRANTED, application.granted, application.answer(record)
    elif outcome.result == "supplement":
        status, name, data = INCOMPLETE, "supplement.requested", supplement_of(record, RESIDENCE)
    else:
        refusal = {"personal_id": record["so_dinh_danh"], "reason": record["ly_do"]}
        status, name, data = REFUSED, application.refused, refusal
    return Decision(
        state={**state, "trangThai": status},
        events=(Emit(name=name, data=data, time=outcome.time),),
    )


def _registration(data: _Data) -> Record:
    child, household = data["child"], data["household"]
    return {
        "so_dinh_danh": child["personal_id"],
        **child_fields(child, RESIDENCE),
        **person_fields(data["requester"], "nyc"),
        **person_fields(household["head"], "chu_ho"),
        "quan_he_chu_ho": KINSHIP.write[household["relation"]],
        "dia_chi": household["address"],
        "xa": household["commune"],
        "ct01_chu_ho_ky": int(household["consent_signed"]),
    }


def _registered(record: _Data) -> Record:
    return {
        "personal_id": record["so_dinh_danh"],
        "number": record["so_ct08"],
        "commune": record["xa"],
        "address": record["dia_chi"],
        "head": record["so_dinh_danh_chu_ho"],
        "registered": _moment(record, "dang_ky"),
        "document": _notice(record),
    }


def _removal(data: _Data) -> Record:
    return {
        **deceased_fields(data["deceased"], RESIDENCE),
        **person_fields(data["requester"], "nyc"),
        "dia_chi": data["address"],
        "xa": data["commune"],
    }


def _removed(record: _Data) -> Record:
    return {
        "personal_id": record["so_dinh_danh"],
        "number": record["so_ct08"],
        "commune": record["xa"],
        "removed": _moment(record, "xoa"),
        "document": _notice(record),
    }


def _stay(data: _Data) -> Record:
    resident = data["resident"]
    return {
        "so_dinh_danh": resident["personal_id"],
        "ho_ten": resident["name"],
        "gioi_tinh": RESIDENCE.sex.write[resident["sex"]],
        "ngay_sinh": RESIDENCE.day.write(resident["born"]),
        **person_fields(data["requester"], "nyc"),
        "dia_chi": data["address"],
        "xa": data["commune"],
        "den_ngay": RESIDENCE.day.write(data["until"]),
    }


def _stayed(record: _Data) -> Record:
    return {
        "personal_id": record["so_dinh_danh"],
        "number": record["so_ct08"],
        "commune": record["xa"],
        "address": record["dia_chi"],
        "until": RESIDENCE.day.read(record["den_ngay"]),
        "registered": _moment(record, "tam_tru"),
        "document": _notice(record),
    }


def _moment(record: _Data, of: str) -> str:
    return moment_at(RESIDENCE.day.read(record[f"ngay_{of}"]), record[f"gio_{of}"])


def _notice(record: _Data) -> Record:
    return {"kind": "ct08", "uri": record["ct08"], "sha256": record["sha256"]}


REGISTRATION: Final = Application(
    requested="residence.registration.requested",
    step="register",
    record=_registration,
    granted="residence.registered",
    answer=_registered,
    refused="residence.registration.refused",
)
"""Permanent residence; `connectors.agencies.residence` asks for the head's consent beside it."""
APPLICATIONS: Final = (
    Application(
        requested="residence.removal.requested",
        step="remove",
        record=_removal,
        granted="residence.removed",
        answer=_removed,
        refused="residence.removal.refused",
    ),
    Application(
        requested="residence.temporary.requested",
        step="register_stay",
        record=_stay,
        granted="residence.temporary.registered",
        answer=_stayed,
        refused="residence.temporary.refused",
    ),
)
"""All that needs nobody's consent."""
