"""Who is competent on which day: the hand-over of 1 July 2025."""

from datetime import date

import pytest

from schemas.regimes import competent_commune, merged, province_title
from schemas.units import UnknownUnitError, UnmappedUnitError, communes, today_communes

LAST_OLD, FIRST_NEW = date(2025, 6, 30), date(2025, 7, 1)


def test_a_ward_finishes_what_it_began_until_the_last_day_of_june() -> None:
    """Phường Bến Nghé of Quận 1 deals with its own cases, under an agency code with a district."""
    office = competent_commune("26740", LAST_OLD)
    assert (office.commune, office.name, office.agency) == (
        "26740",
        "Phường Bến Nghé",
        "H29.760.26740",
    )
    assert office.row.valid_to == LAST_OLD


def test_its_successor_finishes_it_from_the_first_of_july() -> None:
    """Phường Sài Gòn, without a district above it, and the row says since when."""
    office = competent_commune("26740", FIRST_NEW)
    assert (office.commune, office.name, office.agency) == ("26740", "Phường Sài Gòn", "H29.26740")
    assert office.row.valid_from == FIRST_NEW


def test_a_case_of_a_merged_province_moves_to_its_successor() -> None:
    """Cà Mau keeps code 96; what lay in Bạc Liêu (95) belongs to it."""
    moved = next(c for c in communes() if c.province == "95" and c.code in _codes_of_today())
    assert competent_commune(moved.code, LAST_OLD).province == "95"
    assert competent_commune(moved.code, FIRST_NEW).province == "96"


def test_a_commune_without_mapping_is_named() -> None:
    """Until the last day it is competent itself; then nobody knows who is."""
    gone = next(c for c in communes() if c.code not in _codes_of_today())
    assert competent_commune(gone.code, LAST_OLD).commune == gone.code
    with pytest.raises(UnmappedUnitError, match=gone.code):
        competent_commune(gone.code, FIRST_NEW)


def test_a_code_that_no_commune_has_is_another_error() -> None:
    """A typing error is no merger."""
    for day in (LAST_OLD, FIRST_NEW):
        with pytest.raises(UnknownUnitError, match="99999") as raised:
            competent_commune("99999", day)
        assert not isinstance(raised.value, UnmappedUnitError)


def test_the_provinces_are_merged_from_the_first_of_july() -> None:
    """63 on the day before, 34 on the day."""
    assert (merged(LAST_OLD), merged(FIRST_NEW)) == (False, True)


@pytest.mark.parametrize(
    ("code", "day", "title"),
    [
        ("02", "2025-06-30", "tỉnh Hà Giang"),
        ("02", "2025-07-01", "tỉnh Tuyên Quang"),
        ("74", "2025-06-30", "tỉnh Bình Dương"),
        ("74", "2025-07-01", "thành phố Hồ Chí Minh"),
        ("46", "2024-12-31", "tỉnh Thừa Thiên Huế"),
        ("46", "2025-01-01", "thành phố Huế"),
        ("75", "2026-04-29", "tỉnh Đồng Nai"),
        ("70", "2026-04-30", "thành phố Đồng Nai"),
    ],
)
def test_a_province_is_named_as_of_the_day(code: str, day: str, title: str) -> None:
    """Resolutions 202/2025/QH15, 175/2024/QH15 and 30/2026/QH16."""
    assert province_title(code, date.fromisoformat(day)) == title


def _codes_of_today() -> set[str]:
    return {unit.code for unit in today_communes()}
