"""A run's own table of successors: which commune of today finishes what an old one began.

The packaged tables know this only of a commune whose code lives on. Whoever knows it of others,
from a resolution on the communes of a province, adds rows `old,new,source_vi,source_en`; each holds
from 1 July 2025, as the mergers do.
"""

from collections.abc import Iterable, Iterator

from schemas.own_tables import Cells, Fault, TableError, read_rows
from schemas.regimes import competent_commune
from schemas.units import (
    Succession,
    UnknownUnitError,
    commune,
    keep_successions,
    province,
    today_commune,
    today_provinces,
)

COLUMNS = ("old", "new", "source_vi", "source_en")


class SuccessionError(TableError):
    """A table of successors with faults; the message says each with its line."""


def read_successions(text: str) -> tuple[Succession, ...]:
    """The rows of a CSV table with the header `old,new,source_vi,source_en`.

    Raises:
        SuccessionError: the header is another one; a code is no commune of 2023 or of today; the
            old commune has a successor already, or two; the new one lies in a province that the old
            one does not belong to; a source is missing.
    """
    seen: dict[str, int] = {}
    rows = read_rows(text, COLUMNS, lambda row, line: _faults(row, seen, line), SuccessionError)
    return tuple(Succession(**row) for row in rows)


def adopt(successions: Iterable[Succession]) -> None:
    """Let exactly these rows hold in this process, beside the packaged tables."""
    keep_successions(successions)
    competent_commune.cache_clear()


def _faults(row: Cells, seen: dict[str, int], line: int) -> Iterator[Fault]:
    cells = [row.get(name) for name in COLUMNS]
    if None in row or not all(isinstance(cell, str) and cell.strip() for cell in cells):
        yield (
            f"it needs {len(COLUMNS)} values, both sources among them",
            f"cần đủ {len(COLUMNS)} giá trị, kể cả hai cột nguồn",
        )
        return
    old, new = str(row["old"]), str(row["new"])
    if old in seen:
        yield (
            f"{old} has a successor in line {seen[old]} already",
            f"{old} đã có đơn vị kế thừa ở dòng {seen[old]}",
        )
    seen.setdefault(old, line)
    try:
        was, now = commune(old), today_commune(new)
    except UnknownUnitError as error:
        yield (
            str(error),
            f"{old} phải là mã xã, phường của năm 2023 và {new} là mã xã, phường hiện nay",
        )
        return
    try:
        name = today_commune(old).name
        yield (
            f"{was.name} ({old}) is {name} today: its code lives on",
            f"{was.name} ({old}) nay là {name}: mã cũ vẫn được dùng",
        )
        return
    except UnknownUnitError:
        pass
    home = province(was.province)
    if now.province != home.successor:
        names = {unit.code: unit.name for unit in today_provinces()}
        yield (
            f"{was.name} ({old}) was in {home.name}, which is part of {home.successor_name}; "
            f"{now.name} ({new}) is in {names[now.province]}",
            f"{was.name} ({old}) thuộc {home.name}, nay là một phần của {home.successor_name}; "
            f"{now.name} ({new}) lại thuộc {names[now.province]}",
        )
