"""The one-stop (*một cửa*): opens the local dossier, passes it on and returns the result.

Its state: `maDonVi`, `maHoSo` (the local code, once given), `trangThai`, a status 1–10 of the
National Public Service Portal, and `lan`: how often dvclt has asked. The dossier itself is in the
one-stop's own register.
"""

from collections.abc import Mapping
from typing import Any, Final

from connectors.agencies.codes import ONE_STOP, SLASHED_TIME, local, local_of
from connectors.agencies.errors import OutOfTurn
from connectors.agencies.people import (
    Record,
    newborn_fields,
    newborn_of,
    parent_fields,
    parent_of,
    person_fields,
    person_of,
)
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import Event
from schemas.units import agency_of_commune

connector: Final = Connector("one-stop")

NEW: Final = 1
PROGRESS: Final = {4: [1, 3, 7], 10: [1, 3, 7, 4, 5], 3: [1, 3, 7, 6]}
"""The dossier's status to the codes that DVCLT wants, cumulative and in the compulsory order."""


@connector.on("birth.registration.requested")
def receive(state: State, event: Event) -> Decision:
    """Open a dossier at the commune; a commune without an agency code is `UnknownUnitError`.

    When dvclt asks again, with a supplement, it is the same dossier.
    """
    data, attempt = event.data(), state.get("lan", 0) + 1
    agency = agency_of_commune(data["commune"])
    record = {
        "ma_don_vi": agency,
        "ma_tthc": data["procedure"],
        "ma_tinh": data["province"],
        "ma_xa": data["commune"],
        "ngay_nop": SLASHED_TIME.write(local_of(event.time)),
        "han_tra": SLASHED_TIME.write(local(data["due"])),
        **person_fields(data["requester"], "nyc"),
        **newborn_fields(data["child"], ONE_STOP),
        **parent_fields(data["mother"], "me", ONE_STOP),
        **parent_fields(data["father"], "cha", ONE_STOP),
    }
    return Decision(
        state={
            "maDonVi": agency,
            "maHoSo": state.get("maHoSo"),
            "trangThai": state.get("trangThai", NEW),
            "lan": attempt,
        },
        calls=(Call(step="receive", record=record, time=event.time, attempt=attempt),),
    )


@connector.on_outcome("receive")
def pass_on(state: State, outcome: Outcome) -> Decision:
    """The dossier has its code: tell dvclt so once, and ask civil status to enter the birth."""
    record = outcome.record
    entry = {
        "dossier": record["ma_ho_so"],
        "agency": record["ma_don_vi"],
        "commune": record["ma_xa"],
        "requester": person_of(record, "nyc"),
        "child": newborn_of(record, ONE_STOP),
        "mother": parent_of(record, "me", ONE_STOP),
        "father": parent_of(record, "cha", ONE_STOP),
    }
    wish = Emit(name="birth.entry.requested", data=entry, time=outcome.time)
    events = (_progressed(outcome), wish) if outcome.attempt == 1 else (wish,)
    return Decision(state=_state(state, record), events=events)


@connector.on("birth.registered")
def give_back(state: State, event: Event) -> Decision:
    """The certificate is there: return it to the citizen."""
    data = event.data()
    entry, certificate = data["entry"], data["certificate"]
    record = {
        "ma_ho_so": _dossier(state, event),
        "so_dinh_danh": data["child"]["personal_id"],
        "so_dang_ky": entry["number"],
        "quyen_so": entry["book"],
        "trang_so": entry["page"],
        "ngay_dang_ky": SLASHED_TIME.write(local(entry["registered"])),
        "giay_khai_sinh": certificate["uri"],
        "sha256": certificate["sha256"],
    }
    return Decision(state=state, calls=(Call(step="return", record=record, time=event.time),))


@connector.on("birth.registration.refused")
def close(state: State, event: Event) -> Decision:
    """Civil status refused: close the dossier with the reason."""
    record = {"ma_ho_so": _dossier(state, event), "ly_do": event.data()["reason"]}
    return Decision(state=state, calls=(Call(step="close", record=record, time=event.time),))


@connector.on_outcome("return", "close")
def report(state: State, outcome: Outcome) -> Decision:
    """The dossier is over: tell dvclt its last codes."""
    return Decision(state=_state(state, outcome.record), events=(_progressed(outcome),))


def _dossier(state: State, event: Event) -> str:
    code = state.get("maHoSo")
    if code is None:
        raise OutOfTurn(f"{event.name} for a case without a dossier")
    return str(code)


def _state(state: State, record: Mapping[str, Any]) -> Record:
    return {
        **state,
        "maDonVi": record["ma_don_vi"],
        "maHoSo": record["ma_ho_so"],
        "trangThai": record["trang_thai"],
    }


def _progressed(outcome: Outcome) -> Emit:
    record = outcome.record
    data = {
        "dossier": record["ma_ho_so"],
        "agency": record["ma_don_vi"],
        "codes": PROGRESS[record["trang_thai"]],
    }
    return Emit(name="dossier.progressed", data=data, time=outcome.time)
