"""What a funeral allowance is, by group and date of death.

The agency that decides on a case grants it; nobody else computes it. Social insurance goes by the
month of death, the others by its date. Social protection and emergency aid are floors: a province
may set a higher standard, which a run has in a table of its own (`schemas.standards`).

Sources: Law 58/2014/QH13, article 66, and Law 41/2024/QH15, article 85 (social insurance); Decree
20/2021/NĐ-CP, articles 11 and 14 (social protection, emergency aid; of several sums the highest);
the rows name the rest.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, NamedTuple

from schemas.rules import Row, row_on
from schemas.standards import standard_of

Group = Literal[
    "insurance", "merit", "social_protection", "emergency", "social_pension", "veterans"
]
"""Whose rules pay: the groups that a death case can tick."""


class _Way(NamedTuple):
    """How a group's sum comes about."""

    level: str | None
    """The rule of the sum that is multiplied; None where the group's own rule is the sum."""
    floor: bool = False
    by_month: bool = False


_WAYS: Final[dict[Group, _Way]] = {
    "insurance": _Way("level.base", by_month=True),
    "merit": _Way("level.base"),
    "veterans": _Way("level.base"),
    "social_protection": _Way("level.social_standard", floor=True),
    "emergency": _Way("level.social_standard", floor=True),
    "social_pension": _Way(None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A sum and where it comes from."""

    group: Group
    vnd: int
    at_least: bool
    """Whether the law sets a floor, which a province may exceed."""
    decided_by: date
    """The date of death, or the first day of its month where the month decides."""
    rows: tuple[Row, ...]
    """The group's rule and, where it is a multiple, the level that it multiplies."""


def amount(
    group: Group,
    died: date,
    known_on: date | None = None,
    *,
    province: str | None = None,
) -> Amount:
    """What is due for a death, in đồng, as the law was known on a day (now, if none is given).

    `province` is the code of that in which the deceased lived: a standard that it has set above the
    national one takes its place, for groups that go by it.

    Raises:
        NoRuleError: the group had no allowance then.
    """
    way = _WAYS[group]
    day = died.replace(day=1) if way.by_month else died
    rule = row_on(f"allowance.{group}", day, known_on)
    vnd, rows = rule.number, [rule]
    if way.level is not None:
        level = row_on(way.level, day, known_on)
        own = standard_of(province, day, known_on) if way.floor else None
        if own is not None and own.number > level.number:
            level = own
        vnd *= level.number
        rows.append(level)
    return Amount(group=group, vnd=vnd, at_least=way.floor, decided_by=day, rows=tuple(rows))


def still_due(sum_due: int, granted: int | None) -> int:
    """What an agency pays to whom another one has granted a sum already; 0: nothing, refused.

    Of several sums the law gives the highest, once (Decree 20/2021/NĐ-CP, article 11). Where the
    first decision was the lower one, the second pays up to it: that it is the difference, and not
    the whole with the first paid back, is this project's choice.
    """
    return max(sum_due - (granted or 0), 0)


def higher(one: Amount, other: Amount) -> Amount:
    """Which of two is paid to who is entitled to both; of equal ones the first.

    The other is refused as "không hưởng trùng".
    """
    return max(one, other, key=lambda amount: amount.vnd)
