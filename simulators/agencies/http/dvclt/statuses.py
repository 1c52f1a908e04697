"""The status codes that a province reports back, and what DVCLT says to each.

1 received · 3 eligible · 7 passed to civil status · 4 registered · 5 result returned, in this
order; 2 supplement asked for, 6 refused. The phrases are those that a provincial system's
published adapter looks for in the answers; the words around them are ours.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

RECEIVED, SUPPLEMENT, ELIGIBLE, REGISTERED, RETURNED, REFUSED, PASSED = range(1, 8)
CODES: Final = (RECEIVED, ELIGIBLE, PASSED, SUPPLEMENT, REGISTERED, RETURNED, REFUSED)
JUSTICE: Final = 5
"""`coQuanXuLy` of the justice sector; the numbers of police and insurance are not known."""

Meaning = Literal["taken", "known", "later", "never"]
"""What the sender should make of an answer: `known` is success, `later` is worth a repetition."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to one status."""

    meaning: Meaning
    vi: str


TAKEN: Final = Reply("taken", "Cập nhật trạng thái hồ sơ thành công")
UNKNOWN: Final = Reply("known", "Hồ sơ {} không tồn tại")
"""A sender that reads this as success stops repeating it, as the published adapter does."""
EXISTS: Final = Reply("known", "Trạng thái {1} của hồ sơ {0} đã tồn tại trong một cửa điện tử")
HAS_RESULT: Final = Reply("known", "Hồ sơ {} đã có kết quả xử lý. Không thể cập nhật trạng thái")
FINISHED: Final = Reply("known", "Hồ sơ {} đã hoàn thành đăng ký, không được cập nhật trạng thái")
GIVEN_BACK: Final = Reply("known", "Hồ sơ {} đã trả kết quả, không được cập nhật trạng thái")
TURNED_DOWN: Final = Reply("known", "Hồ sơ {} bị từ chối. Không thể cập nhật trạng thái")
NOT_SENT: Final = Reply("later", "Hồ sơ {} chưa được gửi không thể cập nhật trạng thái")
UNSTEADY: Final = Reply("later", "Có lỗi trong quá trình thêm mới trạng thái của hồ sơ {}")
DISORDER: Final = Reply("never", "Hồ sơ {}: logic xử lý không hợp lệ")

_NEXT: Final = {
    None: {RECEIVED},
    RECEIVED: {ELIGIBLE, SUPPLEMENT, REFUSED},
    ELIGIBLE: {PASSED, SUPPLEMENT, REFUSED},
    PASSED: {REGISTERED, SUPPLEMENT, REFUSED},
    SUPPLEMENT: {ELIGIBLE, REFUSED},
    REGISTERED: {RETURNED},
}
"""What may follow a code; after a supplement the province accepts the dossier anew."""


def reply_to(code: int, reported: Sequence[int], *, received: bool) -> Reply:
    """What DVCLT says to a code of a dossier of which these codes are reported already.

    `received`: the province has acknowledged the dossier (`daNhan`), the supplemented one again.
    """
    last = reported[-1] if reported else None
    if last == REFUSED:
        return TURNED_DOWN
    if last == RETURNED:
        return GIVEN_BACK
    if last == REGISTERED and code == REGISTERED:
        return HAS_RESULT
    if last == REGISTERED and code != RETURNED:
        return FINISHED
    if not received:
        return NOT_SENT
    if code in since_supplement(reported):
        return EXISTS
    return TAKEN if code in _NEXT[last] else DISORDER


def since_supplement(reported: Sequence[int]) -> Sequence[int]:
    """The codes that count as reported: all, but after a supplement only it and the first."""
    if SUPPLEMENT not in reported:
        return reported
    at = len(reported) - 1 - list(reversed(reported)).index(SUPPLEMENT)
    return [RECEIVED, *reported[at:]]
