"""Procedure codes by service and date."""

from datetime import date

import pytest

from schemas.procedures import ProcedureOf, UnknownProcedureError, procedure


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
        ("linked_birth_identity_card", "2024-06-09", "2.000987"),
        ("funeral_social_pension", "2025-07-01", "1.014028"),
        ("funeral_veterans", "2024-06-10", "2.002307"),
    ],
)
def test_the_day_of_submission_decides_the_code(service: ProcedureOf, on: str, code: str) -> None:
    """Each boundary day gives the code in force on it."""
    found = procedure(service, date.fromisoformat(on))
    assert found.code == found.row.value == code
    assert found.row.vi, "its Vietnamese title"


def test_a_service_without_a_procedure_on_that_day_is_an_error() -> None:
    """The identity card's own linked code ended with the first group's."""
    with pytest.raises(UnknownProcedureError, match="linked_birth_identity_card"):
        procedure("linked_birth_identity_card", date(2024, 6, 10))
