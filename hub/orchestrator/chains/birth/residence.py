"""Stage 2: the child's permanent residence, with the household head's consent where needed.

The police decide, whatever the household head said: a registration is a fact. The police and
VNeID publish independently, so an answer may come before its question, and both after the decision.
"""

from collections.abc import Mapping
from typing import Any

from hub.orchestrator.actions import note_action, retry
from hub.orchestrator.apologies import ask_head
from hub.orchestrator.case import Draft
from hub.orchestrator.chain import IGNORE, OTHERWISE, Apply, Ask, State
from hub.orchestrator.chains.birth.registration import FIRST
from hub.orchestrator.columns import CONTRADICTION, RESUBMITTED, UNEXPECTED, with_agency
from hub.orchestrator.decided import decided_service, granted, refusal
from hub.orchestrator.requests import keep, request_of
from hub.orchestrator.variants import FACT
from schemas.regimes import Office

_NEVER = "not_asked not_accepted waiting stopped"


def _commune(document: Mapping[str, Any]) -> str:
    """The commune in which the child will live."""
    return str(document["application"]["household"]["commune"])


def _household(draft: Draft, service: str, office: Office) -> dict[str, Any]:
    """The household, in the commune whose police are asked."""
    return {**draft.doc["application"]["household"], "commune": office.commune}


RESIDENCE = decided_service(
    "residence",
    vi="Đăng ký thường trú",
    en="Permanent residence",
    request=request_of("residence.registration.requested", household=_household),
    commune=_commune,
    after=FIRST,
    asked=(
        with_agency("Công an xã", "the commune police", "residence_decision"),
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
    ),
    done=granted("residence.registered", "Đã đăng ký thường trú", keep("residence", "number")),
    refused=refusal("residence.registration.refused", "đăng ký thường trú"),
    variants=FACT.names,
    columns={
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
    },
)
