"""`lienthong trace`."""

from typing import Annotated

import typer

from hub.cli import options
from hub.cli.faults import UsageFault


def trace(
    case: Annotated[
        str, typer.Argument(metavar="CASE", help="A case code. · Mã hồ sơ.", show_default=False)
    ],
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """Tell a case's story across all systems, in order, and what it waits for and why.

    Kể lại đường đi của một hồ sơ qua các hệ thống, đang chờ gì và vì sao.
    """
    from connectors.runtime.manifest import RunFolder, home_folder
    from hub.cli.output import print_json
    from simulators.runs.storyteller import CaseNotFound, story_of

    folder = RunFolder.find(home_folder(), run)
    try:
        story = story_of(folder, case)
    except CaseNotFound as error:
        raise UsageFault(str(error), f"không hệ thống nào biết hồ sơ {case}") from None
    if json:
        print_json({"run": folder.path.name, **story.to_json()})
    else:
        from hub.cli.telling import console, tell

        tell(console(), story)
