"""The notification service: one message to the citizen for each status of the case, when a
supplement is asked for, and when the case is late.

Its state: `tinNhan`, the moment of the message for each status, for the latest supplement of a
service (`bo_sung.<service>`), and for the apology (`xin_loi`).
"""

from typing import Final

from connectors.agencies.codes import SLASHED_TIME, local_of
from connectors.runtime.handling import Decision, State
from connectors.runtime.sdk import Connector
from schemas.event import Event

connector: Final = Connector("notification")


@connector.on("case.status.changed")
def tell(state: State, event: Event) -> Decision:
    """Note the message of this status, or the apology."""
    data = event.data()
    what = data["status"] if data["apology"] is None else "xin_loi"
    sent = {what: SLASHED_TIME.write(local_of(event.time))}
    return Decision(state={"tinNhan": {**state.get("tinNhan", {}), **sent}})


@connector.on("case.supplement.requested")
def ask(state: State, event: Event) -> Decision:
    """Note the message that a supplement is asked for."""
    sent = {f"bo_sung.{event.data()['service']}": SLASHED_TIME.write(local_of(event.time))}
    return Decision(state={"tinNhan": {**state.get("tinNhan", {}), **sent}})
