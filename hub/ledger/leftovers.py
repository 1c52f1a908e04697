"""What no case speaks for: rows of unknown cases, work that never ended, failures."""

from collections.abc import Collection
from zlib import crc32

import orjson

from hub.ledger.casecheck import expected_seen
from hub.ledger.evidence import Evidence
from hub.ledger.judge import Judge, Row, Table
from hub.ledger.texts import normal_json, sorted_json


class Leftovers:
    """Checks what is left when every case was looked at.

    While processes work on the run, rows of cases that came after the log was read are none of
    today's business.
    """

    def __init__(
        self, judge: Judge, evidence: Evidence, partitions: int, external: Collection[str]
    ) -> None:
        self._judge = judge
        self._evidence = evidence
        self._partitions = partitions
        self._external = external
        self._letters = {
            (letter["by"], letter["headers"].get("ce_id")) for letter in evidence.log.letters
        }

    def run(self, cases: Collection[str]) -> None:
        """Find all of it. `cases` are known and were looked at."""
        for rows in (*self._evidence.dossiers.values(), *self._evidence.natural.values()):
            for case, row in rows.unclaimed():
                self._stray(rows.table, case, row)
        self._subjects(cases)
        for table, found in self._evidence.rest.items():
            for row in found:
                if not self._explained(table, dict(zip(table.columns, row, strict=True))):
                    self._stray(table, None, row)

    def _stray(self, table: Table, case: str | None, row: Row) -> None:
        if self._judge.under_way():
            return
        found = {
            name: value.decode(errors="replace") if isinstance(value, bytes) else value
            for name, value in zip(table.columns, row, strict=True)
        }
        self._judge.mismatched(case, table, table.key_of(row), None, None, found)

    def _subjects(self, cases: Collection[str]) -> None:
        """Whoever was told of a refused record without a case remembers that, and no more."""
        strays = self._evidence.log.by_subject.keys() - cases
        expected = {subject: expected_seen(self._evidence, subject) for subject in strays}
        for system, subjects in self._evidence.subjects.items():
            for subject, row in subjects.unclaimed():
                seen = expected.get(subject, {}).pop(system, None)
                if seen is None:
                    self._stray(subjects.table, None, row)
                    continue
                at = crc32(subject.encode()) % self._partitions
                right = (subject, at, row[2], sorted_json(seen), "{}", None, 0)
                given = (*row[:3], normal_json(row[3]), *row[4:])
                self._judge.compare(None, subjects.table, [right], [given])
            for subject in strays:
                if seen := expected[subject].get(system):
                    self._judge.lost(None, subjects.table, subject, seen)

    def _explained(self, table: Table, row: dict[str, object]) -> bool:
        """Whether a row is what a stop in the middle leaves: done, but not yet crossed out."""
        system = table.store.partition("/")[2]
        if table.name == "outbox":
            return self._published(system, row)
        if table.name == "calls":
            return self._known(system, row["subject"], row["key"])
        if table.name == "pending":
            return row["case_code"] in self._judge.open
        if table.name == "outcomes":
            case = str(row["key"]).partition("/")[0]
            return self._known(system, case, row["key"])
        return row["subject"] in self._external and self._lettered(system, row)

    def _published(self, system: str, row: dict[str, object]) -> bool:
        try:
            headers = dict(orjson.loads(str(row["headers"])))
        except (ValueError, TypeError):
            return False
        case = str(headers.get("ce_subject"))
        token = f"{system}:{headers.get('ce_id')}"
        return case in self._judge.open or token in self._evidence.entries(case)

    def _known(self, system: str, case: object, key: object) -> bool:
        dossiers = self._evidence.dossiers[system].of(str(case))
        return case in self._judge.open or any(row[0] == key for row in dossiers)

    def _lettered(self, system: str, row: dict[str, object]) -> bool:
        """Whether a failure of somebody else's event has its dead letter."""
        event = row["id"] if "id" in row else str(row["input"]).rpartition(":")[2]
        return (system, event) in self._letters
