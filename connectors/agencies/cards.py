"""A card for a child (health insurance, identity): what every agency that issues one has alike.

An application is handed over, and the card issued, refused, or sent back for papers. The state has
`soDinhDanh` (the child), the card's number under a name of its own or null, `lyDo` (why it was
refused, or null) and `lan` (how often dvclt has asked).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from connectors.agencies.codes import SLASHED_TIME, Dialect, local
from connectors.agencies.defects import supplement_of
from connectors.agencies.people import Record, child_fields, person_fields
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import Event

_Data = Mapping[str, Any]


def _nothing(data: _Data) -> Record:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One kind of card at the agency that issues it."""

    name: str
    """That of its events: `health-card` in `health-card.requested`, `.issued` and `.refused`."""
    step: str
    """What the agency calls it."""
    dialect: Dialect
    known_as: str
    """The state's name of the card's number."""
    number: str
    """The record's."""
    answer: Callable[[_Data], Record]
    """What the event says of an issued card beside the child, from the agency's record."""
    more: Callable[[_Data], Record] = _nothing
    """What the agency wants to know beside child, requester and place, from the request."""


def offer(connector: Connector, card: Card) -> None:
    """Let the connector take applications for the card and pass the answers on."""
    connector.on(f"{card.name}.requested")(partial(apply, card))
    connector.on_outcome(card.step)(partial(decided, card))


def apply(card: Card, state: State, event: Event) -> Decision:
    """Hand an application over; again, when there is a supplement."""
    data, attempt = event.data(), state.get("lan", 0) + 1
    child = data["child"]
    record = {
        "so_dinh_danh": child["personal_id"],
        **child_fields(child, card.dialect),
        **person_fields(data["requester"], "nyc"),
        "ma_tinh": data["province"],
        "ma_xa": data["commune"],
        **card.more(data),
        "han_tra": SLASHED_TIME.write(local(data["due"])),
    }
    asked = {"soDinhDanh": child["personal_id"], card.known_as: None, "lyDo": None, "lan": attempt}
    return Decision(
        state={**state, **asked},
        calls=(Call(step=card.step, record=record, time=event.time, attempt=attempt),),
    )


def decided(card: Card, state: State, outcome: Outcome) -> Decision:
    """Issued or refused, or papers are missing."""
    record = outcome.record
    if outcome.result == "supplement":
        name, data = "supplement.requested", supplement_of(record, card.dialect)
    elif outcome.result == "refused":
        state = {**state, "lyDo": record["ly_do"]}
        name = f"{card.name}.refused"
        data = {"personal_id": record["so_dinh_danh"], "reason": record["ly_do"]}
    else:
        state = {**state, card.known_as: record[card.number]}
        name = f"{card.name}.issued"
        data = {"personal_id": record["so_dinh_danh"], **card.answer(record)}
    return Decision(state=state, events=(Emit(name=name, data=data, time=outcome.time),))
