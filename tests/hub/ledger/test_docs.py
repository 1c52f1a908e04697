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


def _columns(db: sqlite3.Connection, table: Table) -> list[tuple[str, str, bool]]:
    """Name, type and place in the primary key."""
    found = db.execute(f"PRAGMA table_info({table.name})")
    return [(name, kind, at > 0) for _, name, kind, _, _, at in found]


def test_the_documented_sql_is_that_of_the_stores(finished: Path) -> None:
    """Names, order and types of all columns, and the primary keys."""
    with closing(sqlite3.connect(":memory:")) as documented:
        for block in re.findall(r"```sql\n(.*?)```", DOCS.read_text(), re.DOTALL):
            documented.executescript(block)
        for table in READ:
            with closing(sqlite3.connect(finished / f"{table.store}.db")) as db:
                assert _columns(documented, table) == _columns(db, table), table


def test_every_technical_column_is_documented() -> None:
    """A column that is left out of the comparison says so in the docs."""
    text = DOCS.read_text().partition("**Technical columns**")[2].partition("\n\n")[0]
    for table in READ:
        for column in table.technical:
            assert f"`{table.name}.{column}`" in text, f"{table.store} {table.name}.{column}"
