"""The tables of the law: well formed, complete in both languages, and read by two dates."""

import ast
import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.rules import (
    FOR_INFORMATION,
    RULES,
    TABLES,
    NoRuleError,
    Row,
    Rule,
    row_on,
    rule,
    table,
    whole_rows,
)

_FORMS = {
    **dict.fromkeys(
        ("vnd", "times", "working_days", "days", "months", "years", "count"), r"[1-9][0-9]*"
    ),
    "time": r"[0-2][0-9]:[0-5][0-9]",
    "code": r"[0-9]\.[0-9]{6}",
    "name": r"[A-Za-z0-9]+",
    "office": r"district|area|commune",
    "calendar": r"office|commune_police|any_hour",
    "provinces": r"none|all|[0-9]{2}(?: [0-9]{2})*",
}


def _rows() -> list[Row]:
    return [row for rule in RULES.values() for row in rule.rows]


@pytest.mark.parametrize("asked", RULES.values(), ids=list(RULES))
def test_a_rule_is_told_in_both_languages_and_has_rows_of_its_unit(asked: Rule) -> None:
    """Question, values, sources and reservations each have their twin."""
    assert asked.vi
    assert asked.en
    assert asked.rows, "a question without an answer"
    for row in asked.rows:
        assert re.fullmatch(_FORMS[asked.unit], row.value), row
        assert row.source_vi, row
        assert row.source_en, row
        assert bool(row.note_vi) == bool(row.note_en), row
        assert bool(row.vi) == bool(row.en), row
        assert bool(row.vi) == (
            asked.unit in ("code", "name", "office", "calendar", "provinces")
        ), "only such values need a name"
        assert row.valid_from <= row.valid_to, row


def test_every_row_of_every_table_answers_a_rule() -> None:
    """A row whose rule is misspelt would never be found."""
    named = [cells["rule"] for name in TABLES for cells in table(name)]
    assert set(named) == set(RULES)
    assert len(named) == len(_rows())


def test_no_two_rows_of_a_rule_begin_on_one_day_or_end_after_the_next_begins() -> None:
    """The row that holds is never a matter of their order in the file."""
    for asked in RULES.values():
        days = [row.valid_from for row in asked.rows]
        assert len(days) == len(set(days)), asked.id
        for row, later in zip(asked.rows, asked.rows[1:], strict=False):
            if row.valid_to != date.max:
                assert row.valid_to < later.valid_from, asked.id


def test_what_is_only_assumed_says_so() -> None:
    """The tables claim no published source for what this project made up."""
    for row in _rows():
        if "Assumed" in row.source_en:
            assert row.confidence == "I", row


def test_levels_change_only_on_the_first_of_a_month() -> None:
    """So the month of a death decides its sum without a doubt."""
    assert all(row.valid_from.day == 1 for row in RULES["level.base"].rows)


def test_a_row_reads_its_value() -> None:
    """As a number or an hour."""
    assert row_on("level.base", date(2024, 7, 1)).number == 2_340_000
    assert row_on("office.cut_off", date(2024, 7, 1)).hour == time(15)


def test_a_later_row_takes_the_place_of_the_one_before_once_it_is_known() -> None:
    """On 20 August 2026 nobody knew that the standard had risen on 1 July."""
    day = date(2026, 7, 15)
    assert row_on("level.social_standard", day, date(2026, 8, 20)).number == 500_000
    assert row_on("level.social_standard", day, date(2026, 8, 21)).number == 540_000
    assert row_on("level.social_standard", day).number == 540_000


@given(
    asked=st.sampled_from(list(RULES.values())),
    day=st.dates(min_value=date(2022, 1, 1), max_value=date(2028, 12, 31)),
    known=st.dates(min_value=date(2022, 1, 1), max_value=date(2028, 12, 31)),
)
def test_a_row_that_is_found_holds_and_is_known(asked: Rule, day: date, known: date) -> None:
    """Whatever is asked, nothing of the future and nothing that has ended comes back."""
    try:
        row = asked.on(day, known)
    except NoRuleError:
        assert not [
            row
            for row in asked.rows
            if row.valid_from <= day <= row.valid_to and row.known_from <= known
        ]
        return
    assert row.valid_from <= day <= row.valid_to
    assert row.known_from <= known


def test_what_no_row_answers_is_an_error_that_names_it() -> None:
    """An unknown rule, a day before the law, a day on which nobody knew."""
    with pytest.raises(NoRuleError, match=r"no rule 'level\.bse'"):
        rule("level.bse")
    with pytest.raises(NoRuleError, match="2025-06-30"):
        row_on("allowance.social_pension", date(2025, 6, 30))
    with pytest.raises(NoRuleError, match="as known on 2025-01-01"):
        row_on("allowance.social_pension", date(2025, 7, 1), date(2025, 1, 1))


@pytest.mark.parametrize("row", ["a.rule,Khai sinh, tạm trú,birth", "a.rule,Khai sinh"])
def test_a_row_with_a_cell_too_many_or_too_few_is_refused(row: str) -> None:
    """A comma without quotes would put a text into the column of another language."""
    with pytest.raises(ValueError, match=r"own\.csv, line 3: not a cell for every column"):
        list(whole_rows("own", ["rule,vi,en", "b.rule,Khai tử,death", row]))


def test_every_rule_is_asked_for_somewhere_or_marked_as_information() -> None:
    """By its name, or by the beginning of it and a word that the sources have."""
    root = Path(__file__).parents[2]
    files = [
        path
        for package in ("schemas", "hub", "simulators", "connectors")
        for path in (root / package).rglob("*.py")
    ]
    found = [one for path in files for one in _texts(ast.parse(path.read_text(encoding="utf-8")))]
    words = {text for text, begins in found if not begins}
    begun = {text for text, begins in found if begins}
    asked = {
        name
        for name in RULES
        for head, _, tail in [name.partition(".")]
        if name in words or (f"{head}." in begun and (tail in words or tail.isdigit()))
    }
    assert RULES.keys() - asked - FOR_INFORMATION == set(), "apply it, or mark it"
    assert RULES.keys() >= FOR_INFORMATION


def _texts(tree: ast.AST) -> Iterator[tuple[str, bool]]:
    """Texts of a source, and the beginnings (True) of those that are put together; without its
    types and the marks themselves."""
    match tree:
        case ast.Subscript(value=ast.Name(id="Literal")) | ast.Expr(value=ast.Constant()):
            return
        case ast.AnnAssign(target=ast.Name(id="FOR_INFORMATION")):
            return
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            yield text, True
        case ast.Constant(value=str(text)):
            yield text, False
    for part in ast.iter_child_nodes(tree):
        yield from _texts(part)
