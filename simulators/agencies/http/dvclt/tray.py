"""What waits at DVCLT for the provinces, and how far each has come: one row a linked dossier."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import orjson

from schemas.event import derived_id
from simulators.agencies.http.dvclt.statuses import (
    REGISTERED,
    SUPPLEMENT,
    TAKEN,
    UNKNOWN,
    UNSTEADY,
    Reply,
    reply_to,
)
from simulators.agencies.http.keeping import kept

Module = Literal["KS", "KT"]
"""Khai sinh (a birth) or khai tử (a death)."""

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS ho_so (
    ma_lien_thong TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, module TEXT NOT NULL,
    ma_tthc TEXT NOT NULL, xa TEXT NOT NULL, tinh TEXT NOT NULL, ngay_tiep_nhan TEXT NOT NULL,
    du_lieu TEXT NOT NULL, da_nhan INTEGER NOT NULL DEFAULT 0, ma_ho_so TEXT,
    trang_thai TEXT NOT NULL DEFAULT '[]', ket_qua TEXT
);
CREATE INDEX IF NOT EXISTS dang_cho ON ho_so (da_nhan) WHERE da_nhan = 0;
CREATE TABLE IF NOT EXISTS lan_gui (
    ma_lien_thong TEXT NOT NULL, trang_thai INTEGER NOT NULL, lan INTEGER NOT NULL,
    PRIMARY KEY (ma_lien_thong, trang_thai)
);
"""
_COLUMNS: Final = (
    "ma_lien_thong, id, module, ma_tthc, xa, tinh, ngay_tiep_nhan, du_lieu, da_nhan, ma_ho_so, "
    "trang_thai, ket_qua"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """A linked dossier as DVCLT keeps it."""

    case: str
    id: str
    module: Module
    procedure: str
    commune: str
    province: str
    received: str
    """When DVCLT had it: a local ISO moment."""
    fields: Mapping[str, str]
    acknowledged: bool
    local: str | None
    """The province's own code, once it has reported one."""
    reported: Sequence[int]
    result: Mapping[str, Any] | None


class Tray:
    """The dossiers at a path, or in memory. Close it at the end.

    `unsteady`: the first report of every n-th kind fails with a text that asks for a repetition;
    it is asked with case and code.
    """

    def __init__(self, path: Path | None, *, unsteady: frozenset[tuple[str, int]] = frozenset()):
        self.connection = self._connection = kept(path, _SCHEMA)
        """For what is kept beside the dossiers, in one transaction with them."""
        self._unsteady = unsteady

    def put(
        self,
        case: str,
        *,
        module: Module,
        procedure: str,
        commune: str,
        province: str,
        received: str,
        fields: Mapping[str, str],
    ) -> bool:
        """Have a dossier wait for its province; one that is known stays as it is, and is False."""
        done = self._connection.execute(
            "INSERT OR IGNORE INTO ho_so (ma_lien_thong, id, module, ma_tthc, xa, tinh, "
            "ngay_tiep_nhan, du_lieu) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                case,
                derived_id(case, "hosolienthong"),
                module,
                procedure,
                commune,
                province,
                received,
                orjson.dumps(fields).decode(),
            ),
        )
        return done.rowcount == 1

    def put_again(
        self, case: str, *, commune: str, province: str, fields: Mapping[str, str]
    ) -> None:
        """Have a known dossier wait again, as it is now; what was reported of it stays."""
        self._connection.execute(
            "UPDATE ho_so SET xa = ?, tinh = ?, du_lieu = ?, da_nhan = 0 WHERE ma_lien_thong = ?",
            (commune, province, orjson.dumps(fields).decode(), case),
        )

    def waiting(self) -> list[Linked]:
        """The dossiers that no province has acknowledged, oldest first."""
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM ho_so WHERE da_nhan = 0 ORDER BY rowid"
        )
        return [_linked(row) for row in rows]

    def with_id(self, identity: str) -> Linked | None:
        """The dossier that the list names by this id."""
        return self._find("id", identity)

    def find(self, case: str) -> Linked | None:
        """The dossier of a linked code."""
        return self._find("ma_lien_thong", case)

    def acknowledge(self, case: str) -> bool:
        """The province has the dossier safe; whether there is such a dossier."""
        done = self._connection.execute(
            "UPDATE ho_so SET da_nhan = 1 WHERE ma_lien_thong = ?", (case,)
        )
        return done.rowcount == 1

    def report(
        self, case: str, code: int, *, local: str, result: Mapping[str, Any] | None
    ) -> Reply:
        """Take a status code of a dossier, or say why not.

        A dossier whose supplement is asked for waits for its province again: the simulated citizen
        sends it at once.
        """
        found = self.find(case)
        if found is None:
            return UNKNOWN
        reply = reply_to(code, found.reported, received=found.acknowledged)
        if reply is TAKEN and (case, code) in self._unsteady and self._tries(case, code) == 1:
            return UNSTEADY
        if reply is TAKEN:
            self._connection.execute(
                "UPDATE ho_so SET trang_thai = ?, ma_ho_so = ?, da_nhan = ?, ket_qua = ? "
                "WHERE ma_lien_thong = ?",
                (
                    orjson.dumps([*found.reported, code]).decode(),
                    local,
                    int(code != SUPPLEMENT),
                    orjson.dumps(result if code == REGISTERED else found.result).decode(),
                    case,
                ),
            )
        return reply

    def close(self) -> None:
        """Close the tray."""
        self._connection.close()

    def _tries(self, case: str, code: int) -> int:
        row = self._connection.execute(
            "INSERT INTO lan_gui VALUES (?, ?, 1) "
            "ON CONFLICT DO UPDATE SET lan = lan + 1 RETURNING lan",
            (case, code),
        ).fetchone()
        return int(row[0])

    def _find(self, column: str, value: str) -> Linked | None:
        row = self._connection.execute(
            f"SELECT {_COLUMNS} FROM ho_so WHERE {column} = ?", (value,)
        ).fetchone()
        return None if row is None else _linked(row)


def _linked(row: Sequence[Any]) -> Linked:
    case, identity, module, procedure, commune, province, received, data, acknowledged, *rest = row
    local, reported, result = rest
    return Linked(
        case=case,
        id=identity,
        module=module,
        procedure=procedure,
        commune=commune,
        province=province,
        received=received,
        fields=orjson.loads(data),
        acknowledged=bool(acknowledged),
        local=local,
        reported=orjson.loads(reported),
        result=None if result is None else orjson.loads(result),
    )
