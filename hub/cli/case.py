"""`lienthong case`: the cases of a run and its manual queue, for an officer."""

from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import options
from hub.cli.case_actions import COMMANDS
from hub.cli.commands import Commands
from hub.cli.faults import UsageFault

if TYPE_CHECKING:
    from connectors.runtime.manifest import RunFolder

case = Commands(
    help="See the cases of a run, what they wait for and what needs an officer; act by hand.\n\n"
    "Xem hồ sơ của một lượt chạy, đang chờ gì, việc gì cần cán bộ; xử lý thủ công.",
    epilog="Example: lienthong case list --manual",
)


@case.command("list", epilog="Example: lienthong case list --open --limit 20")
def list_(
    manual: Annotated[
        bool,
        typer.Option(
            "--manual",
            help="Only cases that still need an officer, of any system. "
            "· Chỉ hồ sơ còn cần cán bộ của một hệ thống xử lý.",
        ),
    ] = False,
    everything: Annotated[
        bool,
        typer.Option(
            "--all",
            help="With --manual: those as well that an officer has dealt with. "
            "· Cùng --manual: cả hồ sơ mà cán bộ đã xử lý.",
        ),
    ] = False,
    only_open: Annotated[
        bool,
        typer.Option("--open", help="Only cases that have not ended. · Chỉ hồ sơ chưa kết thúc."),
    ] = False,
    limit: options.Limit = 50,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """List cases with what each open service waits for, overdue ones and the next deadline first.

    Liệt kê hồ sơ: trạng thái, đang chờ gì, hạn đến khi nào, có quá hạn không.
    """
    from hub.casework import cases_of

    folder = _folder(run)
    found = cases_of(folder, only_open=only_open, only_manual=manual, settled_too=everything)
    files = list(islice(found, limit))
    more = sum(1 for _ in found)
    if json:
        from hub.cli.output import print_json

        cases = [file.to_json() for file in files]
        print_json({"run": folder.path.name, "more": more, "cases": cases})
        return
    from hub.cli.case_telling import brief
    from hub.cli.telling import both, console

    screen = console()
    for file in files:
        for line in brief(file, settled_too=everything):
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
    from hub.cli.case_telling import whole
    from hub.cli.telling import console

    screen = console()
    for line in whole(file):
        screen.print(line)


def _folder(run: str | None) -> "RunFolder":
    from connectors.runtime.manifest import RunFolder, home_folder

    return RunFolder.find(home_folder(), run)


_CASE = "G22.99.08-230710-786800"
for _command, _example in COMMANDS:
    case.command(epilog=f"Example: lienthong case {_command.__name__} {_CASE} {_example}")(_command)
