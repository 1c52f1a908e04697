"""Whatever is taken away, doubled or altered in a run's files, the ledger finds it."""

import random
from pathlib import Path

import pytest

from hub.ledger import Report, verify
from hub.ledger import tables as t
from hub.ledger.judge import Table
from hub.ledger.rights import AGENCIES, SYSTEMS
from tests.hub.ledger.conftest import CASES
from tests.hub.ledger.damage import a_copy, alter, columns_of, delete, double, rows_of

_ONLY_SPEAKS = t.subjects_table("health-facility")
"""Nobody tells a health facility anything."""
FILLED = (
    *(table for system in SYSTEMS if (table := t.subjects_table(system)) != _ONLY_SPEAKS),
    *(t.dossiers_table(system) for system in AGENCIES),
    *t.NATURAL,
    *(table for table in t.store_rest("dvclt") if table.name == "manual"),
    t.LOG,
    t.DEAD_LETTERS,
)
"""Tables that have rows when a run is over."""

EMPTY = (
    *(table for system in SYSTEMS for table in t.store_rest(system) if table not in FILLED),
    *(table for system in AGENCIES for table in t.register_rest(system)),
    _ONLY_SPEAKS,
)
"""Tables that have none."""


def _names(table: Table) -> str:
    return f"{table.store}.{table.name}"


def _found(report: Report) -> str:
    return "\n".join(str(finding)[:300] for finding in report.findings[:5])


def test_an_undamaged_run_has_no_finding(finished: Path) -> None:
    """Nothing is lost, doubled or wrong, and every case is verified."""
    report = verify(finished)
    assert report.findings == []
    assert report.verified == report.finished == report.submitted == CASES


def test_every_table_of_the_run_is_in_these_tests(finished: Path, tmp_path: Path) -> None:
    """A table that comes to have rows must be damaged here as well."""
    for table in FILLED:
        with a_copy(finished, table, tmp_path) as (_, db):
            assert rows_of(db, table), f"{_names(table)} has no row to damage"
    for table in EMPTY:
        with a_copy(finished, table, tmp_path) as (_, db):
            assert not rows_of(db, table), f"{_names(table)} has rows: move it to FILLED"


@pytest.mark.parametrize("table", FILLED, ids=_names)
def test_a_deleted_row_is_found(finished: Path, tmp_path: Path, table: Table) -> None:
    """It counts as lost."""
    dice = random.Random(_names(table))
    with a_copy(finished, table, tmp_path) as (run, db):
        delete(db, table, dice.choice(rows_of(db, table)))
        report = verify(run)
    assert not report.ok
    assert report.lost, _found(report)


@pytest.mark.parametrize("table", FILLED, ids=_names)
def test_a_doubled_row_is_found(finished: Path, tmp_path: Path, table: Table) -> None:
    """It counts as duplicated, or as something that must not exist."""
    dice = random.Random(_names(table))
    with a_copy(finished, table, tmp_path) as (run, db):
        double(db, table, dice.choice(rows_of(db, table)))
        report = verify(run)
    assert report.duplicated + report.mismatched, _found(report)


@pytest.mark.parametrize(
    ("table", "column"),
    [(table, column) for table in FILLED for column in table.columns],
    ids=lambda value: value if isinstance(value, str) else _names(value),
)
def test_an_altered_value_is_found_in_every_column(
    finished: Path, tmp_path: Path, table: Table, column: str
) -> None:
    """Once in a row picked by the column's name."""
    dice = random.Random(f"{_names(table)}.{column}")
    with a_copy(finished, table, tmp_path) as (run, db):
        row = dice.choice(rows_of(db, table))
        alter(db, table, row, column, dice)
        report = verify(run)
    assert not report.ok, f"{column} of {row}"


@pytest.mark.parametrize("seed", range(60))
def test_damage_at_random_is_found(finished: Path, tmp_path: Path, seed: int) -> None:
    """A seed picks the kind of store, the table, the row, the column and what is done to it."""
    dice = random.Random(seed)
    kind = dice.choice(("stores/dvclt", "stores/", "registers/", "log"))
    table = dice.choice([table for table in FILLED if table.store.startswith(kind)])
    with a_copy(finished, table, tmp_path) as (run, db):
        row = dice.choice(rows_of(db, table))
        what = dice.choice(("delete", "double", "alter", "alter", "alter"))
        column = dice.choice(table.columns)
        if what == "delete":
            delete(db, table, row)
        elif what == "double":
            double(db, table, row)
        else:
            alter(db, table, row, column, dice)
        report = verify(run)
    assert not report.ok, f"{what} {column} of {row}"


@pytest.mark.parametrize("table", EMPTY, ids=_names)
def test_a_row_where_none_must_be_is_found(finished: Path, tmp_path: Path, table: Table) -> None:
    """Work that is under way for ever, a failure that nobody can explain."""
    with a_copy(finished, table, tmp_path) as (run, db):
        names = columns_of(db, table)
        marks = ", ".join("?" * len(names))
        db.execute(f"INSERT INTO {table.name} VALUES ({marks})", [1] * len(names))
        report = verify(run)
    assert report.mismatched, f"a made-up row in {_names(table)}"


@pytest.mark.parametrize(
    ("table", "column"),
    [(t.subjects_table("dvclt"), "version"), (t.technical_tables("dvclt")[0], "epoch")],
    ids=lambda value: value if isinstance(value, str) else _names(value),
)
def test_a_technical_column_says_nothing_of_a_case(
    finished: Path, tmp_path: Path, table: Table, column: str
) -> None:
    """How often a row was written and a partition taken differs between two right runs."""
    with a_copy(finished, table, tmp_path) as (run, db):
        db.execute(f"UPDATE {table.name} SET {column} = {column} + 7")
        assert verify(run).ok


def test_a_column_that_the_ledger_was_not_told_of_is_found(finished: Path, tmp_path: Path) -> None:
    """What nobody checks does not pass for checked."""
    with a_copy(finished, t.CONG_DAN, tmp_path) as (run, db):
        db.execute("ALTER TABLE cong_dan ADD COLUMN ton_giao TEXT")
        report = verify(run)
    assert [(f.table, f.column) for f in report.findings] == [("cong_dan", "ton_giao")]


def test_a_table_that_the_ledger_was_not_told_of_is_found(finished: Path, tmp_path: Path) -> None:
    """The same for a whole table."""
    with a_copy(finished, t.LOG, tmp_path) as (run, db):
        db.execute("CREATE TABLE notes (text TEXT)")
        assert [f.table for f in verify(run).findings] == ["notes"]
