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
    STOPPED,
    UNEXPECTED,
    not_ours,
)
from hub.orchestrator.chain import DEADLINE, IGNORE, OTHERWISE, Apply, State, service_table

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
    ),
    columns={
        **CASE,
        **not_ours(*DOSSIER_EVENTS),
        "birth.registered": {
            "waiting": Apply("requested", act.request_residence),
            OTHERWISE: IGNORE,
        },
        "birth.registration.refused": {"waiting": Apply("stopped"), OTHERWISE: IGNORE},
        "consent.requested": {
            "requested": Apply("awaiting_consent"),
            "awaiting_consent consented consent_declined registered refused": IGNORE,
            "not_asked not_accepted waiting stopped": UNEXPECTED,
        },
        "consent.given": {
            "requested awaiting_consent": Apply("consented"),
            "consented registered refused": IGNORE,
            "consent_declined": CONTRADICTION,
            "not_asked not_accepted waiting stopped": UNEXPECTED,
        },
        "consent.declined": {
            "requested awaiting_consent": Apply("consent_declined"),
            "consent_declined registered refused": IGNORE,
            "consented": CONTRADICTION,
            "not_asked not_accepted waiting stopped": UNEXPECTED,
        },
        "residence.registered": {
            "requested awaiting_consent consented consent_declined": Apply(
                "registered", act.note_residence
            ),
            "registered": IGNORE,
            "refused": CONTRADICTION,
            "not_asked not_accepted waiting stopped": UNEXPECTED,
        },
        "residence.registration.refused": {
            "requested awaiting_consent consented consent_declined": Apply(
                "refused", act.note_refusal
            ),
            "refused": IGNORE,
            "registered": CONTRADICTION,
            "not_asked not_accepted waiting stopped": UNEXPECTED,
        },
        DEADLINE: {
            "waiting requested awaiting_consent consented consent_declined": Apply(
                None, act.pass_deadline
            ),
            OTHERWISE: IGNORE,
        },
        **not_ours(*CARD_EVENTS),
    },
)
