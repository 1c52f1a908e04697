"""`lienthong verify`."""

import typer

from hub.cli import options
from hub.cli.faults import FAILED


def verify(run: options.Run = None, json: options.Json = False) -> None:
    """Let the ledger judge a run: is anything lost, doubled or wrong?

    Exit code 1 when it finds a fault. Open cases are no fault.

    Đối soát một lượt chạy: có gì thất lạc, trùng lặp hay sai lệch không?
    """
    from connectors.runtime.manifest import RunFolder, home_folder
    from hub.cli.output import print_json
    from hub.ledger import verify as judge

    folder = RunFolder.find(home_folder(), run)
    folder.load()  # says what is wrong with a manifest that can't be read
    report = judge(folder.path)
    if json:
        print_json(report.to_json())
    else:
        from hub.cli.telling import console, tell_findings, tell_verdict

        screen = console()
        tell_findings(screen, report)
        tell_verdict(screen, report)
        screen.print(f"  run {report.run}")
    if not report.ok:
        raise typer.Exit(FAILED)
