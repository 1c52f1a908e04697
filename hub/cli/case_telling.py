"""A case on the screen as an officer sees it, in Vietnamese and English."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.markup import escape

from hub.cli.telling import both, refusals, results, status_text, unit_of
from hub.misplaced import both_provinces
from hub.orchestrator.labels import Label
from schemas.event import VN, from_text
from simulators.documents.places import place_of, province_of
from simulators.runs.wording import PLACES, SERVICES, apology_label, moment, reason_label

if TYPE_CHECKING:
    from hub.casefile import Action, CaseFile, Manual, Service, Wait


def brief(file: "CaseFile", *, settled_too: bool = False) -> Iterator[str]:
    """A case in a few lines; `settled_too`: also what no officer need look at any more."""
    yield f"[bold]{file.case}[/bold]  {status_text(file.status)}"
    for wait in file.waiting:
        yield f"  {_wait(wait)}"
    yield from (_manual(item) for item in file.manual if item.open or settled_too)


def whole(file: "CaseFile") -> Iterator[str]:
    """All of a case."""
    yield f"[bold]{file.case}[/bold]  {status_text(file.status)}"
    for label, value in (
        (Label("Thủ tục", "procedure"), file.procedure),
        (Label("Nộp tại", "filed in"), _filed_in(file)),
        (Label("Đơn vị hành chính", "commune"), _commune(file)),
        *(
            (PLACES[name], unit_of(file, at["commune"], place_of))
            for name, at in file.places.items()
        ),
        (Label("Nộp lúc", "submitted"), file.submitted and moment(file.submitted)),
        (Label("Hẹn trả kết quả", "result due"), file.due and moment(file.due)),
        (Label("Kết thúc", "ended"), file.ended and moment(file.ended)),
        (Label("Mã hồ sơ một cửa", "one-stop dossier"), file.dossier),
    ):
        if value:
            yield f"  {both(label.vi, label.en)}: {value}"
    if file.apology is not None:
        letter = apology_label(file.apology)
        yield f"  [yellow]✉[/] {both(letter.vi, letter.en)}"
    if file.reason:
        why = reason_label(file.reason)
        yield f"  [red]✗[/] {both(why.vi, why.en)}"
    if (where := _both_provinces(file)) is not None:
        yield f"    {both(where.vi, where.en)}"
    waiting = {wait.service: wait for wait in file.waiting}
    for service in file.services:
        yield f"  {_service(service)}"
        if service.service in waiting:
            yield f"    {_wait(waiting[service.service])}"
    for event in file.parked:
        title = both(event.title_vi, event.title_en)
        yield f"  [yellow]‖[/] {moment(event.time)} {both(event.text_vi, event.text_en)} ({title})"
    yield from map(_manual, file.manual)
    for action in file.actions:
        yield f"  {action_text(action)}"
    for line in (*refusals(file), *results(file)):
        yield f"  {line}"


def _both_provinces(file: "CaseFile") -> Label | None:
    if file.submitted is None or file.province is None or file.commune is None:
        return None
    own = {"province": file.province, "commune": file.commune}
    submitted = from_text(file.submitted).astimezone(VN).date()
    return both_provinces(file.reason, own, file.places, submitted)


def _filed_in(file: "CaseFile") -> str | None:
    return file.province and unit_of(file, file.province, province_of)


def _commune(file: "CaseFile") -> str | None:
    return file.commune and unit_of(file, file.commune, place_of)


def _service(service: "Service") -> str:
    name = SERVICES[service.service]
    state = both(service.state_vi, service.state_en)
    status = both(service.status_vi, service.status_en)
    dates = f"{both('từ', 'since')} {moment(service.since)}"
    if service.due is not None:
        dates += f", {both('hạn', 'due')} {moment(service.due)}"
    text = f"{both(name.vi, name.en)}: {service.status} {status}; {state} ({dates})"
    if service.overdue:
        twice = both("bổ sung lần hai, tính là quá hạn", "second supplement, counts as overdue")
        text += f" [yellow]⚠ {twice}[/]"
    return text


def _wait(wait: "Wait") -> str:
    name = SERVICES[wait.service]
    mark = "[red]⚠[/]" if wait.overdue else "[yellow]…[/]"
    until = f"{both('hạn', 'until')} {moment(wait.until)}"
    what = both(f"{name.vi}: {wait.text_vi}", f"{name.en}: {wait.text_en}")
    return f"{mark} {what} ({until})"


def _manual(item: "Manual") -> str:
    """What needs an officer, or did, and who has dealt with it."""
    detail = f" ({escape(item.detail)})" if item.detail else ""
    text = f"{moment(item.at)} {item.system}: {both(item.text_vi, item.text_en)}{detail}"
    if item.open:
        return f"  [red]![/] {text}"
    done = item.settled
    if done is None:
        how = both("đã có kết quả sau đó", "answered since")
    else:
        by = escape(done.by)
        how = both(f"{by} đã xử lý", f"dealt with by {by}") + f", {moment(done.at)}"
    return f"  [green]✓[/] {text}; {how}"


def action_text(action: "Action") -> str:
    """What an officer did, when, who and why."""
    what = both(action.text_vi, action.text_en)
    if action.service is not None:
        what += f" ({SERVICES[action.service].vi})"
    said = escape(f"{action.by}: {action.why}")
    return f"[cyan]✎[/] {moment(action.at)} {what}; {said}"
