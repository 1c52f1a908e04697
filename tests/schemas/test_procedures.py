"""Procedure codes by service and date."""

from datetime import date

import pytest

from schemas.procedures import (
    ProcedureOf,
    UnknownProcedureError,
    codes_in_force,
    procedure,
)


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


@pytest.mark.parametrize(
    ("chain", "on", "codes"),
    [
        ("birth", "2024-06-09", {"2.000986", "2.000987", "2.001023"}),
        ("birth", "2024-06-10", {"2.002621", "2.002622"}),
        ("birth", "2026-09-01", {"3.000722"}),
        ("death", "2024-06-09", {"1.006714"}),
        ("death", "2024-06-10", {"2.002621", "2.002622"}),
        ("temporary_residence", "2021-06-30", set()),
        ("temporary_residence", "2021-07-01", {"1.004194"}),
    ],
)
def test_a_chain_can_be_filed_under_every_code_of_a_catalogue(
    chain: str, on: str, codes: set[str]
) -> None:
    """Of two catalogues that swap two codes, either is right."""
    found = codes_in_force(chain, date.fromisoformat(on))
    assert found is not None
    assert set(found) == codes


def test_a_chain_without_a_procedure_in_the_table_has_no_codes_to_hold_it_against() -> None:
    """A chain that somebody adds is not refused for what the table does not know."""
    assert codes_in_force("house", date(2024, 6, 10)) is None
