"""Stage 3: the health-insurance card of a child under 6, beside or after the residence."""

from hub.orchestrator.chains.birth.after_residence import AFTER_RESIDENCE, after_residence
from hub.orchestrator.chains.birth.registration import FIRST
from hub.orchestrator.columns import with_agency
from hub.orchestrator.decided import decided_service, granted, refusal
from hub.orchestrator.requests import keep, request_of

HEALTH_CARD = decided_service(
    "health_card",
    vi="Thẻ BHYT trẻ em dưới 6 tuổi",
    en="Health-insurance card",
    request=request_of("health-card.requested"),
    after=FIRST,
    later=(AFTER_RESIDENCE,),
    asked=(with_agency("BHXH", "social insurance", "card_decision"),),
    done=granted("health-card.issued", "Đã cấp thẻ BHYT", keep("card", "card")),
    refused=refusal("health-card.refused", "cấp thẻ BHYT"),
    columns=after_residence(),
)
