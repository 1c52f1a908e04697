"""The National Public Service Portal: what the citizen sees of the case.

Its state is the portal's own record of the dossier: `maHoSo`, the moment of each status
(`trangThai`), the status 1–10 of each service (`dichVu`), `ngayHenTra` and `lyDo`; and, for a
submission that the hub did not route, `biTuChoi`.
"""

from typing import Final

from connectors.agencies.codes import COMPACT_TIME, local, local_of
from connectors.agencies.people import Record
from connectors.runtime.handling import Decision, State
from connectors.runtime.sdk import Connector
from schemas.event import Event

connector: Final = Connector("portal")


@connector.on("case.status.changed")
def show(state: State, event: Event) -> Decision:
    """Show where the case stands; the final message wins whatever the order of arrival."""
    data = event.data()
    status = data["status"]
    seen: Record = state.get("trangThai", {})
    shown = {
        "maHoSo": event.subject,
        "trangThai": {**seen, status: COMPACT_TIME.write(local_of(event.time))},
    }
    if status == "processing" and seen:
        return Decision(state={**state, **shown})
    due = data["due"]
    details = {
        "dichVu": {service["service"]: service["status"] for service in data["services"]},
        "ngayHenTra": None if due is None else COMPACT_TIME.write(local(due)),
        "lyDo": data["reason"],
    }
    return Decision(state={**state, **shown, **details})


@connector.on("delivery.rejected")
def show_rejection(state: State, event: Event) -> Decision:
    """Keep why the hub did not route what the portal sent."""
    data = event.data()
    rejection = {"suKien": data["event"], "lyDo": data["reason"], "viTri": data["pointer"]}
    rejections = {**state.get("biTuChoi", {}), event.id: rejection}
    return Decision(state={**state, "maHoSo": event.subject, "biTuChoi": rejections})
