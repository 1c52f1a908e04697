"""Stage 2: the deceased is removed from the register of residents."""

from hub.orchestrator.chain import State
from hub.orchestrator.chains.death.registration import FIRST
from hub.orchestrator.decided import Answer, decided_service
from hub.orchestrator.requests import keep, request_of

REMOVAL = decided_service(
    "residence_removal",
    vi="Xóa đăng ký thường trú",
    en="Removal of permanent residence",
    request=request_of("residence.removal.requested"),
    after=FIRST,
    asked=(
        State(
            "requested",
            "Công an xã đang xử lý",
            "with the commune police",
            4,
            waits="removal_decision",
        ),
    ),
    done=Answer(
        "residence.removed",
        State("removed", "Đã xóa đăng ký thường trú", "removed", 10, result="done"),
        keep("removal", "number"),
    ),
    refused=Answer(
        "residence.removal.refused",
        State("refused", "Từ chối xóa đăng ký thường trú", "refused", 3, result="refused"),
    ),
)
