"""docs/ledger.md lists the stores as they are."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from hub.ledger import tables as t
from hub.ledger.judge import Table
from hub.ledger.rights import AGENCIES, SYSTEMS

DOCS = Path(__file__).parents[3] / "docs" / "ledger.md"
READ = (
    *(
        table
        for system in SYSTEMS
        for table in (t.subjects_table(system), *t.store_rest(system), *t.technical_tables(system))
    ),
    *(
        table
        for system in AGENCIES
        for table in (t.dossiers_table(system), *t.register_rest(system))
    ),
    *t.NATURAL,
    t.LOG,
    t.DEAD_LETTERS,
)


Columns = list[tuple[str, str, bool]]


def _columns(db: sqlite3.Connection, table: Table) -> Columns:
    """Name, type and place in the primary key."""
    found = db.execute(f"PRAGMA table_info({table.name})")
    return [(name, kind, at > 0) for _, name, kind, _, _, at in found]


def _documented() -> dict[tuple[str, str], Columns]:
    """By system and table what the docs say; by no system what all systems of a kind have.

    A line `-- one-stop, residence: …` says whose tables follow.
    """
    found: dict[tuple[str, str], Columns] = {}
    for block in re.findall(r"```sql\n(.*?)```", DOCS.read_text(), re.DOTALL):
        systems: tuple[str, ...] = ("",)
        for part in re.split(r"^(-- [a-z-]+(?:, [a-z-]+)*:)", block, flags=re.MULTILINE):
            if part.startswith("-- ") and part.endswith(":"):
                systems = tuple(part[3:-1].split(", "))
                continue
            with closing(sqlite3.connect(":memory:")) as db:
                db.executescript(f"--{part}" if systems[0] else part)
                for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
                    for system in systems:
                        found[system, name] = _columns(db, Table("", name, ()))
    return found


def test_the_documented_sql_is_that_of_the_stores(finished: Path) -> None:
    """Names and order of all columns, their types where one is given, and the primary keys."""
    documented = _documented()
    for table in READ:
        with closing(sqlite3.connect(finished / f"{table.store}.db")) as db:
            there = _columns(db, table)
        system = table.store.rpartition("/")[2]
        told = documented.get((system, table.name)) or documented["", table.name]
        free = {name for name, kind, _ in told if not kind}
        there = [(name, "" if name in free else kind, key) for name, kind, key in there]
        assert told == there, table


def test_every_technical_column_is_documented() -> None:
    """A column that is left out of the comparison says so in the docs."""
    text = DOCS.read_text().partition("**Technical columns**")[2].partition("\n\n")[0]
    for table in READ:
        for column in table.technical:
            assert f"`{table.name}.{column}`" in text, f"{table.store} {table.name}.{column}"
