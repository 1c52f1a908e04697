"""The copy of the hub's log and dead letters: it outlives a broker that keeps all in memory."""

import hashlib
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from connectors.runtime.bus import Record

_SCHEMA = """
CREATE TABLE IF NOT EXISTS log (
    partition INTEGER NOT NULL, offset INTEGER NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (partition, offset)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dead_letters (
    partition INTEGER NOT NULL, offset INTEGER NOT NULL, digest TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (partition, offset)) WITHOUT ROWID;
"""


class HubLog:
    """One SQLite file; writing a record again changes nothing. `digest` is SHA-256 of `body`."""

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
        self._db.executescript(_SCHEMA)

    def write(self, log: Sequence[Record], dead_letters: Sequence[Record]) -> None:
        """Keep the records, in one transaction."""
        self._db.execute("BEGIN IMMEDIATE")
        for table, records in (("log", log), ("dead_letters", dead_letters)):
            self._db.executemany(
                f"INSERT INTO {table} VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [_row(record) for record in records],
            )
        self._db.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _row(record: Record) -> tuple[int, int, str, str]:
    body = record.value or b""
    text = body.decode(errors="backslashreplace")  # a stranger may write there, too
    return record.partition, record.offset, hashlib.sha256(body).hexdigest(), text
