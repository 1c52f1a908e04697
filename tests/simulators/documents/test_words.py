"""Numbers spelled out as Vietnamese forms want them."""

from datetime import date

import pytest

from simulators.documents.words import numbers, spoken, spoken_day, spoken_sum


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (30, "ba mươi"),
        (55, "năm mươi lăm"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (2000, "hai nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2023, "hai nghìn không trăm hai mươi ba"),
        (1995, "một nghìn chín trăm chín mươi lăm"),
        (1_001_015, "một triệu không trăm linh một nghìn không trăm mười lăm"),
        (14_900_000, "mười bốn triệu chín trăm nghìn"),
        (7_200_000_001, "bảy tỷ hai trăm triệu không trăm linh một"),
    ],
)
def test_a_number_is_read_as_a_clerk_reads_it(number: int, words: str) -> None:
    """Zeros of hundreds and tens are said, and last digits change their sound."""
    assert spoken(number) == words


@pytest.mark.parametrize("number", [-1, 10**12])
def test_what_no_form_needs_is_refused(number: int) -> None:
    """Negative numbers and sums of a million millions are no one's."""
    with pytest.raises(ValueError, match="spelled out"):
        spoken(number)


def test_a_sum_begins_with_a_capital_and_ends_in_dong() -> None:
    """As on a decision: bằng chữ."""
    assert spoken_sum(18_000_000) == "Mười tám triệu đồng"


def test_a_day_of_birth_is_spelled_out() -> None:
    """April is tháng tư, not bốn."""
    assert (
        spoken_day(date(2023, 4, 10)) == "Ngày mười tháng tư năm hai nghìn không trăm hai mươi ba"
    )


def test_a_letters_date_has_zeros_where_the_decree_wants_them() -> None:
    """Days below 10, and January and February."""
    assert numbers(date(2023, 2, 3)) == "ngày 03 tháng 02 năm 2023"
    assert numbers(date(2023, 7, 10)) == "ngày 10 tháng 7 năm 2023"
