"""The portal's two paths: log in for a session, then one path for every service.

The published integration has both paths as settings, so ours are assumed; the body
`{session, madonvi, service, …}`, the header `dstcode` and `error_code` are its own. A published
client of another province has `VN:GOV:000.00.00.G22:vpcpdvcprovider` for `dstcode`.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Final

import orjson
from fastapi import APIRouter, Request, Response

from schemas.identifiers import AgencyCode, DossierCode, IdentifierError
from schemas.regimes import competent_province
from schemas.units import provinces
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.bodies import TOO_LARGE, TOO_LARGE_VI, BadBody, bytes_of
from simulators.agencies.http.jurisdiction import Jurisdiction, agencies_of
from simulators.agencies.http.npsp import desk
from simulators.agencies.http.npsp.desk import Portal, Refused

Row = dict[str, Any]

CONTEXT: Final = "/mapi"
_PORTAL: Final = re.compile(r"VN:GOV:000\.00\.00\.G22:[0-9A-Za-z._-]+")
"""`dstcode`: the Government Office, which the portal belongs to, and a name of its system."""
_UPDATING: Final = {"": False, "false": False, "0": False, "true": True, "1": True}


class Npsp:
    """The paths on one portal; procedures are those in force on the day of `where`."""

    def __init__(self, portal: Portal, account: Account, where: Jurisdiction) -> None:
        self._portal = portal
        self._account = account
        self._where = where
        self._today = where.today
        self._session = sha256(f"npsp:{account.token}".encode()).hexdigest()[:32]
        self._services: dict[str, Callable[[Mapping[str, Any]], list[Row]]] = {
            "DongBoHoSoMC": self._synchronise,
            "CapNhatTienDoHoSoMC": lambda body: self._portal.progress(self._dossiers(body)),
            "TraCuuHoSo": self._look_up,
            "LayThuTuc": lambda body: desk.procedure_of(str(body.get("maTTHC", "")), self._today()),
            "LayDanhSachTTHC": lambda body: desk.procedures(self._today()),
            "LayDanhMucCoQuan": lambda body: desk.agencies(self._today()),
            "LayDanhMucLinhVuc": lambda body: desk.fields(),
        }

    def routes(self) -> APIRouter:
        """The paths, without their context."""
        router = APIRouter(tags=["portal"])
        router.post("/login")(self.login)
        router.post("/g")(self.serve)
        return router

    async def login(self, request: Request) -> Response:
        """A session for a user's name and password."""
        try:
            body = await _object(request)
        except Refused as error:
            return _refused(error)
        user, password = str(body.get("username", "")), str(body.get("password", ""))
        if not self._account.admits(request) or not self._account.knows(user, password):
            return _refused(Refused("1", "Sai tên đăng nhập hoặc mật khẩu"))
        return _json({"error_code": "0", "session": self._session})

    async def serve(self, request: Request) -> Response:
        """One of the services, in a session."""
        try:
            body = await _object(request)
            self._check(request, body)
            service = self._services.get(str(body.get("service")))
            if service is None:
                raise Refused("5", f"Dịch vụ không tồn tại: {body.get('service')}")
            return _json({"error_code": "0", "error_message": "", "result": service(body)})
        except Refused as error:
            return _refused(error)

    def _check(self, request: Request, body: Mapping[str, Any]) -> None:
        if not self._account.admits(request) or body.get("session") != self._session:
            raise Refused("1", "Phiên làm việc không hợp lệ hoặc đã hết hạn")
        if not _PORTAL.fullmatch(request.headers.get("dstcode", "")):
            what = "Thiếu mã hệ thống nhận hoặc mã không phải của Cổng"
            raise Refused("6", f"{what} (dstcode: VN:GOV:000.00.00.G22:<tên hệ thống>)")
        unit = _agency_of(str(body.get("madonvi")))
        if unit not in self._own(unit):
            raise Refused("7", f"Mã đơn vị {body['madonvi']} không thuộc tỉnh của tài khoản")

    def _own(self, unit: str) -> frozenset[str]:
        """The level-1 codes that the account may name, for a province where it is everybody's."""
        if self._where.province is not None:
            day = self._where.today()
            return agencies_of(competent_province(self._where.province, day), day)
        for one in provinces():
            if one.agency == unit:  # what it has at any time: its progress may be told later
                return agencies_of(one.code, date.max)
        return frozenset((unit,))

    def _synchronise(self, body: Mapping[str, Any]) -> list[Row]:
        said = str(body.get("isUpdating") or "").lower()
        if said not in _UPDATING:
            raise Refused("2", "isUpdating nhận True hoặc False")
        return self._portal.synchronise(self._dossiers(body), updating=_UPDATING[said])

    def _look_up(self, body: Mapping[str, Any]) -> list[Row]:
        code = str(body.get("mahoso", ""))
        _agency_in(code)
        return self._portal.look_up(code)

    def _dossiers(self, body: Mapping[str, Any]) -> list[Row]:
        """The rows of `data`, all of them about dossiers of the province that sends them."""
        rows, own = _rows(body), self._own(_agency_of(str(body["madonvi"])))
        for row in rows:
            if _agency_in(str(row.get("MaHoSo"))) not in own:
                raise Refused("7", f"Mã hồ sơ {row['MaHoSo']} là của tỉnh khác")
        return rows


def _agency_of(code: str) -> str:
    """The level-1 code of an agency."""
    try:
        return AgencyCode.parse(code).levels[0]
    except IdentifierError as error:
        raise Refused("7", "Mã đơn vị không hợp lệ") from error


def _agency_in(code: str) -> str:
    """The level-1 code of the agency whose dossier a code is."""
    try:
        return DossierCode.parse(code).agency.levels[0]
    except IdentifierError as error:
        raise Refused("2", f"MaHoSo không hợp lệ: {code[:100]}") from error


def _rows(body: Mapping[str, Any]) -> list[Row]:
    rows = body.get("data")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Refused("2", "Thiếu thông tin: data")
    return rows


async def _object(request: Request) -> Row:
    try:
        body = orjson.loads(await bytes_of(request))
    except BadBody as error:
        raise Refused("2", TOO_LARGE_VI, http=TOO_LARGE) from error
    except orjson.JSONDecodeError as error:
        raise Refused("2", "Dữ liệu không phải JSON hợp lệ") from error
    if not isinstance(body, dict):
        raise Refused("2", "Dữ liệu không phải đối tượng JSON")
    return body


def _refused(error: Refused) -> Response:
    body = {"error_code": error.code, "error_message": str(error), "result": []}
    return _json(body, error.http)


def _json(values: Any, status: int = 200) -> Response:
    return Response(orjson.dumps(values), status, media_type="application/json")
