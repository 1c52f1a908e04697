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
    RESUBMITTED,
    STOPPED,
    SUPPLEMENT_STATES,
    UNEXPECTED,
    after_the_birth,
    not_ours,
    of_service,
    supplement_columns,
    supplement_states,
)
from hub.orchestrator.chain import DEADLINE, IGNORE, OTHERWISE, Apply, Column, State, service_table

_WAITING = "waiting waiting_for_residence"
_UNDECIDED = f"requested {RESUBMITTED} {SUPPLEMENT_STATES}"
_NOT_WITH_SOCIAL_INSURANCE = f"not_asked not_accepted {_WAITING} stopped"
_AFTER_RESIDENCE: Column = {
    "waiting_for_residence": Apply("requested", act.request_card),
    OTHERWISE: IGNORE,
}
_NOT_ASKED_FOR: Column = {
    "waiting_for_residence": Apply("withdrawn", act.withdraw),
    OTHERWISE: IGNORE,
}

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
        *supplement_states("card_decision"),
    ),
    columns={
        **CASE,
        **not_ours(*DOSSIER_EVENTS, "consent.requested", "consent.given", "consent.declined"),
        **after_the_birth(_WAITING, Apply("requested", act.request_card), at_once="waiting"),
        **supplement_columns("health_card", deciding="requested", decided="issued refused"),
        **not_ours(*of_service("residence")),
        "residence.registered": _AFTER_RESIDENCE,
        "residence.registration.refused": _AFTER_RESIDENCE,
        "expired/residence": _AFTER_RESIDENCE,
        "residence.registered/withdrawn": _NOT_ASKED_FOR,
        "residence.registration.refused/withdrawn": _NOT_ASKED_FOR,
        "supplement.requested/residence/withdrawn": _NOT_ASKED_FOR,
        "withdrawn/residence": _NOT_ASKED_FOR,
        "health-card.issued": {
            _UNDECIDED: Apply("issued", act.note_card),
            "issued": IGNORE,
            "refused expired withdrawn": CONTRADICTION,
            _NOT_WITH_SOCIAL_INSURANCE: UNEXPECTED,
        },
        "health-card.refused": {
            _UNDECIDED: Apply("refused", act.note_refusal),
            "refused expired withdrawn": IGNORE,
            "issued": CONTRADICTION,
            _NOT_WITH_SOCIAL_INSURANCE: UNEXPECTED,
        },
        DEADLINE: {
            f"{_WAITING} requested {RESUBMITTED}": Apply(None, act.pass_deadline),
            OTHERWISE: IGNORE,
        },
    },
)
