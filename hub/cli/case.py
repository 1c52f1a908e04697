"""`lienthong case`: the cases of a run and its manual queue, for an officer."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import options
from hub.cli.commands import Commands
from hub.cli.faults import UsageFault

if TYPE_CHECKING:
    from connectors.runtime.manifest import RunFolder
    from hub.casefile import CaseFile, Service, Wait

case = Commands(
    help="See the cases of a run: what they wait for, and what needs an officer.\n\n"
    "Xem hồ sơ của một lượt chạy: đang chờ gì, việc gì cần cán bộ xử lý.",
    epilog="Example: lienthong case list --manual",
)


@case.command("list", epilog="Example: lienthong case list --open --limit 20")
def list_(
    manual: Annotated[
        bool,
        typer.Option(
            "--manual",
            help="Only cases in the manual queue of any system. "
            "· Chỉ hồ sơ đang ở hàng đợi thủ công của một hệ thống.",
        ),
    ] = False,
    only_open: Annotated[
        bool,
        typer.Option("--open", help="Only cases that have not ended. · Chỉ hồ sơ chưa kết thúc."),
    ] = False,
    limit: Annotated[
        int, typer.Option(min=1, help="Show at most so many. · Hiện tối đa bấy nhiêu mục.")
    ] = 50,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """List cases with what each open service waits for, overdue ones and the next deadline first.

    Liệt kê hồ sơ: trạng thái, đang chờ gì, hạn đến khi nào, có quá hạn không.
    """
    from hub.casework import cases_of

    folder = _folder(run)
    found = cases_of(folder, only_open=only_open, only_manual=manual)
    files = list(islice(found, limit))
    more = sum(1 for _ in found)
    if json:
        from hub.cli.output import print_json

        cases = [file.to_json() for file in files]
        print_json({"run": folder.path.name, "more": more, "cases": cases})
        return
    from hub.cli.telling import both, console

    screen = console()
    for file in files:
        for line in _brief(file):
            screen.print(line)
    if more:
        screen.print(f"… {both(f'và {more} hồ sơ nữa', f'and {more} more')}: --limit")
    if not files:
        screen.print(both("Không có hồ sơ nào.", "No cases."))


@case.command(epilog="Example: lienthong case show G22.99.08-230710-786800")
def show(
    code: Annotated[
        str, typer.Argument(metavar="CASE", help="A case code. · Mã hồ sơ.", show_default=False)
    ],
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """Show one case: its services, deadlines and results, and what needs an officer.

    Xem một hồ sơ: từng thủ tục, thời hạn, kết quả và việc cần cán bộ xử lý.
    """
    from hub.casework import CaseNotFound, case_of

    folder = _folder(run)
    try:
        file = case_of(folder, code)
    except CaseNotFound as error:
        raise UsageFault(str(error), f"không có hồ sơ {code}; xem `lienthong case list`") from None
    if json:
        from hub.cli.output import print_json

        print_json({"run": folder.path.name, **file.to_json()})
        return
    from hub.cli.telling import console

    screen = console()
    for line in _whole(file):
        screen.print(line)


def _folder(run: str | None) -> "RunFolder":
    from connectors.runtime.manifest import RunFolder, home_folder

    return RunFolder.find(home_folder(), run)


def _brief(file: "CaseFile") -> Iterator[str]:
    """A case in a few lines."""
    from hub.cli.telling import status_text

    yield f"[bold]{file.case}[/bold]  {status_text(file.status)}"
    for wait in file.waiting:
        yield f"  {_wait(wait)}"
    yield from _manual(file)


def _whole(file: "CaseFile") -> Iterator[str]:
    """All of a case."""
    from hub.cli.telling import both, refusals, results, status_text
    from hub.orchestrator.labels import Label
    from simulators.runs.wording import moment, reason_label

    yield f"[bold]{file.case}[/bold]  {status_text(file.status)}"
    for label, value in (
        (Label("Thủ tục", "procedure"), file.procedure),
        (Label("Tỉnh, xã", "province, commune"), _place(file)),
        (Label("Nộp lúc", "submitted"), file.submitted and moment(file.submitted)),
        (Label("Hẹn trả kết quả", "result due"), file.due and moment(file.due)),
        (Label("Kết thúc", "ended"), file.ended and moment(file.ended)),
        (Label("Mã hồ sơ một cửa", "one-stop dossier"), file.dossier),
    ):
        if value:
            yield f"  {both(label.vi, label.en)}: {value}"
    if file.reason:
        why = reason_label(file.reason)
        yield f"  [red]✗[/] {both(why.vi, why.en)}"
    waiting = {wait.service: wait for wait in file.waiting}
    for service in file.services:
        yield f"  {_service(service)}"
        if service.service in waiting:
            yield f"    {_wait(waiting[service.service])}"
    for event in file.parked:
        title = both(event.title_vi, event.title_en)
        yield f"  [yellow]‖[/] {moment(event.time)} {both(event.text_vi, event.text_en)} ({title})"
    yield from _manual(file)
    for line in (*refusals(file), *results(file)):
        yield f"  {line}"


def _place(file: "CaseFile") -> str:
    return ", ".join(filter(None, (file.province, file.commune)))


def _service(service: "Service") -> str:
    from hub.cli.telling import both
    from simulators.runs.wording import SERVICES, moment

    name = SERVICES[service.service]
    state = both(service.state_vi, service.state_en)
    status = both(service.status_vi, service.status_en)
    dates = f"{both('từ', 'since')} {moment(service.since)}"
    if service.due is not None:
        dates += f", {both('hạn', 'due')} {moment(service.due)}"
    return f"{both(name.vi, name.en)}: {service.status} {status}; {state} ({dates})"


def _wait(wait: "Wait") -> str:
    from hub.cli.telling import both
    from simulators.runs.wording import SERVICES, moment

    name = SERVICES[wait.service]
    mark = "[red]⚠[/]" if wait.overdue else "[yellow]…[/]"
    until = f"{both('hạn', 'until')} {moment(wait.until)}"
    what = both(f"{name.vi}: {wait.text_vi}", f"{name.en}: {wait.text_en}")
    return f"{mark} {what} ({until})"


def _manual(file: "CaseFile") -> Iterator[str]:
    """What needs an officer, a line each, by system."""
    from rich.markup import escape

    from hub.cli.telling import both
    from simulators.runs.wording import moment

    for item in file.manual:
        detail = f" ({escape(item.detail)})" if item.detail else ""
        text = both(item.text_vi, item.text_en)
        yield f"  [red]![/] {moment(item.at)} {item.system}: {text}{detail}"
