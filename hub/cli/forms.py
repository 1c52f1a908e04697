"""The form of a field whose pattern nobody wants to read, in words and with an example."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, TypeAdapter

from hub.orchestrator.labels import Label
from schemas.fields import (
    BirthNoticeText,
    CommuneCodeText,
    DateText,
    DeathNoticeText,
    NameText,
    PersonalIdText,
    ProvinceCodeText,
    TimeText,
)
from schemas.payloads import BankAccount, DocumentRef
from schemas.payloads.base import ProcedureCode, Sha256


def _pattern(text: Any) -> str:
    return str(TypeAdapter(text).json_schema()["pattern"])


def _pattern_of(model: type[BaseModel], field: str) -> str:
    return str(model.model_json_schema()["properties"][field]["pattern"])


FORMS: Final[Mapping[str, Label]] = {
    _pattern(DateText): Label(
        "một ngày có thật, dạng năm-tháng-ngày như 2023-07-12",
        "a day of the calendar, year-month-day, such as 2023-07-12",
    ),
    _pattern(TimeText): Label(
        "một thời điểm kèm múi giờ, như 2023-07-12T08:30:00+07:00",
        "a moment with its offset, such as 2023-07-12T08:30:00+07:00",
    ),
    _pattern(ProvinceCodeText): Label(
        "mã hai chữ số của một trong 63 tỉnh, thành phố năm 2023, như 79",
        "the two digits of one of the 63 provinces of 2023, such as 79",
    ),
    _pattern(CommuneCodeText): Label("năm chữ số, như 00001", "five digits, such as 00001"),
    _pattern(PersonalIdText): Label(
        "12 chữ số, bắt đầu bằng 0 và mã tỉnh", "12 digits, which begin with 0 and a province"
    ),
    _pattern(BirthNoticeText): Label("như 00A1Z.GCS.79024.23", "such as 00A1Z.GCS.79024.23"),
    _pattern(DeathNoticeText): Label("như 00A1Z.GBT.79024.23", "such as 00A1Z.GBT.79024.23"),
    _pattern(ProcedureCode): Label("mã thủ tục như 2.002622", "a procedure as 2.002622"),
    _pattern(NameText): Label(
        "không có khoảng trắng ở đầu, cuối, không xuống dòng",
        "without spaces at its ends and without line breaks",
    ),
    _pattern(Sha256): Label(
        "64 chữ số thập lục phân viết thường", "64 hexadecimal digits in lower case"
    ),
    _pattern_of(DocumentRef, "uri"): Label("một URI như doc:scan/17", "a URI such as doc:scan/17"),
    _pattern_of(BankAccount, "number"): Label("6 đến 19 chữ số", "6 to 19 digits"),
}
"""By pattern."""
