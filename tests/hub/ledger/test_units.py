"""The ledger's own list of merged provinces, held against the project's tables."""

from datetime import date

import pytest

from hub.ledger.units import SUCCESSORS, province_on
from schemas import units


def test_the_list_of_successors_is_that_of_the_resolution() -> None:
    """63 provinces became 34: 29 codes ended, each in the one that the tables name."""
    named = {one.code: one.successor for one in units.provinces() if one.code != one.successor}
    assert named == SUCCESSORS
    assert len(SUCCESSORS) == 63 - 34


@pytest.mark.parametrize(
    ("code", "day", "expected"),
    [
        ("02", date(2025, 6, 30), "02"),
        ("02", date(2025, 7, 1), "08"),
        ("08", date(2025, 7, 1), "08"),
        ("74", date(2026, 1, 5), "79"),
        ("01", date(2025, 7, 1), "01"),
    ],
)
def test_the_day_decides_which_province_it_is(code: str, day: date, expected: str) -> None:
    """Hà Giang is Tuyên Quang, and Bình Dương Hồ Chí Minh, from 1 July 2025 on."""
    assert province_on(code, day) == expected
