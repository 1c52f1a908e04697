"""Telling Vietnamese from English, and what is wrong with a text and its twin."""

import re
from functools import cache

from schemas.units import provinces, today_provinces

_MARKED = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
"""A letter that Vietnamese has and English has not."""
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_QUOTED = re.compile("“[^”]*”|`[^`]*`")

PLAIN = {"ba", "broker", "cho", "khai", "nam", "sinh", "topic", "vneid", "xem"}
"""Words of Vietnamese texts that have no mark."""
BORROWED = ("NĐ-CP", "BHXH cơ sở", "Tết", "đồng")
"""What English texts leave in Vietnamese, beside quotations and the names of places."""
PLACES = ("Hải Dương", "Hồ Chí Minh", "Nam Đông", "Phúc Xá")
"""Places beside the provinces."""
THE_SAME = {"", "W3C Trace Context."}
"""What both languages say in the same way; so do numbers and codes."""


@cache
def _borrowed() -> re.Pattern[str]:
    names = {unit.name for unit in provinces()} | {unit.name for unit in today_provinces()}
    names |= {re.sub("^(Thành phố|Tỉnh) ", "", name) for name in names}
    return re.compile("|".join(map(re.escape, sorted({*names, *PLACES, *BORROWED}, key=len)[::-1])))


def is_vietnamese(text: str) -> bool:
    """Whether a text can be Vietnamese: it has a mark, or only words that need none."""
    words = [word.lower() for word in _LETTERS.findall(text)]
    return bool(_MARKED.search(text)) or all(word in PLAIN for word in words)


def is_english(text: str) -> bool:
    """Whether a text can be English: nothing in it has a mark but names and quotations."""
    return not _MARKED.search(_borrowed().sub("", _QUOTED.sub("", text)))


def fault(vi: str | None, en: str | None) -> str | None:
    """What is wrong with the halves of a text; None where nothing is."""
    vi, en = (vi or "").strip(), (en or "").strip()
    if vi == en and (vi in THE_SAME or not _LETTERS.search(vi)):
        return None
    if not en:
        return f"no English twin: {vi}"
    if not vi:
        return f"no Vietnamese twin: {en}"
    if vi == en:
        return f"the same in both languages: {vi}"
    if not is_vietnamese(vi):
        return f"not Vietnamese: {vi} (beside: {en})"
    if not is_english(en):
        return f"not English: {en} (beside: {vi})"
    return None


def told(text: str) -> str | None:
    """What is wrong with a text that has both halves in it: `English. · Tiếng Việt.`, or around.

    Paragraphs do as well: the first in English, the last in Vietnamese.
    """
    first, between, last = text.strip().partition(" · ")
    if not between:
        first, _, last = text.strip().partition("\n\n")
        last = last.rpartition("\n\n")[2]
    if is_vietnamese(first) and not is_english(first):
        first, last = last, first
    return fault(last, first)
