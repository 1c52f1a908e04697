"""What civil status checks of an application: each field's form, and what can't be true together.

Names and texts are as long as the hub's contract has them. The kinds of births (`nksLoaiKhaiSinh`)
are those of the published form of the linked application.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from connectors.agencies.codes import CIVIL_STATUS
from connectors.agencies.lgsp.forms import BIRTH, Form, value_of
from schemas.fields import NameText
from schemas.regimes import Office, competent_commune
from schemas.units import UnknownUnitError
from simulators.agencies.http.lgsp.catalogues import civil_status_catalogue
from simulators.agencies.http.lgsp.faults import wrong_field

_NOTICE: Final = re.compile(r"[0-9A-Z]{5}\.(GCS|GBT)\.[0-9]{5}\.[0-9]{2}")
_KINDS: Final = {"maGCS": "GCS", "maGBT": "GBT"}
_PERSON: Final = re.compile("[0-9]{12}")
_TIME: Final = re.compile("(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?")
_DAY: Final = re.compile("[0-9]{2}[.][0-9]{2}[.][0-9]{4}")
_FIRST: Final = date(1900, 1, 1)
"""The contract knows no day before it."""
_NAME: Final[TypeAdapter[str]] = TypeAdapter(NameText)
_LONGEST: Final = 500
_BIRTHS: Final = {
    "1": "Đã xác định được cả cha lẫn mẹ",
    "2": "Chưa xác định được mẹ",
    "3": "Chưa xác định được cha",
    "4": "Chưa xác định được cả cha lẫn mẹ",
    "5": "Trẻ bị bỏ rơi",
}
_NATIONALITIES: Final = "1"
"""The catalogue's number."""


def check(form: Form, data: Mapping[str, Any], on: date, received: date) -> None:
    """Raise a Fault of code 500 that names the first field of an application that is wrong.

    `on` is the day of which its units are, `received` the day on which it was filed.
    """
    for name in form.required:
        if not str(data.get(name) or "").strip():
            raise wrong_field(name, "bắt buộc nhập")
    kind = _KINDS[form.notice]
    notice = _NOTICE.fullmatch(str(data[form.notice]))
    if notice is None or notice[1] != kind:
        raise wrong_field(form.notice, f"mẫu XXXXX.{kind}.ZZZZZ.YY")
    if str(data[form.sex]) not in {str(code) for code in CIVIL_STATUS.sex.read}:
        raise wrong_field(form.sex, "nhận 1: Nam, 0: Nữ")
    for name in form.people:
        if data.get(name) and not _PERSON.fullmatch(str(data[name])):
            raise wrong_field(name, "12 chữ số")
    registering(data, on)
    for name in form.application.values():
        _check_text(name, value_of(data, name))
    days = {name: day_of(data, name) for name in form.days if data.get(name)}
    _check_days(days, received)
    if form is BIRTH:
        _check_catalogues(data, on)
    elif (time := data.get("nktGioPhutChet")) and not _TIME.fullmatch(str(time)):
        raise wrong_field("nktGioPhutChet", "định dạng HH:mm")


def day_of(data: Mapping[str, Any], name: str) -> date:
    """The day in a field written `dd.MM.yyyy`.

    Raises:
        Fault: it is none.
    """
    text = str(data[name])
    try:
        if _DAY.fullmatch(text):
            return datetime.strptime(text, "%d.%m.%Y").date()
    except ValueError:
        pass
    raise wrong_field(name, "định dạng dd.MM.yyyy")


def registering(data: Mapping[str, Any], on: date) -> Office:
    """The commune of `noiDangKy` on a day.

    Raises:
        Fault: there is none.
    """
    try:
        return competent_commune(str(data["noiDangKy"]).zfill(5), on)
    except UnknownUnitError as error:
        raise wrong_field("noiDangKy", "không có trong danh mục") from error


def _check_text(name: str, value: Any) -> None:
    if not isinstance(value, str | int | None):
        raise wrong_field(name, "chuỗi ký tự")
    if name.endswith("HoTen") and value not in (None, ""):
        try:
            _NAME.validate_python(value, strict=True)
        except ValidationError as error:
            what = "chuỗi từ 1 đến 120 ký tự, không có ký tự điều khiển"
            raise wrong_field(name, what) from error
    if isinstance(value, str) and (len(value) > _LONGEST or "\0" in value):
        raise wrong_field(name, f"tối đa {_LONGEST} ký tự, không có ký tự NUL")


def _check_days(days: Mapping[str, date], received: date) -> None:
    """Nothing happens after the dossier was received, nobody is born after a child or a death."""
    for name, day in days.items():
        if day < _FIRST:
            raise wrong_field(name, f"trước năm {_FIRST.year}")
        if day > received:
            raise wrong_field(name, f"sau ngày tiếp nhận hồ sơ {received:%d/%m/%Y}")
    child = days.get("nksNgaySinh")
    for name in ("meNgaySinh", "chaNgaySinh"):
        if child and (parent := days.get(name)) and parent >= child:
            raise wrong_field("nksNgaySinh", f"không sau {name}, ngày sinh của cha hoặc mẹ")
    died = days.get("nktNgayChet")
    if died and died < days["nktNgaySinh"]:
        raise wrong_field("nktNgayChet", "trước nktNgaySinh, ngày sinh của người chết")


def _check_catalogues(data: Mapping[str, Any], on: date) -> None:
    kind = data.get("nksLoaiKhaiSinh")
    if kind not in (None, "") and str(kind) not in {*_BIRTHS, *_BIRTHS.values()}:
        said = "; ".join(f"{code}: {text}" for code, text in _BIRTHS.items())
        raise wrong_field("nksLoaiKhaiSinh", f"nhận {said}")
    known = {
        text for row in civil_status_catalogue(_NATIONALITIES, on) or () for text in row.values()
    }
    if data.get("nksQuocTich") and str(data["nksQuocTich"]) not in known:
        raise wrong_field("nksQuocTich", f"không có trong danh mục {_NATIONALITIES}")
