"""`/apiLienThongKSKT/1.0`: linked births and deaths, handed over by a province and polled by it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import orjson
from fastapi import APIRouter, Request, Response

from connectors.agencies.codes import SLASHED_TIME, local_of, moment
from connectors.agencies.lgsp.forms import BIRTH, BY_STEP, FORMS
from connectors.agencies.lgsp.messages import BLOCK, CHUNK, STATUSES, WAITING, told
from connectors.runtime import agency as port
from connectors.runtime.handling import Outcome
from schemas.event import VN, from_text
from schemas.regimes import province_of_commune
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.books import Books, Filed
from simulators.agencies.http.jurisdiction import Jurisdiction, above, day_of_unit
from simulators.agencies.http.lgsp.faults import KINDS, SENT, Fault, answer, done, wrong_field
from simulators.agencies.http.lgsp.gate import (
    admitted,
    case_of,
    code_of,
    commune_of,
    dossier_of,
    province_of,
    text_of,
)
from simulators.agencies.http.lgsp.intake import Intake, block_of
from simulators.agencies.http.lgsp.letters import Letter, Letters
from simulators.agencies.http.papers import Papers
from simulators.agencies.register import SILENT

Row = dict[str, Any]


class Linked:
    """The paths of linked dossiers on one civil-status register."""

    def __init__(
        self,
        register: port.Agency,
        books: Books,
        letters: Letters,
        intake: Intake,
        papers: Papers,
        account: Account,
        where: Jurisdiction,
    ) -> None:
        self._register = register
        self._books = books
        self._letters = letters
        self._intake = intake
        self._papers = papers
        self._account = account
        self._where = where

    def routes(self) -> APIRouter:
        """The paths, without their context."""
        router = APIRouter(tags=["civil-status: linked"])
        router.post("/nhanHoSoDKHT")(self.hand_over)
        router.post("/layKetQuaDKHT")(self.poll)
        router.post("/nhanSoDinhDanh")(self.number)
        return router

    async def hand_over(self, request: Request) -> Response:
        """Take a linked dossier; one that was taken is told so, which is success."""
        body = await admitted(request, self._account)
        module = _module(body)
        block = block_of(body)
        asked = None
        if "thoiDiem" in block:  # who asks in a province's stead knows who has the dossier
            asked = from_text(block["thoiDiem"]).astimezone(VN).date()
            asked = day_of_unit(str(body.get("maDonVi", "")).strip().zfill(5), asked)
        unit = commune_of(body, self._where, asked)
        letter = Letter(
            dossier=dossier_of(body, "maHoSoMCDT", unit, None if asked else self._where.today()),
            case=case_of(body, "birth" if module == BIRTH.module else "death"),
            module=module,
            commune=unit.commune,
        )
        data = _data_of(body)
        if commune_of({"maDonVi": text_of(data, "noiDangKy")}, self._where, asked) != unit:
            raise Fault("106")
        await self._intake.take(letter, data, _received(body), block)
        return _taken()

    async def poll(self, request: Request) -> Response:
        """What became of at most three dossiers."""
        body = await admitted(request, self._account)
        module = _module(body)
        block = body.get(BLOCK)
        if isinstance(block, dict):
            return await self._news(block)
        province = province_of(body, self._where)
        codes = body.get("maDinhDanhHoSo")
        if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
            raise wrong_field("maDinhDanhHoSo")
        if not 1 <= len(codes) <= CHUNK:
            raise wrong_field("maDinhDanhHoSo", f"từ 1 đến {CHUNK} hồ sơ mỗi lần gọi")
        await self.settle()
        return _found([self._item(code, module, province) for code in codes])

    async def number(self, request: Request) -> Response:
        """Take a child's number, which the population database allocated: a path of ours."""
        body = await admitted(request, self._account)
        block = block_of(body)
        asked = port.Request(
            subject=code_of(block, "maHoSoLT"),
            step=BIRTH.completes,
            attempt=block.get("lan", 1),
            time=from_text(text_of(block, "thoiDiem")),
            record={"so_gcs": text_of(body, "maGCS"), "so_dinh_danh": text_of(body, "soDinhDanh")},
            cause=text_of(block, "maYeuCau"),
        )
        await self._intake.submit(asked)
        return _taken()

    async def settle(self) -> None:
        """Have decided what is due by now."""
        await self._register.collect(0, 1)

    async def _news(self, block: Mapping[str, Any]) -> Response:
        """The next three outcomes for who keeps no list of open dossiers, or their receipt."""
        receipt, after = block.get("daNhan"), block.get("sau", 0)
        if isinstance(receipt, int) and receipt >= 0:
            await self._register.ack(receipt)
            return _found([])
        if not isinstance(after, int) or after < 0:
            raise wrong_field(f"{BLOCK}.sau")
        news = await self._register.collect(after, CHUNK)
        return _found([self._told(self._code_of(one), one) for one in news])

    def _code_of(self, outcome: Outcome) -> str:
        letter = self._letters.of_case(outcome.subject)
        return str(outcome.record.get("ma_ho_so") or (letter.dossier if letter else ""))

    def _item(self, code: str, module: str, province: str) -> Row:
        letter = self._letters.find(code)
        if letter is None or (self._province_of(letter), letter.module) != (province, module):
            return {"maHoSoMCDT": code, "trangThai": "0", "errors": KINDS["201"].text()}
        return self.state(letter)

    def state(self, letter: Letter) -> Row:
        """What a poll says of a dossier now."""
        last = last_of(self._books.filed(letter.case))
        if last is None or last.result in (None, SILENT):
            since = "" if last is None else SLASHED_TIME.write(local_of(last.received))
            item = _waiting(letter, since)
        else:
            item = self._told(letter.dossier, last.outcome())
            del item[BLOCK]
        return _placed(item, letter, self._province_of(letter))

    def _province_of(self, letter: Letter) -> str:
        return province_of_commune(letter.commune, self._where.today())

    def _told(self, code: str, outcome: Outcome) -> Row:
        item, result = told(code, outcome), None
        result = item["ketQuaXuLy"]
        if result is not None:
            form, day = BY_STEP[outcome.step], outcome.time.astimezone(VN).date()
            result[form.paper] = self._papers.base64_of(outcome.record["sha256"])
            if form.module == "LTKS":
                province, district = above(outcome.record["xa"], day)
                result |= {"ndkksMaTinh": province, "ndkksMaHuyen": district}
        return item


def last_of(filed: Sequence[Filed]) -> Filed | None:
    """The request that says how far a dossier is: the last one that is decided or first asked."""
    if not filed:
        return None
    last = filed[-1]
    if last.result is None and last.step in BIRTH.issues:
        return filed[-2]  # entered, and the certificate not made out yet
    return last


def _waiting(letter: Letter, since: str) -> Row:
    return {
        "maHoSoLT": letter.case,
        "maHoSoMCDT": letter.dossier,
        "errors": None,
        "trangThai": str(WAITING),
        "thoiGianThucHien": since,
        "ghiChu": STATUSES[WAITING],
        "ketQuaXuLy": None,
        "noiDungXuLy": None,
        "hanBoSungHoSo": None,
    }


def _placed(item: Row, letter: Letter, province: str) -> Row:
    return {
        "maDonVi": letter.commune,
        "maTinh": province,
        "module": letter.module,
        **item,
        "nguoiXuLy": "",
        "chucDanh": "Công chức tư pháp - hộ tịch",
        "phongBanXuLy": "",
    }


def _found(items: list[Row]) -> Response:
    return done(items, status=1)


def _taken() -> Response:
    return answer(
        {"status": "1", "statusDescription": SENT, "errorCode": None, "errorDescription": None}
    )


def _module(body: Mapping[str, Any]) -> str:
    modules = [form.module for form in FORMS]
    if body.get("module") not in modules:
        raise wrong_field("module", f"nhận {' hoặc '.join(modules)}")
    return str(body["module"])


def _data_of(body: Mapping[str, Any]) -> Row:
    try:
        data = orjson.loads(body["data"])
    except (KeyError, TypeError, orjson.JSONDecodeError) as error:
        raise wrong_field("data", "chuỗi JSON") from error
    if not isinstance(data, dict):
        raise wrong_field("data", "chuỗi JSON")
    return data


def _received(body: Mapping[str, Any]) -> datetime:
    try:
        said = datetime.strptime(str(body.get("ngayTiepNhan")), "%d/%m/%Y %H:%M:%S")
    except ValueError as error:
        raise wrong_field("ngayTiepNhan", "định dạng dd/MM/yyyy HH:mm:ss") from error
    return from_text(moment(said.isoformat()))
