"""Whether a run is at rest: nothing is on its way inside any store, and no case is open."""

import sqlite3
from pathlib import Path

ACTION_LINE = b'{"action":'
"""How a line of the submissions file begins that tells of an officer's action."""

_UNFINISHED = {"stores": ("outbox", "calls"), "registers": ("pending", "outcomes")}


def unfinished(run: Path) -> int:
    """How many rows of a run's stores and registers still have to go somewhere: 0 at rest.

    What is on the broker and not yet read is not counted here.
    """
    return sum(
        _rows(path, table)
        for folder, tables in _UNFINISHED.items()
        for path in (run / folder).glob("*.db")
        for table in tables
    )


def still_open(run: Path) -> int:
    """How many submitted cases dvclt has not brought to an end."""
    store = run / "stores" / "dvclt.db"
    submissions = run / "submissions.jsonl"
    if not submissions.is_file():
        return 0
    with submissions.open("rb") as lines:
        submitted = sum(not line.startswith(ACTION_LINE) for line in lines)
    ended = _rows(store, "subjects WHERE ended = 1") if store.is_file() else 0
    return max(0, submitted - ended)


def _rows(path: Path, table: str) -> int:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
    finally:
        connection.close()
