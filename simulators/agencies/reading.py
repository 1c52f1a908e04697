"""What an agency's register says of one case, read from outside while the agency works."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One request to an agency. Times are RFC 3339."""

    step: str
    received: str
    decided: str
    """When it was decided; for one that is still open, when it will be."""
    result: str | None
    """None while it is open."""
    reason: str | None
    record: dict[str, Any]
    """The agency's own record: its decision, or the request while it is open."""


_SELECT = """
SELECT step, received, decided, result, reason, record FROM dossiers WHERE case_code = ?1
UNION ALL
SELECT step, received, ready, NULL, NULL, record FROM pending WHERE case_code = ?1
ORDER BY 2
"""


def dossiers_of(register: Path, case: str) -> Sequence[Dossier]:
    """Every request of a case, in the order of arrival; none where there is no such register."""
    if not register.is_file():
        return []
    uri = f"{register.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as connection:
        return [
            Dossier(
                step=step,
                received=received,
                decided=decided,
                result=result,
                reason=reason,
                record=orjson.loads(record),
            )
            for step, received, decided, result, reason, record in connection.execute(
                _SELECT, (case,)
            )
        ]
