"""A province's one-stop: gives local dossier codes, returns results, closes dossiers.

A dossier that has its result keeps it: said again it is the same (*đã có kết quả*), another one
is out of order.
"""

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
    "loai": "TEXT NOT NULL",
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
    "ma_co_so": "TEXT NOT NULL",
    "ho_ten": "TEXT NOT NULL",
    "gioi_tinh": "TEXT NOT NULL",
    "ngay_sinh": "TEXT NOT NULL",
    "trang_thai": "INTEGER NOT NULL",
    "so_dinh_danh": "TEXT",
    "so_gcs": "TEXT",
    "gio_sinh": "TEXT",
    "ho_ten_me": "TEXT",
    "so_dinh_danh_me": "TEXT",
    "ngay_sinh_me": "TEXT",
    "ho_ten_cha": "TEXT",
    "so_dinh_danh_cha": "TEXT",
    "ngay_sinh_cha": "TEXT",
    "so_gbt": "TEXT",
    "ngay_mat": "TEXT",
    "gio_mat": "TEXT",
    "noi_mat": "TEXT",
    "nguyen_nhan": "TEXT",
}
_NEEDED: Final = {
    "LTKS": ("so_gcs", "gio_sinh", "ho_ten_me", "so_dinh_danh_me", "ngay_sinh_me"),
    "LTKT": ("so_dinh_danh", "so_gbt", "ngay_mat", "gio_mat", "noi_mat", "nguyen_nhan"),
}
"""What a dossier of each kind has beside what all have."""
_LATER: Final = {
    "so_dang_ky": "TEXT",
    "quyen_so": "TEXT",
    "trang_so": "INTEGER",
    "ngay_dang_ky": "TEXT",
    "giay_khai_sinh": "TEXT",
    "trich_luc": "TEXT",
    "sha256": "TEXT",
    "ly_do": "TEXT",
    "ngay_tra": "TEXT",
}
_RULES: Final = (
    *(
        f"CHECK (loai <> '{kind}' OR {column} IS NOT NULL)"
        for kind, columns in _NEEDED.items()
        for column in columns
    ),
)
_SAID_AGAIN: Final = ("han_tra", "ma_don_vi", "ma_tinh", "ma_xa")
"""What is new of a dossier that is asked for again: its date, and who has it since July 2025."""
_NOTHING: Final[Row] = dict.fromkeys(_COLUMNS)


class OneStop(Desk):
    """Dossiers in `ho_so`, of births and deaths; the natural key is the linked case.

    Numbers count from 1 within an agency's day, over both.
    """

    system: ClassVar = "one-stop"

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        self._table = Table(
            connection,
            "ho_so",
            _COLUMNS,
            later=_LATER,
            rules=_RULES,
        )

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step == "receive":
            return self._receive(request, decided)
        return self._finish(request, decided)

    def _receive(self, request: Request, decided: datetime) -> Verdict:
        known = self._table.find(ma_lien_thong=request.subject)
        if known is not None:
            changes = {name: request.record[name] for name in _SAID_AGAIN}
            self._table.update(known["ma_ho_so"], changes)
            return Verdict(result="done", record=known | changes)
        agency = request.record["ma_don_vi"]
        at = local_of(decided)
        day = COMPACT_DAY.write(at)
        # A dossier that was handed over has another agency, and still the number it began with.
        begins = dossier_code_text(agency, decided.date(), 0).removesuffix("0000")
        number = self._table.next_number_of("thu_tu", "ma_ho_so", begins)
        row: Row = {
            **request.record,
            "ma_ho_so": dossier_code_text(agency, decided.date(), number),
            "ma_lien_thong": request.subject,
            "ngay": day,
            "thu_tu": number,
            "ngay_tiep_nhan": SLASHED_TIME.write(at),
            "trang_thai": IN_PROCESS,
        }
        self._table.insert(_NOTHING | row)
        return Verdict(result="done", record=row)

    def _finish(self, request: Request, decided: datetime) -> Verdict:
        status = RETURNED if request.step == "return" else NOT_ACCEPTED
        known = self._table.require(request.record["ma_ho_so"])
        if known["trang_thai"] == IN_PROCESS:
            changes = {
                **request.record,
                "trang_thai": status,
                "ngay_tra": SLASHED_TIME.write(local_of(decided)),
            }
            self._table.update(known["ma_ho_so"], changes)
            known |= changes
        elif known["trang_thai"] != status:
            raise ValueError(f"{known['ma_ho_so']} is over with status {known['trang_thai']}")
        record = {
            "ma_ho_so": known["ma_ho_so"],
            "ma_don_vi": known["ma_don_vi"],
            "trang_thai": status,
        }
        return Verdict(result="done", record=record)
