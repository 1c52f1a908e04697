"""Stage 3 too: the identity card of a child under 6, in cases from 1 September 2026 on.

It needs the personal ID, and nothing of the residence or the health card.
"""

from hub.orchestrator.case import Draft
from hub.orchestrator.chains.birth.after_residence import AFTER_RESIDENCE, after_residence
from hub.orchestrator.chains.birth.registration import FIRST
from hub.orchestrator.columns import with_agency
from hub.orchestrator.decided import decided_service, granted, refusal
from hub.orchestrator.requests import request_of


def _note_card(draft: Draft, service: str) -> None:
    """Keep the number and the last day."""
    draft.learn(service, {"number": draft.data["number"], "until": draft.data["valid_to"]})


IDENTITY_CARD = decided_service(
    "identity_card",
    vi="Cấp thẻ căn cước cho người dưới 6 tuổi",
    en="Identity card",
    request=request_of("identity-card.requested"),
    after=FIRST,
    later=(AFTER_RESIDENCE,),
    asked=(
        with_agency(
            "Cơ quan quản lý căn cước", "the identity-card authority", "identity_card_decision"
        ),
    ),
    done=granted("identity-card.issued", "Đã cấp thẻ căn cước", _note_card),
    refused=refusal("identity-card.refused", "cấp thẻ căn cước"),
    columns=after_residence(),
)
