"""Codes of administrative procedures (mã thủ tục hành chính), by service and date.

The code of a case is that of its day of submission. Codes differ between local catalogues, so they
stand in a table, `schemas/data/procedures.csv`, each row with its confidence and source.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

ProcedureOf = Literal[
    "birth",
    "death",
    "residence",
    "residence_removal",
    "funeral_allowance",
    "linked_birth",
    "linked_birth_identity_card",
    "linked_birth_health_card",
    "linked_death",
]


class UnknownProcedureError(LookupError):
    """No procedure of that service was in force on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One procedure and the days on which it is in force."""

    service: str
    code: str
    name: str
    """What it is called in Vietnamese, shortened where the official title is long."""
    valid_from: date
    """First day in force; `date.min` where it is older than this table."""
    valid_to: date
    """Last day in force; `date.max` where no end is known."""
    confidence: Literal["V", "I"]
    """V: read in a published source; I: assumed."""
    source: str


@cache
def procedures() -> tuple[Procedure, ...]:
    """All procedures that the table knows."""
    table = resources.files("schemas").joinpath("data", "procedures.csv")
    with table.open(encoding="utf-8") as rows:
        return tuple(
            Procedure(
                service=row["service"],
                code=row["code"],
                name=row["name"],
                valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
                valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
                confidence="V" if row["confidence"] == "V" else "I",
                source=row["source"],
            )
            for row in csv.DictReader(rows)
        )


@cache
def procedure(service: ProcedureOf, on: date) -> Procedure:
    """The procedure for something submitted on that day.

    Raises:
        UnknownProcedureError: the service has none then; a child's health card by itself has no
            published code at all.
    """
    for row in procedures():
        if row.service == service and row.valid_from <= on <= row.valid_to:
            return row
    raise UnknownProcedureError(f"no procedure for {service!r} was in force on {on}")
