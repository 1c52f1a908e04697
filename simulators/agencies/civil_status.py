"""The register of births: the entry, and later the certificate."""

import sqlite3
from datetime import datetime
from typing import ClassVar, Final

from connectors.agencies.codes import CIVIL_STATUS, local_of
from connectors.runtime.agency import Request
from simulators.agencies.documents import URI
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.incomplete import incomplete
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.agencies.tables import Table
from simulators.world import World

PAGES: Final = 200
"""Pages of a register book, one entry each; a parameter of ours."""
LAST_BOOK: Final = 99
"""Two digits number the books of a year; the last one takes whatever is left."""

_COLUMNS: Final = {
    "so_gcs": "TEXT PRIMARY KEY",
    "so": "INTEGER NOT NULL",
    "nam": "INTEGER NOT NULL",
    "quyen": "TEXT NOT NULL",
    "trang": "INTEGER NOT NULL",
    "xa": "TEXT NOT NULL",
    "ngay_dang_ky": "TEXT NOT NULL",
    "gio_dang_ky": "TEXT NOT NULL",
    "ho_ten": "TEXT NOT NULL",
    "gioi_tinh": "INTEGER NOT NULL",
    "ngay_sinh": "TEXT NOT NULL",
    "gio_sinh": "TEXT NOT NULL",
    "ma_co_so": "TEXT NOT NULL",
    "ho_ten_me": "TEXT NOT NULL",
    "so_dinh_danh_me": "TEXT NOT NULL",
    "ngay_sinh_me": "TEXT NOT NULL",
    "ho_ten_cha": "TEXT",
    "so_dinh_danh_cha": "TEXT",
    "ngay_sinh_cha": "TEXT",
    "ho_ten_nyc": "TEXT NOT NULL",
    "so_dinh_danh_nyc": "TEXT NOT NULL",
    "ma_don_vi": "TEXT NOT NULL",
    "ma_ho_so": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
}
_LATER: Final = {
    "so_dinh_danh": "TEXT",
    "ngay_cap": "TEXT",
    "gio_cap": "TEXT",
    "giay_khai_sinh": "TEXT",
    "sha256": "TEXT",
}
_ON_CERTIFICATE: Final = (*_COLUMNS, "so_dinh_danh", "ngay_cap", "gio_cap")


class CivilStatus(Desk):
    """Entries in `so_khai_sinh`; the natural key is the birth notice, so twins are two entries.

    Entries count from 1 within a commune's year.
    """

    system: ClassVar = "civil-status"

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        self._entries = Table(
            connection, "so_khai_sinh", _COLUMNS, later=_LATER, rules=("UNIQUE (xa, nam, so)",)
        )

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step == "enter":
            return self._enter(request, decided, chance)
        return self._certify(request, decided)

    def _enter(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        record, refusal = request.record, chance.refusal
        known = self._entries.get(record["so_gcs"])
        if known is not None:
            if known["ma_lien_thong"] == request.subject:
                return Verdict(result="done", record=known)
            refusal = "duplicate_of"
        elif chance.missing:
            key = {"so_gcs": record["so_gcs"]}
            return incomplete(key, chance.missing, decided, CIVIL_STATUS)
        if refusal is not None:
            refused = {"so_gcs": record["so_gcs"], "ly_do": refusal}
            return Verdict(result="refused", record=refused, reason=refusal)
        at = local_of(decided)
        number = self._entries.next_number("so", xa=record["xa"], nam=decided.year)
        book, page = book_and_page(number)
        row = {
            **record,
            "so": number,
            "nam": decided.year,
            "quyen": f"{book:02}/{decided.year}",
            "trang": page,
            "ngay_dang_ky": CIVIL_STATUS.day.write(at),
            "gio_dang_ky": at[11:],
            "ma_lien_thong": request.subject,
        }
        self._entries.insert(row)
        return Verdict(result="done", record=row)

    def _certify(self, request: Request, decided: datetime) -> Verdict:
        at = local_of(decided)
        row = {
            **self._entries.require(request.record["so_gcs"]),
            "so_dinh_danh": request.record["so_dinh_danh"],
            "ngay_cap": CIVIL_STATUS.day.write(at),
            "gio_cap": at[11:],
        }
        paper = f"KQ.G15.000031:{row['xa']}:{row['so']}/{row['nam']}"
        row["giay_khai_sinh"] = URI + paper
        row["sha256"] = self.documents.make_out("birth_certificate", row, _ON_CERTIFICATE)
        self._entries.update(row["so_gcs"], {column: row[column] for column in _LATER})
        return Verdict(result="done", record=row)


def book_and_page(number: int) -> tuple[int, int]:
    """In which book of the year, and on which of its pages, an entry stands."""
    book = min((number - 1) // PAGES + 1, LAST_BOOK)
    return book, number - (book - 1) * PAGES
