"""Rules of law on the screen, in Vietnamese and English."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any, Final, cast

from rich.console import Console
from rich.markup import escape

from hub.cli.telling import both, console
from hub.orchestrator.labels import Label
from schemas import standards
from schemas.deadlines import Matter, clock_of
from schemas.rules import RULES, Confidence, NoRuleError, Row, Rule
from schemas.rules import Date as DecidedBy
from schemas.working_days import calendar_row

_DECIDED_BY: Final[dict[DecidedBy, tuple[str, str]]] = {
    "submission": ("ngày nộp hồ sơ", "day of submission"),
    "reception": ("ngày tiếp nhận", "day of effective reception"),
    "processing": ("ngày giải quyết", "day of processing"),
    "registration": ("ngày đăng ký", "day of registration"),
    "birth": ("ngày sinh", "day of birth"),
    "death": ("ngày chết", "day of death"),
    "month_of_death": ("tháng chết", "month of death"),
}
CONFIDENCE: Final[dict[Confidence, tuple[str, str]]] = {
    "S": ("báo cáo năm 2023", "reports of 2023"),
    "V": ("đã đọc nguồn công bố", "read in a published source"),
    "V2": ("đọc ở nguồn thứ cấp", "read in a secondary source"),
    "K": ("kiến thức chung, chưa kiểm tra", "common knowledge, not checked"),
    "I": ("giả định của dự án", "assumed by this project"),
}
_NOTHING: Final = ("chưa có quy định", "no rule")
_FOR_INFORMATION: Final = ("để tham khảo", "for information")
"""Of a rule that is told and not applied."""


def show_list(
    rules: Iterable[Rule],
    day: date | None,
    known: date | None,
    beside: Mapping[str, tuple[str, str]],
) -> None:
    """Print a line a rule, grouped by the first word of their names, and one of each table that
    can be shown `beside` them."""
    screen = console()
    width = max(len(rule.id) for rule in rules)
    for _, group in groupby(rules, key=lambda rule: rule.id.partition(".")[0]):
        for rule in group:
            said = _said_on(rule, day, known)
            note = "" if rule.applied else f"  [dim]({both(*_FOR_INFORMATION)})[/]"
            screen.print(f"[bold]{rule.id:<{width}}[/bold]  {said}{both(rule.vi, rule.en)}{note}")
        screen.print()
    for name, title in beside.items():
        screen.print(f"[bold]{name:<{width}}[/bold]  {both(*title)}")
    screen.print()
    screen.print("lienthong rules show RULE: " + both("ngày, nguồn, độ tin cậy", "dates, sources"))


def show_rules(rules: Iterable[Rule], day: date | None, known: date | None) -> None:
    """Print each rule with its rows, or the one that holds on a day."""
    screen = console()
    for rule in rules:
        screen.print(f"[bold]{rule.id}[/bold]  {both(rule.vi, rule.en)}")
        if not rule.applied:
            not_applied = ("mô phỏng không áp dụng", "the simulation does not apply it")
            screen.print(f"  {both(*_FOR_INFORMATION)}: {both(*not_applied)}")
        decides = both(*_DECIDED_BY[rule.decided_by])
        screen.print(f"  {both('Căn cứ', 'decided by')}: {decides}")
        if (calendar := calendar_of_rule(rule)) is not None:
            row = RULES[calendar].rows[-1]
            screen.print(f"  {both('Lịch', 'calendar')}: {both(row.vi, row.en)}, {calendar}")
        _show_rows(screen, rule, day, known)
        for row in own_rows(rule, day, known):
            _show_row(screen, row)


def own_rows(rule: Rule, day: date | None, known: date | None) -> tuple[Row, ...]:
    """What provinces have set instead of a rule, by a table of one's own; all, or of a day."""
    if rule.id != standards.STANDARD:
        return ()
    if day is None:
        return standards.own_rows()
    found = (standards.standard_of(code, day, known) for code in standards.own_provinces())
    return tuple(row for row in found if row is not None)


def _show_rows(screen: Console, rule: Rule, day: date | None, known: date | None) -> None:
    if day is None:
        for row in rule.rows:
            _show_row(screen, row)
        return
    try:
        _show_row(screen, rule.on(day, known))
    except NoRuleError:
        screen.print(f"  {day:%d/%m/%Y}: {both(*_NOTHING)}")


def row_lines(row: Row) -> Iterator[str]:
    """What a row says, with its source and how sure that is, as markup."""
    yield f"{_both(_span(row))}: [bold]{_both(_value(RULES[row.rule], row))}[/bold]"
    sure = both(*CONFIDENCE[row.confidence])
    yield f"  {both(row.source_vi, row.source_en)}: {row.confidence}, {sure}"
    if row.known_from > row.valid_from:
        day = f"{row.known_from:%d/%m/%Y}"
        yield f"  {both(f'công bố ngày {day}', f'public only since {day}')}"
    if row.note_vi:
        yield f"  {both(row.note_vi, row.note_en)}"


def calendar_of_rule(rule: Rule) -> str | None:
    """The rule that says by whose days a deadline counts; None for what is no deadline."""
    kind, _, matter = rule.id.partition(".")
    if kind != "deadline":
        return None
    return calendar_row(clock_of(cast(Matter, matter)), date.max).rule


def _show_row(screen: Console, row: Row) -> None:
    for line in row_lines(row):
        screen.print(f"  {line}")


def _said_on(rule: Rule, day: date | None, known: date | None) -> str:
    if day is None:
        return ""
    try:
        return f"[bold]{_both(_value(rule, rule.on(day, known)))}[/bold]  "
    except NoRuleError:
        return f"{both(*_NOTHING)}  "


def _span(row: Row) -> Label:
    since = "" if row.valid_from == date.min else f"{row.valid_from:%d/%m/%Y}"
    until = "" if row.valid_to == date.max else f"{row.valid_to:%d/%m/%Y}"
    if since and until:
        return Label(f"{since} – {until}", f"{since} – {until}")
    if since:
        return Label(f"từ {since}", f"from {since}")
    return (
        Label(f"đến {until}", f"until {until}")
        if until
        else Label("không thời hạn", "at all times")
    )


def _value(rule: Rule, row: Row) -> Label:
    value = row.value
    match rule.unit:
        case "vnd":
            text = f"{row.number:,}"
            return Label(f"{text.replace(',', '.')} đồng", f"{text} VND")
        case "times":
            return Label(f"{value} lần", f"{value} times")
        case "working_days":
            return Label(f"{value} ngày làm việc", f"{value} working day{_s(value)}")
        case "days":
            return Label(f"{value} ngày", f"{value} day{_s(value)}")
        case "months":
            return Label(f"{value} tháng", f"{value} months")
        case "years":
            return Label(f"{value} tuổi", f"{value} years")
        case "name" if value.islower():  # a word of ours
            return Label(row.vi, row.en)
        case "code" | "name":
            return Label(f"{value} {row.vi}", f"{value} {row.en}")
        case "office" | "calendar" | "provinces":
            return Label(row.vi, row.en)
        case "count" | "time":
            return Label(value, value)


def _s(value: str) -> str:
    return "" if value == "1" else "s"


def row_sentence(row: Row) -> Label:
    """Rule, value, days and source of a row in a sentence."""
    rule, span = RULES[row.rule], _span(row)
    value, sure = _value(rule, row), CONFIDENCE[row.confidence]
    assumed = row.source_vi.casefold() == sure[0]  # the source says already how sure it is
    vi = f"{row.source_vi} ({row.confidence if assumed else f'{row.confidence}, {sure[0]}'})"
    en = f"{row.source_en} ({row.confidence if assumed else f'{row.confidence}, {sure[1]}'})"
    vi = f"{rule.vi}: {value.vi}, {span.vi}. {vi}"
    en = f"{rule.en}: {value.en}, {span.en}. {en}"
    if row.known_from > row.valid_from:
        day = f"{row.known_from:%d/%m/%Y}"
        vi, en = f"{vi}, công bố ngày {day}", f"{en}, public only since {day}"
    return Label(f"{vi}; {row.note_vi}", f"{en}; {row.note_en}") if row.note_vi else Label(vi, en)


def _both(label: Label) -> str:
    return escape(label.vi) if label.vi == label.en else both(label.vi, label.en)


def row_json(row: Row) -> dict[str, Any]:
    """A row as JSON values; a date that it leaves open is null."""
    return {
        "value": row.value,
        "vi": row.vi or None,
        "en": row.en or None,
        "valid_from": None if row.valid_from == date.min else row.valid_from,
        "valid_to": None if row.valid_to == date.max else row.valid_to,
        "known_from": None if row.known_from == date.min else row.known_from,
        "confidence": row.confidence,
        "source_vi": row.source_vi,
        "source_en": row.source_en,
        "note_vi": row.note_vi or None,
        "note_en": row.note_en or None,
    }
