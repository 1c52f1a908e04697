"""Takes a dossier in: checks its fields and makes it a request to the register."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from connectors.agencies.codes import CIVIL_STATUS
from connectors.agencies.lgsp.messages import BLOCK, REQUIRED, application_of
from connectors.runtime.agency import Agency, Request, RequestFailed
from schemas.event import from_text
from schemas.units import Commune, UnknownUnitError, agency_of_commune, commune
from simulators.agencies.http.books import Books
from simulators.agencies.http.lgsp.faults import ALREADY, Fault, wrong_field
from simulators.agencies.http.lgsp.letters import Letter, Letters

Row = dict[str, Any]
Now = Callable[[], datetime]

_NOTICE: Final = re.compile(r"[0-9A-Z]{5}\.GCS\.([0-9]{5})\.[0-9]{2}")
_PERSON: Final = re.compile("[0-9]{12}")
_DATES: Final = ("nksNgaySinh", "meNgaySinh", "chaNgaySinh")
_PEOPLE: Final = ("meSoGiayToTuyThan", "chaSoGiayToTuyThan", "nycSoGiayToTuyThan")
_MIDNIGHT: Final = "00:00"
"""The messages have no hour of birth; who knows it says so in the block."""


class Intake:
    """The civil-status system's counter: dossiers in, requests to the register."""

    def __init__(self, register: Agency, books: Books, letters: Letters, now: Now | None) -> None:
        """`now` is the register's clock; without it dossiers are dated as their senders say."""
        self._register = register
        self._books = books
        self._letters = letters
        self._now = now

    async def take(
        self, letter: Letter, data: Mapping[str, Any], said: datetime, block: Mapping[str, Any]
    ) -> None:
        """Hand a birth to the register.

        A dossier whose supplement was asked for is taken as its next attempt.

        Raises:
            Fault: 500 with the field at fault; or that the dossier was taken before.
        """
        check_birth(data)
        unit = _registers(data)
        self._letters.enter(letter)
        known = [one for one in self._books.filed(letter.case) if one.step == "enter"]
        again = bool(known) and known[-1].result != "supplement"
        attempt = block.get("lan") or len(known) + (0 if again else 1)
        record = {
            **application_of(data, _derived(data, unit)),
            "ma_ho_so": letter.dossier,
            **block.get("boSung", {}),
        }
        request = Request(
            subject=letter.case,
            step="enter",
            attempt=attempt,
            time=self._dated(said, block),
            record={column: record.get(column) for column in block.get("thuTu", record)},
            cause=block.get("maYeuCau") or f"lgsp:{letter.dossier}",
        )
        await self.submit(request)
        if any(one.attempt == attempt for one in known):
            raise Fault("500", ALREADY)

    async def submit(self, request: Request) -> None:
        """Hand a request to the register.

        Raises:
            Fault: 500 where the register can't read it.
        """
        try:
            await self._register.submit([request])
        except RequestFailed as error:
            raise Fault("500", f"Hệ thống hộ tịch không đọc được hồ sơ ({error.code})") from error

    def _dated(self, said: datetime, block: Mapping[str, Any]) -> datetime:
        if "thoiDiem" in block:
            return from_text(block["thoiDiem"])
        return said if self._now is None else self._now()


def check_birth(data: Mapping[str, Any]) -> None:
    """Raise a Fault of code 500 that names the first field of a birth that is wrong."""
    for name in REQUIRED:
        if not str(data.get(name) or "").strip():
            raise wrong_field(name, "bắt buộc nhập")
    if not _NOTICE.fullmatch(str(data["maGCS"])):
        raise wrong_field("maGCS", "mẫu XXXXX.GCS.ZZZZZ.YY")
    if str(data["nksGioiTinh"]) not in {str(code) for code in CIVIL_STATUS.sex.read}:
        raise wrong_field("nksGioiTinh", "nhận 1: Nam, 0: Nữ")
    for name in _DATES:
        if data.get(name):
            day_of(data, name)
    for name in _PEOPLE:
        if data.get(name) and not _PERSON.fullmatch(str(data[name])):
            raise wrong_field(name, "12 chữ số")
    _registers(data)


def day_of(data: Mapping[str, Any], name: str) -> datetime:
    """The day in a field written `dd.MM.yyyy`.

    Raises:
        Fault: it is none.
    """
    try:
        return datetime.strptime(str(data[name]), "%d.%m.%Y")
    except ValueError as error:
        raise wrong_field(name, "định dạng dd.MM.yyyy") from error


def _registers(data: Mapping[str, Any]) -> Commune:
    try:
        return commune(str(data["noiDangKy"]).zfill(5))
    except UnknownUnitError as error:
        raise wrong_field("noiDangKy", "không có trong danh mục") from error


def _derived(data: Mapping[str, Any], unit: Commune) -> Row:
    """What the register wants to know and the message says in another way, or not at all."""
    return {
        "ma_don_vi": agency_of_commune(unit.code),
        "ma_co_so": str(data["maGCS"])[10:15],
        "gio_sinh": _MIDNIGHT,
    }


def block_of(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The simulation's own block of a request; empty where there is none.

    Raises:
        Fault: it is no such block.
    """
    block = body.get(BLOCK, {})
    if not (
        isinstance(block, dict)
        and isinstance(block.get("boSung", {}), dict)
        and isinstance(block.get("thuTu", []), list)
        and all(isinstance(column, str) for column in block.get("thuTu", []))
    ):
        raise wrong_field(BLOCK)
    attempt, moment = block.get("lan", 1), block.get("thoiDiem", "2023-07-10T08:00:00+07:00")
    try:
        from_text(moment)
    except (TypeError, ValueError) as error:
        raise wrong_field(f"{BLOCK}.thoiDiem") from error
    if not isinstance(attempt, int) or not 1 <= attempt <= 1000:
        raise wrong_field(f"{BLOCK}.lan")
    return block
