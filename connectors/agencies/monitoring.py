"""The service meter (*hệ thống giám sát, đo lường*): counts cases, knows no person.

Its state: `tinh` and `dichVu` as asked, `nop` (when submitted), `trangThai` (when each status
was reached), `xinLoi` (when an apology was given for its being late), `boSung` (until when a
supplement is asked for, by service), `thuCong` (when an officer acted, by what they did).
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
    """Note when the case reached this status, or when an apology for it was given."""
    data, at = event.data(), to_text(event.time)
    if data["apology"] is not None:
        return Decision(state={**state, "xinLoi": at})
    reached = {data["status"]: at}
    return Decision(state={**state, "trangThai": {**state.get("trangThai", {}), **reached}})


@connector.on("case.supplement.requested")
def note_supplement(state: State, event: Event) -> Decision:
    """Note that a supplement is asked for, and until when."""
    data = event.data()
    asked = {data["service"]: to_text(from_text(data["due"]))}
    return Decision(state={**state, "boSung": {**state.get("boSung", {}), **asked}})


@connector.on("case.action.taken")
def note_action(state: State, event: Event) -> Decision:
    """Note what an officer did by hand, `retry.residence` or `withdraw`, but not who it was."""
    data = event.data()
    what = data["action"] if data["service"] is None else f"{data['action']}.{data['service']}"
    taken = {what: to_text(event.time)}
    return Decision(state={**state, "thuCong": {**state.get("thuCong", {}), **taken}})
