"""An explanation on the screen: what stands in the case, each with the numbers of its rules, and
every rule once below, with its days and its source."""

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.markup import escape

from hub.cli.lawbook import row_json, row_sentence
from hub.cli.telling import both, console, status_text
from hub.explaining import Answer
from hub.orchestrator.labels import Label
from schemas.rules import Row
from simulators.runs.wording import SERVICES


def tell(case: str, status: str, answers: Sequence[Answer]) -> None:
    """Print an explanation."""
    screen = console()
    screen.print(f"[bold]{case}[/bold]  {status_text(status)}")
    everything = {name for answer in answers for name in answer.services}
    numbers = {row: n for n, row in enumerate(dict.fromkeys(_rows(answers)), 1)}
    for question, about in groupby(answers, key=lambda answer: answer.question):
        screen.print()
        screen.print(both(question.vi, question.en))
        for answer in about:
            _tell_answer(screen, answer, everything, numbers)
    screen.print()
    screen.print(both("Quy định", "rules"))
    for row, number in numbers.items():
        _tell_twice(screen, f"{f'[{number}]':>4} ", row_sentence(row))


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer as JSON values, with its rules in full."""
    return {
        "matter": answer.matter,
        "services": list(answer.services),
        "question_vi": answer.question.vi,
        "question_en": answer.question.en,
        "value_vi": answer.value.vi,
        "value_en": answer.value.en,
        "decided_by_vi": answer.decided_by.vi,
        "decided_by_en": answer.decided_by.en,
        "why_vi": [why.vi for why in answer.why],
        "why_en": [why.en for why in answer.why],
        "rules": [{"rule": row.rule, **row_json(row)} for row in answer.rows],
    }


def _rows(answers: Iterable[Answer]) -> Iterable[Row]:
    return (row for answer in answers for row in answer.rows)


def _tell_answer(
    screen: Console, answer: Answer, everything: Set[str], numbers: Mapping[Row, int]
) -> None:
    vi, en = answer.value.vi, answer.value.en
    value = escape(vi) if vi == en else both(vi, en)
    rules = escape("".join(f"[{numbers[row]}]" for row in dict.fromkeys(answer.rows)))
    screen.print(f"  [bold]{value}[/bold]  [cyan]{rules}[/cyan]")
    told = (answer.decided_by, *answer.why)
    line = Label("; ".join(one.vi for one in told), "; ".join(one.en for one in told))
    if answer.services:
        of = _named(answer.services, everything)
        line = Label(f"{of.vi}: {line.vi}", f"{of.en}: {line.en}")
    _tell_twice(screen, "    ", line)


def _named(services: Sequence[str], everything: Set[str]) -> Label:
    if len(services) > 1 and set(services) == everything:
        return Label("tất cả dịch vụ", "all services")
    names = [SERVICES[service] for service in services]
    return Label(", ".join(name.vi for name in names), ", ".join(name.en for name in names))


def _tell_twice(screen: Console, before: str, text: Label) -> None:
    """A line in Vietnamese and, if it is another one, one below it in English."""
    screen.print(f"{escape(before)}{escape(text.vi)}")
    if text.en != text.vi:
        screen.print(f"{' ' * len(before)}[dim]{escape(text.en)}[/dim]")
