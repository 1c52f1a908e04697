"""What the portal keeps of the provinces' dossiers, and what it answers to each service.

Names of services and fields: the published integration of an open-source dossier system (OpenCPS).
It knows one error code, 0 for success; the others are ours.
"""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from schemas.procedures import Procedure, ProcedureOf, UnknownProcedureError, procedure
from simulators.agencies.http.keeping import kept
from simulators.agencies.http.lgsp.catalogues import committees

Row = dict[str, Any]

STATUSES: Final = frozenset(str(number) for number in range(1, 11))
"""Statuses of a dossier on the portal: 1 new to 10 returned."""
RETURNED: Final = "10"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS ho_so (ma_ho_so TEXT PRIMARY KEY, du_lieu TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tien_do (
    ma_ho_so TEXT NOT NULL, thoi_diem TEXT NOT NULL, trang_thai TEXT NOT NULL,
    du_lieu TEXT NOT NULL, PRIMARY KEY (ma_ho_so, thoi_diem, trang_thai)
);
"""
_DOSSIER: Final = ("MaHoSo", "MaTTHC", "TenTTHC", "MaLinhVuc", "TenLinhVuc", "TrichYeuHoSo")
_PROGRESS: Final = ("MaHoSo", "NguoiXuLy", "NoiDungXuLy")
_MOMENTS: Final = ("NgayTiepNhan", "NgayHenTra", "NgayTra", "NgayKetThucXuLy", "ThoiDiemXuLy")
FIELD_CODE: Final = "G15-HT01"
"""The code of the field *Hộ tịch*: our assumption, after `G03-GD10`."""
_FIELDS: Final = {
    FIELD_CODE: "Hộ tịch",
    "G01-DK01": "Đăng ký, quản lý cư trú",
    "G24-BH01": "Bảo hiểm xã hội",
    "G07-XH01": "Bảo trợ xã hội",
}
"""Fields of the procedures in the chains; their codes are our assumption."""
_PROCEDURES: Final[dict[ProcedureOf, str]] = {
    "birth": FIELD_CODE,
    "death": FIELD_CODE,
    "residence": "G01-DK01",
    "residence_removal": "G01-DK01",
    "funeral_allowance": "G07-XH01",
    "linked_birth": FIELD_CODE,
    "linked_death": FIELD_CODE,
    "temporary_residence": "G01-DK01",
}


class Refused(Exception):
    """The portal does not do it; `code` is its error code, the text Vietnamese."""

    def __init__(self, code: str, text: str, *, http: int = 200) -> None:
        super().__init__(text)
        self.code = code
        self.http = http


class Portal:
    """Dossiers and their progress at a path, or in memory. Close it at the end."""

    def __init__(self, path: Path | None) -> None:
        self._connection = kept(path, _SCHEMA)

    def synchronise(self, dossiers: list[Row], *, updating: bool) -> list[Row]:
        """`DongBoHoSoMC`: take dossiers, new or to replace what is there; all of them or none.

        Raises:
            Refused: a field is wrong; a new one exists, or one to update does not; its result was
                returned, and it is to have another status.
        """
        for dossier in dossiers:
            _check(dossier, _DOSSIER, "TrangThaiHoSo")
            known = self.find(dossier["MaHoSo"]) is not None
            if known and not updating:
                raise Refused("3", f"Hồ sơ {dossier['MaHoSo']} đã tồn tại")
            if updating and not known:
                raise Refused("4", f"Hồ sơ {dossier['MaHoSo']} không tồn tại")
            self._check_end(dossier["MaHoSo"], str(dossier["TrangThaiHoSo"]))
        self._connection.executemany(
            "INSERT OR REPLACE INTO ho_so VALUES (?, ?)",
            [(one["MaHoSo"], orjson.dumps(one).decode()) for one in dossiers],
        )
        return [{"MaHoSo": one["MaHoSo"]} for one in dossiers]

    def progress(self, steps: list[Row]) -> list[Row]:
        """`CapNhatTienDoHoSoMC`: note how far dossiers are; a step that is known is noted once.

        Raises:
            Refused: a field is wrong, or there is no such dossier; the step is of a moment before
                its reception, or new after its result was returned.
        """
        ended: set[str] = set()
        for step in steps:
            _check(step, _PROGRESS, "TrangThai")
            if not step.get("ThoiDiemXuLy"):
                raise Refused("2", "Thiếu thông tin: ThoiDiemXuLy")
            code, status = step["MaHoSo"], str(step["TrangThai"])
            dossier = self.find(code)
            if dossier is None:
                raise Refused("4", f"Hồ sơ {code} không tồn tại")
            if step["ThoiDiemXuLy"] < (received := dossier.get("NgayTiepNhan") or ""):
                raise Refused("2", f"ThoiDiemXuLy trước NgayTiepNhan của hồ sơ ({received})")
            if self._is_noted(code, step["ThoiDiemXuLy"], status):
                continue
            if code in ended and status != RETURNED:
                raise _after_the_end(code)
            self._check_end(code, status)
            if status == RETURNED:
                ended.add(code)
        for step in steps:
            key = (step["MaHoSo"], step["ThoiDiemXuLy"], step["TrangThai"])
            noted = self._connection.execute(
                "INSERT OR IGNORE INTO tien_do VALUES (?, ?, ?, ?)",
                (*key, orjson.dumps(step).decode()),
            )
            if noted.rowcount == 0:
                continue
            dossier = {**(self.find(key[0]) or {}), "TrangThaiHoSo": key[2]}
            self._connection.execute(
                "UPDATE ho_so SET du_lieu = ? WHERE ma_ho_so = ?",
                (orjson.dumps(dossier).decode(), key[0]),
            )
        return [{"MaHoSo": step["MaHoSo"]} for step in steps]

    def _is_noted(self, code: str, moment: str, status: str) -> bool:
        row = self._connection.execute(
            "SELECT 1 FROM tien_do WHERE ma_ho_so = ? AND thoi_diem = ? AND trang_thai = ?",
            (code, moment, status),
        ).fetchone()
        return row is not None

    def _check_end(self, code: str, status: str) -> None:
        """Refuse another status of a dossier whose result was returned."""
        known = self.find(code)
        if known and str(known["TrangThaiHoSo"]) == RETURNED and status != RETURNED:
            raise _after_the_end(code)

    def look_up(self, code: str) -> list[Row]:
        """`TraCuuHoSo`: a dossier with its progress; nothing where there is none."""
        dossier = self.find(code)
        if dossier is None:
            return []
        steps = self._connection.execute(
            "SELECT du_lieu FROM tien_do WHERE ma_ho_so = ? ORDER BY thoi_diem, rowid", (code,)
        )
        return [{**dossier, "TienDo": [orjson.loads(step) for (step,) in steps]}]

    def find(self, code: str) -> Row | None:
        """A dossier as it was sent last."""
        row = self._connection.execute(
            "SELECT du_lieu FROM ho_so WHERE ma_ho_so = ?", (code,)
        ).fetchone()
        return None if row is None else dict(orjson.loads(row[0]))

    def close(self) -> None:
        """Close the portal's book."""
        self._connection.close()


def _after_the_end(code: str) -> Refused:
    return Refused("8", f"Hồ sơ {code} đã trả kết quả, không thể trở lại trạng thái trước")


def procedures(on: date) -> list[Row]:
    """`LayDanhSachTTHC`: the procedures of the chains that are in force on a day."""
    return [_short(found) for of in _PROCEDURES if (found := _in_force(of, on))]


def procedure_of(code: str, on: date) -> list[Row]:
    """`LayThuTuc`: a procedure in force on a day, with its field; nothing where there is none."""
    return [
        {
            **_short(found),
            "LINHVUCTHUCHIEN": [
                {"MALINHVUC": _PROCEDURES[of], "TENLINHVUC": _FIELDS[_PROCEDURES[of]]}
            ],
        }
        for of in _PROCEDURES
        if (found := _in_force(of, on)) and found.code == code
    ]


def agencies(on: date) -> list[Row]:
    """`LayDanhMucCoQuan`: the people's committees of the provinces of a day."""
    return [{"MADONVI": code, "TENDONVI": name} for code, name in committees(on)]


def fields() -> list[Row]:
    """`LayDanhMucLinhVuc`: the fields of the chains' procedures."""
    return [{"MALINHVUC": code, "TENLINHVUC": name} for code, name in _FIELDS.items()]


def _in_force(of: ProcedureOf, on: date) -> Procedure | None:
    try:
        return procedure(of, on)
    except UnknownProcedureError:
        return None


def _short(found: Procedure) -> Row:
    return {"MATTHC": found.code, "TENTTHC": found.row.vi}


def _check(body: Mapping[str, Any], required: tuple[str, ...], status: str) -> None:
    for name in required:
        if not isinstance(body.get(name), str):
            raise Refused("2", f"Thiếu thông tin: {name}")
    if str(body.get(status)) not in STATUSES:
        raise Refused("2", f"Trạng thái không hợp lệ: {status}")
    for name in _MOMENTS:
        if body.get(name) and not _is_moment(body[name]):
            raise Refused("2", f"Sai định dạng yyyyMMddHHmmss: {name}")


def _is_moment(value: Any) -> bool:
    try:
        datetime.strptime(value, "%Y%m%d%H%M%S")
    except (TypeError, ValueError):
        return False
    return len(value) == 14 and value.isascii()
