"""A province's one-stop: gives local dossier codes, returns results, closes dossiers."""

import sqlite3
from datetime import datetime
from typing import ClassVar, Final

from connectors.agencies.codes import COMPACT_DAY, SLASHED_TIME, local_of
from connectors.runtime.agency import Request
from schemas.identifiers import dossier_code_text
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.agencies.tables import Row, Table
from simulators.world import World

IN_PROCESS: Final = 4
RETURNED: Final = 10
NOT_ACCEPTED: Final = 3

_COLUMNS: Final = {
    "ma_ho_so": "TEXT PRIMARY KEY",
    "ma_lien_thong": "TEXT NOT NULL UNIQUE",
    "ma_don_vi": "TEXT NOT NULL",
    "ngay": "TEXT NOT NULL",
    "thu_tu": "INTEGER NOT NULL",
    "ma_tthc": "TEXT NOT NULL",
    "ma_tinh": "TEXT NOT NULL",
    "ma_xa": "TEXT NOT NULL",
    "ngay_nop": "TEXT NOT NULL",
    "ngay_tiep_nhan": "TEXT NOT NULL",
    "han_tra": "TEXT NOT NULL",
    "ho_ten_nyc": "TEXT NOT NULL",
    "so_dinh_danh_nyc": "TEXT NOT NULL",
    "so_gcs": "TEXT NOT NULL",
    "ma_co_so": "TEXT NOT NULL",
    "ho_ten": "TEXT NOT NULL",
    "gioi_tinh": "TEXT NOT NULL",
    "ngay_sinh": "TEXT NOT NULL",
    "gio_sinh": "TEXT NOT NULL",
    "ho_ten_me": "TEXT NOT NULL",
    "so_dinh_danh_me": "TEXT NOT NULL",
    "ngay_sinh_me": "TEXT NOT NULL",
    "ho_ten_cha": "TEXT",
    "so_dinh_danh_cha": "TEXT",
    "ngay_sinh_cha": "TEXT",
    "trang_thai": "INTEGER NOT NULL",
}
_LATER: Final = {
    "so_dinh_danh": "TEXT",
    "so_dang_ky": "TEXT",
    "quyen_so": "TEXT",
    "trang_so": "INTEGER",
    "ngay_dang_ky": "TEXT",
    "giay_khai_sinh": "TEXT",
    "sha256": "TEXT",
    "ly_do": "TEXT",
    "ngay_tra": "TEXT",
}


class OneStop(Desk):
    """Dossiers in `ho_so`; the natural key is the linked case.

    Numbers count from 1 within an agency's day.
    """

    system: ClassVar = "one-stop"

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        self._table = Table(
            connection,
            "ho_so",
            _COLUMNS,
            later=_LATER,
            rules=("UNIQUE (ma_don_vi, ngay, thu_tu)",),
        )

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step == "receive":
            return self._receive(request, decided)
        return self._finish(request, decided)

    def _receive(self, request: Request, decided: datetime) -> Verdict:
        known = self._table.find(ma_lien_thong=request.subject)
        if known is not None:
            changes = {"han_tra": request.record["han_tra"]}
            self._table.update(known["ma_ho_so"], changes)
            return Verdict(result="done", record=known | changes)
        agency = request.record["ma_don_vi"]
        at = local_of(decided)
        day = COMPACT_DAY.write(at)
        number = self._table.next_number("thu_tu", ma_don_vi=agency, ngay=day)
        row: Row = {
            **request.record,
            "ma_ho_so": dossier_code_text(agency, decided.date(), number),
            "ma_lien_thong": request.subject,
            "ngay": day,
            "thu_tu": number,
            "ngay_tiep_nhan": SLASHED_TIME.write(at),
            "trang_thai": IN_PROCESS,
        }
        self._table.insert(row)
        return Verdict(result="done", record=row)

    def _finish(self, request: Request, decided: datetime) -> Verdict:
        status = RETURNED if request.step == "return" else NOT_ACCEPTED
        code = request.record["ma_ho_so"]
        changes = {
            **request.record,
            "trang_thai": status,
            "ngay_tra": SLASHED_TIME.write(local_of(decided)),
        }
        self._table.update(code, changes)
        agency = code.rpartition("-")[0].rpartition("-")[0]
        record = {"ma_ho_so": code, "ma_don_vi": agency, "trang_thai": status}
        return Verdict(result="done", record=record)
