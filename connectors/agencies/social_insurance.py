"""Vietnam Social Security (*BHXH*): health-insurance cards, and the allowance for an insured death.

Its state of a birth: `soDinhDanh` (the child), then `maThe` (the card) or `lyDo` (why it was
refused), and `lan`: how often dvclt has asked. Of a death it is that of `funeral_allowance`.
"""

from typing import Final

from connectors.agencies.codes import SLASHED_TIME, SOCIAL_INSURANCE, local
from connectors.agencies.defects import supplement_of
from connectors.agencies.funeral_allowance import FuneralAllowance
from connectors.agencies.people import child_fields, person_fields
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import Event

connector: Final = Connector("social-insurance")

FuneralAllowance(connector.system, SOCIAL_INSURANCE).attach(connector)


@connector.on("health-card.requested")
def request_card(state: State, event: Event) -> Decision:
    """Hand the application to social insurance; again, when there is a supplement."""
    data, attempt = event.data(), state.get("lan", 0) + 1
    child = data["child"]
    record = {
        "so_dinh_danh": child["personal_id"],
        **child_fields(child, SOCIAL_INSURANCE),
        **person_fields(data["requester"], "nyc"),
        "ma_tinh": data["province"],
        "ma_xa": data["commune"],
        "noi_kcb": data["treatment_facility"],
        "han_tra": SLASHED_TIME.write(local(data["due"])),
    }
    return Decision(
        state={"soDinhDanh": child["personal_id"], "maThe": None, "lyDo": None, "lan": attempt},
        calls=(Call(step="card", record=record, time=event.time, attempt=attempt),),
    )


@connector.on_outcome("card")
def decided(state: State, outcome: Outcome) -> Decision:
    """Issued or refused, or papers are missing."""
    record = outcome.record
    if outcome.result == "supplement":
        missing = supplement_of(record, SOCIAL_INSURANCE)
        event = Emit(name="supplement.requested", data=missing, time=outcome.time)
        return Decision(state=state, events=(event,))
    person = record["so_dinh_danh"]
    if outcome.result == "refused":
        refusal = {"personal_id": person, "reason": record["ly_do"]}
        return Decision(
            state={**state, "lyDo": record["ly_do"]},
            events=(Emit(name="health-card.refused", data=refusal, time=outcome.time),),
        )
    data = {
        "personal_id": person,
        "card": record["ma_the"],
        "valid_from": SOCIAL_INSURANCE.day.read(record["tu_ngay"]),
        "valid_to": SOCIAL_INSURANCE.day.read(record["den_ngay"]),
        "treatment_facility": record["noi_kcb"],
        "document": {
            "kind": "health_card",
            "uri": record["the_dien_tu"],
            "sha256": record["sha256"],
        },
    }
    return Decision(
        state={**state, "maThe": record["ma_the"]},
        events=(Emit(name="health-card.issued", data=data, time=outcome.time),),
    )
