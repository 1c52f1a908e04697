"""Catalogues: the civil-status system's `danhMuc`, and the shared ones at `/dmdc`.

The rows are those that the simulation uses, from the project's own tables of units. Column names
of `/dmdc` beside the guide's one example are our assumption.
"""

from typing import Any, Final

from fastapi import APIRouter, Request, Response

from schemas.units import Province, communes, provinces
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.lgsp.faults import Fault, answer
from simulators.agencies.http.lgsp.gate import check

Row = dict[str, Any]


def civil_status_catalogue(kind: str) -> list[Row] | None:
    """A catalogue of the civil-status system by its number; None where there is none.

    1 nationalities, 2 countries, 3 ethnic groups, 4 provinces, 5 identity papers.
    """
    if kind == "4":
        return [{"ma": unit.code, "ten": unit.name} for unit in provinces()]
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

    def __init__(self, account: Account) -> None:
        self._account = account

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
        return columns, _rows_of(name)


_CITIES: Final = frozenset({"01", "31", "48", "79", "92"})
"""The five provinces of 2023 that are cities under the central government."""


def committee(unit: Province) -> str:
    """The name of a province's people's committee."""
    return f"UBND {'thành phố' if unit.code in _CITIES else 'tỉnh'} {unit.name}"


_UNIT: Final = {"MaDonVi": "Mã đơn vị hành chính", "TenDonVi": "Tên đơn vị hành chính"}
_COLUMNS: Final = {
    "donvihanhchinhcap1": _UNIT,
    "donvihanhchinhcap2": {**_UNIT, "MaCapTren": "Mã đơn vị cấp trên"},
    "donvihanhchinhcap3": {**_UNIT, "MaCapTren": "Mã đơn vị cấp trên"},
    "qlvanbandieuhanhcap1": {"MaDinhDanhCap1": "Mã định danh cấp 1", "TenDonVi": "Tên đơn vị"},
    "magioitinh": {"Ma": "Mã giới tính", "Ten": "Tên giới tính"},
}
"""The catalogues that are served, with their columns."""


def _rows_of(name: str) -> list[Row]:
    if name == "donvihanhchinhcap1":
        return [{"MaDonVi": unit.code, "TenDonVi": unit.name} for unit in provinces()]
    if name == "donvihanhchinhcap2":
        districts = {
            unit.district: {
                "MaDonVi": unit.district,
                "TenDonVi": unit.district_name,
                "MaCapTren": unit.province,
            }
            for unit in communes()
        }
        return list(districts.values())
    if name == "donvihanhchinhcap3":
        return [
            {"MaDonVi": unit.code, "TenDonVi": unit.name, "MaCapTren": unit.district}
            for unit in communes()
        ]
    if name == "qlvanbandieuhanhcap1":
        return [
            {
                "MaDinhDanhCap1": f"000.00.00.{unit.agency}",
                "TenDonVi": committee(unit),
            }
            for unit in provinces()
        ]
    return [
        {"Ma": "0", "Ten": "Chưa có thông tin"},
        {"Ma": "1", "Ten": "Nam"},
        {"Ma": "2", "Ten": "Nữ"},
    ]


def answer_list(rows: list[Row]) -> Response:
    """A JSON array."""
    return answer(rows)
