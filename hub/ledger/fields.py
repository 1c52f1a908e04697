"""Fields that several agencies have in their rows: the child, its parents, who asks, the paper."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import orjson

from hub.ledger.case import Case
from hub.ledger.texts import minutes

Record = dict[str, Any]


def once(make: Callable[[Case], Record | None]) -> Callable[[Case], Record | None]:
    """The same maker, which makes its row once for a case. Rows are not changed afterwards."""

    def made(case: Case) -> Record | None:
        if make not in case.made:
            case.made[make] = make(case)
        found: Record | None = case.made[make]
        return found

    return made


def child_fields(case: Case, sexes: Mapping[str, Any], day: Callable[[date], str]) -> Record:
    """The child's name, sex and day of birth, in an agency's codes."""
    child = case.payload["child"]
    return {
        "ho_ten": child["name"],
        "gioi_tinh": sexes[child["sex"]],
        "ngay_sinh": day(case.born),
    }


def person_fields(person: Mapping[str, Any] | None, role: str) -> Record:
    """A person's name and number in a role: `me`, `cha`, `nyc`, `chu_ho`."""
    if person is None:
        return {f"ho_ten_{role}": None, f"so_dinh_danh_{role}": None}
    return {f"ho_ten_{role}": person["name"], f"so_dinh_danh_{role}": person["personal_id"]}


def declaration_fields(case: Case, sexes: Mapping[str, Any], day: Callable[[date], str]) -> Record:
    """The child as on its birth notice, its parents, and who declares the birth."""
    payload = case.payload
    row = {
        **child_fields(case, sexes, day),
        "gio_sinh": minutes(case.born),
        "so_gcs": payload["child"]["notice"],
        "ma_co_so": payload["child"]["facility"],
        **person_fields(payload["requester"], "nyc"),
    }
    for role, parent in (("me", payload["mother"]), ("cha", payload["father"])):
        row |= person_fields(parent, role)
        row[f"ngay_sinh_{role}"] = day(date.fromisoformat(parent["born"])) if parent else None
    return row


def paper_hash(case: Case, row: Record, columns: Sequence[str]) -> str:
    """The hash of the paper whose address the row has: its file's, else that of what it says."""
    for value in row.values() if case.codes.papers else ():
        if isinstance(value, str) and value in case.codes.papers:
            return case.codes.papers[value]
    return hashlib.sha256(orjson.dumps([row.get(column) for column in columns])).hexdigest()
