"""The service meter (*hệ thống giám sát, đo lường*): counts cases, knows no person.

Its state: `tinh` and `dichVu` as asked, `nop` (when submitted), `trangThai` (when each status
was reached), `boSung` (until when a supplement is asked for, by service).
"""

from typing import Final

from connectors.runtime.handling import Decision, State
from connectors.runtime.sdk import Connector
from schemas.event import Event, from_text, to_text

connector: Final = Connector("monitoring")


@connector.on("case.submitted")
def count(state: State, event: Event) -> Decision:
    """Note a submission."""
    data = event.data()
    asked = {
        "tinh": data["province"],
        "dichVu": data["services"],
        "nop": to_text(event.time),
    }
    return Decision(state={**state, **asked})


@connector.on("case.status.changed")
def note_status(state: State, event: Event) -> Decision:
    """Note when the case reached this status."""
    reached = {event.data()["status"]: to_text(event.time)}
    return Decision(state={**state, "trangThai": {**state.get("trangThai", {}), **reached}})


@connector.on("case.supplement.requested")
def note_supplement(state: State, event: Event) -> Decision:
    """Note that a supplement is asked for, and until when."""
    data = event.data()
    asked = {data["service"]: to_text(from_text(data["due"]))}
    return Decision(state={**state, "boSung": {**state.get("boSung", {}), **asked}})
