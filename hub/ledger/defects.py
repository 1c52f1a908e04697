"""What agencies' codes for missing papers, and a closed account, say to the citizen."""


def _defect(pointer: str, vi: str, en: str) -> dict[str, str]:
    return {"pointer": pointer, "vi": vi, "en": en}


SUSPECTED = "NGHI_TRUNG"
"""The child seems to be registered already: the one code that no hash draws."""

DEFECTS = {
    "GCS_MO": _defect(
        "/documents/0",
        "Ảnh chụp giấy chứng sinh bị mờ, không đọc được số.",
        "The photo of the birth notice is blurred; its number can't be read.",
    ),
    "TK_CHUA_KY": _defect(
        "/requester",
        "Tờ khai đăng ký khai sinh chưa có chữ ký của người yêu cầu.",
        "The declaration of birth lacks the requester's signature.",
    ),
    SUSPECTED: _defect(
        "/child",
        "Nghi trùng: người mẹ này đã có một trẻ cùng họ tên, cùng ngày sinh được đăng ký khai sinh "
        "theo giấy chứng sinh khác. Đề nghị giải trình hoặc nộp giấy tờ chứng minh là hai trẻ khác "
        "nhau.",
        "Suspected duplicate: a child of this mother with the same name and day of birth is "
        "already registered under another birth notice. Explain it, or send proof that they are "
        "two children.",
    ),
    "CHO_O": _defect(
        "/household/address",
        "Chưa có giấy tờ chứng minh chỗ ở hợp pháp.",
        "There is no proof of a lawful dwelling.",
    ),
    "QUAN_HE": _defect(
        "/household/relation",
        "Chưa có giấy tờ chứng minh quan hệ với chủ hộ.",
        "There is no proof of kinship with the household head.",
    ),
    "TK1_THIEU": _defect(
        "/requester",
        "Tờ khai tham gia BHYT (mẫu TK1-TS) chưa điền đủ thông tin người giám hộ.",
        "The insurance form (TK1-TS) lacks details of the guardian.",
    ),
    "NGAY_SINH": _defect(
        "/child/born",
        "Ngày sinh của trẻ trên tờ khai không rõ, cần xác nhận lại.",
        "The child's day of birth on the form is unclear and has to be confirmed.",
    ),
    "CC01_CHUA_KY": _defect(
        "/requester",
        "Phiếu thu nhận thông tin căn cước (mẫu CC01) chưa được người đại diện hợp pháp xác nhận.",
        "The form for the identity card (CC01) is not confirmed by the legal representative.",
    ),
    "DAI_DIEN": _defect(
        "/requester",
        "Chưa có giấy tờ chứng minh người yêu cầu là người đại diện hợp pháp của trẻ.",
        "There is no proof that the requester is the child's legal representative.",
    ),
    "GBT_MO": _defect(
        "/documents/0",
        "Ảnh chụp giấy báo tử bị mờ, không đọc được số.",
        "The photo of the death notice is blurred; its number can't be read.",
    ),
    "TK_KT_CHUA_KY": _defect(
        "/requester",
        "Tờ khai đăng ký khai tử chưa có chữ ký của người yêu cầu.",
        "The declaration of death lacks the requester's signature.",
    ),
    "NOI_CU_TRU": _defect(
        "/address",
        "Địa chỉ thường trú cuối cùng của người chết chưa rõ, cần xác nhận lại.",
        "The deceased's last permanent address is unclear and has to be confirmed.",
    ),
    "CHO_O_TT": _defect(
        "/address",
        "Chưa có giấy tờ chứng minh chỗ ở hợp pháp tại nơi đăng ký tạm trú.",
        "There is no proof of a lawful dwelling where the person stays.",
    ),
    "THOI_HAN": _defect(
        "/until",
        "Thời hạn tạm trú trên tờ khai (mẫu CT01) chưa rõ, cần xác nhận lại.",
        "Until when the stay lasts is unclear on the form (CT01) and has to be confirmed.",
    ),
    "DON_MT": _defect(
        "/payee",
        "Tờ khai đề nghị hưởng trợ cấp mai táng chưa điền đủ thông tin hoặc chưa ký.",
        "The application for the funeral allowance is incomplete or not signed.",
    ),
    "GT_NHAN_THAN": _defect(
        "/payee/relation",
        "Chưa có giấy tờ chứng minh quan hệ giữa người lo mai táng và người chết.",
        "There is no proof of what the payee is to the deceased.",
    ),
    "account_closed": _defect(
        "/payout/account",
        "Tài khoản nhận tiền đã đóng hoặc không tồn tại.",
        "The payee's account is closed or does not exist.",
    ),
}
