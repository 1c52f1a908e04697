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
    UNEXPECTED,
    not_ours,
)
from hub.orchestrator.chain import DEADLINE, IGNORE, OTHERWISE, Apply, State, service_table

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
    ),
    columns={
        **CASE,
        "dossier.progressed/received": {
            "requested": Apply("accepted", act.note_progress),
            "accepted processing reported registered returned refused": Apply(
                None, act.note_progress
            ),
            "not_asked not_accepted": UNEXPECTED,
        },
        "dossier.progressed/passed": {
            "requested accepted": Apply("processing", act.note_progress),
            "processing reported registered returned refused": Apply(None, act.note_progress),
            "not_asked not_accepted": UNEXPECTED,
        },
        "dossier.progressed/registered": {
            "requested accepted": Apply("processing", act.note_progress),
            "processing reported registered returned": Apply(None, act.note_progress),
            "refused": CONTRADICTION,
            "not_asked not_accepted": UNEXPECTED,
        },
        "dossier.progressed/returned": {
            "requested accepted processing": Apply("reported", act.note_progress),
            "registered": Apply("returned", act.note_progress),
            "reported returned": Apply(None, act.note_progress),
            "refused": CONTRADICTION,
            "not_asked not_accepted": UNEXPECTED,
        },
        # The refusal itself, with its reason, comes from civil status.
        "dossier.progressed/refused": {
            "requested accepted": Apply("processing", act.note_progress),
            "processing refused": Apply(None, act.note_progress),
            "reported registered returned": CONTRADICTION,
            "not_asked not_accepted": UNEXPECTED,
        },
        "birth.registered": {
            "requested accepted processing": Apply("registered", act.note_birth),
            "reported": Apply("returned", act.note_birth),
            "registered returned": IGNORE,
            "refused": CONTRADICTION,
            "not_asked not_accepted": UNEXPECTED,
        },
        "birth.registration.refused": {
            "requested accepted processing": Apply("refused", act.refuse_case),
            "refused": IGNORE,
            "reported registered returned": CONTRADICTION,
            "not_asked not_accepted": UNEXPECTED,
        },
        DEADLINE: {
            "requested accepted processing reported": Apply(None, act.pass_deadline),
            OTHERWISE: IGNORE,
        },
        **not_ours(*RESIDENCE_EVENTS, *CARD_EVENTS),
    },
)
