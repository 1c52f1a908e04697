"""What the agencies' registers must hold: every row and column of a case."""

from collections.abc import Callable

from hub.ledger import records, tables
from hub.ledger.calendar import iso
from hub.ledger.case import Case
from hub.ledger.fields import Record
from hub.ledger.judge import Row, Table
from hub.ledger.texts import sorted_json

ONE_WAY = {"confirm": "birth", "move": "residence"}
"""Steps of population that have no outcome, and the service whose success they follow."""


def natural_rows(case: Case) -> dict[Table, Row]:
    """The row that a case has in each natural table, where it has one."""
    rows: dict[Table, Row] = {}
    for table, make in _NATURAL.items():
        row = make(case)
        if row is not None:
            rows[table] = tuple([row.get(column) for column in table.columns])
    return rows


def dossier_rows(case: Case) -> dict[str, list[Row]]:
    """The dossiers that a case has, by agency."""
    rows: dict[str, list[Row]] = {}
    for step, dossier in case.course.dossiers.items():
        record = _refusal(case, step) if dossier.result == "refused" else None
        _file(
            rows,
            case,
            step,
            (iso(dossier.request.time), iso(dossier.time), dossier.result, dossier.reason),
            record or _RECORDS[step](case),
            dossier.request.id,
        )
    for step, service in ONE_WAY.items():
        end = case.course.ends.get(service)
        if end is not None and end.done:
            told = {"so_dinh_danh": case.codes.person}
            at = iso(end.time)
            decision = (at, at, "done", None)
            _file(rows, case, f"population/{step}", decision, told, end.event.ids[0])
    return rows


def _file(
    rows: dict[str, list[Row]],
    case: Case,
    step: str,
    decision: tuple[str, str, str, str | None],
    record: Record,
    cause: str,
) -> None:
    system, _, name = step.partition("/")
    key = f"{case.code}/{name}/1"
    row = (key, case.code, name, 1, *decision, sorted_json(record), cause)
    rows.setdefault(system, []).append(row)


def _refusal(case: Case, step: str) -> Record | None:
    """The record of a refused request; None where the full record is kept."""
    reason = case.course.dossiers[step].reason
    if step == "civil-status/enter":
        return {"so_gcs": case.payload["child"]["notice"], "ly_do": reason}
    if step == "vneid/consent":
        return None
    return {"so_dinh_danh": case.codes.person, "ly_do": reason}


def _register_record(case: Case) -> Record:
    asked = case.course.dossiers["residence/register"].result == "consent_needed"
    return records.question(case) if asked else _sure(records.resident)(case)


def _sure(make: Callable[[Case], Record | None]) -> Callable[[Case], Record]:
    def record(case: Case) -> Record:
        row = make(case)
        assert row is not None, "a step that was decided has its record"
        return row

    return record


_NATURAL: dict[Table, Callable[[Case], Record | None]] = {
    tables.HO_SO: records.dossier,
    tables.SO_KHAI_SINH: records.entry,
    tables.CONG_DAN: records.citizen,
    tables.THUONG_TRU: records.resident,
    tables.DONG_Y: records.consent,
    tables.THE_BHYT: records.insured,
}

_RECORDS: dict[str, Callable[[Case], Record]] = {
    "one-stop/receive": _sure(records.received),
    "one-stop/return": records.closed(records.RETURNED),
    "one-stop/close": records.closed(records.REFUSED),
    "civil-status/enter": _sure(records.entered),
    "civil-status/certify": _sure(records.entry),
    "population/allocate": records.allocated,
    "residence/register": _register_record,
    "residence/decide": _sure(records.resident),
    "vneid/consent": _sure(records.consent),
    "social-insurance/card": _sure(records.insured),
}
