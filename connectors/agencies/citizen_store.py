"""The citizen's electronic document store: the papers that the chain brought, by reference.

Its state: `trangThai` (the moment of each status of the case), `phieuXinLoi` (that of the apology
for its being late), `boSung` (until when a supplement is asked for, by service), and the papers:
`giayKhaiSinh`, `theBHYT`, `quyetDinh`.
"""

from typing import Final

from connectors.agencies.codes import COMPACT_DAY, DOTTED_DAY, SOCIAL_INSURANCE, local
from connectors.runtime.handling import Decision, State
from connectors.runtime.sdk import Connector
from schemas.event import Event, from_text, to_text

connector: Final = Connector("citizen-store")


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
    """Keep the birth certificate."""
    data = event.data()
    entry, certificate = data["entry"], data["certificate"]
    paper = {
        "soDinhDanh": data["child"]["personal_id"],
        "so": entry["number"],
        "quyen": entry["book"],
        "ngay": DOTTED_DAY.write(local(entry["registered"])),
        "uri": certificate["uri"],
        "sha256": certificate["sha256"],
    }
    return Decision(state={**state, "giayKhaiSinh": paper})


@connector.on("health-card.issued")
def keep_card(state: State, event: Event) -> Decision:
    """Keep the health-insurance card."""
    data = event.data()
    document = data["document"]
    paper = {
        "maThe": data["card"],
        "tuNgay": SOCIAL_INSURANCE.day.write(data["valid_from"]),
        "denNgay": SOCIAL_INSURANCE.day.write(data["valid_to"]),
        "uri": document["uri"],
        "sha256": document["sha256"],
    }
    return Decision(state={**state, "theBHYT": paper})


@connector.on("funeral-allowance.granted")
def keep_decision(state: State, event: Event) -> Decision:
    """Keep the decision on a funeral allowance."""
    data = event.data()
    document = data["document"]
    paper = {
        "so": data["decision"],
        "soTien": data["vnd"],
        "ngay": COMPACT_DAY.write(local(data["decided"])),
        "uri": document["uri"],
        "sha256": document["sha256"],
    }
    return Decision(state={**state, "quyetDinh": paper})


@connector.on("case.supplement.requested")
def note_supplement(state: State, event: Event) -> Decision:
    """Note that a supplement is asked for, and until when."""
    data = event.data()
    asked = {data["service"]: to_text(from_text(data["due"]))}
    return Decision(state={**state, "boSung": {**state.get("boSung", {}), **asked}})
