"""The National Public Service Portal as a province keeps it informed: one session, two services.

A dossier is synchronised once (`DongBoHoSoMC`), and each step of its progress after that
(`CapNhatTienDoHoSoMC`). Statuses for DVCLT's codes: 2, 4, 9 and 3 as a provincial system maps
them, 5 and 10 assumed.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import orjson

from connectors.agencies.codes import COMPACT_TIME, SLASHED_TIME, local_of
from connectors.agencies.dvclt.messages import OPENING
from connectors.runtime.agency import AgencyUnavailable
from connectors.runtime.agency_http import Door, unavailable
from connectors.runtime.handling import Outcome
from schemas.event import from_text
from schemas.identifiers import AgencyCode
from schemas.procedures import codes_in_force
from simulators.agencies.http.npsp.desk import FIELD_CODE

Row = dict[str, Any]

_LOGIN: Final = "mapi/login"
_SERVICE: Final = "mapi/g"
_PORTAL: Final = {"dstcode": "VN:GOV:000.00.00.G22:dvcqg"}
_NO_SESSION, _EXISTS, _UNKNOWN = "1", "3", "4"
_ENDS: Final = {"return": ("9", "10"), "close": ("3",)}
_WORDS: Final = {
    "2": "Một cửa tiếp nhận hồ sơ",
    "3": "Không được tiếp nhận",
    "4": "Đã chuyển hệ thống hộ tịch",
    "5": "Yêu cầu bổ sung giấy tờ",
    "9": "Đã đăng ký hộ tịch",
    "10": "Đã trả kết quả",
}
_SUBJECTS: Final = {"LTKS": "Đăng ký khai sinh cho", "LTKT": "Đăng ký khai tử cho"}
_CHAINS: Final = {"LTKS": "birth", "LTKT": "death"}


class Told(NamedTuple):
    """An outcome, and its dossier in the register."""

    outcome: Outcome
    dossier: Mapping[str, Any]


class _Refused(Exception):
    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code


class PortalClient:
    """Keeps the portal informed at a door; `user` and `password` are the province's."""

    def __init__(self, door: Door, user: str, password: str) -> None:
        self._door = door
        self._credentials = {"username": user, "password": password}
        self._session: str | None = None

    async def tell(self, told: Sequence[Told]) -> dict[str, str]:
        """Tell of dossiers and their progress, unit by unit; what the portal told already is fine.

        What the portal refuses for good is in the answer: its text by the outcome's id.

        Raises:
            AgencyUnavailable: nobody answers; tell all of it again.
        """
        units: dict[str, list[Told]] = defaultdict(list)
        for one in told:
            units[_unit(one)].append(one)
        refused: dict[str, str] = {}
        for unit, some in units.items():
            new = [one for one in some if one.outcome.step == OPENING and one.outcome.attempt == 1]
            if new:
                refused |= await self._synchronise(unit, new)
            refused |= await self._progress(unit, [o for o in some if o.outcome.id not in refused])
        return refused

    async def _synchronise(self, unit: str, told: Sequence[Told]) -> dict[str, str]:
        rows = [_dossier(one.dossier) for one in told]
        try:
            await self._ask("DongBoHoSoMC", unit, rows, isUpdating="False")
        except _Refused as error:
            if len(told) > 1:  # all of them or none: find the one at fault
                found = [await self._synchronise(unit, [one]) for one in told]
                return {name: text for each in found for name, text in each.items()}
            if error.code != _EXISTS:
                return {told[0].outcome.id: str(error)}
        return {}

    async def _progress(self, unit: str, told: Sequence[Told]) -> dict[str, str]:
        rows = [row for one in told for row in _steps(one)]
        if not rows:
            return {}
        try:
            await self._ask("CapNhatTienDoHoSoMC", unit, rows)
        except _Refused as error:
            if len(told) > 1:
                found = [await self._progress(unit, [one]) for one in told]
                return {name: text for each in found for name, text in each.items()}
            if error.code != _UNKNOWN:
                return {told[0].outcome.id: str(error)}
            return await self._synchronise(unit, told) or await self._progress(unit, told)
        return {}

    async def _ask(self, service: str, unit: str, rows: list[Row], **more: str) -> None:
        if self._session is None:
            self._session = await self._log_in()
        body = {"session": self._session, "madonvi": unit, "service": service, **more, "data": rows}
        answer = await self._said(_SERVICE, body, _PORTAL)
        code, text = str(answer.get("error_code")), str(answer.get("error_message"))
        if code == _NO_SESSION:
            self._session = None
            raise AgencyUnavailable(text)
        if code != "0":
            raise _Refused(code, f"{service}: {text}")

    async def _log_in(self) -> str:
        answer = await self._said(_LOGIN, self._credentials, {})
        if answer.get("error_code") != "0":
            raise AgencyUnavailable(str(answer.get("error_message")))
        return str(answer["session"])

    async def _said(self, path: str, body: Row, headers: Mapping[str, str]) -> Row:
        answer = await self._door.ask("POST", path, orjson.dumps(body), headers)
        if not answer.is_success:
            raise unavailable(answer)
        found: Row = orjson.loads(answer.content)
        return found


def said_of(told: Told) -> list[Row]:
    """All that the portal is told of an outcome.

    Raises:
        LookupError, TypeError, ValueError: the register's row is not that of such a dossier.
    """
    _unit(told)
    return [_dossier(told.dossier), *_steps(told)]


def _unit(told: Told) -> str:
    """The agency code of the province whose one-stop has the dossier, as the portal writes it."""
    return AgencyCode(levels=AgencyCode.parse(told.dossier["ma_don_vi"]).levels[:1]).old_form()


def _dossier(dossier: Mapping[str, Any]) -> Row:
    return {
        "MaHoSo": dossier["ma_ho_so"],
        "MaTTHC": dossier["ma_tthc"],
        "TenTTHC": _title(dossier),
        "MaLinhVuc": FIELD_CODE,
        "TenLinhVuc": "Hộ tịch",
        "ChuHoSo": dossier["ho_ten_nyc"],
        "LoaiDoiTuong": "1",
        "MaDoiTuong": "",
        "ThongTinKhac": dossier["ma_lien_thong"],
        "TrichYeuHoSo": f"{_SUBJECTS[dossier['loai']]} {dossier['ho_ten']}",
        "NgayTiepNhan": _compact(dossier["ngay_tiep_nhan"]),
        "NgayHenTra": _compact(dossier["han_tra"]),
        "TrangThaiHoSo": "2",
        "HinhThuc": "1",
        "DonViXuLy": dossier["ma_don_vi"],
    }


def _steps(told: Told) -> list[Row]:
    outcome = told.outcome
    opened = ("2" if outcome.attempt == 1 else "5", "4")
    return [
        {
            "MaHoSo": told.dossier["ma_ho_so"],
            "NguoiXuLy": "Bộ phận một cửa",
            "ChucDanh": "Công chức một cửa",
            "ThoiDiemXuLy": COMPACT_TIME.write(local_of(outcome.time)),
            "PhongBanXuLy": "",
            "NoiDungXuLy": _WORDS[status],
            "TrangThai": status,
        }
        for status in _ENDS.get(outcome.step, opened)
    ]


def _title(dossier: Mapping[str, Any]) -> str:
    """The procedure's name as it was when the dossier was filed."""
    filed = from_text(f"{SLASHED_TIME.read(dossier['ngay_nop'])}+07:00").date()
    rows = codes_in_force(_CHAINS[dossier["loai"]], filed) or {}
    row = rows.get(dossier["ma_tthc"])
    return row.vi if row else dossier["ma_tthc"]


def _compact(slashed: str) -> str:
    return COMPACT_TIME.write(SLASHED_TIME.read(slashed))
