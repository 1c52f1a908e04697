"""A store in one SQLite file, inline on the event loop.

Inline because a statement takes microseconds and a thread would have to take the interpreter's
lock back for each one (measured: 5 µs a row inline, 160 to 1,000 in a thread beside busy Python).
One process a file: a second one is refused by a file lock. Readers (ledger, `trace`) may read
at any time, the file is in WAL mode.
"""

import fcntl
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import orjson

from connectors.runtime.errors import LeaseLost, StoreBusy, StoreLocked
from connectors.runtime.store import Changes, Outgoing, PendingCall, Start, Subject
from schemas.event import from_text, to_text

_SCHEMA = """
CREATE TABLE IF NOT EXISTS subjects (
    subject TEXT PRIMARY KEY, partition INTEGER NOT NULL, version INTEGER NOT NULL,
    state TEXT NOT NULL, seen TEXT NOT NULL, timers TEXT NOT NULL, next_due TEXT,
    ended INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS subjects_due ON subjects (next_due) WHERE next_due IS NOT NULL;
CREATE TABLE IF NOT EXISTS outbox (
    seq INTEGER PRIMARY KEY, partition INTEGER NOT NULL, topic TEXT NOT NULL, key BLOB,
    headers TEXT NOT NULL, payload BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS calls (
    key TEXT PRIMARY KEY, seq INTEGER NOT NULL, subject TEXT NOT NULL, step TEXT NOT NULL,
    attempt INTEGER NOT NULL, time TEXT NOT NULL, record TEXT NOT NULL, cause TEXT NOT NULL)
    WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS manual (
    subject TEXT NOT NULL, input TEXT NOT NULL, reason TEXT NOT NULL, detail TEXT NOT NULL,
    at TEXT NOT NULL, PRIMARY KEY (subject, input)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS dead (
    source TEXT NOT NULL, id TEXT NOT NULL, subject TEXT NOT NULL, reason TEXT NOT NULL,
    PRIMARY KEY (source, id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS starts (
    topic TEXT NOT NULL, partition INTEGER NOT NULL, offset INTEGER NOT NULL,
    count INTEGER NOT NULL, alone INTEGER NOT NULL, PRIMARY KEY (topic, partition)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leases (partition INTEGER PRIMARY KEY, epoch INTEGER NOT NULL);
"""

_CHECKPOINT_PAGES = 8000
"""At SQLite's default of 1,000 pages a busy store writes most of its pages twice."""
_LOCKED_MS = 50
"""So long the event loop itself waits for a locked file; the processor then waits beside it."""
_PARAMETERS = 500
"""Values in one IN (…) list."""

_INSERT = "INSERT INTO subjects VALUES (?, ?, 1, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
_UPDATE = (
    "UPDATE subjects SET version = version + 1, state = ?, seen = ?, timers = ?, next_due = ?,"
    " ended = ? WHERE subject = ? AND version = ?"
)


class SqliteStore:
    """The state of one system in `path`. `durable` waits for the disk at every commit.

    Raises:
        StoreBusy: another process has the file.
    """

    def __init__(self, path: Path, *, durable: bool = True) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(path)
        self._path = path
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
        self._db.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
        self._db.executescript(_SCHEMA)
        self._db.execute(f"PRAGMA busy_timeout = {_LOCKED_MS}")

    async def acquire(self, partitions: Sequence[int]) -> dict[int, int]:
        with self._transaction():
            self._db.executemany(
                "INSERT INTO leases VALUES (?, 1)"
                " ON CONFLICT (partition) DO UPDATE SET epoch = epoch + 1",
                [(partition,) for partition in partitions],
            )
            return {p: e for p, e in self._leases().items() if p in set(partitions)}

    async def subjects(self, names: Sequence[str]) -> dict[str, Subject]:
        return {
            row.subject: row
            for chunk in _chunks(names)
            for row in map(
                _subject,
                self._db.execute(f"{_SELECT} WHERE subject IN ({_marks(chunk)})", chunk),
            )
        }

    async def due(self, until: str, limit: int) -> Sequence[Subject]:
        rows = self._db.execute(
            f"{_SELECT} WHERE next_due <= ? ORDER BY next_due, subject LIMIT ?", (until, limit)
        )
        return [_subject(row) for row in rows]

    async def dead(self, ids: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        if not self._db.execute("SELECT 1 FROM dead LIMIT 1").fetchone():
            return set()
        found = (
            self._db.execute("SELECT source, id FROM dead WHERE source = ? AND id = ?", pair)
            for pair in ids
        )
        return {row for cursor in found for row in cursor}

    async def starts(self) -> Sequence[Start]:
        rows = self._db.execute("SELECT topic, partition, offset, count, alone FROM starts")
        return [
            Start(topic=topic, partition=partition, offset=offset, count=count, alone=bool(alone))
            for topic, partition, offset, count, alone in rows
        ]

    async def outgoing(self) -> Sequence[Outgoing]:
        rows = self._db.execute(
            "SELECT seq, partition, topic, key, headers, payload FROM outbox ORDER BY seq"
        )
        return [
            Outgoing(
                seq=seq,
                partition=partition,
                topic=topic,
                key=key,
                headers=[(name, text.encode()) for name, text in orjson.loads(headers)],
                payload=payload,
            )
            for seq, partition, topic, key, headers, payload in rows
        ]

    async def calls(self) -> Sequence[PendingCall]:
        rows = self._db.execute(
            "SELECT key, seq, subject, step, attempt, time, record, cause FROM calls ORDER BY seq"
        )
        return [
            PendingCall(
                key=key,
                seq=seq,
                subject=subject,
                step=step,
                attempt=attempt,
                time=from_text(time),
                record=orjson.loads(text),
                text=text,
                cause=cause,
            )
            for key, seq, subject, step, attempt, time, text, cause in rows
        ]

    async def commit(self, changes: Changes) -> None:
        with self._transaction():
            self._check_leases(changes)
            self._write_subjects(changes.subjects)
            self._write_outbox(changes)
            self._write_calls(changes)
            self._write_failures(changes)

    async def close(self) -> None:
        self._db.close()
        self._lock.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                raise StoreLocked(f"{self._path.name} is locked by another program") from error
            raise
        try:
            yield
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def _leases(self) -> dict[int, int]:
        return dict(self._db.execute("SELECT partition, epoch FROM leases"))

    def _check_leases(self, changes: Changes) -> None:
        held = self._leases()
        for partition, epoch in changes.leases.items():
            if held.get(partition) != epoch:
                raise LeaseLost(f"partition {partition} has another owner since epoch {epoch}")

    def _write_subjects(self, rows: Sequence[Subject]) -> None:
        new = [
            (
                r.subject,
                r.partition,
                r.state,
                r.seen,
                r.timers,
                r.next_due,
                r.ended,
            )
            for r in rows
            if r.version == 0
        ]
        old = [
            (
                r.state,
                r.seen,
                r.timers,
                r.next_due,
                r.ended,
                r.subject,
                r.version,
            )
            for r in rows
            if r.version > 0
        ]
        for statement, values in ((_INSERT, new), (_UPDATE, old)):
            if values and self._db.executemany(statement, values).rowcount != len(values):
                raise LeaseLost("a row was changed by another owner since it was read")

    def _write_outbox(self, changes: Changes) -> None:
        if changes.outgoing:
            self._db.executemany(
                "INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (
                        row.seq,
                        row.partition,
                        row.topic,
                        row.key,
                        _headers_text(row.headers),
                        row.payload,
                    )
                    for row in changes.outgoing
                ],
            )
        if changes.published:
            self._db.execute("DELETE FROM outbox WHERE seq <= ?", (changes.published,))

    def _write_calls(self, changes: Changes) -> None:
        if changes.calls:
            self._db.executemany(
                "INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                [
                    (
                        call.key,
                        call.seq,
                        call.subject,
                        call.step,
                        call.attempt,
                        to_text(call.time),
                        call.text,
                        call.cause,
                    )
                    for call in changes.calls
                ],
            )
        if changes.calls_done:
            self._db.executemany(
                "DELETE FROM calls WHERE key = ?", [(key,) for key in changes.calls_done]
            )

    def _write_failures(self, changes: Changes) -> None:
        if changes.settled:
            self._db.executemany(
                "DELETE FROM manual WHERE subject = ? AND input = ?", changes.settled
            )
        if changes.revived:
            self._db.executemany("DELETE FROM dead WHERE source = ? AND id = ?", changes.revived)
        if changes.manual:
            self._db.executemany(
                "INSERT OR REPLACE INTO manual VALUES (?, ?, ?, ?, ?)",
                [(m.subject, m.input, m.reason, m.detail, m.at) for m in changes.manual],
            )
        if changes.dead:
            self._db.executemany(
                "INSERT OR REPLACE INTO dead VALUES (?, ?, ?, ?)",
                [(d.source, d.id, d.subject, d.reason) for d in changes.dead],
            )
        if changes.starts:
            self._db.executemany(
                "INSERT OR REPLACE INTO starts VALUES (?, ?, ?, ?, ?)",
                [(s.topic, s.partition, s.offset, s.count, s.alone) for s in changes.starts],
            )


_SELECT = "SELECT subject, partition, version, state, seen, timers, next_due, ended FROM subjects"


def _subject(row: tuple[str, int, int, str, str, str, str | None, int]) -> Subject:
    subject, partition, version, state, seen, timers, next_due, ended = row
    return Subject(
        subject=subject,
        partition=partition,
        version=version,
        state=state,
        seen=seen,
        timers=timers,
        next_due=next_due,
        ended=bool(ended),
    )


def _headers_text(headers: Sequence[tuple[str, bytes]]) -> str:
    return orjson.dumps([(name, value.decode()) for name, value in headers]).decode()


def _chunks(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for first in range(0, len(names), _PARAMETERS):
        yield names[first : first + _PARAMETERS]


def _marks(values: Sequence[str]) -> str:
    return ",".join("?" * len(values))


def _lock(path: Path) -> IO[bytes]:
    lock = path.with_suffix(".lock").open("wb")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        raise StoreBusy(
            f"{path.name} belongs to another running process; stop that one first, "
            "or use another run"
        ) from None
    return lock
