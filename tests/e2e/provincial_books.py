"""What DVCLT and the portal must have of a run whose one-stops were reached over their paths."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson

CODES = {4: [], 10: [4, 5], 3: [6]}
"""What DVCLT is told at the end, by the dossier's status at its one-stop."""
STATUSES = {4: [], 10: ["9", "10"], 3: ["3"]}
"""And the portal."""


def check_books(run: Path) -> int:
    """Every dossier of the one-stops stands in both books with every step in the compulsory order,
    and nothing waits any more; how many dossiers there are."""
    registers = run / "registers"
    asked = dict(
        _rows(registers / "one-stop.db", "SELECT case_code, count(*) FROM dossiers "
              "WHERE step = 'receive' AND result = 'done' GROUP BY case_code")
    )  # fmt: skip
    dossiers = _rows(
        registers / "one-stop.db",
        "SELECT ma_lien_thong, ma_ho_so, trang_thai FROM ho_so ORDER BY ma_lien_thong",
    )
    at_dvclt = _rows(
        registers / "http" / "dvclt.db",
        "SELECT ma_lien_thong, ma_ho_so, trang_thai, da_nhan FROM ho_so ORDER BY ma_lien_thong",
    )
    assert at_dvclt == [
        (case, code, orjson.dumps(_codes(asked[case], status)).decode(), 1)
        for case, code, status in dossiers
    ]
    portal = registers / "http" / "portal.db"
    steps: dict[str, list[str]] = {}
    for code, status in _rows(
        portal, "SELECT ma_ho_so, trang_thai FROM tien_do ORDER BY thoi_diem, rowid"
    ):
        steps.setdefault(code, []).append(status)
    assert steps == {
        code: ["2", "4", *["5", "4"] * (asked[case] - 1), *STATUSES[status]]
        for case, code, status in dossiers
    }
    assert {code for (code,) in _rows(portal, "SELECT ma_ho_so FROM ho_so")} == set(steps)
    open_requests = "SELECT count(*) FROM yeu_cau WHERE da_nhan = 0 OR khoa NOT IN "
    waiting = f"{open_requests} (SELECT khoa FROM ket_cuc)"
    assert _rows(registers / "http" / "dvclt.db", waiting) == [(0,)]
    return len(dossiers)


def dossiers(run: Path) -> list[str]:
    """The codes of the one-stops' dossiers."""
    return [
        code for (code,) in _rows(run / "registers" / "one-stop.db", "SELECT ma_ho_so FROM ho_so")
    ]


def _codes(asked: int, status: int) -> list[int]:
    again = [2, 3, 7] if asked > 1 else []
    return [1, 3, 7, *again, *CODES[status]]


def _rows(file: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        return connection.execute(query).fetchall()
