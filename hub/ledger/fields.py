"""Fields that several agencies have in their rows: a person in a role, a paper's hash."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import orjson

from hub.ledger.case import Case

Record = dict[str, Any]
_Case = TypeVar("_Case", bound=Case)


def once(make: Callable[[_Case], Record | None]) -> Callable[[_Case], Record | None]:
    """The same maker, which makes its row once for a case. Rows are not changed afterwards."""

    def made(case: _Case) -> Record | None:
        if make not in case.made:
            case.made[make] = make(case)
        found: Record | None = case.made[make]
        return found

    return made


def person_fields(person: Mapping[str, Any] | None, role: str) -> Record:
    """A person's name and number in a role: `me`, `cha`, `nyc`, `chu_ho`."""
    if person is None:
        return {f"ho_ten_{role}": None, f"so_dinh_danh_{role}": None}
    return {f"ho_ten_{role}": person["name"], f"so_dinh_danh_{role}": person["personal_id"]}


def paper_hash(case: Case, row: Record, columns: Sequence[str]) -> str:
    """The hash of the paper whose address the row has: its file's, else that of what it says."""
    for value in row.values() if case.codes.papers else ():
        if isinstance(value, str) and value in case.codes.papers:
            return case.codes.papers[value]
    return hashlib.sha256(orjson.dumps([row.get(column) for column in columns])).hexdigest()
