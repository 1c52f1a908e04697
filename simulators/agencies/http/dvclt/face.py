"""DVCLT's paths: fetch what waits, acknowledge it, report status codes back.

Path of a single dossier and of the status report: provincial systems' published code. The other
two paths are our assumption, as are HTTP statuses; the answers have the shape of ASP.NET problems,
which those systems read. `{"data": …}` within `{"data": …}` is how it really is: the inner one is
JSON in a text, and has the XML in a text.

The block `moPhong` is the simulation's own: a dossier that the hub left here has it, and whoever
gives it back with a receipt or a status code tells the hub what became of the dossier.
"""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from connectors.agencies.codes import COMPACT_DAY
from connectors.agencies.dvclt.messages import OPENING, Block, reported
from connectors.agencies.lgsp.messages import BLOCK
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.bodies import TOO_LARGE, TOO_LARGE_VI, BadBody, bytes_of
from simulators.agencies.http.dvclt.checks import (
    result_of,
    wrong_beside,
    wrong_form,
)
from simulators.agencies.http.dvclt.gate import Denied, check, json_of, problem, said
from simulators.agencies.http.dvclt.hotich import written
from simulators.agencies.http.dvclt.mailbox import Mailbox
from simulators.agencies.http.dvclt.statuses import REGISTERED, UNKNOWN, Reply
from simulators.agencies.http.dvclt.tray import Linked, Tray
from simulators.agencies.http.jurisdiction import Jurisdiction

Row = dict[str, Any]

CONTEXTS: Final = ("/api/lienthongdvclt", "/api/lienthongDVCLT")
"""The real server does not tell them apart."""
MOST: Final = 20
"""So many statuses does a provincial job report a run; so many are taken in one array."""
_NO_OBJECT: Final = "Trạng thái phải là một đối tượng JSON"
_INVALID: Final = "One or more validation errors occurred."
"""ASP.NET's own title; no failure may say "thành công", for which senders search the answer."""


class Dvclt:
    """The paths on one tray, and the mailbox beside it."""

    def __init__(self, tray: Tray, mailbox: Mailbox, account: Account, where: Jurisdiction) -> None:
        self._tray = tray
        self._mailbox = mailbox
        self._account = account
        self._where = where

    def routes(self) -> APIRouter:
        """The paths, without their context."""
        router = APIRouter(tags=["dvclt"])
        router.get("/hosolienthong")(self.waiting)
        router.get("/hosolienthong/{identity}")(self.dossier)
        router.put("/capNhatDaNhanHoSo")(self.acknowledge)
        router.post("/capNhatTrangThaiHoSoDVCLTHoTich")(self.report)
        return router

    async def token(self, request: Request) -> Response:
        """The token for a user's name and password."""
        body = await _object(request)
        user, password = str(body.get("userName", "")), str(body.get("password", ""))
        if not self._account.admits(request) or not self._account.knows(user, password):
            return problem(401, "Sai tên đăng nhập hoặc mật khẩu")
        return json_of(
            {"token": self._account.token, "refreshToken": "", "refreshTokenExpiryTime": ""}
        )

    async def waiting(self, request: Request) -> Response:
        """The linked dossiers that the province has not acknowledged."""
        check(request, self._account)
        found = [one for one in self._tray.waiting() if self._where.sees(one.commune)]
        return json_of({"data": [{"id": one.id, **_envelope(one)} for one in found]})

    async def dossier(self, request: Request, identity: str) -> Response:
        """One dossier, whole."""
        check(request, self._account)
        found = self._tray.with_id(identity)
        if found is None or not self._where.sees(found.commune):
            return problem(404, f"Hồ sơ {identity} không tồn tại")
        inner = {**_envelope(found), "data": written(found.fields), "fileDinhKem": []}
        if block := self._mailbox.opening(found.case):
            inner[BLOCK] = block
        return json_of({"data": {**_envelope(found), "data": orjson.dumps(inner).decode()}})

    async def acknowledge(self, request: Request) -> Response:
        """`daNhan`: the province has a dossier, and it waits no longer."""
        check(request, self._account)
        body = await _object(request)
        case = str(body.get("maHoSo", ""))
        if body.get("daNhan") is not True:
            return problem(400, _INVALID, {"daNhan": ["Giá trị phải là true"]})
        found = self._tray.find(case)
        if found is None or not self._where.sees(found.commune):
            return problem(404, f"Hồ sơ {case} không tồn tại")
        self._tray.acknowledge(case)
        if isinstance(body.get(BLOCK), dict):
            self._mailbox.received([f"{case}/{OPENING}/{body[BLOCK].get('lan')}"])
        return problem(200, "Cập nhật thành công")

    async def report(self, request: Request) -> Response:
        """One status of a dossier, or an array of at most twenty."""
        check(request, self._account)
        body = await _read(request)
        if isinstance(body, list):
            if not 1 <= len(body) <= MOST:
                text = f"Mỗi lần gửi từ 1 đến {MOST} trạng thái"
                return problem(400, _INVALID, {"": [text]})
            if odd := [f"$[{at}]" for at, one in enumerate(body) if not isinstance(one, dict)]:
                return problem(400, _INVALID, {place: [_NO_OBJECT] for place in odd})
            return json_of([said(*self._one(one)) for one in body])
        if not isinstance(body, dict):
            return problem(400, _INVALID, {"": [_NO_OBJECT]})
        return problem(*self._one(body))

    def _one(self, body: Mapping[str, Any]) -> tuple[int, str, Mapping[str, list[str]] | None]:
        if wrong := wrong_form(body):
            return 400, _INVALID, wrong
        case, code = body["soHoSoLT"], body["trangThai"]
        found = self._tray.find(case)
        if found is None or not self._where.sees(found.commune):
            return _reply(UNKNOWN, case, code)
        left_by_hub = self._mailbox.opening(case) is not None
        wrong = wrong_beside(body, found, where=self._where, left_by_hub=left_by_hub)
        if wrong:
            return 400, _INVALID, wrong
        result = result_of(body) if code == REGISTERED else None
        reply = self._tray.report(case, code, local=body["maHoSo"], result=result)
        if reply.meaning in ("taken", "known"):
            self._tell(body)
        return _reply(reply, case, code)

    def _tell(self, body: Mapping[str, Any]) -> None:
        """Keep for the hub what a report says in the block, if it has one."""
        try:
            block = Block.model_validate(body.get(BLOCK))
        except ValidationError:
            return
        if block.ketQua is None:  # it was given back as it was found
            return
        case = body["soHoSoLT"]
        report = reported(
            case, body["maHoSo"], body["trangThai"], body["thoiGianThucHien"], block.model_dump()
        )
        self._mailbox.tell(case, block, report)


def _reply(reply: Reply, case: str, code: int) -> tuple[int, str, Mapping[str, list[str]] | None]:
    text = reply.vi.format(case, code)
    if reply.meaning == "taken":
        return 200, text, None
    return 400, _INVALID, {"soHoSoLT": [text]}


def _envelope(one: Linked) -> Row:
    return {
        "maDonVi": int(one.commune),
        "maTTHC": one.procedure,
        "module": one.module,
        "maHoSo": one.case,
        "ngayTiepNhan": COMPACT_DAY.write(one.received),
        "techId": "",
    }


async def _object(request: Request) -> Row:
    body = await _read(request)
    if not isinstance(body, dict):
        raise Denied(400, _INVALID)
    return body


async def _read(request: Request) -> Any:
    try:
        return orjson.loads(await bytes_of(request))
    except BadBody as error:
        raise Denied(TOO_LARGE, TOO_LARGE_VI) from error
    except orjson.JSONDecodeError as error:
        raise Denied(400, "Dữ liệu không phải JSON hợp lệ") from error
