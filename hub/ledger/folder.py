"""Reads a run's files, read-only: manifest, submissions, stores, registers, the hub's log."""

import fcntl
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson

from hub.ledger.course import Submission
from hub.ledger.judge import Judge, Row, Table
from hub.ledger.orders import Order
from hub.ledger.rest import ACTION_LINE
from hub.ledger.rights import SYSTEMS
from hub.ledger.tables import SUBMISSIONS

STILL_SECONDS = 5.0
"""A run whose files don't change for so long is at rest, whoever holds it: longer than a role needs
to be started again."""
_GLANCE_SECONDS = 0.25


class Folder:
    """One run's folder."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._before = list(self._stamps())
        self._under_way: bool | None = None

    def manifest(self) -> dict[str, Any]:
        """What the run was started with.

        Raises:
            FileNotFoundError: there is no run.
        """
        found: dict[str, Any] = orjson.loads((self.path / "manifest.json").read_bytes())
        return found

    def missing(self) -> set[str]:
        """Systems without a store: somebody else's connector plays them."""
        return {name for name in SYSTEMS if not (self.path / "stores" / f"{name}.db").exists()}

    def submissions(self, judge: Judge) -> dict[str, Submission]:
        """What was handed in, by case. A line may be repeated, but not with other words."""
        found: dict[str, Submission] = {}
        path = self.path / "submissions.jsonl"
        if not path.exists():
            return found
        for line in path.read_bytes().splitlines():
            if line.startswith(ACTION_LINE):
                continue
            one = Submission.parse(orjson.loads(line))
            known = found.setdefault(one.case, one)
            if known != one:
                judge.mismatched(
                    one.case, SUBMISSIONS, one.case, None, known._asdict(), one._asdict()
                )
        return found

    def orders(self) -> dict[str, list[Order]]:
        """What officers did by hand, by case: each order once."""
        found: dict[str, dict[str, Order]] = {}
        path = self.path / "submissions.jsonl"
        for line in path.read_bytes().splitlines() if path.exists() else ():
            if line.startswith(ACTION_LINE):
                one = Order.parse(orjson.loads(line))
                found.setdefault(one.case, {}).setdefault(one.id, one)
        return {case: [*orders.values()] for case, orders in found.items()}

    def read(self, judge: Judge, tables: Sequence[Table]) -> dict[Table, list[Row]]:
        """All rows of all tables of one file, as they stood at one moment."""
        path = self.path / f"{tables[0].store}.db"
        rows: dict[Table, list[Row]] = {table: [] for table in tables}
        if not path.exists():
            for table in tables:
                judge.lost(None, table, str(path.name), "the file")
            return rows
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            db.execute("BEGIN")
            for table in tables:
                if _has_columns(judge, db, table):
                    rows[table] = _rows(db, table)
            _check_tables(judge, db, tables)
        return rows

    def order(self, table: Table, keys: Sequence[str]) -> dict[str, int]:
        """By key, where rows of a table stand in the order in which they were written."""
        if not keys:
            return {}
        key = table.columns[0]
        statement = (
            f"SELECT {key}, rowid FROM {table.name} WHERE {key} IN (SELECT value FROM json_each(?))"
        )
        path = self.path / f"{table.store}.db"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            return dict(db.execute(statement, (orjson.dumps(keys).decode(),)).fetchall())

    def under_way(self) -> bool:
        """Whether processes still work on the run: they hold its stores, and files have changed
        since the first one was read."""
        if self._under_way is None:
            self._under_way = self._held() and self._changes()
        return self._under_way

    def _held(self) -> bool:
        return any(_is_locked(lock) for lock in (self.path / "stores").glob("*.lock"))

    def _changes(self) -> bool:
        until = time.monotonic() + STILL_SECONDS
        while list(self._stamps()) == self._before:
            if time.monotonic() > until:
                return False
            time.sleep(_GLANCE_SECONDS)
        return True

    def _stamps(self) -> Iterator[tuple[str, int, int]]:
        for path in sorted(self.path.rglob("*.db*")):
            if not path.name.endswith("-shm"):
                status = path.stat()
                yield str(path), status.st_mtime_ns, status.st_size


def _rows(db: sqlite3.Connection, table: Table) -> list[Row]:
    if not table.columns:
        return []
    key = ", ".join(table.key or table.columns[:1])
    columns = ", ".join(table.columns)
    return db.execute(f"SELECT {columns} FROM {table.name} ORDER BY {key}").fetchall()


def _has_columns(judge: Judge, db: sqlite3.Connection, table: Table) -> bool:
    """Whether the table can be read; a column that nobody told the ledger of is a finding."""
    there = {name for _, name, *_ in db.execute(f"PRAGMA table_info({table.name})")}
    known = {*table.columns, *table.technical}
    for name in sorted(known - there):
        judge.lost(None, table, table.name, "a column", name)
    for name in sorted(there - known if there else ()):
        judge.mismatched(None, table, table.name, name, None, "a column unknown to the ledger")
    return known <= there


def _check_tables(judge: Judge, db: sqlite3.Connection, tables: Sequence[Table]) -> None:
    known = {table.name for table in tables}
    there = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    for (name,) in there:
        if name not in known and not name.startswith("sqlite_"):
            table = tables[0]._replace(name=name)
            judge.mismatched(None, table, name, None, None, "a table unknown to the ledger")


def _is_locked(path: Path) -> bool:
    with path.open("rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
