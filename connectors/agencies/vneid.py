"""VNeID, the electronic identity app: asks a household head for consent, and locks accounts.

Its state: of a birth `soDinhDanh` (who is asked) and `dongY`: null while open, then true or false;
of a death `soDinhDanh` (who died) and `khoa`: true.
"""

from typing import Final

from connectors.agencies.codes import SLASHED_DAY, SLASHED_TIME, local
from connectors.agencies.people import death_fields
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


@connector.on("death.registered")
def lock(state: State, event: Event) -> Decision:
    """Nobody signs in or agrees to anything in the name of somebody who died."""
    record = death_fields(event.data()["deceased"], SLASHED_DAY)
    return Decision(
        state={"soDinhDanh": record["so_dinh_danh"], "khoa": True},
        calls=(Call(step="lock", record=record, time=event.time),),
    )
