"""Stage 2: the deceased is removed from the register of residents."""

from hub.orchestrator.chain import commune_of
from hub.orchestrator.chains.death.registration import FIRST
from hub.orchestrator.columns import with_agency
from hub.orchestrator.decided import decided_service, granted, refusal
from hub.orchestrator.requests import keep, request_of

REMOVAL = decided_service(
    "residence_removal",
    vi="Xóa đăng ký thường trú",
    en="Removal of permanent residence",
    request=request_of("residence.removal.requested"),
    commune=commune_of("permanent_residence"),
    after=FIRST,
    asked=(with_agency("Công an xã", "the commune police", "removal_decision"),),
    done=granted("residence.removed", "Đã xóa đăng ký thường trú", keep("removal", "number")),
    refused=refusal("residence.removal.refused", "xóa đăng ký thường trú"),
)
