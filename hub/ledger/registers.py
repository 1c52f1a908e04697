"""What the agencies' registers must hold: every row and column of a case."""

from hub.ledger.calendar import iso
from hub.ledger.case import Case
from hub.ledger.fields import Record
from hub.ledger.judge import Row, Table
from hub.ledger.texts import sorted_json

ONE_WAY = frozenset(
    (
        *("confirm", "move", "mark", "unregister"),  # population
        *("note_death", "lock", "stop", "paid", "unpaid"),
    )
)
"""Steps that have no outcome, whoever has them."""


def natural_rows(case: Case) -> dict[Table, list[Row]]:
    """The rows that a case has in each natural table."""
    rows: dict[Table, list[Row]] = {}
    for table, make in case.chain.natural.items():
        made = make(case)
        for row in made if isinstance(made, list) else [made] if made else ():
            rows.setdefault(table, []).append(tuple([row.get(name) for name in table.columns]))
    return rows


def dossier_rows(case: Case) -> dict[str, list[Row]]:
    """The dossiers that a case has, by agency."""
    rows: dict[str, list[Row]] = {}
    for one in case.course.files:
        decision = (iso(one.request.time), iso(one.time), one.result, one.reason)
        record = {} if one.result == "silent" else case.chain.record(case, one)
        _file(rows, case, one.step, one.attempt, decision, record, one.request.id)
    for told in case.chain.one_way(case):
        at = iso(told.request.time)
        decision = (at, at, "done", None)
        _file(rows, case, told.step, told.attempt, decision, told.record, told.request.ids[0])
    for system in rows:
        rows[system].sort()
    return rows


def _file(
    rows: dict[str, list[Row]],
    case: Case,
    step: str,
    attempt: int,
    decision: tuple[str, str, str, str | None],
    record: Record,
    cause: str,
) -> None:
    system, _, name = step.partition("/")
    key = f"{case.code}/{name}/{attempt}"
    row = (key, case.code, name, attempt, *decision, sorted_json(record), cause)
    rows.setdefault(system, []).append(row)
