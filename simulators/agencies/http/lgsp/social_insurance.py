"""Social insurance behind an LGSP: look-ups in the register of cards, `/apiBHXH/…`.

Fields, formats (`yyyyMMdd`) and sex codes (1 male, 2 female, 3 other) are those of a provincial
NGSP's connection guide. The register has the cards that this simulation issued and nobody else's,
so a household is the people of one address in it.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from simulators.agencies.http.accounts import Account
from simulators.agencies.http.books import Books
from simulators.agencies.http.jurisdiction import above
from simulators.agencies.http.lgsp.faults import Fault, answer, wrong_field
from simulators.agencies.http.lgsp.gate import admitted, text_of
from simulators.documents.places import Place, place_of

Row = dict[str, Any]

CONTEXT: Final = "/apiBHXH"
VALID: Final = "Đang tham gia"
WHOLE_DAY: Final = "0"
"""`loaiNgaySinh`: day, month and year are known; 1: the year alone, 2: year and month."""
_KNOWN: Final = {"0": 8, "1": 4, "2": 6}
"""How many characters of a day of birth count, by `loaiNgaySinh`."""


class SocialInsuranceServices:
    """The look-ups on one register."""

    def __init__(self, books: Books, account: Account, today: Callable[[], date]) -> None:
        self._books = books
        self._account = account
        self._today = today

    def routes(self) -> APIRouter:
        """The paths, without their context."""
        router = APIRouter(tags=["social-insurance"])
        router.post("/getTraCuuTtHgdByMaSoBhxh")(self.by_number)
        router.post("/getMaSoBhxhTheoTieuChi")(self.number_of)
        router.post("/getTraCuuThongTinHgd")(self.household)
        return router

    async def by_number(self, request: Request) -> Response:
        """The person of an insurance number."""
        body = await admitted(request, self._account)
        number = text_of(body, "maSoBhxh")
        row = next(self._books.rows("the_bhyt", so_bhxh=number), None)
        if row is None:
            raise Fault("201")
        province, district = above(row["ma_xa"], self._today())
        person = {
            "hoTen": row["ho_ten"],
            "soSoCu": "",
            "ngaySinh": row["ngay_sinh"],
            "loaiNgaySinh": WHOLE_DAY,
            "gioiTinh": str(row["gioi_tinh"]),
            "maTinhKs": province,
            "maHuyenKs": district,
            "maXaKs": row["ma_xa"],
            "trangThai": VALID,
        }
        return answer(person)

    async def number_of(self, request: Request) -> Response:
        """The insurance number of the one person whom the criteria describe."""
        body = await admitted(request, self._account)
        found = [
            row
            for row in self._people(body)
            if self._in_unit(row, body, "maTinhKs", "maHuyenKs", "maXaKs")
        ]
        if len(found) != 1:
            nobody = {"maSoBhxh": "", "trangThai": "Không tìm thấy", "errorCode": "201"}
            return answer(nobody)
        return answer({"maSoBhxh": found[0]["so_bhxh"], "trangThai": VALID, "errorCode": ""})

    async def household(self, request: Request) -> Response:
        """The people of a province whom the criteria describe."""
        body = await admitted(request, self._account)
        text_of(body, "maTinh")
        return answer(
            [
                {
                    "maSo": row["so_bhxh"],
                    "hoTen": row["ho_ten"],
                    "ngaySinh": row["ngay_sinh"],
                    "loaiNgaySinh": WHOLE_DAY,
                    "gioiTinh": str(row["gioi_tinh"]),
                    "maHo": "",
                    "diaChi": _address(place_of(row["ma_xa"], self._today())),
                    "trangThai": VALID,
                }
                for row in self._people(body)
                if self._in_unit(row, {"maTinhKs": body["maTinh"]}, "maTinhKs")
                and str(body.get("maThe") or row["ma_the"]) == row["ma_the"]
                and str(body.get("soSo") or row["so_bhxh"]) == row["so_bhxh"]
            ]
        )

    def _people(self, body: Mapping[str, Any]) -> Iterator[Row]:
        name, born, sex = (text_of(body, field) for field in ("hoTen", "ngaySinh", "gioiTinh"))
        kind = str(body.get("loaiNgaySinh") or WHOLE_DAY)
        if kind not in _KNOWN:
            raise wrong_field("loaiNgaySinh", "nhận 0, 1 hoặc 2")
        if not born.isdecimal() or len(born) != 8:
            raise wrong_field("ngaySinh", "định dạng yyyyMMdd")
        if sex not in ("1", "2", "3"):
            raise wrong_field("gioiTinh", "nhận 1: Nam, 2: Nữ, 3: Khác")
        known = born[: _KNOWN[kind]]
        for row in self._books.rows("the_bhyt", ho_ten=name):
            if row["ngay_sinh"].startswith(known) and str(row["gioi_tinh"]) == sex:
                yield row

    def _in_unit(self, row: Row, body: Mapping[str, Any], *names: str) -> bool:
        province, district = above(row["ma_xa"], self._today())
        own = {"maTinhKs": province, "maHuyenKs": district, "maXaKs": row["ma_xa"]}
        return all(str(body.get(name) or own[name]) == own[name] for name in names)


def _address(place: Place) -> str:
    return f"{place.commune}, {place.district or place.province}"
