"""The one-stop (*một cửa*): opens the local dossier, passes it on and returns the result.

Its state: `maDonVi`, `maHoSo` (the local code, once given), `trangThai`, a status 1–10 of the
National Public Service Portal, and `lan`: how often dvclt has asked. The dossier itself is in the
one-stop's own register. Births and deaths differ in the rows of `REGISTRATIONS` only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from connectors.agencies.codes import ONE_STOP, SLASHED_TIME, local, local_of
from connectors.agencies.errors import OutOfTurn
from connectors.agencies.people import (
    Record,
    death_notice_fields,
    death_notice_of,
    deceased_fields,
    deceased_of,
    newborn_fields,
    newborn_of,
    parent_fields,
    parent_of,
    person_fields,
    person_of,
)
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import VN, Event
from schemas.regimes import competent_commune
from schemas.units import UnknownUnitError

connector: Final = Connector("one-stop")

NEW: Final = 1
PROGRESS: Final = {4: [1, 3, 7], 10: [1, 3, 7, 4, 5], 3: [1, 3, 7, 6]}
"""The dossier's status to the codes that DVCLT wants, cumulative and in the compulsory order."""

_Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What is registered through a one-stop: how its facts stand in a dossier, and its result."""

    requested: str
    """The event by which dvclt hands it over."""
    entry_requested: str
    """The event that asks civil status for the entry."""
    fields: Callable[[_Data], Record]
    """Its facts in the dossier, from the request."""
    facts: Callable[[_Data], Record]
    """Its facts for civil status, from the dossier."""
    registered: str
    """The event by which civil status has it done."""
    result: Callable[[_Data], Record]
    """What else the dossier learns then: the personal ID of a child, the paper's address."""
    paper: str
    """The field of that event that has the paper."""


def _birth_fields(data: _Data) -> Record:
    return {
        **newborn_fields(data["child"], ONE_STOP),
        **parent_fields(data["mother"], "me", ONE_STOP),
        **parent_fields(data["father"], "cha", ONE_STOP),
    }


def _birth_facts(record: _Data) -> Record:
    return {
        "child": newborn_of(record, ONE_STOP),
        "mother": parent_of(record, "me", ONE_STOP),
        "father": parent_of(record, "cha", ONE_STOP),
    }


def _birth_result(data: _Data) -> Record:
    return {
        "so_dinh_danh": data["child"]["personal_id"],
        "giay_khai_sinh": data["certificate"]["uri"],
    }


def _death_fields(data: _Data) -> Record:
    return {
        **deceased_fields(data["deceased"], ONE_STOP),
        **death_notice_fields(data["notice"]),
    }


def _death_facts(record: _Data) -> Record:
    return {"deceased": deceased_of(record, ONE_STOP), "notice": death_notice_of(record)}


def _death_result(data: _Data) -> Record:
    return {"trich_luc": data["extract"]["uri"]}


REGISTRATIONS: Final = {
    "LTKS": Registration(
        requested="birth.registration.requested",
        entry_requested="birth.entry.requested",
        fields=_birth_fields,
        facts=_birth_facts,
        registered="birth.registered",
        result=_birth_result,
        paper="certificate",
    ),
    "LTKT": Registration(
        requested="death.registration.requested",
        entry_requested="death.entry.requested",
        fields=_death_fields,
        facts=_death_facts,
        registered="death.registered",
        result=_death_result,
        paper="extract",
    ),
}
"""By the kind of dossier: *liên thông khai sinh*, *liên thông khai tử*."""
_KIND: Final = {row.requested: kind for kind, row in REGISTRATIONS.items()}
_REGISTERED: Final = {row.registered: row for row in REGISTRATIONS.values()}


@connector.on(*_KIND)
def receive(state: State, event: Event) -> Decision:
    """Open a dossier at the commune; a commune without an agency code is `UnknownUnitError`.

    When dvclt asks again, with a supplement, it is the same dossier.
    """
    data, attempt, kind = event.data(), state.get("lan", 0) + 1, _KIND[event.name]
    agency = _competent(data["commune"], event)
    record = {
        "ma_don_vi": agency,
        "loai": kind,
        "ma_tthc": data["procedure"],
        "ma_tinh": data["province"],
        "ma_xa": data["commune"],
        "ngay_nop": SLASHED_TIME.write(local_of(event.time)),
        "han_tra": SLASHED_TIME.write(local(data["due"])),
        **person_fields(data["requester"], "nyc"),
        **REGISTRATIONS[kind].fields(data),
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
    """The dossier has its code: tell dvclt so once, and ask civil status for the entry."""
    record = outcome.record
    registration = REGISTRATIONS[record["loai"]]
    entry = {
        "dossier": record["ma_ho_so"],
        "agency": record["ma_don_vi"],
        "commune": record["ma_xa"],
        "requester": person_of(record, "nyc"),
        **registration.facts(record),
    }
    wish = Emit(name=registration.entry_requested, data=entry, time=outcome.time)
    events = (_progressed(outcome), wish) if outcome.attempt == 1 else (wish,)
    return Decision(state=_state(state, record), events=events)


@connector.on(*_REGISTERED)
def give_back(state: State, event: Event) -> Decision:
    """The certificate or the extract is there: return it to the citizen."""
    data, registration = event.data(), _REGISTERED[event.name]
    entry = data["entry"]
    record = {
        "ma_ho_so": _dossier(state, event),
        **_taken_over(state, event),
        **registration.result(data),
        "so_dang_ky": entry["number"],
        "quyen_so": entry["book"],
        "trang_so": entry["page"],
        "ngay_dang_ky": SLASHED_TIME.write(local(entry["registered"])),
        "sha256": data[registration.paper]["sha256"],
    }
    return Decision(state=state, calls=(Call(step="return", record=record, time=event.time),))


@connector.on("birth.registration.refused", "death.registration.refused")
def close(state: State, event: Event) -> Decision:
    """Civil status refused: close the dossier with the reason."""
    dossier = {"ma_ho_so": _dossier(state, event), **_taken_over(state, event)}
    record = {**dossier, "ly_do": event.data()["reason"]}
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


def _competent(commune: str, event: Event) -> str:
    return competent_commune(commune, event.time.astimezone(VN).date()).agency


def _taken_over(state: State, event: Event) -> Record:
    """The agency that finishes a dossier, where it is not the one that began it.

    Since 1 July 2025 the commune's successor does, under the same code; where no table says who
    that is, it stays where it is.
    """
    began = state.get("maDonVi", "")
    try:
        agency = _competent(began.rpartition(".")[2], event)
    except UnknownUnitError:
        return {}
    return {} if agency == began else {"ma_don_vi": agency}


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
