"""Codes of administrative procedures (mã thủ tục hành chính), by service and date.

The code of a case is that of its day of submission. Codes differ between local catalogues, so they
stand in a table, `schemas/data/procedures.csv`, each row with its confidence and source; the rule
of a service is `procedure.<service>`.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from schemas.rules import NoRuleError, Row, row_on

ProcedureOf = Literal[
    "birth",
    "death",
    "residence",
    "residence_removal",
    "funeral_allowance",
    "funeral_social_pension",
    "funeral_veterans",
    "linked_birth",
    "linked_birth_identity_card",
    "linked_birth_health_card",
    "linked_death",
    "temporary_residence",
]


class UnknownProcedureError(LookupError):
    """No procedure of that service was in force on that day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A procedure that is in force on some day."""

    service: ProcedureOf
    code: str
    row: Row
    """Where the code stands: days in force, title (long ones shortened), source, confidence."""


@cache
def procedure(service: ProcedureOf, on: date) -> Procedure:
    """The procedure for something submitted on that day.

    Raises:
        UnknownProcedureError: the service has none then; a child's health card by itself has no
            published code at all.
    """
    try:
        row = row_on(f"procedure.{service}", on)
    except NoRuleError:
        raise UnknownProcedureError(f"no procedure for {service!r} was in force on {on}") from None
    return Procedure(service=service, code=row.value, row=row)
