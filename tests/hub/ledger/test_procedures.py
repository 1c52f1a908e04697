"""The ledger's procedure codes are those of the dated table, which it does not read."""

from datetime import date, timedelta

import pytest

from hub.ledger.procedures import in_force
from schemas.procedures import codes_in_force
from schemas.rules import RULES

CODES = {row.value for name, rule in RULES.items() for row in rule.rows if "procedure." in name}


@pytest.mark.parametrize("chain", ["birth", "death", "temporary_residence"])
def test_on_every_day_the_same_codes_are_in_force(chain: str) -> None:
    """From before the first to after the last change."""
    for days in range(0, 365 * 6, 1):
        day = date(2021, 6, 1) + timedelta(days)
        known = codes_in_force(chain, day) or {}
        found = {code for code in CODES if in_force(chain, code, day)}
        assert found == set(known), f"codes of {chain} on {day}"
