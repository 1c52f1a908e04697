"""The national population database: personal IDs, identity cards, who lives where and who died."""

import sqlite3
from datetime import date, datetime
from hashlib import sha256
from typing import ClassVar, Final

from connectors.agencies.codes import POPULATION, local_of
from connectors.runtime.agency import Request
from schemas.deadlines import identity_card_until
from schemas.identifiers import personal_id_text
from schemas.regimes import personal_id_province
from simulators.agencies.documents import URI
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.natural_keys import note, settled
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.agencies.tables import Table
from simulators.world import World

SERIALS: Final = 1_000_000
"""How many people of one province, sex and year six digits can tell apart."""

_COLUMNS: Final = {
    "so_dinh_danh": "TEXT PRIMARY KEY",
    "so_gcs": "TEXT NOT NULL UNIQUE",
    "ho_ten": "TEXT NOT NULL",
    "gioi_tinh": "INTEGER NOT NULL",
    "ngay_sinh": "TEXT NOT NULL",
    "gio_sinh": "TEXT NOT NULL",
    "so_dinh_danh_me": "TEXT NOT NULL",
    "so_dinh_danh_cha": "TEXT",
    "tinh_khai_sinh": "TEXT NOT NULL",
    "xa_khai_sinh": "TEXT NOT NULL",
    "ngay_cap": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
}
_LATER: Final = {
    "so_khai_sinh": "TEXT",
    "quyen_khai_sinh": "TEXT",
    "trang_khai_sinh": "INTEGER",
    "ngay_khai_sinh": "TEXT",
    "xa_thuong_tru": "TEXT",
    "noi_thuong_tru": "TEXT",
    "so_dinh_danh_chu_ho": "TEXT",
    "ngay_thuong_tru": "TEXT",
}
_CARD: Final = {
    "so_dinh_danh": "TEXT PRIMARY KEY",
    "so_the": "TEXT NOT NULL UNIQUE",
    "ho_ten": "TEXT NOT NULL",
    "gioi_tinh": "INTEGER NOT NULL",
    "ngay_sinh": "TEXT NOT NULL",
    "ho_ten_nyc": "TEXT NOT NULL",
    "so_dinh_danh_nyc": "TEXT NOT NULL",
    "ma_tinh": "TEXT NOT NULL",
    "ma_xa": "TEXT NOT NULL",
    "ngay_cap": "TEXT NOT NULL",
    "gio_cap": "TEXT NOT NULL",
    "den_ngay": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
    "the_can_cuoc": "TEXT NOT NULL",
    "sha256": "TEXT NOT NULL",
}
_ON_CARD: Final = tuple(column for column in _CARD if column not in ("the_can_cuoc", "sha256"))
_DEAD: Final = {
    "so_dinh_danh": "TEXT PRIMARY KEY",
    "ngay_mat": "TEXT",
    "gio_mat": "TEXT",
    "so_khai_tu": "TEXT",
    "quyen_khai_tu": "TEXT",
    "trang_khai_tu": "INTEGER",
    "ngay_khai_tu": "TEXT",
    "ma_lien_thong": "TEXT NOT NULL",
    "xa_xoa": "TEXT",
    "ngay_xoa": "TEXT",
}
"""Death and removal are noted in either order, each when it arrives."""


class Population(Desk):
    """People in `cong_dan`; a number belongs to a person, whom the birth notice identifies.

    Whichever dossier asks for the same person, it is the same number. The dead are in `nguoi_mat`,
    identity cards in `the_can_cuoc`: no biometrics are taken of a child under 6.
    """

    system: ClassVar = "population"
    one_way: ClassVar = frozenset({"confirm", "move", "mark", "unregister"})

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        self._id_province = world.personal_id_province
        self._people = Table(connection, "cong_dan", _COLUMNS, later=_LATER)
        self._cards = Table(connection, "the_can_cuoc", _CARD)
        self._dead = Table(connection, "nguoi_mat", _DEAD)

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step == "allocate":
            return self._allocate(request, decided)
        if request.step == "identity_card":
            return self._issue(request, decided, chance)
        if request.step in ("mark", "unregister"):
            return note(self._dead, request)
        return self._note(request)

    def _allocate(self, request: Request, decided: datetime) -> Verdict:
        record = request.record
        known = self._people.find(so_gcs=record["so_gcs"])
        if known is not None:
            number = known["so_dinh_danh"]
        else:
            number = self._free_number(request)
            row = {
                **record,
                "so_dinh_danh": number,
                "ngay_cap": POPULATION.day.write(local_of(decided)),
                "ma_lien_thong": request.subject,
            }
            self._people.insert(row)
        answer = {"so_gcs": record["so_gcs"], "so_dinh_danh": number}
        return Verdict(result="done", record=answer)

    def _free_number(self, request: Request) -> str:
        """The number that the birth notice hashes to, or the next that nobody has."""
        record = request.record
        province = personal_id_province(
            record["xa_khai_sinh"], record["tinh_khai_sinh"], self._id_province
        )
        sex = POPULATION.sex.read[record["gioi_tinh"]]
        year = int(record["ngay_sinh"][:4])
        digest = sha256(record["so_gcs"].encode()).digest()
        serial = int.from_bytes(digest[:8], "big") % SERIALS
        while True:
            number = personal_id_text(province, sex, year, serial)
            if self._people.get(number) is None:
                return number
            serial = (serial + 1) % SERIALS

    def _issue(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        """The card has the person's number, and is valid from its day on."""
        verdict = settled(self._cards, request, decided, chance, POPULATION)
        if verdict is not None:
            return verdict
        record, issued = request.record, local_of(decided)
        born = date.fromisoformat(POPULATION.day.read(record["ngay_sinh"]))
        row = {column: record[column] for column in _CARD if column in record}
        row |= {
            "so_the": record["so_dinh_danh"],
            "ngay_cap": POPULATION.day.write(issued),
            "gio_cap": issued[11:],
            "den_ngay": POPULATION.day.write(identity_card_until(born, decided.date()).isoformat()),
            "ma_lien_thong": request.subject,
        }
        row["the_can_cuoc"] = f"{URI}CC:{row['so_the']}"
        row["sha256"] = self.documents.make_out("identity_card", row, _ON_CARD)
        self._cards.insert(row)
        return Verdict(result="done", record=row)

    def _note(self, request: Request) -> Verdict:
        """Note what another agency registered of a person."""
        answer = {"so_dinh_danh": request.record["so_dinh_danh"]}
        if self._people.update(answer["so_dinh_danh"], request.record):
            return Verdict(result="done", record=answer)
        return Verdict(result="refused", record=answer, reason="unknown_person")
