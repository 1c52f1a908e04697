"""Procedure codes, and services, by day of submission, written down a second time.

Source: Decrees 63/2024/NĐ-CP and 301/2026/NĐ-CP, and the catalogues of provincial portals, of which
some give the two codes of June 2024 to birth and death the other way round.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

_DECREE_63: Final = date(2024, 6, 10)
_DECREE_301: Final = date(2026, 9, 1)
_STAYS: Final = date(2021, 7, 1)
_IN_DECREE_63: Final = frozenset({"2.002621", "2.002622"})
_SINCE: Final[Mapping[str, tuple[tuple[date, frozenset[str]], ...]]] = {
    "birth": (
        (_DECREE_301, frozenset({"3.000722"})),
        (_DECREE_63, _IN_DECREE_63),
        (date.min, frozenset({"2.000986", "2.000987", "2.001023"})),
    ),
    "death": (
        (_DECREE_301, frozenset({"2.002913"})),
        (_DECREE_63, _IN_DECREE_63),
        (date.min, frozenset({"1.006714"})),
    ),
    "temporary_residence": ((_STAYS, frozenset({"1.004194"})), (date.min, frozenset())),
}
"""By chain, from when which codes hold; the latest first."""
_PILOT: Final = date(2022, 11, 21)
_PILOT_PROVINCES: Final = frozenset({"01", "35"})
"""Hà Nội and Hà Nam."""
_NATIONWIDE: Final = date(2023, 7, 10)
"""Resolution 97/NQ-CP."""
WITHOUT_RESIDENCE: Final = "2.001023"
"""The code of the linked birth that is registration and health card only."""


def offers_linked(province: str, day: date) -> bool:
    """Whether a birth or a death can be filed as a linked case in a province on a day."""
    return day >= _NATIONWIDE or (day >= _PILOT and province in _PILOT_PROVINCES)


def offers_identity_card(day: date) -> bool:
    """Whether a birth filed on a day can ask for an identity card too."""
    return day >= _DECREE_301


def in_force(chain: str, code: str, day: date) -> bool:
    """Whether a case of a chain can be filed under this code on a day."""
    return code in next(codes for since, codes in _SINCE[chain] if day >= since)
