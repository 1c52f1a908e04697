"""The notification service: one message to the citizen for each status of the case, and when a
supplement is asked for.

Its state: `tinNhan`, the moment of the message for each status, and for the latest supplement of a
service (`bo_sung.<service>`).
"""

from typing import Final

from connectors.agencies.codes import SLASHED_TIME, local_of
from connectors.runtime.handling import Decision, State
from connectors.runtime.sdk import Connector
from schemas.event import Event

connector: Final = Connector("notification")


@connector.on("case.status.changed")
def tell(state: State, event: Event) -> Decision:
    """Note the message of this status."""
    sent = {event.data()["status"]: SLASHED_TIME.write(local_of(event.time))}
    return Decision(state={"tinNhan": {**state.get("tinNhan", {}), **sent}})


@connector.on("case.supplement.requested")
def ask(state: State, event: Event) -> Decision:
    """Note the message that a supplement is asked for."""
    sent = {f"bo_sung.{event.data()['service']}": SLASHED_TIME.write(local_of(event.time))}
    return Decision(state={"tinNhan": {**state.get("tinNhan", {}), **sent}})
