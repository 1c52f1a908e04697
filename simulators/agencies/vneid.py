"""VNeID: household heads answer requests for consent on their phones; the dead's are locked."""

import sqlite3
from datetime import datetime
from typing import ClassVar, Final

from connectors.agencies.codes import SLASHED_TIME, local_of
from connectors.runtime.agency import Request
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.natural_keys import note
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.agencies.tables import Row, Table
from simulators.world import World

_COLUMNS: Final = {
    "ma_lien_thong": "TEXT NOT NULL",
    "so_dinh_danh": "TEXT NOT NULL",
    "ho_ten": "TEXT NOT NULL",
    "ho_ten_tre": "TEXT NOT NULL",
    "ho_ten_nyc": "TEXT NOT NULL",
    "so_dinh_danh_nyc": "TEXT NOT NULL",
    "dia_chi": "TEXT NOT NULL",
    "ngay_hoi": "TEXT NOT NULL",
    "han_tra_loi": "TEXT NOT NULL",
    "dong_y": "INTEGER NOT NULL",
    "ngay_tra_loi": "TEXT NOT NULL",
}
_LOCKED: Final = {
    "so_dinh_danh": "TEXT PRIMARY KEY",
    "ngay_mat": "TEXT NOT NULL",
    "gio_mat": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
}


class VNeID(Desk):
    """Answers in `dong_y`, one a case and person asked; a no is an answer as well.

    Locked accounts in `khoa_tai_khoan`; the natural key is the person.
    """

    system: ClassVar = "vneid"
    one_way: ClassVar = frozenset({"lock"})

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        self._answers = Table(
            connection, "dong_y", _COLUMNS, rules=("PRIMARY KEY (ma_lien_thong, so_dinh_danh)",)
        )
        self._locked = Table(connection, "khoa_tai_khoan", _LOCKED)

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step == "lock":
            return note(self._locked, request)
        person = request.record["so_dinh_danh"]
        row = self._answers.find(ma_lien_thong=request.subject, so_dinh_danh=person)
        if row is None:
            row = self._answer(request, decided, agreed=chance.refusal is None)
        if row["dong_y"] == 1:
            return Verdict(result="done", record=row)
        return Verdict(result="refused", record=row, reason="declined")

    def _answer(self, request: Request, decided: datetime, *, agreed: bool) -> Row:
        row = {
            **request.record,
            "ma_lien_thong": request.subject,
            "ngay_hoi": SLASHED_TIME.write(local_of(request.time)),
            "dong_y": int(agreed),
            "ngay_tra_loi": SLASHED_TIME.write(local_of(decided)),
        }
        self._answers.insert(row)
        return row
