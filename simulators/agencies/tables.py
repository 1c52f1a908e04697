"""The natural tables of an agency's register: rows of the agency's own fields, in SQLite."""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

Row = dict[str, Any]


_LAST = "\U0010ffff"
"""After every other character."""


class Table:
    """One table, made when it does not exist; the first of its columns is the natural key.

    `later` are columns that stay NULL until a later step fills them in; `rules` are constraints;
    `indexed` are columns by which `having` finds rows, however many there are.
    Statements run in whatever transaction the register has open.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        name: str,
        columns: Mapping[str, str],
        *,
        later: Mapping[str, str] | None = None,
        rules: Sequence[str] = (),
        indexed: Sequence[str] = (),
    ) -> None:
        every = {**columns, **(later or {})}
        parts = [*(f"{column} {kind}" for column, kind in every.items()), *rules]
        self._execute = connection.cursor().execute
        self._execute(f"CREATE TABLE IF NOT EXISTS {name} ({', '.join(parts)})")
        if indexed:
            index = f"{name}_by_{'_'.join(indexed)} ON {name} ({', '.join(indexed)})"
            self._execute(f"CREATE INDEX IF NOT EXISTS {index}")
        self.name = name
        self.columns = tuple(every)
        self._given = itemgetter(*columns)
        self.key = self.columns[0]
        marks = ", ".join("?" * len(columns))
        self._insert = f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})"
        self._select = f"SELECT {', '.join(every)} FROM {name} WHERE "
        self._by_key = f"{self._select}{self.key} = ?"

    def insert(self, row: Mapping[str, Any]) -> None:
        """Add a row; what it has beyond the columns is left out."""
        self._execute(self._insert, self._given(row))

    def get(self, key: str) -> Row | None:
        """The row with this natural key."""
        return self._one(self._by_key, (key,))

    def require(self, key: str) -> Row:
        """The row with this natural key.

        Raises:
            KeyError: there is none.
        """
        row = self.get(key)
        if row is None:
            raise KeyError(f"{self.name} has no {key!r}")
        return row

    def find(self, **unique: Any) -> Row | None:
        """The row with these values, which only one row can have."""
        return self._one(self._select + _all_equal(tuple(unique)), tuple(unique.values()))

    def having(self, **values: Any) -> list[Row]:
        """All rows with these values."""
        found = self._execute(self._select + _all_equal(tuple(values)), tuple(values.values()))
        return [dict(zip(self.columns, row, strict=True)) for row in found]

    def _one(self, sql: str, values: tuple[Any, ...]) -> Row | None:
        found = self._execute(sql, values).fetchone()
        return None if found is None else dict(zip(self.columns, found, strict=True))

    def update(self, key: str, changes: Mapping[str, Any]) -> bool:
        """Set columns of the row with this natural key; whether there is one.

        Raises:
            KeyError: no such column.
        """
        if unknown := changes.keys() - set(self.columns):
            raise KeyError(f"{self.name} has no {', '.join(sorted(unknown))}")
        settings = ", ".join(f"{column} = ?" for column in changes)
        sql = f"UPDATE {self.name} SET {settings} WHERE {self.key} = ?"
        return self._execute(sql, (*changes.values(), key)).rowcount == 1

    def next_number(self, column: str, **within: Any) -> int:
        """One more than the highest number among the rows with these values, from 1."""
        where = _all_equal(tuple(within))
        sql = f"SELECT COALESCE(MAX({column}), 0) + 1 FROM {self.name} WHERE {where}"
        number: int = self._execute(sql, tuple(within.values())).fetchone()[0]
        return number

    def next_number_of(self, column: str, key: str, beginning: str) -> int:
        """The same among the rows whose `key`, a text with an index, begins so."""
        where = f"{key} >= ? AND {key} < ?"
        sql = f"SELECT COALESCE(MAX({column}), 0) + 1 FROM {self.name} WHERE {where}"
        number: int = self._execute(sql, (beginning, beginning + _LAST)).fetchone()[0]
        return number


@cache
def _all_equal(columns: tuple[str, ...]) -> str:
    return " AND ".join(f"{column} = ?" for column in columns)
