"""Where a face keeps what no register has: a SQLite file, or memory where nothing is to outlive."""

import sqlite3
from pathlib import Path


def kept(path: Path | None, schema: str) -> sqlite3.Connection:
    """A connection to the file at a path, or to memory, with these tables. Each statement commits.

    A crash of the machine may lose the last of them, and no more.
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.executescript(schema)
    return connection
