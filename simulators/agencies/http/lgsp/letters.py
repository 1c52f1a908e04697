"""The civil-status system's incoming book: which dossier code of a province is which case."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from simulators.agencies.http.keeping import kept

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS thu_den (
    ma_ho_so TEXT PRIMARY KEY, ma_lien_thong TEXT NOT NULL, module TEXT NOT NULL, xa TEXT NOT NULL
)
"""


_SELECT: Final = "SELECT ma_ho_so, ma_lien_thong, module, xa FROM thu_den"


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A dossier that was handed over."""

    dossier: str
    case: str
    """The linked code; the dossier's own where it has none."""
    module: str
    commune: str


class Letters:
    """The book at a path, or in memory. Close it at the end."""

    def __init__(self, path: Path | None) -> None:
        self._connection = kept(path, _SCHEMA)

    def enter(self, letter: Letter) -> None:
        """Note a dossier; one that is known stays as it is."""
        self._connection.execute(
            "INSERT OR IGNORE INTO thu_den VALUES (?, ?, ?, ?)",
            (letter.dossier, letter.case, letter.module, letter.commune),
        )

    def find(self, dossier: str) -> Letter | None:
        """The letter of a dossier code."""
        return self._find("ma_ho_so", dossier)

    def of_case(self, case: str) -> Letter | None:
        """The first letter of a case."""
        return self._find("ma_lien_thong", case)

    def _find(self, column: str, value: str) -> Letter | None:
        row = self._connection.execute(
            f"{_SELECT} WHERE {column} = ? ORDER BY rowid LIMIT 1", (value,)
        ).fetchone()
        if row is None:
            return None
        code, case, module, commune = row
        return Letter(dossier=code, case=case, module=module, commune=commune)

    def close(self) -> None:
        """Close the book."""
        self._connection.close()
