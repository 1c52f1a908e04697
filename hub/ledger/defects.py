"""What agencies' codes for missing papers say to the citizen, written down again."""


def _defect(pointer: str, vi: str, en: str) -> dict[str, str]:
    return {"pointer": pointer, "vi": vi, "en": en}


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
}
