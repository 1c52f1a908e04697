"""Damage to a finished run: a row that goes, comes twice, or says something else."""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import orjson

from hub.ledger.judge import Table

Row = dict[str, Any]


@contextmanager
def a_copy(run: Path, table: Table, to: Path) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A copy of the run whose file with that table can be written; everything else is shared."""
    folder = to / "run"
    for part in ("stores", "registers"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    damaged = Path(f"{table.store}.db")
    for path in run.rglob("*"):
        name = path.relative_to(run)
        if path.is_dir() or path.suffix not in (".db", ".json", ".jsonl"):
            continue  # locks, and what readers of a closed database leave beside it
        (folder / name).unlink(missing_ok=True)
        if name == damaged:
            shutil.copy(path, folder / name)
        else:
            (folder / name).symlink_to(path)
    with closing(sqlite3.connect(folder / damaged, isolation_level=None)) as db:
        yield folder, db


def columns_of(db: sqlite3.Connection, table: Table) -> list[str]:
    """The columns that the table has, whatever the ledger thinks."""
    return [name for _, name, *_ in db.execute(f"PRAGMA table_info({table.name})")]


def rows_of(db: sqlite3.Connection, table: Table) -> list[Row]:
    """All rows in a fixed order."""
    names = columns_of(db, table)
    found = db.execute(f"SELECT {', '.join(names)} FROM {table.name} ORDER BY 1, 2")
    return [dict(zip(names, row, strict=True)) for row in found]


def delete(db: sqlite3.Connection, table: Table, row: Row) -> None:
    """Take a row away."""
    where, values = _where(row)
    assert db.execute(f"DELETE FROM {table.name} WHERE {where}", values).rowcount == 1


def double(db: sqlite3.Connection, table: Table, row: Row) -> None:
    """Insert a row again, with other values where the schema forbids the same ones."""
    copy = dict(row)
    for columns in _unique(db, table):
        if all(copy[name] == row[name] for name in columns):
            last = columns[-1]
            copy[last] = _free(db, table, last, row[last])
    names = ", ".join(copy)
    marks = ", ".join("?" * len(copy))
    db.execute(f"INSERT INTO {table.name} ({names}) VALUES ({marks})", tuple(copy.values()))


def alter(db: sqlite3.Connection, table: Table, row: Row, column: str, dice: random.Random) -> None:
    """Make one column of a row say something else."""
    where, values = _where(row)
    other = another(row[column], dice)
    statement = f"UPDATE {table.name} SET {column} = ? WHERE {where}"
    try:
        changed = db.execute(statement, (other, *values)).rowcount
    except sqlite3.IntegrityError:  # taken by another row
        other = _free(db, table, column, row[column])
        changed = db.execute(statement, (other, *values)).rowcount
    assert changed == 1


def another(value: Any, dice: random.Random) -> Any:
    """A value like this one, but different."""
    if value is None:
        return "x"
    if isinstance(value, int):
        return value + dice.choice((-1, 1, 1000))
    if isinstance(value, bytes):
        return value + b"x"
    return _another_text(value, dice)


def _another_text(text: str, dice: random.Random) -> str:
    if text.startswith(("{", "[")):
        document = orjson.loads(text)
        if _change_leaf(document, dice):
            return orjson.dumps(document).decode()
        return '{"x":1}'
    at = dice.randrange(len(text)) if text else 0
    old = text[at : at + 1]
    new = dice.choice([c for c in "0123456789abcXYZ" if c != old])
    return text[:at] + new + text[at + 1 :]


def _change_leaf(value: Any, dice: random.Random) -> bool:
    """Change one value somewhere inside; False where there is none."""
    places = list(value) if isinstance(value, dict) else list(range(len(value)))
    dice.shuffle(places)
    for place in places:
        inner = value[place]
        if isinstance(inner, dict | list) and inner:
            if _change_leaf(inner, dice):
                return True
        elif isinstance(inner, str):
            value[place] = _another_text(inner, dice) if inner else "x"
            return True
        else:
            value[place] = not inner if isinstance(inner, bool) else another_number(inner)
            return True
    return False


def another_number(value: Any) -> Any:
    """A number that is not this one; something where there was nothing."""
    return value + 1 if isinstance(value, int) else "x"


def _free(db: sqlite3.Connection, table: Table, column: str, value: Any) -> Any:
    if isinstance(value, int):
        highest = db.execute(f"SELECT max({column}) FROM {table.name}").fetchone()[0]
        return highest + 1
    return f"{value}x"


def _where(row: Row) -> tuple[str, tuple[Any, ...]]:
    return " AND ".join(f"{name} IS ?" for name in row), tuple(row.values())


def _unique(db: sqlite3.Connection, table: Table) -> list[list[str]]:
    """The sets of columns that no two rows may share."""
    primary = [name for _, name, *_, at in db.execute(f"PRAGMA table_info({table.name})") if at > 0]
    indexes = [
        name for _, name, unique, *_ in db.execute(f"PRAGMA index_list({table.name})") if unique
    ]
    found = [primary] if primary else []
    for name in indexes:
        found.append([column for _, _, column in db.execute(f"PRAGMA index_info({name})")])
    return found
