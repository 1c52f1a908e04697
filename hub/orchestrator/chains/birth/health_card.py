"""Stage 3: the health-insurance card of a child under 6.

In parallel with the residence, or after it in strict sequence: then the card follows when the
residence has ended, with or without success. Which of the two is decided at intake, by the state
in which the service starts.
"""

from hub.orchestrator.chain import Ask, State
from hub.orchestrator.chains.birth.registration import FIRST
from hub.orchestrator.columns import after_end, with_agency
from hub.orchestrator.decided import decided_service, granted, refusal
from hub.orchestrator.requests import keep, request_of

_AFTER_RESIDENCE = State(
    "waiting_for_residence",
    "Chờ kết thúc thường trú",
    "waits for the residence",
    1,
    waits="residence_first",
    after="residence",
)
_DECISIONS = ("residence.registered", "residence.registration.refused")

HEALTH_CARD = decided_service(
    "health_card",
    vi="Thẻ BHYT trẻ em dưới 6 tuổi",
    en="Health-insurance card",
    request=request_of("health-card.requested"),
    after=FIRST,
    later=(_AFTER_RESIDENCE,),
    asked=(with_agency("BHXH", "social insurance", "card_decision"),),
    done=granted("health-card.issued", "Đã cấp thẻ BHYT", keep("card", "card")),
    refused=refusal("health-card.refused", "cấp thẻ BHYT"),
    columns=after_end(
        "residence",
        waiting=_AFTER_RESIDENCE.name,
        decided=dict.fromkeys(_DECISIONS, Ask("requested")),
        ended=Ask("requested"),
        facts=_DECISIONS,
    ),
)
