"""DVCLT's paths: fetch what waits, acknowledge it, report status codes back.

Path of a single dossier and of the status report: provincial systems' published code. The other
two paths are our assumption, as are HTTP statuses; the answers have the shape of ASP.NET problems,
which those systems read. `{"data": …}` within `{"data": …}` is how it really is: the inner one is
JSON in a text, and has the XML in a text.

The block `moPhong` is the simulation's own: a dossier that the hub left here has it, and whoever
gives it back with a receipt or a status code tells the hub what became of the dossier.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import orjson
from fastapi import APIRouter, Request, Response
from pydantic import ValidationError

from connectors.agencies.codes import COMPACT_DAY, SLASHED_TIME
from connectors.agencies.dvclt.messages import OPENING, Block, reported
from connectors.agencies.lgsp.messages import BLOCK
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.bodies import BadBody, bytes_of
from simulators.agencies.http.dvclt.gate import Denied, check, json_of, problem, said
from simulators.agencies.http.dvclt.hotich import written
from simulators.agencies.http.dvclt.mailbox import Mailbox
from simulators.agencies.http.dvclt.statuses import CODES, JUSTICE, REGISTERED, Reply
from simulators.agencies.http.dvclt.tray import Linked, Tray
from simulators.agencies.http.jurisdiction import Jurisdiction

Row = dict[str, Any]

CONTEXTS: Final = ("/api/lienthongdvclt", "/api/lienthongDVCLT")
"""The real server does not tell them apart."""
MOST: Final = 20
"""So many statuses does a provincial job report a run; so many are taken in one array."""
_INVALID: Final = "One or more validation errors occurred."
"""ASP.NET's own title; no failure may say "thành công", for which senders search the answer."""
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
            if not 1 <= len(body) <= MOST or not all(isinstance(one, dict) for one in body):
                text = f"Mỗi lần gửi từ 1 đến {MOST} trạng thái"
                return problem(400, _INVALID, {"": [text]})
            return json_of([said(*self._one(one)) for one in body])
        if not isinstance(body, dict):
            return problem(400, _INVALID)
        return problem(*self._one(body))

    def _one(self, body: Mapping[str, Any]) -> tuple[int, str, Mapping[str, list[str]] | None]:
        wrong = _wrong(body)
        case = str(body.get("soHoSoLT", ""))
        found = self._tray.find(case)
        result = None
        if not wrong and found is not None and body["trangThai"] == REGISTERED:
            result = _result(body)
            if missing := [n for n in _RESULT[found.module] if not (result or {}).get(n)]:
                wrong = {"ketQuaXuLy": [f"Thiếu {', '.join(missing)}"]}
        if wrong:
            return 400, _INVALID, wrong
        if found is not None and not self._where.sees(found.commune):
            case = ""
        code = body["trangThai"]
        reply = self._tray.report(case, code, local=body["maHoSo"], result=result)
        if reply.meaning in ("taken", "known"):
            self._tell(body)
        return _reply(reply, str(body["soHoSoLT"]), code)

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


def _wrong(body: Mapping[str, Any]) -> dict[str, list[str]]:
    errors = {
        name: ["Bắt buộc nhập"]
        for name in _REQUIRED
        if not isinstance(body.get(name), str) or not body[name].strip()
    }
    if body.get("coQuanXuLy") != JUSTICE:
        errors["coQuanXuLy"] = [f"Cơ quan tư pháp là {JUSTICE}"]
    if body.get("trangThai") not in CODES or isinstance(body["trangThai"], bool):
        errors["trangThai"] = [f"Nhận một trong các giá trị {', '.join(map(str, CODES))}"]
    for name in _MOMENTS:
        if body.get(name) and name not in errors and not _is_moment(body[name]):
            errors[name] = [f"Định dạng {SLASHED_TIME.pattern}"]
    return errors


def _is_moment(value: Any) -> bool:
    try:
        datetime.strptime(value, "%d/%m/%Y %H:%M:%S")
    except (TypeError, ValueError):
        return False
    return True


def _result(body: Mapping[str, Any]) -> Row | None:
    try:
        result = orjson.loads(body.get("ketQuaXuLy") or "")
    except (TypeError, orjson.JSONDecodeError):
        return None
    return result if isinstance(result, dict) else None


async def _object(request: Request) -> Row:
    body = await _read(request)
    if not isinstance(body, dict):
        raise Denied(400, _INVALID)
    return body


async def _read(request: Request) -> Any:
    try:
        return orjson.loads(await bytes_of(request))
    except (BadBody, orjson.JSONDecodeError) as error:
        raise Denied(400, "Dữ liệu không phải JSON hợp lệ") from error
