"""VNeID, the electronic identity app: asks a household head for consent.

Its state: `soDinhDanh` (who is asked) and `dongY`: null while open, then true or false.
"""

from typing import Final

from connectors.agencies.codes import SLASHED_TIME, local
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import Event

connector: Final = Connector("vneid")


@connector.on("consent.requested")
def ask(state: State, event: Event) -> Decision:
    """Put the question on the household head's phone."""
    data = event.data()
    head, requester = data["of"], data["requester"]
    record = {
        "so_dinh_danh": head["personal_id"],
        "ho_ten": head["name"],
        "ho_ten_tre": data["child_name"],
        "ho_ten_nyc": requester["name"],
        "so_dinh_danh_nyc": requester["personal_id"],
        "dia_chi": data["address"],
        "han_tra_loi": SLASHED_TIME.write(local(data["expires"])),
    }
    return Decision(
        state={"soDinhDanh": head["personal_id"], "dongY": None},
        calls=(Call(step="consent", record=record, time=event.time),),
    )


@connector.on_outcome("consent")
def answered(state: State, outcome: Outcome) -> Decision:
    """Pass the answer to the police."""
    agreed = outcome.record["dong_y"] == 1
    name = "consent.given" if agreed else "consent.declined"
    data = {"by": outcome.record["so_dinh_danh"], "method": "vneid"}
    return Decision(
        state={**state, "dongY": agreed},
        events=(Emit(name=name, data=data, time=outcome.time),),
    )
