"""Stage 2: the child's permanent residence, with the household head's consent where needed.

The police decide, whatever the household head said: a registration is a fact. The police and
VNeID publish independently, so an answer may come before its question, and both after the decision.
"""

from hub.orchestrator.actions import note_action, retry
from hub.orchestrator.apologies import ask_head
from hub.orchestrator.chain import IGNORE, OTHERWISE, Apply, Ask, Service, State
from hub.orchestrator.chains.birth import actions as act
from hub.orchestrator.columns import (
    CASE,
    CONTRADICTION,
    NOT_ACCEPTED,
    NOT_ASKED,
    RESUBMITTED,
    SUPPLEMENT_STATES,
    UNEXPECTED,
    after_stage_one,
    deadline_column,
    done_column,
    not_ours,
    of_service,
    refused_column,
    stopped,
    supplement_columns,
    supplement_states,
)
from hub.orchestrator.registration import PROGRESS_EVENTS

RESIDENCE_EVENTS = (
    "consent.requested",
    "consent.given",
    "consent.declined",
    "residence.registered",
    "residence.registered/withdrawn",
    "residence.registration.refused",
    "residence.registration.refused/withdrawn",
)

_WITH_THE_POLICE = "requested awaiting_consent consented consent_declined"
_UNDECIDED = f"{_WITH_THE_POLICE} {RESUBMITTED} {SUPPLEMENT_STATES}"
_NEVER = "not_asked not_accepted waiting stopped"
_REGISTERED = done_column(_UNDECIDED, "registered", act.note_residence, never=_NEVER)
_REFUSED = refused_column(_UNDECIDED, "registered", never=_NEVER)

RESIDENCE = Service(
    name="residence",
    vi="Đăng ký thường trú",
    en="Permanent residence",
    starts=("waiting", "not_accepted", "not_asked"),
    states=(
        NOT_ASKED,
        NOT_ACCEPTED,
        State(
            "waiting", "Chờ khai sinh", "waits for the birth", 1, waits="birth_first", after="birth"
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
            excused=True,
        ),
        State(
            "consented",
            "Chủ hộ đã đồng ý",
            "the household head consented",
            4,
            waits="residence_decision",
            excused=True,
        ),
        State(
            "consent_declined",
            "Chủ hộ không đồng ý",
            "the household head declined",
            4,
            waits="residence_refusal",
            excused=True,
        ),
        State("registered", "Đã đăng ký thường trú", "registered", 10, result="done"),
        State("refused", "Từ chối đăng ký thường trú", "refused", 3, result="refused"),
        stopped("Dừng vì khai sinh bị từ chối", "stopped: birth refused"),
        *supplement_states("residence_decision"),
    ),
    columns={
        **CASE,
        **after_stage_one(
            "birth", "birth.registered", "birth.registration.refused", waiting="waiting"
        ),
        **supplement_columns("residence", deciding=_WITH_THE_POLICE, decided="registered refused"),
        "consent.requested": {
            f"requested {RESUBMITTED}": Apply("awaiting_consent", ask_head),
            "consented consent_declined": Apply(None, ask_head),
            _NEVER: UNEXPECTED,
            OTHERWISE: IGNORE,
        },
        "consent.given": {
            f"requested awaiting_consent {RESUBMITTED}": Apply("consented"),
            "consent_declined": CONTRADICTION,
            _NEVER: UNEXPECTED,
            OTHERWISE: IGNORE,
        },
        "consent.declined": {
            f"requested awaiting_consent {RESUBMITTED}": Apply("consent_declined"),
            "consented": CONTRADICTION,
            _NEVER: UNEXPECTED,
            OTHERWISE: IGNORE,
        },
        # Asked again, the police ask the household head again.
        "case.action.taken/retry/residence": {
            "awaiting_consent consented consent_declined": Ask("requested", retry),
            f"requested {RESUBMITTED}": Ask(None, retry),
            OTHERWISE: Apply(None, note_action),
        },
        "residence.registered": _REGISTERED,
        "residence.registered/withdrawn": _REGISTERED,
        "residence.registration.refused": _REFUSED,
        "residence.registration.refused/withdrawn": _REFUSED,
        **deadline_column(f"waiting {_WITH_THE_POLICE} {RESUBMITTED}"),
        **not_ours(
            *PROGRESS_EVENTS,
            "health-card.issued",
            "health-card.refused",
            *of_service("health_card"),
        ),
    },
    request=act.request_residence,
    commune=act.commune_of_household,
)
