"""Stage 1: the birth is registered, numbered and certified.

Civil status decides; the one-stop only reports. Its report travels beside the decision, so it may
come first: then the service waits for the data (`reported`).
"""

from hub.orchestrator.birth import actions as act
from hub.orchestrator.birth.columns import (
    CARD_EVENTS,
    CASE,
    CONTRADICTION,
    INPUTS,
    NOT_ACCEPTED,
    NOT_ASKED,
    RESIDENCE_EVENTS,
    RESUBMITTED,
    SUPPLEMENT_STATES,
    UNEXPECTED,
    not_ours,
    of_service,
    supplement_columns,
    supplement_states,
)
from hub.orchestrator.chain import DEADLINE, IGNORE, OTHERWISE, Apply, Column, State, service_table

_OPEN = f"requested accepted processing {RESUBMITTED} {SUPPLEMENT_STATES}"
_REGISTERED: Column = {
    _OPEN: Apply("registered", act.note_birth),
    "reported": Apply("returned", act.note_birth),
    "registered returned": IGNORE,
    "refused expired withdrawn": CONTRADICTION,
    "not_asked not_accepted": UNEXPECTED,
}

BIRTH = service_table(
    service="birth",
    vi="Đăng ký khai sinh",
    en="Birth registration",
    needed=INPUTS,
    starts=("requested", "not_accepted", "not_asked"),
    states=(
        NOT_ASKED,
        NOT_ACCEPTED,
        State(
            "requested", "Đã chuyển một cửa", "passed to the one-stop", 1, waits="birth_reception"
        ),
        State(
            "accepted",
            "Một cửa đã tiếp nhận",
            "accepted by the one-stop",
            2,
            waits="birth_decision",
        ),
        State("processing", "Hộ tịch đang xử lý", "with civil status", 4, waits="birth_decision"),
        State(
            "reported",
            "Một cửa báo đã trả kết quả",
            "reported as returned, before its data came",
            4,
            waits="birth_record",
        ),
        State("registered", "Đã đăng ký khai sinh", "registered", 9, result="done"),
        State(
            "returned", "Đã trả kết quả khai sinh", "registered, result returned", 10, result="done"
        ),
        State("refused", "Từ chối đăng ký khai sinh", "refused", 3, result="refused"),
        *supplement_states("birth_decision"),
    ),
    columns={
        **CASE,
        **supplement_columns(
            "birth",
            deciding="requested accepted processing",
            decided="reported registered returned refused",
        ),
        "dossier.progressed/received": {
            "requested": Apply("accepted", act.note_progress),
            "not_asked not_accepted": UNEXPECTED,
            OTHERWISE: Apply(None, act.note_progress),
        },
        "dossier.progressed/passed": {
            "requested accepted": Apply("processing", act.note_progress),
            "not_asked not_accepted": UNEXPECTED,
            OTHERWISE: Apply(None, act.note_progress),
        },
        # What is missing comes from civil status, with the list of defects.
        "dossier.progressed/supplement": {
            "not_asked not_accepted": UNEXPECTED,
            OTHERWISE: Apply(None, act.note_progress),
        },
        "dossier.progressed/registered": {
            "requested accepted": Apply("processing", act.note_progress),
            "refused expired withdrawn": CONTRADICTION,
            "not_asked not_accepted": UNEXPECTED,
            OTHERWISE: Apply(None, act.note_progress),
        },
        "dossier.progressed/returned": {
            _OPEN: Apply("reported", act.note_progress),
            "registered": Apply("returned", act.note_progress),
            "reported returned": Apply(None, act.note_progress),
            "refused expired withdrawn": CONTRADICTION,
            "not_asked not_accepted": UNEXPECTED,
        },
        # The refusal itself, with its reason, comes from civil status.
        "dossier.progressed/refused": {
            "requested accepted": Apply("processing", act.note_progress),
            "reported registered returned": CONTRADICTION,
            "not_asked not_accepted": UNEXPECTED,
            OTHERWISE: Apply(None, act.note_progress),
        },
        "birth.registered": _REGISTERED,
        "birth.registered/withdrawn": _REGISTERED,
        "birth.registration.refused": {
            _OPEN: Apply("refused", act.note_refusal),
            "refused expired withdrawn": IGNORE,
            "reported registered returned": CONTRADICTION,
            "not_asked not_accepted": UNEXPECTED,
        },
        DEADLINE: {
            f"requested accepted processing reported {RESUBMITTED}": Apply(None, act.pass_deadline),
            OTHERWISE: IGNORE,
        },
        **not_ours(*RESIDENCE_EVENTS, *CARD_EVENTS),
        **not_ours(*of_service("residence"), *of_service("health_card")),
    },
)
