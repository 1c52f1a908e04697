"""What a funeral allowance is and by when a death case is due, written down again from the law.

Sums by group and day of death, each from a day on; `known` where the public learned of it later
than that. Social insurance goes by the month of death (Law 58/2014, article 66; Law 41/2024,
article 85), everybody else by its day. Merit and veterans as social insurance: ten times the base.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

DAYS = {
    "insurance": 8,
    "social_protection": 6,
    "emergency": 6,
    "social_pension": 6,
    "merit": 18,
    "veterans": 12,
}
"""Working days in which a case of the group is due."""
DAYS_WITHOUT_GROUP = 6


class _Row(NamedTuple):
    first: date
    vnd: int
    known: date = date.min


_BASE = (
    _Row(date(2019, 7, 1), 1_490_000),
    _Row(date(2023, 7, 1), 1_800_000),
    _Row(date(2024, 7, 1), 2_340_000),
    _Row(date(2026, 7, 1), 2_530_000),
)
"""Base salary (Decrees 38/2019, 24/2023, 73/2024), since July 2025 the reference level."""
_STANDARD = (
    _Row(date(2021, 7, 1), 360_000),
    _Row(date(2024, 7, 1), 500_000),
    _Row(date(2026, 7, 1), 540_000, known=date(2026, 8, 21)),
)
"""The standard of social assistance (Decrees 20/2021, 76/2024, 335/2026)."""


class _Way(NamedTuple):
    since: date
    """The group's own rule holds from then on."""
    times: int
    level: tuple[_Row, ...]


_WAYS = {
    "insurance": _Way(date(2016, 1, 1), 10, _BASE),
    "merit": _Way(date(2021, 7, 1), 10, _BASE),
    "veterans": _Way(date(2007, 1, 1), 10, _BASE),
    "social_protection": _Way(date(2021, 7, 1), 20, _STANDARD),
    "emergency": _Way(date(2021, 7, 1), 50, _STANDARD),
    "social_pension": _Way(date(2025, 7, 1), 1, (_Row(date(2025, 7, 1), 10_000_000),)),
}


class Grant(NamedTuple):
    """A sum in đồng, and the group that it is for."""

    vnd: int
    group: str


def due(group: str, died: date, known_on: date = date.max) -> Grant | None:
    """What a group gets for a death, as known on a day; None where it got nothing then."""
    way = _WAYS[group]
    day = died.replace(day=1) if group == "insurance" else died
    rows = [row for row in way.level if row.first <= day and row.known <= known_on]
    return Grant(way.times * rows[-1].vnd, group) if rows and way.since <= day else None


def best(groups: Iterable[str], died: date, known_on: date = date.max) -> Grant | None:
    """The highest of the groups' sums, of equal ones that of the group named first."""
    sums = [grant for group in groups if (grant := due(group, died, known_on))]
    return max(sums, key=lambda grant: grant.vnd, default=None)
