"""All that a run's files say of one case, and the codes that agencies gave to it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from hub.ledger import tables
from hub.ledger.codes import Codes, most
from hub.ledger.folder import Folder
from hub.ledger.hublog import Entry, HubLog, read_log
from hub.ledger.judge import Judge, Row, Table
from hub.ledger.rights import AGENCIES, SYSTEMS

Record = Mapping[str, Any]

CASE_COLUMN = "ma_lien_thong"
"""In every natural table: the case that a row was written for."""


class ByCase:
    """A table's rows by case; what no case claims must not exist."""

    def __init__(self, table: Table, rows: list[Row], case: str) -> None:
        self.table = table
        at = table.columns.index(case)
        self._rows: dict[Any, list[Row]] = defaultdict(list)
        for row in rows:
            self._rows[row[at]].append(row)
        self._claimed: set[Any] = set()

    def of(self, case: str) -> list[Row]:
        """The rows of a case."""
        return self._rows.get(case, [])

    def claim(self, case: str) -> list[Row]:
        """The rows of a case, which are then spoken for."""
        self._claimed.add(case)
        return self.of(case)

    def unclaimed(self) -> list[tuple[Any, Row]]:
        """Rows of cases that nobody knows."""
        return [
            (case, row)
            for case, rows in self._rows.items()
            if case not in self._claimed
            for row in rows
        ]

    def record(self, case: str) -> Record:
        """The one row of a case by column; empty without one."""
        rows = self.of(case)
        return dict(zip(self.table.columns, rows[0], strict=True)) if rows else {}


@dataclass(slots=True, kw_only=True)
class Evidence:
    """A run's files, read once."""

    log: HubLog
    subjects: dict[str, ByCase]
    """By system."""
    dossiers: dict[str, ByCase]
    """By agency."""
    natural: dict[Table, ByCase]
    rest: dict[Table, list[Row]] = field(default_factory=dict)
    """Tables of work under way and of failures, which are empty at rest."""

    @classmethod
    def read(
        cls, folder: Folder, judge: Judge, *, partitions: int, fresh: bool, without: set[str]
    ) -> "Evidence":
        """Everything but manifest and submissions. The log first: what came later than it was
        read concerns cases that it does not yet say are over."""
        rows = folder.read(judge, (tables.LOG, tables.DEAD_LETTERS))
        log = read_log(
            judge,
            rows[tables.LOG],
            rows[tables.DEAD_LETTERS],
            partitions=partitions,
            fresh=fresh,
        )
        found = cls(log=log, subjects={}, dossiers={}, natural={})
        for system in SYSTEMS:
            if system not in without:
                found._read_store(folder, judge, system)
        for system in AGENCIES:
            if system not in without:
                found._read_register(folder, judge, system)
        return found

    def _read_store(self, folder: Folder, judge: Judge, system: str) -> None:
        subjects = tables.subjects_table(system)
        others = tables.store_rest(system)
        rows = folder.read(judge, (subjects, *others, *tables.technical_tables(system)))
        self.subjects[system] = ByCase(subjects, rows.pop(subjects), "subject")
        self.rest |= {table: rows[table] for table in others}

    def _read_register(self, folder: Folder, judge: Judge, system: str) -> None:
        dossiers = tables.dossiers_table(system)
        others = tables.register_rest(system)
        natural = [t for t in tables.NATURAL if t.store == dossiers.store]
        rows = folder.read(judge, (dossiers, *natural, *others))
        self.dossiers[system] = ByCase(dossiers, rows.pop(dossiers), "case_code")
        self.natural |= {t: ByCase(t, rows[t], CASE_COLUMN) for t in natural}
        self.rest |= {table: rows[table] for table in others}

    def asked(self) -> set[Any]:
        """Cases of which an agency, or a citizen, has a request that is not yet decided."""
        return {
            row[table.columns.index("case_code")]
            for table, rows in self.rest.items()
            if table.name == "pending"
            for row in rows
        }

    def entries(self, case: str) -> dict[str, Entry]:
        """What the hub accepted of a case, by token."""
        return self.log.by_subject.get(case, {})

    def dossier(self, case: str, step: str) -> Record:
        """The record of a case's last dossier at `system/step`; empty without one or its JSON."""
        return self.attempt(case, step, None)

    def attempt(self, case: str, step: str, number: int | None) -> Record:
        """The same for one attempt; None is the last."""
        system, _, name = step.partition("/")
        found: dict[str, Any] = {}
        for row in self.dossiers[system].of(case) if system in self.dossiers else ():
            if row[2] == name and number in (None, row[3]):
                found = {"ket_qua": row[6], "ly_do": row[7], **_object(row[8])}
        return found

    def document(self, case: str, system: str = "dvclt") -> Record:
        """What a system remembers of a case; empty where that is nothing or not JSON."""
        rows = self.subjects[system].of(case) if system in self.subjects else []
        return _object(rows[0][2]) if rows else {}

    def row(self, case: str, table: Table) -> Record:
        """The row of a case in a natural table, by column."""
        return self.natural[table].record(case) if table in self.natural else {}

    def common_codes(self, case: str, book: Table, step: str, result: str = "entry") -> Codes:
        """The codes of a case of any chain: what most of register, dossier and case store say.

        `book` is the register of civil status in which `step` entered it, and `result` what dvclt
        calls the entry.
        """
        document = self.document(case)
        results, dossier = part(document, "results"), part(document, "dossier")
        received = self.dossier(case, "one-stop/receive")
        ho_so = self.row(case, tables.HO_SO)
        code = most((ho_so.get("ma_ho_so"), received.get("ma_ho_so"), dossier.get("code")))
        return Codes(
            agency=str(code).rsplit("-", 2)[0] if code else None,
            dossier=code,
            number=most(
                (
                    whole(self.row(case, book).get("so")),
                    whole(self.dossier(case, step).get("so")),
                    number_in(part(results, result).get("number")),
                )
            ),
        )


def _object(text: Any) -> dict[str, Any]:
    try:
        value = orjson.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def part(record: Record, name: str) -> Record:
    """An object in a record; empty where there is none."""
    value = record.get(name)
    return value if isinstance(value, dict) else {}


def whole(value: Any) -> int | None:
    """A number that is one."""
    return value if isinstance(value, int) else None


def number_in(text: Any) -> int | None:
    """The number before the stroke of `07/2023` or `7/CT08-00001`."""
    digits = str(text or "").partition("/")[0]
    return int(digits) if digits.isdecimal() else None
