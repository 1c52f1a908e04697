"""Catalogues: the civil-status system's `danhMuc`, and the shared ones at `/dmdc`.

The rows are those that the simulation uses, from the project's own tables of units. Column names
of `/dmdc` beside the guide's one example are our assumption.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from fastapi import APIRouter, Request, Response

from schemas.regimes import merged
from schemas.units import communes, districts, province, provinces, today_communes, today_provinces
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.lgsp.faults import Fault, answer
from simulators.agencies.http.lgsp.gate import check

Row = dict[str, Any]


def civil_status_catalogue(kind: str, on: date) -> list[Row] | None:
    """A catalogue of the civil-status system by its number, on a day; None where there is none.

    1 nationalities, 2 countries, 3 ethnic groups, 4 provinces, 5 identity papers.
    """
    if kind == "4":
        return [{"ma": code, "ten": name} for code, name in province_rows(on)]
    rows = _SMALL.get(kind)
    return None if rows is None else [{"ma": code, "ten": name} for code, name in rows]


_SMALL: Final = {
    "1": (("VN", "Việt Nam"),),
    "2": (("VN", "Việt Nam"),),
    "3": (("1", "Kinh"),),
    "5": (("1", "Thẻ căn cước công dân"), ("2", "Số định danh cá nhân")),
}


class SharedCatalogues:
    """`/dmdc/Metadata/{name}` and `/dmdc/Category/{name}`."""

    def __init__(self, account: Account, today: Callable[[], date]) -> None:
        self._account = account
        self._today = today

    def routes(self) -> APIRouter:
        """The paths, without their context."""
        router = APIRouter(tags=["catalogues"])
        router.get("/Metadata/{name}")(self.metadata)
        router.get("/Category/{name}")(self.category)
        return router

    async def metadata(self, request: Request, name: str) -> Response:
        """The columns of a catalogue."""
        check(request, self._account)
        return answer_list(
            [
                {"PropertyCode": code, "PropertyName": vi, "PropertyType": "String"}
                for code, vi in self._named(name)[0].items()
            ]
        )

    async def category(self, request: Request, name: str) -> Response:
        """The rows of a catalogue."""
        check(request, self._account)
        return answer_list(self._named(name)[1])

    def _named(self, name: str) -> tuple[dict[str, str], list[Row]]:
        columns = _COLUMNS.get(name)
        if columns is None:
            raise Fault("302")
        return columns, _rows_of(name, self._today())


_CITIES: Final = frozenset({"01", "31", "48", "79", "92"})
"""The five provinces of 2023 that are cities under the central government."""
_CITY: Final = "Thành phố "


def province_rows(on: date) -> list[tuple[str, str]]:
    """Code and name of every province that stands on a day."""
    if merged(on):
        return [(unit.code, unit.name.removeprefix(_CITY)) for unit in today_provinces()]
    return [(unit.code, unit.name) for unit in provinces()]


def committees(on: date) -> list[tuple[str, str]]:
    """Agency code and name of the people's committee of every province that stands on a day."""
    cities = _CITIES
    if merged(on):
        cities = frozenset(one.code for one in today_provinces() if one.name.startswith(_CITY))
    return [
        (
            f"000.00.00.{province(code).agency}",
            f"UBND {'thành phố' if code in cities else 'tỉnh'} {name}",
        )
        for code, name in province_rows(on)
    ]


_UNIT: Final = {"MaDonVi": "Mã đơn vị hành chính", "TenDonVi": "Tên đơn vị hành chính"}
_COLUMNS: Final = {
    "donvihanhchinhcap1": _UNIT,
    "donvihanhchinhcap2": {**_UNIT, "MaCapTren": "Mã đơn vị cấp trên"},
    "donvihanhchinhcap3": {**_UNIT, "MaCapTren": "Mã đơn vị cấp trên"},
    "qlvanbandieuhanhcap1": {"MaDinhDanhCap1": "Mã định danh cấp 1", "TenDonVi": "Tên đơn vị"},
    "magioitinh": {"Ma": "Mã giới tính", "Ten": "Tên giới tính"},
}
"""The catalogues that are served, with their columns."""


def _rows_of(name: str, on: date) -> list[Row]:
    if name == "magioitinh":
        rows = (("0", "Chưa có thông tin"), ("1", "Nam"), ("2", "Nữ"))
        return [{"Ma": code, "Ten": text} for code, text in rows]
    if name == "qlvanbandieuhanhcap1":
        return [{"MaDinhDanhCap1": code, "TenDonVi": text} for code, text in committees(on)]
    if name == "donvihanhchinhcap1":
        return [{"MaDonVi": code, "TenDonVi": text} for code, text in province_rows(on)]
    below = _districts(on) if name == "donvihanhchinhcap2" else _communes(on)
    return [{"MaDonVi": code, "TenDonVi": text, "MaCapTren": above} for code, text, above in below]


def _districts(on: date) -> list[tuple[str, str, str]]:
    """Code, name and province; none since 1 July 2025."""
    if merged(on):
        return []
    return [(one.code, one.name, one.province) for one in districts()]


def _communes(on: date) -> list[tuple[str, str, str]]:
    """Code, name and district; since 1 July 2025 the province."""
    if merged(on):
        return [(one.code, one.name, one.province) for one in today_communes()]
    return [(one.code, one.name, one.district) for one in communes()]


def answer_list(rows: list[Row]) -> Response:
    """A JSON array."""
    return answer(rows)
