"""The tables beside this module: the project's own, assumed where no source is named."""

import csv
from collections.abc import Sequence
from importlib import resources


def rows(file: str) -> Sequence[dict[str, str]]:
    """The rows of a table, by column."""
    with resources.files("simulators.people").joinpath(file).open(encoding="utf-8") as table:
        return list(csv.DictReader(table))
