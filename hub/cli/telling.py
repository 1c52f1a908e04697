"""A case's story on the screen, in Vietnamese and English."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from hub.orchestrator.labels import CASE_STATUSES
from schemas.event import VN, from_text
from schemas.reasons import REFUSALS
from schemas.units import UnknownUnitError
from simulators.documents.places import place_of
from simulators.runs import wording

if TYPE_CHECKING:
    from hub.casefile import CaseFile
    from hub.ledger import Report
    from simulators.runs.story import Story

_COLOURS = {
    "completed": "green",
    "partly_completed": "yellow",
    "withdrawn": "yellow",
    "refused": "red",
}


def console(*, stderr: bool = False) -> Console:
    """A console that adds colours on a terminal and nothing at all elsewhere."""
    return Console(stderr=stderr, highlight=False, soft_wrap=True)


def both(vi: str, en: str) -> str:
    """A text in both languages, as markup."""
    return f"{escape(vi)} [dim]· {escape(en)}[/dim]"


def status_text(status: str | None) -> str:
    """A case's status in both languages, as markup."""
    label = CASE_STATUSES.get(status or "")
    if label is None:
        return both("Chưa đến phần mềm liên thông", "not yet with dvclt")
    colour = _COLOURS.get(status or "", "cyan")
    return f"[bold {colour}]{label.vi}[/] [dim]· {label.en}[/dim]"


def tell(screen: Console, story: "Story") -> None:
    """Print a story."""
    screen.print(f"[bold]{story.case}[/bold]  {status_text(story.status)}")
    for line in _people(story):
        screen.print(f"  {line}")
    _tell_steps(screen, story)
    for line in (*_open(story), *refusals(story), *results(story)):
        screen.print(f"  {line}")


def _tell_steps(screen: Console, story: "Story") -> None:
    """One row a step: a grid that folds long texts on a terminal, whole lines elsewhere."""
    year = None if story.submitted is None else from_text(story.submitted).year
    days = [_day_and_time(step.at, year) for step in story.steps]
    width = max(map(len, days), default=0)
    rows = [
        (
            f"  [cyan]{day:>{width}}[/]",
            f"{step.system:<16}",
            both(step.text_vi, step.text_en),
        )
        for day, step in zip(days, story.steps, strict=True)
    ]
    if not screen.is_terminal:
        for row in rows:
            screen.print("  ".join(row))
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    for row in rows:
        grid.add_row(*row)
    screen.print(grid, soft_wrap=False)


def _day_and_time(at: str, year: int | None) -> str:
    """A moment, with its year unless that is the case's."""
    moment = from_text(at)
    return f"{moment:%d/%m %H:%M:%S}" if moment.year == year else f"{moment:%d/%m/%Y %H:%M:%S}"


def tell_verdict(screen: Console, report: "Report") -> None:
    """Print what the ledger found, in two lines."""
    cases = report.submitted + report.external
    vi = (
        f"[bold]Sổ cái đối soát[/bold]: {report.lost} thất lạc, {report.duplicated} trùng lặp, "
        f"{report.mismatched} sai lệch trong {cases} hồ sơ, {report.finished} đã kết thúc"
    )
    en = (
        f"The ledger: {report.lost} lost, {report.duplicated} duplicated, "
        f"{report.mismatched} mismatched in {cases} cases, {report.finished} finished"
    )
    mark = "[bold green]✓[/]" if report.ok else "[bold red]✗[/]"
    screen.print(f"{mark} {vi}\n  [dim]{en}[/dim]")


def tell_account(screen: Console, report: "Report") -> None:
    """Print what became of the inputs, in two lines; nothing where all were routed."""
    account = report.account
    if account.inputs == account.routed:
        return
    vi = (
        f"{account.inputs} bản ghi vào = {account.routed} đã chuyển + {account.absorbed} lặp lại + "
        f"{account.dead_lettered} bị loại"
    )
    en = (
        f"{account.inputs} inputs = {account.routed} routed + {account.absorbed} absorbed + "
        f"{account.dead_lettered} dead-lettered"
    )
    screen.print(f"  {vi}\n  [dim]{en}[/dim]")


SHOWN = 20
"""Findings on the screen; the JSON report has more."""


_KINDS = {
    "lost": ("thất lạc", "lost"),
    "duplicated": ("trùng lặp", "duplicated"),
    "mismatched": ("sai lệch", "mismatched"),
}


def tell_findings(screen: Console, report: "Report") -> None:
    """Print the first of the ledger's findings, a line each."""
    for finding in report.findings[:SHOWN]:
        place = f"{finding.store} {finding.table} {finding.key} {finding.column or ''}".rstrip()
        kind = both(*_KINDS[finding.kind])
        screen.print(f"[red]✗[/] {kind}  {finding.case or '-'}  {escape(place)}")
        screen.print(f"    {both('phải có', 'expected')}: {_brief(finding.expected)}")
        screen.print(f"    {both('thấy', 'found')}: {_brief(finding.found)}")
    if len(report.findings) > SHOWN:
        more = len(report.findings) - SHOWN
        screen.print(f"… {both(f'và {more} phát hiện nữa', f'and {more} more')}")


def _brief(value: object) -> str:
    return both("không có", "nothing") if value is None else escape(str(value)[:300])


def unit_of(told: "CaseFile | Story", code: str, called: Callable[[str, date], object]) -> str:
    """A unit as it was called when the case was filed; one that nobody knows has its code alone."""
    assert told.submitted is not None, "what dvclt knows of a case it knows since it was filed"
    try:
        return f"{called(code, from_text(told.submitted).astimezone(VN).date())} ({code})"
    except UnknownUnitError:
        return code


def _people(story: "Story") -> Iterator[str]:
    if story.child is not None:
        yield _born(story.child, wording.moment)
    if story.deceased is not None:
        died = wording.moment(story.deceased["died"])
        yield f"{_born(story.deceased, wording.day)}, {both('mất', 'died')} {died}"
    if story.resident is not None:
        yield _born(story.resident, wording.day)
    if story.place is not None:
        yield escape(story.place)
    for name, place in story.places.items():
        label = wording.PLACES[name]
        yield f"{both(label.vi, label.en)}: {escape(unit_of(story, place['commune'], place_of))}"
    if story.requester is not None:
        yield f"{both('Người yêu cầu', 'requester')}: {escape(story.requester)}"
    if story.due is not None:
        yield f"{both('Hẹn trả kết quả', 'result due')}: {wording.moment(story.due)}"


def _born(person: Mapping[str, Any], when: Callable[[str], str]) -> str:
    sex, born = wording.SEXES[person["sex"]], when(person["born"])
    told = f"{escape(person['name'])}, {sex.vi} [dim]· {sex.en}[/dim]"
    return f"{told}, {both('sinh', 'born')} {born}"


def _open(story: "Story") -> Iterator[str]:
    for request in story.pending:
        what = f"{request.system}/{request.step}"
        until = f"{wording.moment(request.received)} → {wording.moment(request.ready)}"
        yield f"[yellow]…[/] {both('Cơ quan đang xử lý', 'with the agency')}: {what}, {until}"
    for wait in story.waiting:
        until = f"{both('hạn', 'until')} {wording.moment(wait.until)}"
        yield f"[yellow]…[/] {both(wait.text_vi, wait.text_en)} ({until})"
    for trouble in story.troubles:
        detail = f" ({escape(trouble.detail)})" if trouble.detail else ""
        yield f"[red]![/] {trouble.system}: {both(trouble.text_vi, trouble.text_en)}{detail}"


def refusals(story: "Story | CaseFile") -> Iterator[str]:
    """Why services were refused and what a family can do, a line each, as markup."""
    for service in story.services:
        reason = REFUSALS.get(service.reason or "")
        if reason is not None:
            label = wording.SERVICES[service.service]
            yield f"[red]✗[/] {both(label.vi, label.en)}: {both(reason.vi, reason.en)}"
            yield f"  → {both(reason.remedy_vi, reason.remedy_en)}"


def results(story: "Story | CaseFile") -> Iterator[str]:
    """What a case has brought, a line each, as markup."""
    for name, label in wording.RESULTS.items():
        if name in story.results:
            value = wording.result_label(name, story.results[name])
            text = escape(value.vi) if value.vi == value.en else both(value.vi, value.en)
            yield f"[green]✓[/] {both(label.vi, label.en)}: {text}"
