"""Vietnam Social Security: cards of children under 6, and allowances for the insured dead."""

import sqlite3
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import ClassVar, Final

from connectors.agencies.codes import SOCIAL_INSURANCE, local_of
from connectors.runtime.agency import Request
from simulators.agencies.documents import URI
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.funeral_allowance import FuneralAllowanceDesk, Office
from simulators.agencies.natural_keys import settled
from simulators.agencies.register import Chance, Verdict
from simulators.agencies.tables import Table
from simulators.world import World

CARD_OF_A_CHILD: Final = "TE1"
SERIALS: Final = 100_000_000
"""How many insured people of one issuing province eight digits can tell apart."""

_COLUMNS: Final = {
    "so_dinh_danh": "TEXT PRIMARY KEY",
    "ma_the": "TEXT NOT NULL UNIQUE",
    "so_bhxh": "TEXT NOT NULL",
    "ho_ten": "TEXT NOT NULL",
    "gioi_tinh": "INTEGER NOT NULL",
    "ngay_sinh": "TEXT NOT NULL",
    "ho_ten_nyc": "TEXT NOT NULL",
    "so_dinh_danh_nyc": "TEXT NOT NULL",
    "ma_tinh": "TEXT NOT NULL",
    "ma_xa": "TEXT NOT NULL",
    "noi_kcb": "TEXT NOT NULL",
    "tu_ngay": "TEXT NOT NULL",
    "den_ngay": "TEXT NOT NULL",
    "ngay_cap": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
    "the_dien_tu": "TEXT NOT NULL",
    "sha256": "TEXT NOT NULL",
}
_ON_CARD: Final = tuple(column for column in _COLUMNS if column not in ("the_dien_tu", "sha256"))


class SocialInsurance(FuneralAllowanceDesk):
    """Cards in `the_bhyt`; the natural key is the person. The province decides on allowances."""

    system: ClassVar = "social-insurance"
    office: ClassVar = Office(
        mark="BHXH",
        seat=lambda record, day: str(record["ma_tinh"]),
        groups=frozenset({"insurance"}),
        dialect=SOCIAL_INSURANCE,
    )

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        super().__init__(connection, dossiers, world)
        self._cards = Table(connection, "the_bhyt", _COLUMNS)

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step == "card":
            return self._issue(request, decided, chance)
        return super().decide(request, decided, chance)

    def _issue(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        verdict = settled(self._cards, request, decided, chance, SOCIAL_INSURANCE)
        if verdict is not None:
            return verdict
        record = request.record
        row = {column: record[column] for column in _COLUMNS if column in record}
        born = date.fromisoformat(SOCIAL_INSURANCE.day.read(record["ngay_sinh"]))
        until = last_day_of_childs_card(born)
        insurance_number = self._free_number(record["ma_tinh"], record["so_dinh_danh"])
        row |= {
            "so_bhxh": insurance_number,
            "ma_the": _card(record["ma_tinh"], insurance_number),
            "tu_ngay": record["ngay_sinh"],
            "den_ngay": SOCIAL_INSURANCE.day.write(until.isoformat()),
            "ngay_cap": SOCIAL_INSURANCE.day.write(local_of(decided)),
            "ma_lien_thong": request.subject,
        }
        row["the_dien_tu"] = f"{URI}BHYT:{row['ma_the']}"
        row["sha256"] = self.documents.make_out("health_card", row, _ON_CARD)
        self._cards.insert(row)
        return Verdict(result="done", record=row)

    def _free_number(self, province: str, person: str) -> str:
        """Province and the serial that the person hashes to, or the next that nobody has."""
        digest = sha256(person.encode()).digest()
        serial = int.from_bytes(digest[:8], "big") % SERIALS
        while True:
            number = f"{province}{serial:08}"
            if self._cards.find(ma_the=_card(province, number)) is None:
                return number
            serial = (serial + 1) % SERIALS


def _card(province: str, insurance_number: str) -> str:
    return f"{CARD_OF_A_CHILD}{province}{insurance_number}"


def last_day_of_childs_card(born: date) -> date:
    """The day before the child is 72 months old; 30 September of that year, if that is later.

    A child who turns six before the school year begins keeps the card until it has.
    Source: from memory, unchecked: Decree 146/2018/NĐ-CP, article 13.
    """
    school = date(born.year + 6, 9, 30)
    if (born.month, born.day) <= (9, 30):
        return school
    return born.replace(year=born.year + 6) - timedelta(days=1)
