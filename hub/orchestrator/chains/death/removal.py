"""Stage 2: the deceased is removed from the register of residents."""

from hub.orchestrator.chain import Service, State
from hub.orchestrator.chains.death import actions as act
from hub.orchestrator.chains.death.allowance import allowance_events
from hub.orchestrator.chains.death.intake import DECIDERS
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

REMOVAL_EVENTS = ("residence.removed", "residence.removal.refused")

_UNDECIDED = f"requested {RESUBMITTED} {SUPPLEMENT_STATES}"
_NEVER = "not_asked not_accepted waiting stopped"

REMOVAL = Service(
    name="residence_removal",
    vi="Xóa đăng ký thường trú",
    en="Removal of permanent residence",
    starts=("waiting", "not_accepted", "not_asked"),
    states=(
        NOT_ASKED,
        NOT_ACCEPTED,
        State(
            "waiting", "Chờ khai tử", "waits for the death", 1, waits="death_first", after="death"
        ),
        State(
            "requested",
            "Công an xã đang xử lý",
            "with the commune police",
            4,
            waits="removal_decision",
        ),
        State("removed", "Đã xóa đăng ký thường trú", "removed", 10, result="done"),
        State("refused", "Từ chối xóa đăng ký thường trú", "refused", 3, result="refused"),
        stopped("Dừng vì khai tử bị từ chối", "stopped: death refused"),
        *supplement_states("removal_decision"),
    ),
    columns={
        **CASE,
        **after_stage_one(
            "death", "death.registered", "death.registration.refused", waiting="waiting"
        ),
        **supplement_columns("residence_removal", deciding="requested", decided="removed refused"),
        "residence.removed": done_column(_UNDECIDED, "removed", act.note_removal, never=_NEVER),
        "residence.removal.refused": refused_column(_UNDECIDED, "removed", never=_NEVER),
        **deadline_column(f"waiting requested {RESUBMITTED}"),
        **not_ours(*PROGRESS_EVENTS, *allowance_events(*DECIDERS), *of_service(*DECIDERS)),
    },
    request=act.request_removal,
)
