"""The registers of births and deaths: the entry, and the paper that says it.

A birth is entered first and certified when the child has its number; where the requester is to
check a draft, that is made then, and the certificate issued afterwards. A death has its extract at
once.
"""

import sqlite3
from datetime import datetime
from typing import ClassVar, Final

from connectors.agencies.codes import CIVIL_STATUS, local_of
from connectors.runtime.agency import Request
from schemas.deadlines import draft_checked_by
from simulators.agencies.documents import URI
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.natural_keys import settled
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.agencies.suspicion import suspecting
from simulators.agencies.tables import Row, Table
from simulators.world import World

PAGES: Final = 200
"""Pages of a register book, one entry each; a parameter of ours."""
LAST_BOOK: Final = 99
"""Two digits number the books of a year; the last one takes whatever is left."""

_ENTRY: Final = {
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
}
_FROM: Final = {
    "ho_ten_nyc": "TEXT NOT NULL",
    "so_dinh_danh_nyc": "TEXT NOT NULL",
    "ma_don_vi": "TEXT NOT NULL",
    "ma_ho_so": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
}
_BIRTH: Final = {
    "so_gcs": "TEXT PRIMARY KEY",
    **_ENTRY,
    "gio_sinh": "TEXT NOT NULL",
    "ma_co_so": "TEXT NOT NULL",
    "ho_ten_me": "TEXT NOT NULL",
    "so_dinh_danh_me": "TEXT NOT NULL",
    "ngay_sinh_me": "TEXT NOT NULL",
    "ho_ten_cha": "TEXT",
    "so_dinh_danh_cha": "TEXT",
    "ngay_sinh_cha": "TEXT",
    **_FROM,
}
_CERTIFIED: Final = {
    "so_dinh_danh": "TEXT",
    "ngay_cap": "TEXT",
    "gio_cap": "TEXT",
    "giay_khai_sinh": "TEXT",
    "sha256": "TEXT",
}
_CERTIFYING: Final = ("certify", "issue", "mend")
"""When the child has its number; when the requester agrees with the draft; when they do not, and
the draft is put right, which alone was wrong: the entry stays as it is."""
_ON_CERTIFICATE: Final = (*_BIRTH, "so_dinh_danh", "ngay_cap", "gio_cap")
_DEATH: Final = {
    "so_dinh_danh": "TEXT PRIMARY KEY",
    **_ENTRY,
    "ngay_mat": "TEXT NOT NULL",
    "gio_mat": "TEXT NOT NULL",
    "noi_mat": "TEXT NOT NULL",
    "nguyen_nhan": "TEXT NOT NULL",
    "so_gbt": "TEXT NOT NULL",
    "ma_co_so": "TEXT NOT NULL",
    **_FROM,
}
_EXTRACT: Final = {"trich_luc": "TEXT NOT NULL", "sha256": "TEXT NOT NULL"}
_COUNTED: Final = ("UNIQUE (xa, nam, so)",)


class CivilStatus(Desk):
    """Births in `so_khai_sinh`, by their birth notice, so that twins are two; deaths in
    `so_khai_tu`, by the deceased.

    Entries of each kind count from 1 within a commune's year.
    """

    system: ClassVar = "civil-status"

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        self._dossiers = dossiers
        self._drafts = world.draft_certificates
        self._births = Table(
            *(connection, "so_khai_sinh", _BIRTH),
            later=_CERTIFIED,
            rules=_COUNTED,
            indexed=("so_dinh_danh_me", "ngay_sinh"),
        )
        self._deaths = Table(connection, "so_khai_tu", _DEATH | _EXTRACT, rules=_COUNTED)

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step in _CERTIFYING:
            return self._certify(request, decided)
        births = request.step == "enter"
        table = self._births if births else self._deaths
        if births:
            chance = suspecting(table, self._dossiers, request, chance)
        verdict = settled(table, request, decided, chance, CIVIL_STATUS)
        if verdict is not None:
            return verdict
        row = _entered(table, request, decided)
        if not births:
            row["trich_luc"] = _address("KQ.G15.000034", row)
            row["sha256"] = self.documents.make_out("death_extract", row, _DEATH)
        table.insert(row)
        return Verdict(result="done", record=row)

    def _certify(self, request: Request, decided: datetime) -> Verdict:
        """Certify an entered birth, once: its certificate says the number that it first had."""
        entry = self._births.require(request.record["so_gcs"])
        if entry["giay_khai_sinh"] is not None:
            if entry["so_dinh_danh"] != request.record["so_dinh_danh"]:
                raise ValueError(f"{entry['so_gcs']} is certified with another number")
            return Verdict(result="done", record=entry)
        if self._drafts and request.step == "certify":
            return _drafted(entry, request, decided)
        at = local_of(decided)
        row = {
            **entry,
            "so_dinh_danh": request.record["so_dinh_danh"],
            "ngay_cap": CIVIL_STATUS.day.write(at),
            "gio_cap": at[11:],
            "giay_khai_sinh": _address("KQ.G15.000031", entry),
        }
        row["sha256"] = self.documents.make_out("birth_certificate", row, _ON_CERTIFICATE)
        self._births.update(row["so_gcs"], {column: row[column] for column in _CERTIFIED})
        return Verdict(result="done", record=row)


def _drafted(entry: Row, request: Request, decided: datetime) -> Verdict:
    """What the certificate would say, and until when the requester may have it put right."""
    expires = local_of(draft_checked_by(decided))
    record = {
        **{column: entry[column] for column in _BIRTH},
        "so_dinh_danh": request.record["so_dinh_danh"],
        "ngay_het_han": CIVIL_STATUS.day.write(expires),
        "gio_het_han": expires[11:],
    }
    return Verdict(result="draft", record=record)


def _entered(table: Table, request: Request, decided: datetime) -> Row:
    """The request with the next number of its commune's year, and where that stands."""
    at, commune = local_of(decided), request.record["xa"]
    number = table.next_number("so", xa=commune, nam=decided.year)
    book, page = book_and_page(number)
    return {
        **request.record,
        "so": number,
        "nam": decided.year,
        "quyen": f"{book:02}/{decided.year}",
        "trang": page,
        "ngay_dang_ky": CIVIL_STATUS.day.write(at),
        "gio_dang_ky": at[11:],
        "ma_lien_thong": request.subject,
    }


def _address(kind: str, row: Row) -> str:
    return f"{URI}{kind}:{row['xa']}:{row['so']}/{row['nam']}"


def book_and_page(number: int) -> tuple[int, int]:
    """In which book of the year, and on which of its pages, an entry stands."""
    book = min((number - 1) // PAGES + 1, LAST_BOOK)
    return book, number - (book - 1) * PAGES
