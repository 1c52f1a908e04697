"""What the agencies' registers must hold: every row and column of a case."""

from collections.abc import Callable

from hub.ledger import records, tables
from hub.ledger.calendar import iso
from hub.ledger.case import Case
from hub.ledger.course import Decided
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
    for one in case.course.files:
        decision = (iso(one.request.time), iso(one.time), one.result, one.reason)
        _file(rows, case, one.step, one.attempt, decision, _record(case, one), one.request.id)
    for step, service in ONE_WAY.items():
        end = case.course.ends.get(service)
        if end is not None and end.done:
            told = {"so_dinh_danh": case.codes.person}
            at = iso(end.time)
            decision = (at, at, "done", None)
            _file(rows, case, f"population/{step}", 1, decision, told, end.trigger.id)
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


def _record(case: Case, one: Decided) -> Record:
    if one.result == "silent":
        return {}
    if one.result == "supplement":
        return records.incomplete(case, one)
    if one.step.startswith("portal/"):
        return records.supplied(case, one)
    if one.step == "one-stop/receive":
        return records.received(case, one)
    if one.result == "consent_needed":
        return records.question(case, one)
    refusal = _refusal(case, one) if one.result == "refused" else None
    return refusal or _RECORDS[one.step](case)


def _refusal(case: Case, one: Decided) -> Record | None:
    """The record of a refused request; None where the full record is kept."""
    if one.step == "civil-status/enter":
        return {"so_gcs": case.payload["child"]["notice"], "ly_do": one.reason}
    if one.step == "vneid/consent":
        return None
    return {"so_dinh_danh": case.codes.person, "ly_do": one.reason}


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
    "one-stop/return": records.closed(records.RETURNED),
    "one-stop/close": records.closed(records.REFUSED),
    "civil-status/enter": _sure(records.entered),
    "civil-status/certify": _sure(records.entry),
    "population/allocate": records.allocated,
    "residence/register": _sure(records.resident),
    "residence/decide": _sure(records.resident),
    "vneid/consent": _sure(records.consent),
    "social-insurance/card": _sure(records.insured),
}
