"""Procedure codes by service and date."""

import re
from datetime import date
from itertools import combinations

import pytest

from schemas.procedures import ProcedureOf, UnknownProcedureError, procedure, procedures


@pytest.mark.parametrize(
    ("service", "on", "code"),
    [
        ("birth", "2023-07-10", "1.001193"),
        ("death", "2023-07-10", "1.000656"),
        ("residence", "2023-07-10", "1.004222"),
        ("residence_removal", "2023-07-10", "1.003197"),
        ("linked_birth", "2023-07-10", "2.000986"),
        ("linked_birth", "2024-06-09", "2.000986"),
        ("linked_birth", "2024-06-10", "2.002621"),
        ("linked_birth", "2026-08-31", "2.002621"),
        ("linked_birth", "2026-09-01", "3.000722"),
        ("linked_death", "2024-06-09", "1.006714"),
        ("linked_death", "2024-06-10", "2.002622"),
        ("linked_death", "2026-09-01", "2.002913"),
    ],
)
def test_the_day_of_submission_decides_the_code(service: ProcedureOf, on: str, code: str) -> None:
    """Each boundary day gives the code in force on it."""
    assert procedure(service, date.fromisoformat(on)).code == code


def test_a_service_without_a_procedure_on_that_day_is_an_error() -> None:
    """The identity card's own linked code ended with the first group's."""
    with pytest.raises(UnknownProcedureError, match="linked_birth_identity_card"):
        procedure("linked_birth_identity_card", date(2024, 6, 10))


def test_no_day_has_two_codes_for_one_service() -> None:
    """Rows of one service do not overlap, and every row is complete."""
    rows = procedures()
    for row in rows:
        assert re.fullmatch(r"[0-9]\.[0-9]{6}", row.code), row
        assert row.name, row
        assert row.source, row
    for one, other in combinations(rows, 2):
        if one.service == other.service:
            assert one.valid_to < other.valid_from or other.valid_to < one.valid_from
