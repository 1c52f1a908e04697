"""One hash over all that a run left in its stores: equal runs, equal hash."""

import sqlite3
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

LEFT_OUT: Final = {
    ("log", "digest"): "it covers the wall time in the body",
    ("log", "body.at"): "the router's wall time",
}
"""What the hash leaves out, and why. Everything else of every table of every store counts."""


def fingerprint(run: Path) -> str:
    """SHA-256 over every row of every store of a run, in the order of files, tables and keys."""
    total = sha256()
    for path in sorted([*(run / "stores").glob("*.db"), *(run / "registers").glob("*.db")]):
        _add(total, path)
    _add(total, run / "log.db")
    return total.hexdigest()


def _add(total: Any, path: Path) -> None:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in sorted(tables.fetchall()):
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            rows = sorted(orjson.dumps(_row(table, columns, row)) for row in cursor)
            total.update(orjson.dumps([path.name, table, columns]))
            total.update(b"\n".join(rows))
    finally:
        connection.close()


def _row(table: str, columns: list[str], row: tuple[Any, ...]) -> dict[str, Any]:
    found = {
        column: value.hex() if isinstance(value, bytes) else value
        for column, value in zip(columns, row, strict=True)
        if (table, column) not in LEFT_OUT
    }
    if table == "log":
        body = orjson.loads(found["body"])
        del body["at"]
        found["body"] = body
    return found
