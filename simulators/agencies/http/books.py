"""An agency's register read beside the agency, over a connection that can't write."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from connectors.runtime.handling import Outcome
from schemas.event import from_text

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """One request to an agency, and its decision once there is one."""

    case: str
    step: str
    attempt: int
    received: datetime
    decided: datetime | None
    """None while the agency has not decided."""
    result: str | None
    record: Row
    """The decision's record; the request's while it is open."""
    cause: str

    def outcome(self) -> Outcome:
        """The decision as the agency's port hands it out, without a place in its queue."""
        assert self.decided is not None
        assert self.result is not None
        return Outcome(
            subject=self.case,
            step=self.step,
            attempt=self.attempt,
            time=self.decided,
            result=self.result,
            record=self.record,
            cause=self.cause,
            cursor=0,
        )


_FILED = """
SELECT case_code, step, attempt, received, decided, result, record, cause FROM dossiers
WHERE case_code = ?1
UNION ALL
SELECT case_code, step, attempt, received, NULL, NULL, record, cause FROM pending
WHERE case_code = ?1
ORDER BY 4, 3, 2 DESC
"""


class Books:
    """The register at a path, which its agency has opened already. Close it at the end."""

    def __init__(self, register: Path) -> None:
        uri = f"{register.absolute().as_uri()}?mode=ro"
        self._connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        self._connection.row_factory = sqlite3.Row

    def filed(self, case: str) -> Sequence[Filed]:
        """Every request of a case, in the order of arrival."""
        rows = self._connection.execute(_FILED, (case,))
        return [
            Filed(
                case=case,
                step=step,
                attempt=attempt,
                received=from_text(received),
                decided=None if decided is None else from_text(decided),
                result=result,
                record=orjson.loads(record),
                cause=cause,
            )
            for _, step, attempt, received, decided, result, record, cause in rows
        ]

    def rows(self, table: str, **equal: Any) -> Iterator[Row]:
        """The rows of a natural table with these values, and `id`: their number in the table."""
        where = " AND ".join(f"{column} = ?" for column in equal) or "1"
        found = self._connection.execute(
            f"SELECT rowid AS id, * FROM {table} WHERE {where} ORDER BY rowid",
            tuple(equal.values()),
        )
        return (dict(row) for row in found)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
