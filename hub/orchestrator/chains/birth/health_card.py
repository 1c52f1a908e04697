"""Stage 3: the health-insurance card of a child under 6.

In parallel with the residence, or after it in strict sequence: then the card follows when the
residence has ended, with or without success. Which of the two is decided at intake, by the state
in which the service starts.
"""

from hub.orchestrator.actions import withdraw
from hub.orchestrator.chain import IGNORE, OTHERWISE, Apply, Ask, Column, Service, State
from hub.orchestrator.chains.birth import actions as act
from hub.orchestrator.columns import (
    CASE,
    NOT_ACCEPTED,
    NOT_ASKED,
    RESUBMITTED,
    SUPPLEMENT_STATES,
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

CARD_EVENTS = ("health-card.issued", "health-card.refused")

_WAITING = "waiting waiting_for_residence"
_UNDECIDED = f"requested {RESUBMITTED} {SUPPLEMENT_STATES}"
_NEVER = f"not_asked not_accepted {_WAITING} stopped"
_AFTER_RESIDENCE: Column = {
    "waiting_for_residence": Ask("requested"),
    OTHERWISE: IGNORE,
}
_NOT_ASKED_FOR: Column = {
    "waiting_for_residence": Apply("withdrawn", withdraw),
    OTHERWISE: IGNORE,
}

HEALTH_CARD = Service(
    name="health_card",
    vi="Thẻ BHYT trẻ em dưới 6 tuổi",
    en="Health-insurance card",
    starts=("waiting", "waiting_for_residence", "not_accepted", "not_asked"),
    states=(
        NOT_ASKED,
        NOT_ACCEPTED,
        State(
            "waiting", "Chờ khai sinh", "waits for the birth", 1, waits="birth_first", after="birth"
        ),
        State(
            "waiting_for_residence",
            "Chờ kết thúc thường trú",
            "waits for the residence",
            1,
            waits="residence_first",
            after="residence",
        ),
        State("requested", "BHXH đang xử lý", "with social insurance", 4, waits="card_decision"),
        State("issued", "Đã cấp thẻ BHYT", "issued", 10, result="done"),
        State("refused", "Từ chối cấp thẻ BHYT", "refused", 3, result="refused"),
        stopped("Dừng vì khai sinh bị từ chối", "stopped: birth refused"),
        *supplement_states("card_decision"),
    ),
    columns={
        **CASE,
        **after_stage_one(
            "birth",
            "birth.registered",
            "birth.registration.refused",
            waiting=_WAITING,
            at_once="waiting",
        ),
        **supplement_columns("health_card", deciding="requested", decided="issued refused"),
        **not_ours(*of_service("residence")),
        "residence.registered": _AFTER_RESIDENCE,
        "residence.registration.refused": _AFTER_RESIDENCE,
        "expired/residence": _AFTER_RESIDENCE,
        "case.action.taken/close/residence": _AFTER_RESIDENCE,
        "residence.registered/withdrawn": _NOT_ASKED_FOR,
        "residence.registration.refused/withdrawn": _NOT_ASKED_FOR,
        "supplement.requested/residence/withdrawn": _NOT_ASKED_FOR,
        "withdrawn/residence": _NOT_ASKED_FOR,
        "case.action.taken/close/residence/withdrawn": _NOT_ASKED_FOR,
        "health-card.issued": done_column(_UNDECIDED, "issued", act.note_card, never=_NEVER),
        "health-card.refused": refused_column(_UNDECIDED, "issued", never=_NEVER),
        **deadline_column(f"{_WAITING} requested {RESUBMITTED}"),
        **not_ours(*PROGRESS_EVENTS, "consent.requested", "consent.given", "consent.declined"),
    },
    request=act.request_card,
)
