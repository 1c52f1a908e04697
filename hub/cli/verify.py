"""`lienthong verify`."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import options
from hub.cli.faults import FAILED, complain

if TYPE_CHECKING:
    from hub.ledger import Report

_POLL_S = 0.25


def verify(
    run: options.Run = None,
    wait: Annotated[
        float | None,
        typer.Option(
            min=0,
            metavar="SECONDS",
            help="Wait until every submitted case has ended, at most so long; a case that is "
            "open after that is a fault. "
            "· Chờ mọi hồ sơ đã nộp kết thúc, lâu nhất bấy nhiêu giây; sau đó còn hồ sơ mở "
            "là lỗi.",
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Let the ledger judge a run: is anything lost, doubled or wrong?

    Exit code 1 when it finds a fault. Open cases are no fault, unless you waited for their end.

    Đối soát một lượt chạy: có gì thất lạc, trùng lặp hay sai lệch không?
    """
    from connectors.runtime.manifest import RunFolder, home_folder
    from hub.cli.output import print_json

    folder = RunFolder.find(home_folder(), run)
    folder.load()  # says what is wrong with a manifest that can't be read
    report = _judged(folder.path, wait or 0)
    if json:
        print_json(report.to_json())
    else:
        from hub.cli.telling import both, console, tell_account, tell_findings, tell_verdict

        screen = console()
        tell_findings(screen, report)
        tell_verdict(screen, report)
        tell_account(screen, report)
        screen.print(f"  {both('Lượt chạy', 'run')}: {report.run}")
    if wait is not None and report.open:
        complain(
            f"{report.open} hồ sơ chưa kết thúc sau {wait:g} giây; "
            "`lienthong case list --open` cho biết đang chờ gì",
            f"{report.open} cases are open after {wait:g} s; "
            "`lienthong case list --open` says what they wait for",
        )
        raise typer.Exit(FAILED)
    if not report.ok:
        raise typer.Exit(FAILED)


def _judged(run: Path, wait: float) -> "Report":
    """The verdict when nothing is open any more, or when the time is over."""
    from hub.ledger import verify as judge
    from hub.ledger.rest import still_open, unfinished

    until = time.monotonic() + wait
    while True:
        while time.monotonic() < until and (still_open(run) or unfinished(run)):
            time.sleep(_POLL_S)
        report = judge(run)
        if not report.open or time.monotonic() >= until:
            return report
