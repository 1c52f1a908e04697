"""What an agency's HTTP face says when it does not do what it was asked: problems of RFC 9457.

`code` is the agency's error code, `key` the one request at fault where there is one, `pointer` the
place in the body (RFC 6901). Nothing of the program's inside is told.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import orjson
from fastapi import Response

from connectors.runtime.agency import AgencyUnavailable, RequestFailed
from connectors.runtime.agency_wire import PROBLEM

RETRY_AFTER_S: Final = 1
"""How long to leave an agency alone that can't be reached and does not say for how long."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem."""

    status: int
    vi: str
    en: str


KINDS: Final = {
    "body_too_large": Kind(413, "Nội dung quá lớn.", "The body is too large."),
    "body_not_json": Kind(400, "Nội dung không phải JSON hợp lệ.", "The body is not valid JSON."),
    "body_invalid": Kind(422, "Nội dung không đúng lược đồ.", "The body does not fit its schema."),
    "query_invalid": Kind(422, "Tham số không hợp lệ.", "A parameter is not valid."),
    "step_unknown": Kind(
        422, "Cơ quan không có bước xử lý này.", "The agency does not have this step."
    ),
    "record_invalid": Kind(
        422, "Cơ quan không đọc được hồ sơ.", "The agency can't read the record."
    ),
    "not_found": Kind(404, "Không có địa chỉ này.", "There is nothing at this address."),
    "method_not_allowed": Kind(
        405, "Phương thức không được phép.", "The method is not allowed here."
    ),
    "unavailable": Kind(
        503, "Cơ quan tạm thời không phục vụ.", "The agency can't serve for the moment."
    ),
    "internal": Kind(500, "Lỗi hệ thống của cơ quan.", "An error inside the agency's system."),
}
"""Every error code of the first form."""


def problem(code: str, detail: str = "", **members: Any) -> Response:
    """The answer that tells a problem."""
    kind = KINDS[code]
    body = {
        "type": f"urn:lienthong:agency:{code}",
        "title": f"{kind.vi} · {kind.en}",
        "status": kind.status,
        "code": code,
        **({"detail": detail} if detail else {}),
        **{name: value for name, value in members.items() if value is not None},
    }
    return Response(orjson.dumps(body), kind.status, media_type=PROBLEM)


def refusal(error: RequestFailed) -> Response:
    """The answer for requests that the agency did not take."""
    code = error.code if error.code in KINDS else "internal"
    return problem(code, str(error)[:500], key=error.key)


def closed(error: AgencyUnavailable) -> Response:
    """The answer while the agency can't serve, with the time to leave it alone."""
    answer = problem("unavailable")
    answer.headers["retry-after"] = str(max(RETRY_AFTER_S, math.ceil(error.retry_after)))
    return answer
