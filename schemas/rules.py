"""The law as dated tables: every rule is a question, and its rows are the answers by date.

`RULES` is read once from `schemas/data`: `rules.csv` holds the questions, the tables in `TABLES`
the answers. A row says from when to when it holds, since when the public knows it, where it stands
and how sure that is. Nothing here is computed: `schemas.amounts`, `schemas.deadlines`,
`schemas.regimes` and `schemas.procedures` do that, each question by its own date, and their
answers carry the rows that they come from.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib import resources
from typing import Final, Literal, cast, get_args

Confidence = Literal["S", "V", "V2", "K", "I"]
"""S: in the reports of 2023; V: read in a published source; V2: in a secondary one; K: common
knowledge, unchecked; I: assumed by this project."""
Unit = Literal[
    "vnd",
    "times",
    "working_days",
    "days",
    "months",
    "years",
    "count",
    "time",
    "code",
    "name",
    "office",
    "calendar",
    "provinces",
]
"""What a rule's values are: `name`, `office` and `calendar` are words of ours that the row's label
explains; `provinces` are `none`, `all`, or the codes of some of the 63."""
Date = Literal[
    "submission", "reception", "processing", "registration", "birth", "death", "month_of_death"
]
"""The date that decides which row of a rule holds."""

FOR_INFORMATION: Final = frozenset(
    {
        "deadline.supplement_notice",
        "deadline.alone_residence",
        "deadline.alone_residence_removal",
        "deadline.alone_health_card",
        "deadline.alone_insurance",
        "deadline.alone_social_protection",
        "entitlement.insurance_months",
        "procedure.funeral_social_pension",
        "procedure.funeral_veterans",
    }
)
"""Rules that are told and that nothing here applies: what is filed by itself goes past the linked
services, nobody checks a day's notice, and who was insured for how long no register of ours knows.
"""
TABLES: Final = ("regimes", "procedures", "offices", "deadlines", "amounts", "statuses")


class NoRuleError(LookupError):
    """No row of the rule holds on that day, or nobody knows of it yet; or there is no such rule.

    `vi` says it in Vietnamese.
    """

    def __init__(self, en: str, vi: str) -> None:
        super().__init__(en)
        self.vi = vi


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One answer of a rule and the days on which it holds."""

    rule: str
    value: str
    """As the table has it; `number` and `hour` read it."""
    valid_from: date
    """First day; `date.min` where it is older than the table."""
    valid_to: date
    """Last day; `date.max` where it holds until a later row does."""
    known_from: date
    """Since when it is public; `valid_from` where the table doesn't say."""
    confidence: Confidence
    source_vi: str
    source_en: str
    note_vi: str
    note_en: str
    """A reservation, or nothing."""
    vi: str
    en: str
    """What the value is called, where it is a code or a word of ours."""

    @property
    def number(self) -> int:
        """The value as a whole number, in the rule's unit."""
        return int(self.value)

    @property
    def hour(self) -> time:
        """The value as an hour of the day in Vietnam."""
        return time.fromisoformat(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A question that the law answers differently over time."""

    id: str
    unit: Unit
    decided_by: Date
    vi: str
    en: str
    rows: tuple[Row, ...]
    """In the order of their first days."""

    @property
    def applied(self) -> bool:
        """Whether the simulation goes by it, or only tells it."""
        return self.id not in FOR_INFORMATION

    def on(self, day: date, known_on: date | None = None) -> Row:
        """The row that holds on a day, as far as it was known on another.

        Of several the one that begins last: a new sum takes the place of the old one without
        ending it, so that who asks before it is public still gets the old one. Without
        `known_on`, all that the table knows counts.

        Raises:
            NoRuleError: none does.
        """
        known = date.max if known_on is None else known_on
        for row in reversed(self.rows):
            if row.valid_from <= day <= row.valid_to and row.known_from <= known:
                return row
        asked = f"on {day}" if known_on is None else f"on {day} as known on {known_on}"
        raise NoRuleError(
            f"rule {self.id!r} has no row that holds {asked}",
            f"quy định {self.id} ({self.vi}) không có dòng nào cho ngày {day:%d/%m/%Y}",
        )


def rule(rule_id: str) -> Rule:
    """The rule with this id.

    Raises:
        NoRuleError: there is none.
    """
    try:
        return RULES[rule_id]
    except KeyError:
        raise NoRuleError(f"there is no rule {rule_id!r}", f"không có quy định {rule_id}") from None


@cache
def row_on(rule_id: str, day: date, known_on: date | None = None) -> Row:
    """The row of a rule that holds on a day: `Rule.on`, remembered.

    Raises:
        NoRuleError: there is no such rule, or no such row.
    """
    return rule(rule_id).on(day, known_on)


def table(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the package's tables, as texts.

    Raises:
        ValueError: a row has another number of cells than the table has columns, as where a comma
            stands in a text without quotes.
    """
    with resources.files("schemas").joinpath("data", f"{name}.csv").open(encoding="utf-8") as rows:
        yield from whole_rows(name, rows)


def whole_rows(name: str, rows: Iterable[str]) -> Iterator[dict[str, str]]:
    """The rows of a table that is called `name`, if each has a cell for every column.

    Raises:
        ValueError: one has not.
    """
    lines = csv.DictReader(rows)
    for cells in lines:
        if None in cells or None in cells.values():
            raise ValueError(f"{name}.csv, line {lines.line_num}: not a cell for every column")
        yield cells


def _row(cells: dict[str, str]) -> Row:
    valid_from = date.fromisoformat(cells["valid_from"]) if cells["valid_from"] else date.min
    return Row(
        rule=cells["rule"],
        value=cells["value"],
        valid_from=valid_from,
        valid_to=date.fromisoformat(cells["valid_to"]) if cells["valid_to"] else date.max,
        known_from=date.fromisoformat(cells["known_from"]) if cells["known_from"] else valid_from,
        confidence=cast(Confidence, _one_of(cells["confidence"], get_args(Confidence))),
        source_vi=cells["source_vi"],
        source_en=cells["source_en"],
        note_vi=cells["note_vi"],
        note_en=cells["note_en"],
        vi=cells["vi"],
        en=cells["en"],
    )


def _one_of(text: str, words: tuple[str, ...]) -> str:
    if text not in words:
        raise ValueError(f"{text!r} is not one of {', '.join(words)}")
    return text


def _rules() -> Iterator[Rule]:
    rows = [_row(cells) for name in TABLES for cells in table(name)]
    for cells in table("rules"):
        mine = [row for row in rows if row.rule == cells["rule"]]
        yield Rule(
            id=cells["rule"],
            unit=cast(Unit, _one_of(cells["unit"], get_args(Unit))),
            decided_by=cast(Date, _one_of(cells["decided_by"], get_args(Date))),
            vi=cells["vi"],
            en=cells["en"],
            rows=tuple(sorted(mine, key=lambda row: (row.valid_from, row.known_from))),
        )


RULES: Final[Mapping[str, Rule]] = {rule.id: rule for rule in _rules()}
"""Every rule by its id, in the order of `rules.csv`."""
