"""The ledger's own list of merged provinces, held against the project's tables."""

from datetime import date

import pytest

from hub.ledger.units import SUCCESSORS, misplaced, province_on
from schemas import units
from schemas.regimes import province_of_commune


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


@pytest.mark.parametrize(
    ("commune", "province", "day", "expected"),
    [
        ("26740", "79", date(2023, 7, 10), False),
        ("26740", "01", date(2023, 7, 10), True),
        ("26740", "99", date(2023, 7, 10), True),
        ("99999", "01", date(2023, 7, 10), False),
        ("25747", "74", date(2025, 6, 30), False),
        ("25747", "79", date(2025, 6, 30), True),
        ("25747", "79", date(2025, 7, 1), False),
        ("25747", "74", date(2025, 7, 1), False),
        ("25747", "01", date(2025, 7, 1), True),
    ],
)
def test_a_commune_lies_in_its_province_of_the_day(
    commune: str, province: str, day: date, expected: bool
) -> None:
    """Bến Nghé is in Hồ Chí Minh; Thủ Dầu Một was in Bình Dương, and follows it on 1 July 2025."""
    assert misplaced(commune, province, day) is expected


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2025, 7, 1)])
def test_the_ledger_finds_every_commune_in_the_province_that_the_tables_name(day: date) -> None:
    """Of all that there was and is; another province is never taken for it."""
    known = {one.code for one in units.communes()}
    if day == date(2025, 7, 1):
        known |= {one.code for one in units.today_communes()}
    for code in known:
        home = province_of_commune(code, day)
        assert not misplaced(code, home, day), f"{code} lies in {home}"
        assert misplaced(code, "01" if home != "01" else "79", day), f"{code} lies in {home} alone"
