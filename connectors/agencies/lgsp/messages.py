"""The messages of linked births and deaths between a province and the civil-status system (BTP).

A province hands a dossier over (`nhanHoSoDKHT`) and polls for what became of it, three dossiers a
request. Names of fields and formats: a provincial system's published adapter and the connection
guide of a provincial NGSP; what neither has is marked in docs/interfaces.md.

The civil-status register keeps more of an entry than the messages have a place for, and whoever
asks in a province's stead knows other things than a province does. That travels beside the real
fields in a block of its own, `moPhong` (simulation): the real system has none, and a province
needs none.
"""

from collections.abc import Mapping
from typing import Any, Final

import orjson

from connectors.agencies.codes import CIVIL_STATUS, SLASHED_TIME, local_of, moment_at
from connectors.agencies.defects import DEFECTS
from connectors.agencies.lgsp.forms import BY_STEP, Form, placed, value_of
from connectors.agencies.people import Record
from connectors.runtime.agency import Request
from connectors.runtime.handling import Outcome
from schemas.event import from_text, to_text
from schemas.reasons import REFUSALS

CHUNK: Final = 3
"""So many dossiers are asked about in one request."""
WAITING, INCOMPLETE, ELIGIBLE, COMPLETE, REFUSED = 1, 2, 3, 4, 6
STATUSES: Final = {
    WAITING: "Đã tiếp nhận hồ sơ, chờ xử lý",
    INCOMPLETE: "Hồ sơ cần bổ sung thông tin",
    ELIGIBLE: "Hồ sơ đủ điều kiện giải quyết",
    COMPLETE: "Đã hoàn thành đăng ký",
    REFUSED: "Hồ sơ bị từ chối",
}
"""`trangThai` of a dossier; the texts of 1 to 4 are those of the connection guide."""

BLOCK: Final = "moPhong"

_OWN: Final = frozenset({"ma_ho_so", "so", "nam", "trang"})


def handing_over(request: Request) -> Record:
    """The body of `nhanHoSoDKHT` for a request to enter a birth or a death."""
    record, form = request.record, BY_STEP[request.step]
    data = placed({field: _text(record[name]) for name, field in form.application.items()})
    return {
        "module": form.module,
        "maHoSoMCDT": record["ma_ho_so"],
        "maHoSoLT": request.subject,
        "maDonVi": record["xa"],
        "ngayTiepNhan": SLASHED_TIME.write(local_of(request.time)),
        "data": orjson.dumps(data).decode(),
        "fileDinhKem": [],
        BLOCK: {
            **asking(request),
            "boSung": _beside(record, form.application),
            "thuTu": list(record),
        },
    }


def asking(request: Request) -> Record:
    """Who asks, when and how often, as the block of a request has it."""
    return {
        "maHoSoLT": request.subject,
        "lan": request.attempt,
        "thoiDiem": to_text(request.time),
        "maYeuCau": request.cause,
    }


def application_of(form: Form, data: Mapping[str, Any]) -> Record:
    """The register's record of what is applied for, as far as `data` says it.

    Raises:
        ValueError: the sex is no number.
    """
    record = {name: value_of(data, field) or None for name, field in form.application.items()}
    record["gioi_tinh"] = int(data[form.sex])
    record["xa"] = str(data["noiDangKy"]).zfill(5)
    return record


def result_of(form: Form, record: Mapping[str, Any]) -> tuple[Record, Record]:
    """`ketQuaXuLy` of a finished entry, and what of the record it has no place for."""
    result = placed({field: record[name] for name, field in form.result.items()})
    result |= {
        "soDangKy": f"{record['so']:02}/{record['nam']}",
        "trangSo": str(record["trang"]),
    }
    return result, _beside(record, form.result)


def record_of(
    form: Form, result: Mapping[str, Any], beside: Mapping[str, Any], dossier: str
) -> Record:
    """The register's record, put together again from the two parts of `result_of`."""
    number, _, year = result["soDangKy"].partition("/")
    return {
        **{name: value_of(result, field) for name, field in form.result.items()},
        **beside,
        "ma_ho_so": dossier,
        "so": int(number),
        "nam": int(year),
        "trang": int(result["trangSo"]),
    }


def told(dossier: str, outcome: Outcome) -> Record:
    """What a poll says of a dossier whose last outcome this is, the block included."""
    record, form = outcome.record, BY_STEP.get(outcome.step)
    item: Record = {
        "maHoSoLT": outcome.subject,
        "maHoSoMCDT": dossier,
        "errors": None,
        "thoiGianThucHien": SLASHED_TIME.write(local_of(outcome.time)),
        "ghiChu": None,
        "ketQuaXuLy": None,
        "noiDungXuLy": None,
        "hanBoSungHoSo": None,
    }
    beside: Mapping[str, Any] = record
    if outcome.result == "supplement":
        day = CIVIL_STATUS.day.read(record["han_bo_sung"])
        item["trangThai"] = str(INCOMPLETE)
        item["noiDungXuLy"] = " ".join(DEFECTS[code]["vi"] for code in record["thieu"])
        item["hanBoSungHoSo"] = SLASHED_TIME.write(moment_at(day, record["gio_han"]))
    elif outcome.result == "refused":
        reason = REFUSALS.get(record["ly_do"])
        item["trangThai"] = str(REFUSED)
        item["ghiChu"] = f"{reason.vi} {reason.remedy_vi}" if reason else record["ly_do"]
    elif outcome.result == "failed":
        item["trangThai"] = "0"
        item["errors"] = record["loi"]
    elif form is not None and outcome.step in form.issues and outcome.result == "done":
        item["trangThai"] = str(COMPLETE)
        item["ketQuaXuLy"], beside = result_of(form, record)
    else:
        item["trangThai"] = str(ELIGIBLE)
        if outcome.result == "draft":
            item["ghiChu"] = "Chờ người yêu cầu kiểm tra bản điện tử giấy khai sinh"
    item[BLOCK] = {
        "stt": outcome.cursor,
        "buoc": outcome.step,
        "lan": outcome.attempt,
        "thoiDiem": to_text(outcome.time),
        "maYeuCau": outcome.cause,
        "ketQua": outcome.result,
        "boSung": beside,
        "thuTu": list(record),
    }
    return item


def outcome_of(item: Mapping[str, Any]) -> Outcome:
    """The outcome that a poll tells of, the inverse of `told`.

    Raises:
        KeyError, TypeError, ValueError: it is no such item.
    """
    block = item[BLOCK]
    result = item["ketQuaXuLy"]
    record = block["boSung"]
    if result is not None:
        record = record_of(BY_STEP[block["buoc"]], result, record, item["maHoSoMCDT"])
    record = {column: record[column] for column in block["thuTu"]}
    return Outcome(
        subject=item["maHoSoLT"],
        step=block["buoc"],
        attempt=block["lan"],
        time=from_text(block["thoiDiem"]),
        result=block["ketQua"],
        record=record,
        cause=block["maYeuCau"],
        cursor=block["stt"],
    )


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _beside(record: Mapping[str, Any], told_of: Mapping[str, str]) -> Record:
    return {
        column: value
        for column, value in record.items()
        if column not in told_of and column not in _OWN
    }
