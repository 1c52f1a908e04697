"""Tables of one's own beside the packaged ones: CSV files, whose faults are told with their lines.

`schemas.successions` and `schemas.standards` say what the rows of each mean.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import get_args

from schemas.rules import Confidence

Cells = Mapping[str, str | None]
"""One line by column; None where the line has too few values."""
Fault = tuple[str, str]
"""What is wrong with a line, in English and in Vietnamese."""


class TableError(ValueError):
    """A table with faults; the message says each with its line, `vi` the same in Vietnamese."""

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.vi = vi


def unknown_confidence(row: Cells) -> Iterator[Fault]:
    """The fault of a row whose `confidence` is no word for how sure a row of law is."""
    if row["confidence"] not in get_args(Confidence):
        words = ", ".join(get_args(Confidence))
        yield (
            f"confidence is one of {words}, not {row['confidence']}",
            f"confidence phải là một trong {words}, không phải {row['confidence']}",
        )


def read_rows(
    text: str,
    columns: Sequence[str],
    faults_of: Callable[[Cells, int], Iterator[Fault]],
    error: type[TableError],
) -> list[dict[str, str]]:
    """The rows of a CSV table with exactly this header, by column.

    `faults_of` says what is wrong with the values of a line, given with its number.

    Raises:
        TableError: of the class `error`, with every fault and its line.
    """
    rows = csv.DictReader(text.lstrip("\ufeff").splitlines(), strict=True)
    try:
        header, found = rows.fieldnames or (), [(rows.line_num, row) for row in rows]
    except csv.Error as fault:
        line = rows.line_num
        raise error(f"line {line}: {fault}", f"dòng {line}: không phải CSV hợp lệ") from None
    if list(header) != list(columns):
        wanted, there = ",".join(columns), ",".join(header)
        raise error(
            f"the first line has to be {wanted}, not {there}",
            f"dòng đầu phải là {wanted}, không phải {there}",
        )
    faults = [(line, *fault) for line, row in found for fault in faults_of(row, line)]
    if faults:
        raise error(
            "\n".join(f"line {line}: {en}" for line, en, _ in faults),
            "\n".join(f"dòng {line}: {vi}" for line, _, vi in faults),
        )
    return [row for _, row in found]
