"""What an agency finds missing in a dossier: its own codes, and what the citizen reads for them.

One request lists everything (`supplement.requested`). Which papers an agency asks for is practice;
the codes and texts are ours.
"""

from collections.abc import Mapping
from typing import Any, Final

from connectors.agencies.codes import Dialect, moment_at
from connectors.agencies.people import Record

SUSPECTED: Final = "NGHI_TRUNG"
"""Nothing is missing, but the child seems to be registered already (*nghi trùng*): the one code
that the register itself gives rise to, and not chance."""

DEFECTS: Final[dict[str, Record]] = {
    "GCS_MO": {
        "pointer": "/documents/0",
        "vi": "Ảnh chụp giấy chứng sinh bị mờ, không đọc được số.",
        "en": "The photo of the birth notice is blurred; its number can't be read.",
    },
    "TK_CHUA_KY": {
        "pointer": "/requester",
        "vi": "Tờ khai đăng ký khai sinh chưa có chữ ký của người yêu cầu.",
        "en": "The declaration of birth lacks the requester's signature.",
    },
    SUSPECTED: {
        "pointer": "/child",
        "vi": "Nghi trùng: người mẹ này đã có một trẻ cùng họ tên, cùng ngày sinh được đăng ký "
        "khai sinh theo giấy chứng sinh khác. Đề nghị giải trình hoặc nộp giấy tờ chứng minh là "
        "hai trẻ khác nhau.",
        "en": "Suspected duplicate: a child of this mother with the same name and day of birth is "
        "already registered under another birth notice. Explain it, or send proof that they are "
        "two children.",
    },
    "CHO_O": {
        "pointer": "/household/address",
        "vi": "Chưa có giấy tờ chứng minh chỗ ở hợp pháp.",
        "en": "There is no proof of a lawful dwelling.",
    },
    "QUAN_HE": {
        "pointer": "/household/relation",
        "vi": "Chưa có giấy tờ chứng minh quan hệ với chủ hộ.",
        "en": "There is no proof of kinship with the household head.",
    },
    "TK1_THIEU": {
        "pointer": "/requester",
        "vi": "Tờ khai tham gia BHYT (mẫu TK1-TS) chưa điền đủ thông tin người giám hộ.",
        "en": "The insurance form (TK1-TS) lacks details of the guardian.",
    },
    "NGAY_SINH": {
        "pointer": "/child/born",
        "vi": "Ngày sinh của trẻ trên tờ khai không rõ, cần xác nhận lại.",
        "en": "The child's day of birth on the form is unclear and has to be confirmed.",
    },
    "CC01_CHUA_KY": {
        "pointer": "/requester",
        "vi": "Phiếu thu nhận thông tin căn cước (mẫu CC01) chưa được người đại diện hợp pháp "
        "xác nhận.",
        "en": "The form for the identity card (CC01) is not confirmed by the legal representative.",
    },
    "DAI_DIEN": {
        "pointer": "/requester",
        "vi": "Chưa có giấy tờ chứng minh người yêu cầu là người đại diện hợp pháp của trẻ.",
        "en": "There is no proof that the requester is the child's legal representative.",
    },
    "GBT_MO": {
        "pointer": "/documents/0",
        "vi": "Ảnh chụp giấy báo tử bị mờ, không đọc được số.",
        "en": "The photo of the death notice is blurred; its number can't be read.",
    },
    "TK_KT_CHUA_KY": {
        "pointer": "/requester",
        "vi": "Tờ khai đăng ký khai tử chưa có chữ ký của người yêu cầu.",
        "en": "The declaration of death lacks the requester's signature.",
    },
    "NOI_CU_TRU": {
        "pointer": "/address",
        "vi": "Địa chỉ thường trú cuối cùng của người chết chưa rõ, cần xác nhận lại.",
        "en": "The deceased's last permanent address is unclear and has to be confirmed.",
    },
    "CHO_O_TT": {
        "pointer": "/address",
        "vi": "Chưa có giấy tờ chứng minh chỗ ở hợp pháp tại nơi đăng ký tạm trú.",
        "en": "There is no proof of a lawful dwelling where the person stays.",
    },
    "THOI_HAN": {
        "pointer": "/until",
        "vi": "Thời hạn tạm trú trên tờ khai (mẫu CT01) chưa rõ, cần xác nhận lại.",
        "en": "Until when the stay lasts is unclear on the form (CT01) and has to be confirmed.",
    },
    "DON_MT": {
        "pointer": "/payee",
        "vi": "Tờ khai đề nghị hưởng trợ cấp mai táng chưa điền đủ thông tin hoặc chưa ký.",
        "en": "The application for the funeral allowance is incomplete or not signed.",
    },
    "GT_NHAN_THAN": {
        "pointer": "/payee/relation",
        "vi": "Chưa có giấy tờ chứng minh quan hệ giữa người lo mai táng và người chết.",
        "en": "There is no proof of what the payee is to the deceased.",
    },
}
"""Each code with a JSON pointer into the submission and its text in both languages."""


def supplement_of(record: Mapping[str, Any], dialect: Dialect) -> Record:
    """The payload of `supplement.requested` for an agency's answer that papers are missing."""
    return {
        "defects": [DEFECTS[code] for code in record["thieu"]],
        "due": moment_at(dialect.day.read(record["han_bo_sung"]), record["gio_han"]),
    }
