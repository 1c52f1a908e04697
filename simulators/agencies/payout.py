"""Payment of allowances: bank transfer, post, and the cash desk."""

import sqlite3
from datetime import datetime
from hashlib import sha256
from typing import ClassVar, Final

from connectors.agencies.codes import COMPACT_DAY, PAYOUT, local_of
from connectors.runtime.agency import Request
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.agencies.tables import Table
from simulators.world import World

REFERENCES: Final = 10**10
"""How many payments of one day ten digits can tell apart."""
INTO_ACCOUNT: Final = PAYOUT.write["account"]

_COLUMNS: Final = {
    "so_quyet_dinh": "TEXT NOT NULL",
    "ngay_quyet_dinh": "TEXT NOT NULL",
    "noi_ra": "TEXT NOT NULL",
    "so_tien": "INTEGER NOT NULL",
    "ho_ten_nhan": "TEXT NOT NULL",
    "so_dinh_danh_nhan": "TEXT NOT NULL",
    "quan_he_nhan": "TEXT NOT NULL",
    "hinh_thuc": "TEXT NOT NULL",
    "ngan_hang": "TEXT",
    "so_tai_khoan": "TEXT",
    "ma_giao_dich": "TEXT NOT NULL UNIQUE",
    "ngay_chi": "TEXT NOT NULL",
    "gio_chi": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
}
_DECISION: Final = ("so_quyet_dinh", "ngay_quyet_dinh", "noi_ra")
"""What names a decision: numbers begin anew each year."""


class Payments(Desk):
    """Payments in `chi_tra`, one a decision: what was paid is never paid again.

    An account may be closed; the post and the cash desk always pay.
    """

    system: ClassVar = "payout"

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        key = f"PRIMARY KEY ({', '.join(_DECISION)})"
        self._paid = Table(connection, "chi_tra", _COLUMNS, rules=(key,))

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        record, refusal = request.record, chance.refusal
        known = self._paid.find(**{name: record[name] for name in _DECISION})
        if known is not None:
            if known["ma_lien_thong"] == request.subject:
                return Verdict(result="done", record=known)
            refusal = "duplicate_of"
        elif record["hinh_thuc"] != INTO_ACCOUNT:
            refusal = None
        if refusal is not None:
            asked = (*_DECISION, "so_tien", "hinh_thuc")
            refused = {**{name: record[name] for name in asked}, "ly_do": refusal}
            return Verdict(result="refused", record=refused, reason=refusal)
        at = local_of(decided)
        day = COMPACT_DAY.write(at)
        row = {
            **record,
            "ma_giao_dich": self._free_reference(request, day),
            "ngay_chi": day,
            "gio_chi": at[11:],
            "ma_lien_thong": request.subject,
        }
        self._paid.insert(row)
        return Verdict(result="done", record=row)

    def _free_reference(self, request: Request, day: str) -> str:
        """Day and the number that case and attempt hash to, or the next that nobody has."""
        digest = sha256(f"{request.subject}|{request.attempt}".encode()).digest()
        serial = int.from_bytes(digest[:8], "big") % REFERENCES
        while True:
            reference = f"FT{day[2:]}{serial:010}"
            if self._paid.find(ma_giao_dich=reference) is None:
                return reference
            serial = (serial + 1) % REFERENCES
