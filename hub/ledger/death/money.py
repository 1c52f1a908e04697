"""What a funeral allowance is and by when a death case is due, written down again from the law.

Sums by group and day of death, each from a day on; `known` where the public learned of it later
than that. Social insurance goes by the month of death (Law 58/2014, article 66; Law 41/2024,
article 85), everybody else by its day. Merit and veterans as social insurance: ten times the base.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

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


class Standard(NamedTuple):
    """A sum that holds for deaths from a day on, and since when the public knew it."""

    first: date
    vnd: int
    known: date = date.min


_BASE = (
    Standard(date(2013, 7, 1), 1_150_000),
    Standard(date(2016, 5, 1), 1_210_000, known=date(2016, 5, 26)),
    Standard(date(2017, 7, 1), 1_300_000),
    Standard(date(2018, 7, 1), 1_390_000),
    Standard(date(2019, 7, 1), 1_490_000),
    Standard(date(2023, 7, 1), 1_800_000),
    Standard(date(2024, 7, 1), 2_340_000),
    Standard(date(2026, 7, 1), 2_530_000),
)
"""Base salary (Decrees 66/2013, 47/2016, 47/2017, 72/2018, 38/2019, 24/2023, 73/2024), since July
2025 the reference level."""
_STANDARD = (
    Standard(date(2021, 7, 1), 360_000),
    Standard(date(2024, 7, 1), 500_000),
    Standard(date(2026, 7, 1), 540_000, known=date(2026, 8, 21)),
)
"""The standard of social assistance (Decrees 20/2021, 76/2024, 335/2026)."""


class _Way(NamedTuple):
    since: date
    """The group's own rule holds from then on."""
    times: int
    level: tuple[Standard, ...]


_WAYS = {
    "insurance": _Way(date(2016, 1, 1), 10, _BASE),
    "merit": _Way(date(2021, 7, 1), 10, _BASE),
    "veterans": _Way(date(2007, 1, 1), 10, _BASE),
    "social_protection": _Way(date(2021, 7, 1), 20, _STANDARD),
    "emergency": _Way(date(2021, 7, 1), 50, _STANDARD),
    "social_pension": _Way(date(2025, 7, 1), 1, (Standard(date(2025, 7, 1), 10_000_000),)),
}


class Grant(NamedTuple):
    """A sum in đồng, and the group that it is for."""

    vnd: int
    group: str
    elsewhere: int | None = None
    """What another agency had granted before, where this is the rest."""


def due(
    group: str, died: date, known_on: date = date.max, own: Sequence[Standard] = ()
) -> Grant | None:
    """What a group gets for a death, as known on a day; None where it got nothing then.

    `own` is what the province of the deceased has set above the national standard.
    """
    way = _WAYS[group]
    day = died.replace(day=1) if group == "insurance" else died
    level = _level(way.level, day, known_on)
    if way.level is _STANDARD:
        level = max(level, _level(own, day, known_on))
    return Grant(way.times * level, group) if level and way.since <= day else None


def _level(rows: Sequence[Standard], day: date, known_on: date) -> int:
    held = [row for row in rows if row.first <= day and row.known <= known_on]
    return max(held).vnd if held else 0


def best(
    groups: Iterable[str], died: date, known_on: date = date.max, own: Sequence[Standard] = ()
) -> Grant | None:
    """The highest of the groups' sums, of equal ones that of the group named first."""
    sums = [grant for group in groups if (grant := due(group, died, known_on, own))]
    return max(sums, key=lambda grant: grant.vnd, default=None)


def beside(grant: Grant, elsewhere: int | None) -> Grant | None:
    """What is left to grant to whom another agency has granted a sum: up to the higher of the two,
    which is all that anybody gets (Decree 20/2021, article 11); None where that is nothing."""
    left = grant.vnd - (elsewhere or 0)
    return grant._replace(vnd=left, elsewhere=elsewhere) if left > 0 else None


def standards(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Standard]]:
    """The run's own rows, by province."""
    found: dict[str, list[Standard]] = {}
    for row in rows:
        first, known = (date.fromisoformat(row[day]) for day in ("valid_from", "known_from"))
        found.setdefault(row["province"], []).append(Standard(first, row["vnd"], known))
    return found
