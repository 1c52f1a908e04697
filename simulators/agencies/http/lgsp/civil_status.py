"""The civil-status services of an LGSP: any birth or death, one dossier a request.

`/apiHoTichTuPhap/…` as a provincial NGSP's connection guide has them, and the same under
`/hotich/1.0/…`, a gateway's context and version. Dossiers are named by the province's own code
(`maHoSo` of `dangKyHoTich`, `traTrangThaiHoSo` and `ketQuaDangKyHS`), entries in the register by
their number there (`maHoSo` of `traHoSo`).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring
from fastapi import APIRouter, Request, Response

from connectors.agencies.codes import CIVIL_STATUS, moment
from connectors.agencies.lgsp.forms import BY_MODULE, FORMS, Form
from connectors.agencies.lgsp.messages import (
    COMPLETE,
    INCOMPLETE,
    REFUSED,
    STATUSES,
    result_of,
)
from schemas.event import from_text
from schemas.regimes import province_of_commune
from schemas.units import UnknownUnitError
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.books import Books
from simulators.agencies.http.jurisdiction import Jurisdiction
from simulators.agencies.http.lgsp.catalogues import civil_status_catalogue
from simulators.agencies.http.lgsp.faults import FAILED, SENT, UNFINISHED, Fault, done, wrong_field
from simulators.agencies.http.lgsp.gate import (
    admitted,
    code_of,
    commune_of,
    dossier_of,
    province_of,
    text_of,
)
from simulators.agencies.http.lgsp.intake import Intake
from simulators.agencies.http.lgsp.letters import Letter, Letters
from simulators.agencies.http.lgsp.linked import Linked

Row = dict[str, Any]

CONTEXTS: Final = ("/apiHoTichTuPhap", "/hotich/1.0")
_DAYS: Final = ("%Y-%m-%d", "%d.%m.%Y")
"""A provincial tool sends `yyyy-MM-dd`; the system itself writes `dd.MM.yyyy`."""


class CivilStatusServices:
    """The services on one register."""

    def __init__(
        self,
        books: Books,
        letters: Letters,
        intake: Intake,
        linked: Linked,
        account: Account,
        where: Jurisdiction,
    ) -> None:
        self._books = books
        self._letters = letters
        self._intake = intake
        self._linked = linked
        self._account = account
        self._where = where

    def routes(self) -> APIRouter:
        """The paths, without their context."""
        router = APIRouter(tags=["civil-status"])
        for name, serve in (
            ("dangKyHoTich", self.register),
            ("danhMuc", self.catalogue),
            ("traTrangThaiHoSo", self.status),
            ("ketQuaDangKyHS", self.result),
            ("dsHoSoDangKy", self.changed),
            ("traHoSo", self.entry),
            ("traDanhSachHoSo", self.entries),
        ):
            router.post(f"/{name}")(serve)
        return router

    async def register(self, request: Request) -> Response:
        """`dangKyHoTich`: take a dossier."""
        body = await admitted(request, self._account)
        unit = commune_of(body, self._where)
        form = _form(body)
        code = dossier_of(body, "maHoSo", unit, self._where.today())
        letter = Letter(dossier=code, case=code, module=form.alone, commune=unit.commune)
        data = application_in(text_field(body, "data"))
        data.setdefault("noiDangKy", unit.commune)
        self._check_place(data["noiDangKy"])
        await self._intake.take(letter, data, received_on(body), {})
        return done(said=SENT)

    async def catalogue(self, request: Request) -> Response:
        """`danhMuc`: one of five catalogues."""
        body = await admitted(request, self._account)
        rows = civil_status_catalogue(str(body.get("loaiDanhMuc", "")), self._where.today())
        if rows is None:
            raise Fault("302")
        return done(rows)

    async def status(self, request: Request) -> Response:
        """`traTrangThaiHoSo`: how far a dossier is; `status` is its `trangThai`."""
        item = await self._item(request)
        status = int(item["trangThai"])
        text = STATUSES[status]
        if status == INCOMPLETE:
            text = f"{text}: {item['noiDungXuLy']}"
        elif status == REFUSED:
            text = f"{text}: {item['ghiChu']}"
        return done(said=text, status=str(status))

    async def result(self, request: Request) -> Response:
        """`ketQuaDangKyHS`: the result of a finished dossier."""
        item = await self._item(request)
        if int(item["trangThai"]) != COMPLETE:
            raise Fault("200", said=UNFINISHED)
        return done(item["ketQuaXuLy"])

    async def changed(self, request: Request) -> Response:
        """`dsHoSoDangKy`: the entries made or completed on a day."""
        body = await admitted(request, self._account)
        form = _form(body)
        day = CIVIL_STATUS.day.write(_day(body, "ngayCapNhat").isoformat())
        found = [
            {"id": str(row["id"]), "maDonVi": row["xa"]}
            for row in self._books.rows(form.table)
            if day in (row["ngay_dang_ky"], row.get("ngay_cap")) and self._where.sees(row["xa"])
        ]
        return done(found)

    async def entry(self, request: Request) -> Response:
        """`traHoSo`: one entry of the register, by its number there."""
        body = await admitted(request, self._account)
        row = self._entry(_form(body), text_of(body, "maHoSo"))
        return done([row])

    async def entries(self, request: Request) -> Response:
        """`traDanhSachHoSo`: several entries of a province."""
        body = await admitted(request, self._account)
        form = _form(body)
        province = province_of(body, self._where)
        numbers = body.get("dsMaHoSo")
        if not isinstance(numbers, list) or not numbers:
            raise wrong_field("dsMaHoSo")
        rows = [self._entry(form, str(number), province) for number in numbers]
        return done(rows)

    def _check_place(self, commune: str) -> None:
        """Raise a Fault 106 where a commune is another province's; that there is none is told
        with the other fields."""
        try:
            own = self._where.sees(commune.zfill(5))
        except UnknownUnitError:
            return
        if not own:
            raise Fault("106", said=f"{FAILED}: noiDangKy (xã của tỉnh khác)")

    async def _item(self, request: Request) -> Row:
        body = await admitted(request, self._account)
        unit = commune_of(body, self._where)
        letter = self._letters.find(code_of(body, "maHoSo"))
        if letter is None or self._where.commune(letter.commune) != unit:
            raise Fault("201", said=UNFINISHED)
        await self._linked.settle()
        item = self._linked.state(letter)
        if item["errors"]:
            raise Fault("500", item["errors"], said=UNFINISHED)
        return item

    def _entry(self, form: Form, number: str, province: str | None = None) -> Row:
        rows = self._books.rows(form.table, rowid=int(number)) if number.isdecimal() else ()
        for row in rows:
            lies = province_of_commune(row["xa"], self._where.today())
            if self._where.sees(row["xa"]) and province in (None, lies):
                if row["sha256"] is None:
                    raise Fault("200", said=UNFINISHED)
                result, _ = result_of(form, row)
                return {"id": number, "so": result["soDangKy"], **result}
        raise Fault("201", said=UNFINISHED)


def _form(body: Mapping[str, Any]) -> Form:
    """The form of the module that a body names; of a linked one as well, where it is asked for."""
    form = BY_MODULE.get(str(body.get("module")))
    if form is None:
        raise wrong_field("module", f"nhận {' hoặc '.join(one.alone for one in FORMS)}")
    return form


def text_field(body: Mapping[str, Any], name: str) -> str:
    """A field that holds a text of any length.

    Raises:
        Fault: it is none.
    """
    value = body.get(name)
    if not isinstance(value, str):
        raise wrong_field(name)
    return value


def application_in(xml: str) -> Row:
    """The fields of the dossier in `<hotich><hoso>…</hoso></hotich>`.

    Raises:
        Fault: it is no such XML, has two dossiers or a field twice, or has a DTD, entities or
            references to the outside.
    """
    try:
        root = fromstring(xml, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise wrong_field("data", "chuỗi XML") from error
    dossiers = root.findall("hoso")
    if root.tag != "hotich" or not dossiers:
        raise wrong_field("data", "hotich/hoso")
    if len(dossiers) > 1:
        raise wrong_field("data", f"mỗi lần gửi một hoso, ở đây có {len(dossiers)}")
    fields: Row = {}
    for field in dossiers[0]:
        if field.tag in fields:
            raise wrong_field(field.tag, "có hai lần")
        fields[field.tag] = field.text or ""
    return fields


def received_on(body: Mapping[str, Any]) -> datetime:
    """The day in `ngayTiepNhan`, from 8 in the morning.

    Raises:
        Fault: it is no day.
    """
    day = _day(body, "ngayTiepNhan")
    return from_text(moment(day.replace(hour=8).isoformat()))


def _day(body: Mapping[str, Any], name: str) -> datetime:
    for pattern in _DAYS:
        try:
            return datetime.strptime(str(body.get(name)), pattern)
        except ValueError:
            continue
    raise wrong_field(name, "định dạng yyyy-MM-dd")
