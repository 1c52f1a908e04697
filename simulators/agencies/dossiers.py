"""The part that every agency's register has: what it was asked, what it decided, what is unread.

Tables: `dossiers` (every request with its decision), `pending` (requests whose service time is
not over; empty at rest), `outcomes` (decisions that the connector has not yet acknowledged; empty
at rest).
"""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

import orjson

from connectors.runtime.agency import Request
from connectors.runtime.handling import Outcome
from schemas.event import from_text, to_text

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS dossiers (
    key TEXT PRIMARY KEY, case_code TEXT NOT NULL, step TEXT NOT NULL, attempt INTEGER NOT NULL,
    received TEXT NOT NULL, decided TEXT NOT NULL, result TEXT NOT NULL, reason TEXT,
    record TEXT NOT NULL, cause TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS pending (
    key TEXT PRIMARY KEY, case_code TEXT NOT NULL, step TEXT NOT NULL, attempt INTEGER NOT NULL,
    received TEXT NOT NULL, record TEXT NOT NULL, cause TEXT NOT NULL, ready TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS pending_by_ready ON pending (ready, key);
CREATE TABLE IF NOT EXISTS outcomes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL
);
"""


class Dossiers:
    """The requests of one agency from arrival to acknowledgement."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.executescript(_SCHEMA)
        self._connection = connection

    def decided(self, keys: Sequence[str]) -> dict[str, str]:
        """The results of those of the keys that are decided."""
        rows = self._connection.execute(
            "SELECT key, result FROM dossiers WHERE key IN (SELECT value FROM json_each(?))",
            (orjson.dumps(keys).decode(),),
        )
        return dict(rows.fetchall())

    def record(self, key: str) -> dict[str, Any]:
        """The record of a decision.

        Raises:
            KeyError: nothing was decided under this key.
        """
        row = self._connection.execute(
            "SELECT record FROM dossiers WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            raise KeyError(key)
        found: dict[str, Any] = orjson.loads(row[0])
        return found

    def records_before(self, request: Request) -> list[dict[str, Any]]:
        """The records of what was decided at the earlier attempts of a request."""
        keys = [replace(request, attempt=number).key for number in range(1, request.attempt)]
        rows = self._connection.execute(
            "SELECT record FROM dossiers WHERE key IN (SELECT value FROM json_each(?))",
            (orjson.dumps(keys).decode(),),
        )
        return [orjson.loads(record) for (record,) in rows]

    def decide(
        self,
        request: Request,
        *,
        decided: datetime,
        result: str,
        reason: str | None,
        record: Mapping[str, Any],
    ) -> None:
        """Keep a decision."""
        self._connection.execute(
            "INSERT INTO dossiers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                request.key,
                request.subject,
                request.step,
                request.attempt,
                to_text(request.time),
                to_text(decided),
                result,
                reason,
                orjson.dumps(record).decode(),
                request.cause,
            ),
        )

    def put_off(self, request: Request, ready: datetime) -> None:
        """Keep a request until its service time is over; a key that waits already stays."""
        self._connection.execute(
            "INSERT OR IGNORE INTO pending VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                request.key,
                request.subject,
                request.step,
                request.attempt,
                to_text(request.time),
                orjson.dumps(request.record).decode(),
                request.cause,
                to_text(ready),
            ),
        )

    def take_ready(self, now: datetime, limit: int) -> list[Request]:
        """Remove the requests whose time has come, and give them, earliest first."""
        rows = self._connection.execute(
            "SELECT key, case_code, step, attempt, received, record, cause FROM pending "
            "WHERE ready <= ? ORDER BY ready, key LIMIT ?",
            (to_text(now), limit),
        ).fetchall()
        self._connection.executemany(
            "DELETE FROM pending WHERE key = ?", [(row[0],) for row in rows]
        )
        return [
            Request(
                subject=case,
                step=step,
                attempt=attempt,
                time=from_text(received),
                record=orjson.loads(record),
                cause=cause,
            )
            for _, case, step, attempt, received, record, cause in rows
        ]

    def next_ready(self) -> datetime | None:
        """When the next request's time comes."""
        (ready,) = self._connection.execute("SELECT MIN(ready) FROM pending").fetchone()
        return None if ready is None else from_text(ready)

    def announce(self, keys: Iterable[str]) -> None:
        """Queue new decisions for the connector."""
        self._connection.executemany(
            "INSERT INTO outcomes (key) VALUES (?)", [(key,) for key in keys]
        )

    def announce_again(self, keys: Iterable[str]) -> None:
        """Queue decisions that were acknowledged before; one that is unread keeps its place."""
        self._connection.executemany(
            "INSERT INTO outcomes (key) "
            "SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM outcomes WHERE key = ?1)",
            [(key,) for key in keys],
        )

    def unread(self, cursor: int, limit: int) -> list[Outcome]:
        """The queued decisions after a cursor, oldest first."""
        rows = self._connection.execute(
            "SELECT seq, case_code, step, attempt, decided, result, record, cause "
            "FROM outcomes JOIN dossiers USING (key) WHERE seq > ? ORDER BY seq LIMIT ?",
            (cursor, limit),
        )
        return [
            Outcome(
                subject=case,
                step=step,
                attempt=attempt,
                time=from_text(decided),
                result=result,
                record=orjson.loads(record),
                cause=cause,
                cursor=seq,
            )
            for seq, case, step, attempt, decided, result, record, cause in rows
        ]

    def forget(self, cursor: int) -> None:
        """Drop decisions up to a cursor from the queue; they stay in `dossiers`."""
        self._connection.execute("DELETE FROM outcomes WHERE seq <= ?", (cursor,))
