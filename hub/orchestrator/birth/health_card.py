"""Stage 3: the health-insurance card of a child under 6.

In parallel with the residence, or after it in strict sequence: then the card follows when the
residence has ended, with or without success. Which of the two is decided at intake, by the state
in which the service starts.
"""

from hub.orchestrator.birth import actions as act
from hub.orchestrator.birth.columns import (
    CASE,
    CONTRADICTION,
    DOSSIER_EVENTS,
    INPUTS,
    NOT_ACCEPTED,
    NOT_ASKED,
    STOPPED,
    UNEXPECTED,
    not_ours,
)
from hub.orchestrator.chain import DEADLINE, IGNORE, OTHERWISE, Apply, State, service_table

HEALTH_CARD = service_table(
    service="health_card",
    vi="Thẻ BHYT trẻ em dưới 6 tuổi",
    en="Health-insurance card",
    needed=INPUTS,
    starts=("waiting", "waiting_for_residence", "not_accepted", "not_asked"),
    states=(
        NOT_ASKED,
        NOT_ACCEPTED,
        State(
            "waiting", "Chờ khai sinh", "waits for the birth", 1, waits="birth_first", pending=True
        ),
        State(
            "waiting_for_residence",
            "Chờ kết thúc thường trú",
            "waits for the residence",
            1,
            waits="residence_first",
            pending=True,
        ),
        State("requested", "BHXH đang xử lý", "with social insurance", 4, waits="card_decision"),
        State("issued", "Đã cấp thẻ BHYT", "issued", 10, result="done"),
        State("refused", "Từ chối cấp thẻ BHYT", "refused", 3, result="refused"),
        STOPPED,
    ),
    columns={
        **CASE,
        **not_ours(*DOSSIER_EVENTS, "consent.requested", "consent.given", "consent.declined"),
        "birth.registered": {"waiting": Apply("requested", act.request_card), OTHERWISE: IGNORE},
        "birth.registration.refused": {
            "waiting waiting_for_residence": Apply("stopped"),
            OTHERWISE: IGNORE,
        },
        "residence.registered": {
            "waiting_for_residence": Apply("requested", act.request_card),
            OTHERWISE: IGNORE,
        },
        "residence.registration.refused": {
            "waiting_for_residence": Apply("requested", act.request_card),
            OTHERWISE: IGNORE,
        },
        "health-card.issued": {
            "requested": Apply("issued", act.note_card),
            "issued": IGNORE,
            "refused": CONTRADICTION,
            "not_asked not_accepted waiting waiting_for_residence stopped": UNEXPECTED,
        },
        "health-card.refused": {
            "requested": Apply("refused", act.note_refusal),
            "refused": IGNORE,
            "issued": CONTRADICTION,
            "not_asked not_accepted waiting waiting_for_residence stopped": UNEXPECTED,
        },
        DEADLINE: {
            "waiting waiting_for_residence requested": Apply(None, act.pass_deadline),
            OTHERWISE: IGNORE,
        },
    },
)
