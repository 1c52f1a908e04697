"""Codes of administrative procedures (mã thủ tục hành chính), by service and date.

The code of a case is that of its day of submission. Codes differ between local catalogues, so they
stand in a table, `schemas/data/procedures.csv`, each row with its confidence and source; the rule
of a service is `procedure.<service>`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

from schemas.rules import RULES, NoRuleError, Row, row_on

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
    "linked_birth_elsewhere",
    "linked_death",
    "linked_death_elsewhere",
    "temporary_residence",
]


_OF_CHAIN: Final[Mapping[str, tuple[ProcedureOf, ...]]] = {
    "birth": (
        "linked_birth",
        "linked_birth_identity_card",
        "linked_birth_health_card",
        "linked_birth_elsewhere",
    ),
    "death": ("linked_death", "linked_death_elsewhere"),
}
"""The services of a chain that has not its own name, or more than one."""


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


@cache
def codes_in_force(chain: str, on: date) -> Mapping[str, Row] | None:
    """The codes under which a case of a chain can be filed on a day, each with its row.

    All that a local catalogue may have: two of them swap the codes of June 2024. None of a chain
    of which the table knows no procedure at all.
    """
    rules = [f"procedure.{service}" for service in _OF_CHAIN.get(chain, (chain,))]
    if not any(rule in RULES for rule in rules):
        return None
    return MappingProxyType({row.value: row for rule in rules for row in _rows_on(rule, on)})


def _rows_on(rule: str, on: date) -> tuple[Row, ...]:
    try:
        return (row_on(rule, on),)
    except NoRuleError:
        return ()
