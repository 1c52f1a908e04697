"""Whether a run is at rest: nothing is on its way inside any store, and no case is open."""

import sqlite3
from pathlib import Path

ACTION_LINE = b'{"action":'
"""How a line of the submissions file begins that tells of an officer's action."""

_UNFINISHED = {"stores": ("outbox", "calls"), "registers": ("pending", "outcomes")}


def unfinished(run: Path) -> bool:
    """Whether a row of a run's stores or registers still has to go somewhere: at rest none does.

    What is on the broker and not yet read is not looked at here.
    """
    return any(
        _count(path, f"SELECT {' OR '.join(f'EXISTS (SELECT 1 FROM {name})' for name in tables)}")
        for folder, tables in _UNFINISHED.items()
        for path in (run / folder).glob("*.db")
    )


def still_open(run: Path) -> int:
    """How many submitted cases dvclt has not brought to an end."""
    store = run / "stores" / "dvclt.db"
    submissions = run / "submissions.jsonl"
    if not submissions.is_file():
        return 0
    with submissions.open("rb") as lines:
        submitted = sum(not line.startswith(ACTION_LINE) for line in lines)
    ended = _count(store, "SELECT count(*) FROM subjects WHERE ended = 1") if store.is_file() else 0
    return max(0, submitted - ended)


def _count(path: Path, statement: str) -> int:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return int(connection.execute(statement).fetchone()[0])
    finally:
        connection.close()
