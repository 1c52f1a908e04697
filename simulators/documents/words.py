"""Numbers, days and sums as a Vietnamese form spells them out."""

from datetime import date
from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS: Final = ("", "nghìn", "triệu", "tỷ")
_LAST: Final = {1: "mốt", 4: "tư", 5: "lăm"}
"""How a last digit sounds after `mươi`; `năm` is `lăm` after any ten."""


def spoken(number: int) -> str:
    """A number in words: 2023 is `hai nghìn không trăm hai mươi ba`.

    Raises:
        ValueError: it is negative, or 10^12 or more.
    """
    if not 0 <= number < 10**12:
        raise ValueError(f"only numbers from 0 below 10^12 are spelled out, not {number}")
    if number < 10:
        return _DIGITS[number]
    words: list[str] = []
    for place in range(len(_GROUPS) - 1, -1, -1):
        group = number // 1000**place % 1000
        if group:
            words += [*_below_1000(group, full=bool(words)), _GROUPS[place]]
    return " ".join(word for word in words if word)


def _below_1000(number: int, *, full: bool) -> list[str]:
    """Three digits; `full`: after a higher group even a zero of hundreds is said."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens > 1:
        words += [_DIGITS[tens], "mươi", *([_LAST.get(ones, _DIGITS[ones])] if ones else [])]
    elif tens == 1:
        words += ["mười", *(["lăm" if ones == 5 else _DIGITS[ones]] if ones else [])]
    elif ones:
        words += [*(["linh"] if words else []), _DIGITS[ones]]
    return words


def spoken_day(day: date) -> str:
    """A day in words, as beside the date of birth on a certificate."""
    names = spoken(day.day), spoken(day.month) if day.month != 4 else "tư", spoken(day.year)
    return f"Ngày {names[0]} tháng {names[1]} năm {names[2]}"


def spoken_sum(vnd: int) -> str:
    """A sum in words: `Mười tám triệu đồng`."""
    return f"{spoken(vnd).capitalize()} đồng"


def numbers(day: date) -> str:
    """A day as official letters date themselves: `ngày 03 tháng 02 năm 2023`.

    Single-figure days, and months 1 and 2, have a zero in front (Decree 30/2020/NĐ-CP, appendix I).
    """
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"
