"""Which regime was in force, and who is competent, by the day of processing."""

from datetime import date
from typing import Literal

from schemas.rules import Row, row_on
from schemas.units import province


def regime(submitted: date) -> Row:
    """The regime of the linked services: `P`, `R1` to `R5`, with what it changed.

    Raises:
        NoRuleError: before the pilot of November 2022 there was none.
    """
    return row_on("regime", submitted)


def competent(what: Literal["social_insurance", "social_protection"], processed: date) -> Row:
    """Who decides: an office of the `district`, since 1 July 2025 of the `area` or `commune`."""
    return row_on(f"competent.{what}", processed)


def competent_province(code: str, processed: date) -> str:
    """The code of the province that deals with a case of one of the 63 on a day.

    Since 1 July 2025 that is the successor, which finishes the case under the same code.

    Raises:
        UnknownUnitError: none of the 63 has this code.
    """
    old = province(code)
    merged = row_on("units.provinces", processed).number == 34
    return old.successor if merged else old.code


def personal_id_province(code: str, registered: date, *, successors_code: bool) -> str:
    """The province part of a personal ID given out on a day: three digits, `0` in front.

    Whether a province that was merged on 1 July 2025 goes on with its old code is not known, so
    it is a switch: with `successors_code` it takes that of its successor.

    Raises:
        UnknownUnitError: none of the 63 has this code.
    """
    return f"0{competent_province(code, registered) if successors_code else province(code).code}"
