"""Holds what is found against what is expected, and keeps what does not fit."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from hub.ledger.report import Finding, Kind

Row = tuple[Any, ...]


class Table(NamedTuple):
    """A table that the ledger reads: which columns it compares and which it leaves out."""

    store: str
    name: str
    columns: tuple[str, ...]
    key: tuple[str, ...] = ()
    """Columns that tell rows apart; by default the first."""
    technical: tuple[str, ...] = ()
    """Columns that say nothing about a case: they may differ between two right runs."""

    @property
    def keys(self) -> tuple[int, ...]:
        """Where the key's columns stand in a row."""
        return tuple(self.columns.index(name) for name in self.key or self.columns[:1])

    def key_of(self, row: Row) -> Row:
        """A row's key."""
        return tuple(row[at] for at in self.keys)


class Judge:
    """Collects findings. Of cases under way (`open`) nothing is missing: it may still come.

    `under_way` says whether processes still work on the run, and is asked only when something
    that belongs to no case is missing: then that may still come as well.
    """

    def __init__(self, under_way: Callable[[], bool]) -> None:
        self.findings: list[Finding] = []
        self.accused: set[str] = set()
        """Cases with a finding."""
        self.open: set[str] = set()
        """Cases that have not ended, or whose last traces are still on their way."""
        self.under_way = under_way

    def lost(
        self, case: str | None, table: Table, key: Any, expected: Any, column: str | None = None
    ) -> None:
        """Something must exist and does not."""
        if case in self.open or (case is None and self.under_way()):
            return
        self._find("lost", case, table, key, column, expected, None)

    def duplicated(
        self, case: str | None, table: Table, key: Any, found: Any, column: str | None = None
    ) -> None:
        """Something exists twice, or under two keys."""
        self._find("duplicated", case, table, key, column, None, found)

    def mismatched(
        self,
        case: str | None,
        table: Table,
        key: Any,
        column: str | None,
        expected: Any,
        found: Any,
    ) -> None:
        """Something is different, or exists and must not."""
        self._find("mismatched", case, table, key, column, expected, found)

    def _find(
        self,
        kind: Kind,
        case: str | None,
        table: Table,
        key: Any,
        column: str | None,
        expected: Any,
        found: Any,
    ) -> None:
        text = "/".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
        self.findings.append(
            Finding(kind, case, table.store, table.name, text, column, expected, found)
        )
        if case is not None:
            self.accused.add(case)

    def compare(
        self, case: str | None, table: Table, expected: Sequence[Row], found: Sequence[Row]
    ) -> None:
        """All rows that a case has in a table."""
        if expected == found:
            return
        left = {table.key_of(row): row for row in found}
        if len(left) != len(found):
            self.duplicated(case, table, table.key_of(found[0]), len(found))
        for row in expected:
            key = table.key_of(row)
            other = left.pop(key, None)
            if other is None:
                self.lost(case, table, key, dict(zip(table.columns, row, strict=True)))
            elif other != row:
                self._columns(case, table, key, row, other)
        for key, row in left.items():
            self._extra(case, table, key, row, expected)

    def _columns(self, case: str | None, table: Table, key: Row, expected: Row, found: Row) -> None:
        for name, wanted, given in zip(table.columns, expected, found, strict=True):
            if wanted != given:
                self.mismatched(case, table, key, name, wanted, given)

    def _extra(
        self, case: str | None, table: Table, key: Row, row: Row, expected: Sequence[Row]
    ) -> None:
        at = table.keys
        content = [value for i, value in enumerate(row) if i not in at]
        for other in expected:
            if content == [value for i, value in enumerate(other) if i not in at]:
                self.duplicated(case, table, key, dict(zip(table.columns, row, strict=True)))
                return
        self.mismatched(case, table, key, None, None, dict(zip(table.columns, row, strict=True)))
