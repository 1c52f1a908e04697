"""What none of the three cases sees: an officer's action, a supplement, a rejection."""

from typing import Final

from schemas.catalogue import CATALOGUE
from schemas.event import derived_id
from schemas.examples.birth import BLURRED, CASE
from schemas.examples.parts import DUE, Payloads
from schemas.reasons import REJECTIONS

TROUBLES: Final[Payloads] = {
    "case.action.taken": {
        "action": "retry",
        "service": "residence",
        "by": "Trần Quốc Huy",
        "why": "Công an xã báo chưa nhận được hồ sơ.",
    },
    "supplement.requested": {"defects": [BLURRED], "due": DUE},
    "delivery.rejected": {
        "event": derived_id(CASE, "case.submitted"),
        "type": CATALOGUE["case.submitted"].full,
        "reason": "payload_invalid",
        "pointer": "/child/notice",
        "vi": REJECTIONS["payload_invalid"].vi,
        "en": REJECTIONS["payload_invalid"].en,
        "remedy_vi": REJECTIONS["payload_invalid"].remedy_vi,
        "remedy_en": REJECTIONS["payload_invalid"].remedy_en,
    },
}
