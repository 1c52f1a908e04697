"""What the services behind an LGSP answer when they refuse: code and text of the real ones.

Source of codes and texts: the connection guide of a provincial NGSP (civil-status services). It
gives no HTTP status; ours are the usual ones, and the body says everything.
"""

from dataclasses import dataclass
from typing import Any, Final

import orjson
from fastapi import Response

FAILED: Final = "Đã có lỗi xảy ra trong quá trình gửi thông tin"
UNFINISHED: Final = "Đã có lỗi xảy ra trong quá trình gửi thông tin hoặc hồ sơ chưa hoàn thành"
SENT: Final = "Gửi thông tin thành công"
DONE: Final = "Giao dịch thành công"
INVALID_FIELD: Final = "Hồ sơ có trường thông tin không hợp lệ"
ALREADY: Final = "Hồ sơ đã được tiếp nhận"
SHARED_CODE: Final = "Mã hồ sơ này là của hồ sơ liên thông khác, đề nghị kiểm tra trùng mã đơn vị"
"""Ours: where two units number their dossiers under one agency id."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One error code; `detailed` has its text said by the system case by case."""

    name: str
    vi: str
    en: str
    status: int = 200
    detailed: bool = False

    def text(self, detail: str = "") -> str:
        """`errorDescription` as the real system writes it."""
        if self.detailed:
            return f"{self.name} – {detail}"
        return f"{self.name} - {self.vi}"


KINDS: Final = {
    "100": Kind("AUTHEN_ERROR", "Mã xác thực không chính xác.", "The token is wrong.", 401),
    "101": Kind(
        "IP_DISALLOWED",
        "Địa chỉ IP không được phép truy cập.",
        "This IP address has no access.",
        403,
    ),
    "106": Kind(
        "AGENCY_ID_INCORRECT", "Mã đơn vị không chính xác.", "There is no such unit, or not here."
    ),
    "108": Kind(
        "PROVINCE_ID_INCORRECT",
        "Mã tỉnh không chính xác.",
        "There is no such province, or not here.",
    ),
    "200": Kind(
        "RECORD_UNCOMPLETE",
        "Hồ sơ chưa hoàn thành đăng ký.",
        "The dossier is not registered yet.",
    ),
    "201": Kind(
        "RECORD_NOT_FOUND",
        "Hồ sơ không tồn tại, đề nghị xem lại số phiếu tiếp nhận.",
        "There is no such dossier.",
    ),
    "302": Kind(
        "DATA_TYPE_INVALID",
        "Loại dữ liệu danh mục không hợp lệ.",
        "There is no such catalogue.",
    ),
    "500": Kind(
        "DATA_INCORRECT",
        "Hệ thống thông tin chủ động đưa ra lỗi chi tiết.",
        "The system says in detail what is wrong.",
        detailed=True,
    ),
}
"""Every error code of the civil-status services."""


class Fault(Exception):
    """The request is refused with one of `KINDS`; `detail` is Vietnamese, for code 500.

    `http` is the HTTP status where that is not the code's own.
    """

    def __init__(
        self, code: str, detail: str = "", *, said: str = FAILED, http: int | None = None
    ) -> None:
        super().__init__(f"{code} {detail}")
        self.code = code
        self.detail = detail
        self.said = said
        self.http = http

    def answer(self) -> Response:
        """The body with `status` 0, the code and the text."""
        kind = KINDS[self.code]
        body = {
            "status": "0",
            "statusDescription": self.said,
            "errorCode": self.code,
            "errorDescription": kind.text(self.detail),
        }
        return answer(body, http=self.http or kind.status)


def wrong_field(name: str, what: str = "") -> Fault:
    """Code 500 that names the field at fault, and what is wrong with it (Vietnamese)."""
    return Fault("500", f"{INVALID_FIELD}: {name}" + (f" ({what})" if what else ""))


def done(value: Any = None, *, said: str = DONE, status: Any = "1") -> Response:
    """The answer of a request that was served."""
    body = {"status": status, "statusDescription": said}
    return answer(body if value is None else {**body, "value": value})


def answer(body: Any, *, http: int = 200) -> Response:
    """A JSON answer."""
    return Response(orjson.dumps(body), http, media_type="application/json")
