"""What a province tells of its dossiers: status codes and their words, and how it reads an answer.

The phrases are those that a provincial system's published adapter looks for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, Literal

import orjson

from connectors.agencies.codes import DOTTED_DAY, SLASHED_TIME
from connectors.agencies.dvclt.messages import OPENING, beside, slashed
from connectors.agencies.lgsp.messages import BLOCK
from connectors.runtime.handling import Outcome
from schemas.reasons import REFUSALS
from simulators.agencies.http.dvclt.face import MOST
from simulators.agencies.http.dvclt.statuses import (
    ELIGIBLE,
    JUSTICE,
    PASSED,
    RECEIVED,
    REFUSED,
    REGISTERED,
    RETURNED,
    SUPPLEMENT,
)

Row = dict[str, Any]
Meaning = Literal["success", "acknowledge", "again", "wrong"]
"""What a province makes of an answer: `acknowledge` is worth a repetition after `daNhan`."""

_BEGUN: Final = (RECEIVED, ELIGIBLE, PASSED)
_ENDS: Final = {"return": (REGISTERED, RETURNED), "close": (REFUSED,)}
_WORDS: Final = {
    RECEIVED: "Đã tiếp nhận vào hệ thống",
    SUPPLEMENT: "Yêu cầu bổ sung hồ sơ",
    ELIGIBLE: "MCĐT Tiếp nhận hồ sơ",
    REGISTERED: "Đã hoàn thành đăng ký",
    RETURNED: "Trả kết quả",
    REFUSED: "Từ chối hồ sơ",
    PASSED: "Gửi hồ sơ qua hệ thống BTP",
}
_PAPERS: Final = {"LTKS": "KQ.G15.000031", "LTKT": "KQ.G15.000034"}
"""Codes of the result documents: birth certificate and death extract."""
_SUCCESS: Final = (
    "thành công",
    "đã tồn tại",
    "đã có kết quả",
    "đã hoàn thành đăng ký",
    "đã trả kết quả",
    "bị từ chối",
    "không tồn tại",
)
_NOT_SENT: Final = "chưa được gửi"
_AGAIN: Final = "có lỗi trong quá trình thêm mới"


def codes_of(outcome: Outcome) -> Sequence[int]:
    """The codes that tell of an outcome, in the compulsory order.

    A dossier that is opened again was supplemented: 2, and then accepted anew.
    """
    if outcome.step != OPENING:
        return _ENDS[outcome.step]
    return _BEGUN if outcome.attempt == 1 else (*_BEGUN, SUPPLEMENT, ELIGIBLE, PASSED)


def codes_from_the_first(outcome: Outcome) -> Sequence[int]:
    """The same with all that came before: what DVCLT has already is told so, which is success."""
    return codes_of(outcome) if outcome.step == OPENING else (*_BEGUN, *_ENDS[outcome.step])


def together(outcomes: Iterable[Outcome]) -> Iterator[list[Outcome]]:
    """Outcomes in their order, so many at a time as one array of statuses has a place for.

    A supplemented dossier goes by itself: it has to be acknowledged between its codes.
    """
    group: list[Outcome] = []
    for outcome in outcomes:
        alone = SUPPLEMENT in codes_of(outcome)
        full = sum(len(codes_of(one)) for one in [*group, outcome]) > MOST
        if group and (alone or full or any(one.subject == outcome.subject for one in group)):
            yield group
            group = []
        group.append(outcome)
        if alone:
            yield group
            group = []
    if group:
        yield group


def report(outcome: Outcome, dossier: Mapping[str, Any], code: int, *, last: bool) -> Row:
    """The status report of a code; the last one of an outcome has the block for the hub."""
    body: Row = {
        "maTTHC": dossier["ma_tthc"],
        "soHoSoLT": outcome.subject,
        "coQuanXuLy": JUSTICE,
        "maHoSo": dossier["ma_ho_so"],
        "trangThai": code,
        "thoiGianThucHien": slashed(outcome),
        "noiDungXuLy": _WORDS[code],
    }
    if code == RECEIVED:
        body["ngayBatDau"] = dossier["ngay_tiep_nhan"]
        body["ngayKetThucTheoQuyDinh"] = dossier["han_tra"]
    elif code == REGISTERED:
        body["ketQuaXuLy"] = orjson.dumps(_result(dossier)).decode()
    elif code == REFUSED:
        body["ghiChu"] = _why(dossier["ly_do"])
    if last:
        body[BLOCK] = beside(outcome)
    return body


def meaning(answer: Mapping[str, Any]) -> Meaning:
    """What to make of the answer to one status."""
    text = text_of(answer).lower()
    if any(phrase in text for phrase in _SUCCESS):
        return "success"
    if _NOT_SENT in text:
        return "acknowledge"
    return "again" if _AGAIN in text else "wrong"


def text_of(answer: Mapping[str, Any]) -> str:
    """Title and errors of an answer."""
    errors = answer.get("errors") or {}
    said = [f"{name}: {' '.join(texts)}" for name, texts in errors.items()]
    return " ".join([str(answer.get("title")), *said])


def _result(dossier: Mapping[str, Any]) -> Row:
    result = {
        "ngayDangKy": DOTTED_DAY.write(SLASHED_TIME.read(dossier["ngay_dang_ky"])),
        "soDangKy": dossier["so_dang_ky"],
        "quyenSo": dossier["quyen_so"],
        "trangSo": str(dossier["trang_so"]),
        "maGiayToKetQua": _PAPERS[dossier["loai"]],
    }
    if dossier["loai"] == "LTKS":
        result["soDinhDanh"] = dossier["so_dinh_danh"]
    return result


def _why(code: str) -> str:
    reason = REFUSALS.get(code)
    return f"{reason.vi} {reason.remedy_vi}" if reason else str(code)
