"""The citizen's electronic document store: the papers that the chain brought, by reference.

Its state: `trangThai` (the moment of each status of the case), `phieuXinLoi` (that of the apology
for its being late), `boSung` (until when a supplement is asked for, by service), and the papers:
`giayKhaiSinh`, `trichLucKhaiTu`, `thongBaoCT08`, `theBHYT`, `theCanCuoc`, `quyetDinh`.
"""

from collections.abc import Mapping
from typing import Any, Final

from connectors.agencies.codes import (
    COMPACT_DAY,
    DOTTED_DAY,
    POPULATION,
    RESIDENCE,
    SOCIAL_INSURANCE,
    local,
)
from connectors.runtime.handling import Decision, State
from connectors.runtime.sdk import Connector
from schemas.event import Event, from_text, to_text

connector: Final = Connector("citizen-store")

_Data = Mapping[str, Any]


@connector.on("case.status.changed")
def note_status(state: State, event: Event) -> Decision:
    """Note when the case reached this status, or when an apology for it came."""
    data, at = event.data(), to_text(event.time)
    if data["apology"] is not None:
        return Decision(state={**state, "phieuXinLoi": at})
    reached = {data["status"]: at}
    return Decision(state={**state, "trangThai": {**state.get("trangThai", {}), **reached}})


@connector.on("birth.registered")
def keep_certificate(state: State, event: Event) -> Decision:
    """Keep the birth certificate, in the child's folder."""
    data = event.data()
    paper = _of_register(data["child"], data["entry"], data["certificate"])
    return Decision(state={**state, "giayKhaiSinh": paper})


@connector.on("death.registered")
def keep_extract(state: State, event: Event) -> Decision:
    """Keep the extract from the register of deaths, in the folder of who died."""
    data = event.data()
    paper = _of_register(data["deceased"], data["entry"], data["extract"])
    return Decision(state={**state, "trichLucKhaiTu": paper})


def _of_register(person: _Data, entry: _Data, document: _Data) -> dict[str, Any]:
    return {
        "soDinhDanh": person["personal_id"],
        "so": entry["number"],
        "quyen": entry["book"],
        "ngay": DOTTED_DAY.write(local(entry["registered"])),
        **_file(document),
    }


def _file(document: _Data) -> dict[str, Any]:
    return {"uri": document["uri"], "sha256": document["sha256"]}


@connector.on("residence.registered", "residence.temporary.registered")
def keep_registration(state: State, event: Event) -> Decision:
    """Keep the notice CT08 of a residence, for good or for a stay, in that person's folder."""
    return _keep_notice(state, event.data(), "registered")


@connector.on("residence.removed")
def keep_removal(state: State, event: Event) -> Decision:
    """Keep the notice CT08 that a residence ended, in the folder of who died."""
    return _keep_notice(state, event.data(), "removed")


def _keep_notice(state: State, data: _Data, made_out: str) -> Decision:
    paper = {
        "soDinhDanh": data["personal_id"],
        "so": data["number"],
        "ngay": RESIDENCE.day.write(local(data[made_out])),
        **_file(data["document"]),
    }
    return Decision(state={**state, "thongBaoCT08": paper})


@connector.on("health-card.issued")
def keep_card(state: State, event: Event) -> Decision:
    """Keep the health-insurance card."""
    data = event.data()
    paper = {
        "maThe": data["card"],
        "tuNgay": SOCIAL_INSURANCE.day.write(data["valid_from"]),
        "denNgay": SOCIAL_INSURANCE.day.write(data["valid_to"]),
        **_file(data["document"]),
    }
    return Decision(state={**state, "theBHYT": paper})


@connector.on("identity-card.issued")
def keep_identity_card(state: State, event: Event) -> Decision:
    """Keep the identity card."""
    data = event.data()
    paper = {
        "soThe": data["number"],
        "tuNgay": POPULATION.day.write(data["valid_from"]),
        "denNgay": POPULATION.day.write(data["valid_to"]),
        **_file(data["document"]),
    }
    return Decision(state={**state, "theCanCuoc": paper})


@connector.on("funeral-allowance.granted")
def keep_decision(state: State, event: Event) -> Decision:
    """Keep the decision on a funeral allowance."""
    data = event.data()
    paper = {
        "so": data["decision"],
        "soTien": data["vnd"],
        "ngay": COMPACT_DAY.write(local(data["decided"])),
        **_file(data["document"]),
    }
    return Decision(state={**state, "quyetDinh": paper})


@connector.on("case.supplement.requested")
def note_supplement(state: State, event: Event) -> Decision:
    """Note that a supplement is asked for, and until when."""
    data = event.data()
    asked = {data["service"]: to_text(from_text(data["due"]))}
    return Decision(state={**state, "boSung": {**state.get("boSung", {}), **asked}})
