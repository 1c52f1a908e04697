"""The portal's two paths: log in for a session, then one path for every service.

The published integration has both paths as settings, so ours are assumed; the body
`{session, madonvi, service, …}`, the header `dstcode` and `error_code` are its own.
"""

from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, Final

import orjson
from fastapi import APIRouter, Request, Response

from schemas.identifiers import AgencyCode, IdentifierError
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.bodies import BadBody, bytes_of
from simulators.agencies.http.npsp import desk
from simulators.agencies.http.npsp.desk import Portal, Refused

Row = dict[str, Any]

CONTEXT: Final = "/mapi"
_TRUE: Final = ("true", "1")


class Npsp:
    """The paths on one portal; `today` is the day whose procedures are in force."""

    def __init__(self, portal: Portal, account: Account, today: Callable[[], date]) -> None:
        self._portal = portal
        self._account = account
        self._today = today
        self._session = sha256(f"npsp:{account.token}".encode()).hexdigest()[:32]
        self._services: dict[str, Callable[[Mapping[str, Any]], list[Row]]] = {
            "DongBoHoSoMC": self._synchronise,
            "CapNhatTienDoHoSoMC": lambda body: self._portal.progress(_rows(body)),
            "TraCuuHoSo": lambda body: self._portal.look_up(str(body.get("mahoso", ""))),
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
        if not request.headers.get("dstcode"):
            raise Refused("6", "Thiếu mã hệ thống nhận (dstcode)")
        try:
            AgencyCode.parse(str(body.get("madonvi")))
        except IdentifierError as error:
            raise Refused("7", "Mã đơn vị không hợp lệ") from error

    def _synchronise(self, body: Mapping[str, Any]) -> list[Row]:
        updating = str(body.get("isUpdating", "")).lower() in _TRUE
        return self._portal.synchronise(_rows(body), updating=updating)


def _rows(body: Mapping[str, Any]) -> list[Row]:
    rows = body.get("data")
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise Refused("2", "Thiếu thông tin: data")
    return rows


async def _object(request: Request) -> Row:
    try:
        body = orjson.loads(await bytes_of(request))
    except (BadBody, orjson.JSONDecodeError) as error:
        raise Refused("2", "Dữ liệu không phải JSON hợp lệ") from error
    if not isinstance(body, dict):
        raise Refused("2", "Dữ liệu không phải đối tượng JSON")
    return body


def _refused(error: Refused) -> Response:
    return _json({"error_code": error.code, "error_message": str(error), "result": []})


def _json(values: Any) -> Response:
    return Response(orjson.dumps(values), media_type="application/json")
