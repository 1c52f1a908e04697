"""What DVCLT finds wrong with a status report: each field by itself, and beside its dossier."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

import orjson

from connectors.agencies.codes import SLASHED_TIME
from schemas.identifiers import DossierCode, IdentifierError, PersonalId
from schemas.regimes import province_of_commune
from schemas.units import UnknownUnitError
from simulators.agencies.http.dvclt.statuses import CODES, JUSTICE, REGISTERED
from simulators.agencies.http.dvclt.tray import Linked
from simulators.agencies.http.jurisdiction import Jurisdiction, agencies_of, world_today

Row = dict[str, Any]
Errors = dict[str, list[str]]
"""Texts by the field that is wrong."""

_REQUIRED: Final = ("maTTHC", "soHoSoLT", "maHoSo", "thoiGianThucHien")
_MOMENTS: Final = (
    "thoiGianThucHien",
    "ngayBatDau",
    "ngayKetThucTheoQuyDinh",
    "ngayHenTraTruoc",
    "ngayHenTraMoi",
    "hanBoSungHoSo",
)
_RESULT: Final = {
    "KS": ("soDinhDanh", "ngayDangKy", "soDangKy", "quyenSo", "trangSo"),
    "KT": ("soDangKy", "quyenSo", "trangSo"),
}
"""What `ketQuaXuLy` must say of an entry."""
_DAYS: Final = ("%d.%m.%Y", "%d/%m/%Y")
"""`ngayDangKy`: civil status writes the first, one provincial system the other."""
_DAY: Final = re.compile("[0-9]{2}[./][0-9]{2}[./][0-9]{4}")


def wrong_form(body: Mapping[str, Any]) -> Errors:
    """What is wrong with a report whatever its dossier is."""
    errors = {
        name: ["Bắt buộc nhập"]
        for name in _REQUIRED
        if not isinstance(body.get(name), str) or not body[name].strip()
    }
    if body.get("coQuanXuLy") != JUSTICE:
        errors["coQuanXuLy"] = [f"Cơ quan tư pháp là {JUSTICE}"]
    if body.get("trangThai") not in CODES or isinstance(body["trangThai"], bool):
        errors["trangThai"] = [f"Nhận một trong các giá trị {', '.join(map(str, CODES))}"]
    if "maHoSo" not in errors and _code(body["maHoSo"]) is None:
        errors["maHoSo"] = ["Mẫu <mã định danh>-<yymmdd>-<số>"]
    for name in _MOMENTS:
        if body.get(name) and name not in errors and _moment(body[name]) is None:
            errors[name] = [f"Định dạng {SLASHED_TIME.pattern}"]
    return errors


def wrong_beside(
    body: Mapping[str, Any],
    dossier: Linked,
    *,
    where: Jurisdiction,
    left_by_hub: bool,
) -> Errors:
    """What of a report that is well formed can't be of its dossier.

    Of a dossier that the hub left two systems may report, each under its own code, and some days
    late.
    """
    errors: Errors = {}
    done, received = _moment(body["thoiGianThucHien"]), _received(dossier)
    assert done is not None, "its form was checked"
    if body["maTTHC"].split(".")[:2] != dossier.procedure.split(".")[:2]:
        errors["maTTHC"] = [f"Thủ tục của hồ sơ là {dossier.procedure}"]
    if done < min(received, world_today()):
        errors["thoiGianThucHien"] = [f"Trước ngày tiếp nhận hồ sơ {received:%d/%m/%Y}"]
    elif where.future(done):
        errors["thoiGianThucHien"] = ["Ngày chưa đến"]
    elif not _is_of_province(body["maHoSo"], dossier.commune, date.max if left_by_hub else done):
        errors["maHoSo"] = ["Mã định danh đơn vị là của tỉnh khác"]
    elif not left_by_hub and dossier.local and _code(dossier.local) != _code(body["maHoSo"]):
        errors["maHoSo"] = [f"Hồ sơ này đã được báo với mã {dossier.local}"]
    if body["trangThai"] == REGISTERED and not errors:
        latest = max(done, where.today()) if where.clocked else done
        errors = _wrong_result(result_of(body) or {}, dossier, latest)
    return errors


def result_of(body: Mapping[str, Any]) -> Row | None:
    """`ketQuaXuLy`, an object in a text; None where there is none."""
    try:
        result = orjson.loads(body.get("ketQuaXuLy") or "")
    except (TypeError, orjson.JSONDecodeError):
        return None
    return result if isinstance(result, dict) else None


def _wrong_result(result: Row, dossier: Linked, latest: date) -> Errors:
    if missing := [name for name in _RESULT[dossier.module] if not result.get(name)]:
        return {"ketQuaXuLy": [f"Thiếu {', '.join(missing)}"]}
    errors: Errors = {}
    for name in ("soDangKy", "quyenSo", "trangSo"):
        if not isinstance(result[name], str | int):
            errors[f"ketQuaXuLy.{name}"] = ["Chuỗi ký tự"]
    if (number := result.get("soDinhDanh")) and not _is_personal_id(number):
        errors["ketQuaXuLy.soDinhDanh"] = ["12 chữ số, bắt đầu bằng 0 và mã tỉnh"]
    if text := result.get("ngayDangKy"):
        day = _day(text)
        if day is None:
            errors["ketQuaXuLy.ngayDangKy"] = ["Định dạng dd.MM.yyyy hoặc dd/MM/yyyy"]
        elif day > latest:
            errors["ketQuaXuLy.ngayDangKy"] = ["Sau thoiGianThucHien"]
        elif day < _received(dossier):
            errors["ketQuaXuLy.ngayDangKy"] = ["Trước ngày tiếp nhận hồ sơ"]
    return errors


def _is_of_province(local: str, commune: str, on: date) -> bool:
    code = _code(local)
    assert code is not None, "its form was checked"
    try:
        province = province_of_commune(commune, on)
    except UnknownUnitError:  # the hub alone can leave such a dossier here
        return True
    return code.agency.levels[0] in agencies_of(province, on)


def _received(dossier: Linked) -> date:
    """When DVCLT had it; long ago, where the hub left a dossier whose day is none."""
    try:
        return date.fromisoformat(dossier.received[:10])
    except ValueError:
        return date.min


def _code(text: str) -> DossierCode | None:
    try:
        return DossierCode.parse(text)
    except IdentifierError:
        return None


def _is_personal_id(value: Any) -> bool:
    try:
        PersonalId.parse(value)
    except (TypeError, IdentifierError):
        return False
    return True


def _moment(value: Any) -> date | None:
    """The day of a moment."""
    try:
        return datetime.strptime(value, "%d/%m/%Y %H:%M:%S").date()
    except (TypeError, ValueError):
        return None


def _day(value: Any) -> date | None:
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    for pattern in _DAYS:
        try:
            return datetime.strptime(value, pattern).date()
        except ValueError:
            continue
    return None
