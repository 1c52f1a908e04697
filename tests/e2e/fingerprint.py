"""One hash over all that a run left in its stores: equal runs, equal hash."""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import orjson

LEFT_OUT: Final = {
    ("log", "digest"): "it covers the wall time in the body",
    ("log", "body.at"): "the router's wall time",
}
"""What the hash leaves out, and why. Everything else of every table of every store counts."""


IN_ANY_ORDER: Final = {
    ("log", "partition"): "which batch of the router took an event",
    ("log", "offset"): "which batch of the router took an event",
    ("subjects", "version"): "how many batches touched the row",
}
"""What is left out as well where several processes raced: it says who was faster."""
_OF_THE_RACE: Final = frozenset({"leases", "starts", "sqlite_sequence"})
"""Tables that say how often processes started, and how often they repeated themselves."""


def fingerprint(run: Path, *, in_any_order: bool = False) -> str:
    """SHA-256 over every row of every store of a run, in the order of files, tables and keys.

    `in_any_order`: for runs whose processes raced. JSON is compared by value, the hub's log as the
    set of its events, and `IN_ANY_ORDER` is left out. Numbers that an agency gives in the order of
    arrival still count: let no two cases ask the same office.
    """
    total = sha256()
    for path in sorted([*(run / "stores").glob("*.db"), *(run / "registers").glob("*.db")]):
        _add(total, path, in_any_order)
    _add(total, run / "log.db", in_any_order)
    return total.hexdigest()


def _add(total: Any, path: Path, in_any_order: bool) -> None:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in sorted(tables.fetchall()):
            if in_any_order and table in _OF_THE_RACE:
                continue
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            columns = [column[0] for column in cursor.description]
            found = (_row(table, columns, row) for row in cursor)
            if in_any_order:
                found = (part for row in found for part in _by_value(table, row))
            rows = sorted(orjson.dumps(row, option=orjson.OPT_SORT_KEYS) for row in found)
            total.update(orjson.dumps([path.name, table, columns]))
            total.update(b"\n".join(rows))
    finally:
        connection.close()


def _by_value(table: str, row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What a row says, however it came about; of a record of the log, each event by itself."""
    kept = {name: _value(x) for name, x in row.items() if (table, name) not in IN_ANY_ORDER}
    if table != "log":
        yield kept
        return
    for system, _, _, *event in kept["body"]["events"]:
        yield {"system": system, "event": event}


def _value(found: Any) -> Any:
    if isinstance(found, str) and found[:1] in ("{", "["):
        return orjson.loads(found)
    return found


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
