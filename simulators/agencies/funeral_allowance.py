"""Who decides on funeral allowances: entitlement, sum and decision, and what a death stops.

Two agencies do it alike, each for its groups, on its letterhead and in its dialect. The sum is
`schemas.amounts`' as the law is known on the day of the decision, less what another agency has
granted (`da_huong`).
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar, Final, cast

from connectors.agencies.codes import Dialect, local_of
from connectors.runtime.agency import Request
from schemas.amounts import Amount, Group, amount, still_due
from schemas.rules import NoRuleError
from schemas.standards import province_then
from simulators.agencies.documents import URI
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.natural_keys import note, settled
from simulators.agencies.register import Chance, Desk, Verdict
from simulators.agencies.tables import Row, Table
from simulators.world import World

_COLUMNS: Final = {
    "so_dinh_danh": "TEXT PRIMARY KEY",
    "so_quyet_dinh": "TEXT NOT NULL",
    "so": "INTEGER NOT NULL",
    "nam": "INTEGER NOT NULL",
    "noi": "TEXT NOT NULL",
    "ho_ten": "TEXT NOT NULL",
    "gioi_tinh": "NOT NULL",
    "ngay_sinh": "TEXT NOT NULL",
    "ngay_mat": "TEXT NOT NULL",
    "gio_mat": "TEXT NOT NULL",
    "nhom": "TEXT NOT NULL",
    "so_tien": "INTEGER NOT NULL",
    "da_huong": "INTEGER",
    "ho_ten_nhan": "TEXT NOT NULL",
    "so_dinh_danh_nhan": "TEXT NOT NULL",
    "quan_he_nhan": "TEXT NOT NULL",
    "ngay_quyet_dinh": "TEXT NOT NULL",
    "gio_quyet_dinh": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
    "quyet_dinh": "TEXT NOT NULL",
    "sha256": "TEXT NOT NULL",
}
_LATER: Final = {"ngay_chi": "TEXT", "hinh_thuc_chi": "TEXT", "loi_chi": "TEXT"}
_ON_DECISION: Final = tuple(c for c in _COLUMNS if c not in ("quyet_dinh", "sha256"))
_STOPPED: Final = {
    "so_dinh_danh": "TEXT PRIMARY KEY",
    "ngay_mat": "TEXT NOT NULL",
    "gio_mat": "TEXT NOT NULL",
    "dung_tu_thang": "TEXT NOT NULL",
    "ma_lien_thong": "TEXT NOT NULL",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A kind of agency that decides on funeral allowances."""

    mark: str
    """How it signs: `BHXH` in `12/QĐ-BHXH-79`."""
    seat: Callable[[Mapping[str, Any], date], str]
    """The code of the unit whose office decides, by the request's record and the day."""
    groups: frozenset[Group]
    """Whose allowances are its own."""
    dialect: Dialect


class FuneralAllowanceDesk(Desk):
    """Decisions in `tro_cap_mai_tang`, stopped benefits in `dung_huong`; both keys are the person.

    Decisions count from 1 within an office's year.
    """

    office: ClassVar[Office]
    one_way: ClassVar = frozenset({"stop", "paid", "unpaid"})

    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        sex = "INTEGER" if isinstance(self.office.dialect.sex.write["male"], int) else "TEXT"
        self._granted = Table(
            connection,
            "tro_cap_mai_tang",
            {**_COLUMNS, "gioi_tinh": f"{sex} NOT NULL"},
            later=_LATER,
            rules=("UNIQUE (noi, nam, so)",),
        )
        self._stopped = Table(connection, "dung_huong", _STOPPED)

    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        if request.step == "allowance":
            return self._allow(request, decided, chance)
        if request.step == "stop":
            return self._stop(request)
        return self._note_payment(request)

    def _allow(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        due = self._due(request, decided.date())
        if (forbidden := _forbidden(request, due)) is not None:
            chance = Chance(refusal=forbidden)
        verdict = settled(self._granted, request, decided, chance, self.office.dialect)
        if verdict is not None:
            return verdict
        assert due is not None, "a rule refuses where nothing is due"
        return Verdict(result="done", record=self._grant(request, decided, due))

    def _due(self, request: Request, today: date) -> Amount | None:
        """The highest sum that one of the ticked groups has for this death; of equal ones the
        first ticked."""
        died = date.fromisoformat(self.office.dialect.day.read(request.record["ngay_mat"]))
        home = province_then(request.record["ma_xa"], died)
        ticked = cast(Iterable[Group], request.record["nhom"].split(","))
        sums = (_sum(group, died, today, home) for group in ticked if group in self.office.groups)
        return max((s for s in sums if s is not None), key=lambda s: s.vnd, default=None)

    def _grant(self, request: Request, decided: datetime, due: Amount) -> Row:
        record, at, mark = request.record, local_of(decided), self.office.mark
        place = self.office.seat(record, decided.date())
        number = self._granted.next_number("so", noi=place, nam=decided.year)
        row = {
            **{column: record[column] for column in _COLUMNS if column in record},
            "so_quyet_dinh": f"{number}/QĐ-{mark}-{place}",
            "so": number,
            "nam": decided.year,
            "noi": place,
            "nhom": due.group,
            "so_tien": still_due(due.vnd, record["da_huong"]),
            "ngay_quyet_dinh": self.office.dialect.day.write(at),
            "gio_quyet_dinh": at[11:],
            "ma_lien_thong": request.subject,
        }
        row["quyet_dinh"] = f"{URI}QD:{number}:{decided.year}:{mark}:{place}"
        row["sha256"] = self.documents.make_out("allowance_decision", row, _ON_DECISION)
        self._granted.insert(row)
        return row

    def _stop(self, request: Request) -> Verdict:
        """Stop what the deceased was paid, from the month after the death on."""
        died = date.fromisoformat(self.office.dialect.day.read(request.record["ngay_mat"]))
        stopped = {**request.record, "dung_tu_thang": _next_month(died)}
        return note(self._stopped, replace(request, record=stopped))

    def _note_payment(self, request: Request) -> Verdict:
        """Note with the decision that it was paid, or why it could not be."""
        if self._granted.update(request.record["so_dinh_danh"], request.record):
            return Verdict(result="done", record=_key(request))
        return Verdict(result="refused", record=_key(request), reason="unknown_decision")


def _sum(group: Group, died: date, today: date, home: str | None) -> Amount | None:
    try:
        return amount(group, died, today, province=home)
    except NoRuleError:
        return None


def _forbidden(request: Request, due: Amount | None) -> str | None:
    """Why a rule refuses, which goes before chance."""
    if due is None:
        return "not_entitled"
    return None if still_due(due.vnd, request.record["da_huong"]) else "no_double_benefit"


def _next_month(day: date) -> str:
    return f"{day.year + day.month // 12}{day.month % 12 + 1:02}"


def _key(request: Request) -> dict[str, Any]:
    return {"so_dinh_danh": request.record["so_dinh_danh"]}
