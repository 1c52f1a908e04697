"""Stage 2: the child's permanent residence, with the household head's consent where needed.

The police decide, whatever the household head said: a registration is a fact. The police and
VNeID publish independently, so an answer may come before its question, and both after the decision.
"""

from hub.orchestrator.birth import actions as act
from hub.orchestrator.birth.columns import (
    CARD_EVENTS,
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

_UNDECIDED = (
    f"requested awaiting_consent consented consent_declined {RESUBMITTED} {SUPPLEMENT_STATES}"
)
_NOT_WITH_THE_POLICE = "not_asked not_accepted waiting stopped"
_REGISTERED: Column = {
    _UNDECIDED: Apply("registered", act.note_residence),
    "registered": IGNORE,
    "refused expired withdrawn": CONTRADICTION,
    _NOT_WITH_THE_POLICE: UNEXPECTED,
}
_REFUSED: Column = {
    _UNDECIDED: Apply("refused", act.note_refusal),
    "refused expired withdrawn": IGNORE,
    "registered": CONTRADICTION,
    _NOT_WITH_THE_POLICE: UNEXPECTED,
}

RESIDENCE = service_table(
    service="residence",
    vi="Đăng ký thường trú",
    en="Permanent residence",
    needed=INPUTS,
    starts=("waiting", "not_accepted", "not_asked"),
    states=(
        NOT_ASKED,
        NOT_ACCEPTED,
        State(
            "waiting", "Chờ khai sinh", "waits for the birth", 1, waits="birth_first", pending=True
        ),
        State(
            "requested",
            "Công an xã đang xử lý",
            "with the commune police",
            4,
            waits="residence_decision",
        ),
        State(
            "awaiting_consent",
            "Chờ chủ hộ đồng ý",
            "the household head is asked",
            4,
            waits="household_consent",
            until="expires",
        ),
        State(
            "consented",
            "Chủ hộ đã đồng ý",
            "the household head consented",
            4,
            waits="residence_decision",
        ),
        State(
            "consent_declined",
            "Chủ hộ không đồng ý",
            "the household head declined",
            4,
            waits="residence_refusal",
        ),
        State("registered", "Đã đăng ký thường trú", "registered", 10, result="done"),
        State("refused", "Từ chối đăng ký thường trú", "refused", 3, result="refused"),
        STOPPED,
        *supplement_states("residence_decision"),
    ),
    columns={
        **CASE,
        **not_ours(*DOSSIER_EVENTS),
        **after_the_birth("waiting", Apply("requested", act.request_residence)),
        **supplement_columns(
            "residence",
            deciding="requested awaiting_consent consented consent_declined",
            decided="registered refused",
        ),
        "consent.requested": {
            f"requested {RESUBMITTED}": Apply("awaiting_consent"),
            _NOT_WITH_THE_POLICE: UNEXPECTED,
            OTHERWISE: IGNORE,
        },
        "consent.given": {
            f"requested awaiting_consent {RESUBMITTED}": Apply("consented"),
            "consent_declined": CONTRADICTION,
            _NOT_WITH_THE_POLICE: UNEXPECTED,
            OTHERWISE: IGNORE,
        },
        "consent.declined": {
            f"requested awaiting_consent {RESUBMITTED}": Apply("consent_declined"),
            "consented": CONTRADICTION,
            _NOT_WITH_THE_POLICE: UNEXPECTED,
            OTHERWISE: IGNORE,
        },
        "residence.registered": _REGISTERED,
        "residence.registered/withdrawn": _REGISTERED,
        "residence.registration.refused": _REFUSED,
        "residence.registration.refused/withdrawn": _REFUSED,
        DEADLINE: {
            f"waiting requested awaiting_consent consented consent_declined {RESUBMITTED}": Apply(
                None, act.pass_deadline
            ),
            OTHERWISE: IGNORE,
        },
        **not_ours(*CARD_EVENTS, *of_service("health_card")),
    },
)
