"""What the hub and the provinces leave for each other at DVCLT, beside the dossiers on its tray.

Requests stay until their one-stop has them, outcomes until the hub has them. A request that comes
again is told its outcome again, or waits again where it has none: so nothing is lost with a crash
on either side, and the one-stop's own register knows what it has already.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import orjson

from connectors.agencies.dvclt.messages import OPENING, Asked, Block, Envelope
from simulators.agencies.http.dvclt.tray import Module, Tray

Row = dict[str, Any]

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS yeu_cau (
    khoa TEXT PRIMARY KEY, ma_lien_thong TEXT NOT NULL, buoc TEXT NOT NULL, lan INTEGER NOT NULL,
    khoi TEXT NOT NULL, da_nhan INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS yeu_cau_cua ON yeu_cau (ma_lien_thong, buoc, lan);
CREATE INDEX IF NOT EXISTS yeu_cau_cho ON yeu_cau (da_nhan) WHERE da_nhan = 0;
CREATE TABLE IF NOT EXISTS ket_cuc (khoa TEXT PRIMARY KEY, bao_cao TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS tin (
    stt INTEGER PRIMARY KEY AUTOINCREMENT, khoa TEXT NOT NULL UNIQUE
);
"""
_WAITING: Final = """
SELECT y.ma_lien_thong, y.khoi, h.id, y.buoc FROM yeu_cau y
LEFT JOIN ho_so h ON h.ma_lien_thong = y.ma_lien_thong
WHERE y.da_nhan = 0 AND (y.buoc <> ? OR h.da_nhan = 1) ORDER BY y.rowid
"""


class Mailbox:
    """Requests and outcomes beside a tray, in its file."""

    def __init__(self, tray: Tray, *, durable: bool = False) -> None:
        """`durable`: a request is on disk when it was taken."""
        self._tray = tray
        self._connection = tray.connection
        self._connection.executescript(_SCHEMA)
        self._durable = durable

    def take(self, requests: Sequence[Asked]) -> None:
        """Keep requests for their provinces, all of them or none."""
        with self._transaction():
            for asked in requests:
                if self._known(asked.key):
                    self._announce(asked.key)
                else:
                    self._put(asked)

    def opening(self, case: str) -> Row | None:
        """The block of the newest request to open a dossier; None of one that the hub left not."""
        row = self._connection.execute(
            "SELECT khoi FROM yeu_cau WHERE ma_lien_thong = ? AND buoc = ? "
            "ORDER BY lan DESC LIMIT 1",
            (case, OPENING),
        ).fetchone()
        return None if row is None else orjson.loads(row[0])

    def waiting(self) -> list[Row]:
        """What its one-stop has not: results, and dossiers that somebody else acknowledged.

        Of such a dossier there is the id that DVCLT's list had.
        """
        rows = self._connection.execute(_WAITING, (OPENING,))
        return [
            {"maHoSoLT": case, "id": identity if step == OPENING else None, "moPhong": found}
            for case, block, identity, step in rows
            for found in (orjson.loads(block),)
        ]

    def received(self, keys: Sequence[str]) -> None:
        """These are with their one-stop."""
        self._connection.execute(
            "UPDATE yeu_cau SET da_nhan = 1 WHERE khoa IN (SELECT value FROM json_each(?))",
            (orjson.dumps(keys).decode(),),
        )

    def tell(self, case: str, block: Block, report: Row) -> None:
        """Keep what became of a request for the hub; only the first word counts.

        What nobody asked for is passed over.
        """
        key = block.key(case)
        asked = self._connection.execute("SELECT 1 FROM yeu_cau WHERE khoa = ?", (key,)).fetchone()
        if asked is None or self._known(key):
            return
        with self._transaction(safe=False):
            self._connection.execute(
                "INSERT INTO ket_cuc VALUES (?, ?)", (key, orjson.dumps(report).decode())
            )
            self._announce(key)

    def news(self, after: int, limit: int) -> list[tuple[int, Row]]:
        """The reports behind a place that the hub has not, oldest first, each with its place."""
        rows = self._connection.execute(
            "SELECT stt, bao_cao FROM tin JOIN ket_cuc USING (khoa) WHERE stt > ? "
            "ORDER BY stt LIMIT ?",
            (after, limit),
        )
        return [(place, orjson.loads(report)) for place, report in rows]

    def forget(self, place: int) -> None:
        """The hub has every report up to a place."""
        self._connection.execute("DELETE FROM tin WHERE stt <= ?", (place,))

    def _put(self, asked: Asked) -> None:
        block = asked.moPhong
        if asked.hoSo is not None:
            self._offer(asked.maHoSoLT, asked.hoSo)
        self._connection.execute(
            "INSERT INTO yeu_cau VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO UPDATE SET da_nhan = 0",
            (
                asked.key,
                asked.maHoSoLT,
                block.buoc,
                block.lan,
                orjson.dumps(block.model_dump(exclude_none=True)).decode(),
            ),
        )

    def _offer(self, case: str, dossier: Envelope) -> None:
        module: Module = "KS" if dossier.module == "KS" else "KT"
        commune, province = dossier.maDonVi, dossier.maTinh
        if not self._tray.put(
            case,
            module=module,
            procedure=dossier.maTTHC,
            commune=commune,
            province=province,
            received=dossier.ngayTiepNhan,
            fields=dossier.data,
        ):
            self._tray.put_again(case, commune=commune, province=province, fields=dossier.data)

    def _known(self, key: str) -> bool:
        row = self._connection.execute("SELECT 1 FROM ket_cuc WHERE khoa = ?", (key,)).fetchone()
        return row is not None

    def _announce(self, key: str) -> None:
        self._connection.execute("INSERT OR IGNORE INTO tin (khoa) VALUES (?)", (key,))

    @contextmanager
    def _transaction(self, *, safe: bool = True) -> Iterator[None]:
        execute = self._connection.execute
        if self._durable and safe:
            execute("PRAGMA synchronous = FULL")
        try:
            execute("BEGIN IMMEDIATE")
            yield
            execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                execute("ROLLBACK")
            raise
        finally:
            execute("PRAGMA synchronous = NORMAL")
