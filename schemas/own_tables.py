"""Tables of one's own beside the packaged ones: CSV files, whose faults are told with their lines.

`schemas.successions` and `schemas.standards` say what the rows of each mean.
"""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence

Cells = Mapping[str, str | None]
"""One line by column; None where the line has too few values."""


def read_rows(
    text: str,
    columns: Sequence[str],
    faults_of: Callable[[Cells, int], Iterator[str]],
    error: type[ValueError],
) -> list[dict[str, str]]:
    """The rows of a CSV table with exactly this header, by column.

    `faults_of` says what is wrong with the values of a line, given with its number.

    Raises:
        ValueError: of the class `error`, with every fault and its line.
    """
    rows = csv.DictReader(text.lstrip("\ufeff").splitlines(), strict=True)
    try:
        header, found = rows.fieldnames or (), [(rows.line_num, row) for row in rows]
    except csv.Error as fault:
        raise error(f"line {rows.line_num}: {fault}") from None
    if list(header) != list(columns):
        raise error(f"the first line has to be {','.join(columns)}, not {','.join(header)}")
    faults = [f"line {line}: {fault}" for line, row in found for fault in faults_of(row, line)]
    if faults:
        raise error("\n".join(faults))
    return [row for _, row in found]
