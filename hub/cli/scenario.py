"""`lienthong scenario`: a library of real failures, each played on a whole country and checked."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import options
from hub.cli.commands import Commands
from hub.cli.faults import FAILED, unknown

if TYPE_CHECKING:
    from hub.orchestrator.labels import Label
    from simulators.scenarios.checking import Check
    from simulators.scenarios.playing import Played
    from simulators.scenarios.scenario import Scenario

scenario = Commands(
    help="Play real failures of the linked services, each checked against its source.\n\n"
    "Diễn lại các trục trặc có thật của dịch vụ công liên thông, đối chiếu với nguồn.",
    epilog="Example: lienthong scenario run late-personal-id",
)
ALL = "all"


@scenario.command("list", epilog="Example: lienthong scenario list")
def list_(json: options.Json = False) -> None:
    """List every scenario with its source.

    Liệt kê các tình huống, kèm nguồn.
    """
    from simulators.scenarios import SCENARIOS

    if json:
        from hub.cli.output import print_json

        print_json({"scenarios": [_described(one) for one in SCENARIOS.values()]})
        return
    from hub.cli.telling import both, console

    screen = console()
    for one in SCENARIOS.values():
        screen.print(f"[bold]{one.name}[/bold]  {both(one.title.vi, one.title.en)}")
        screen.print(f"  {both('Nguồn', 'source')}: {both(one.source.vi, one.source.en)}")


@scenario.command(epilog="Example: lienthong scenario run twins; lienthong scenario run all")
def run(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|all",
            help="A scenario of the list. · Một tình huống trong danh sách.",
            show_default=False,
        ),
    ],
    seed: options.Seed = 1,
    json: options.Json = False,
) -> None:
    """Play a scenario and check all that its source says of it; exit code 1 if something differs.

    Its run stays on disk: `trace`, `case` and `verify` show it too with `--run`.

    Diễn một tình huống và đối chiếu từng kết quả với nguồn; mã thoát 1 nếu có sai khác.
    """
    played = []
    for one in _chosen(name):
        shown = _play(one, seed)
        played.append(shown)
        if not json:
            _tell(shown, whole=name != ALL)
    ok = all(one.ok for one in played)
    if json:
        from hub.cli.output import print_json

        print_json({"ok": ok, "seed": seed, "scenarios": [one.to_json() for one in played]})
    elif name == ALL:
        _tell_sum(played)
    if not ok:
        raise typer.Exit(FAILED)


def _described(one: "Scenario") -> dict[str, str]:
    texts = {"title": one.title, "source": one.source, "story": one.story}
    told = {
        f"{part}_{lang}": getattr(t, lang) for part, t in texts.items() for lang in ("vi", "en")
    }
    return {"scenario": one.name, **told}


def _chosen(name: str) -> "tuple[Scenario, ...]":
    """The scenarios that a name means.

    Raises:
        UsageFault: there is none.
    """
    from simulators.scenarios import SCENARIOS

    if name == ALL:
        return tuple(SCENARIOS.values())
    if name not in SCENARIOS:
        raise unknown("scenario", "tình huống", name, SCENARIOS, "lienthong scenario list")
    return (SCENARIOS[name],)


def _play(one: "Scenario", seed: int) -> "Played":
    import asyncio
    import secrets

    from connectors.runtime.manifest import home_folder
    from simulators.scenarios.playing import play

    run = f"scenario-{one.name}-{secrets.token_hex(3)}"
    return asyncio.run(play(one, home_folder(), run=run, seed=seed))


def _tell(shown: "Played", *, whole: bool) -> None:
    from hub.cli.telling import both, console, tell, tell_findings

    screen = console()
    one = shown.scenario
    if not whole:
        mark = "[bold green]✓[/]" if shown.ok else "[bold red]✗[/]"
        screen.print(f"{mark} [bold]{one.name}[/bold]  {both(one.title.vi, one.title.en)}")
        for line in _checks(shown, failed=True):
            screen.print(f"  {line}")
        return
    screen.rule(both(one.title.vi, one.title.en), align="left")
    screen.print(f"{both(one.story.vi, one.story.en)}")
    screen.print(f"{both('Nguồn', 'source')}: {both(one.source.vi, one.source.en)}")
    for story in shown.stories:
        screen.print()
        tell(screen, story)
    screen.print()
    for line in _checks(shown, failed=False):
        screen.print(line)
    if not shown.ok:
        tell_findings(screen, shown.report)
    screen.print(f"  {both('Lượt chạy', 'run')}: {shown.run}")


def _checks(shown: "Played", *, failed: bool) -> Iterator[str]:
    """A line each expectation; `failed`: of those that were not met."""
    from hub.cli.telling import both

    titles = [filing.title for filing in shown.scenario.filings]
    for checks, title in zip(shown.checks, [*titles, None], strict=True):
        left = [one for one in checks if not (failed and one.ok)]
        if title is not None and left and len(titles) > 1:
            yield f"[bold]{both(title.vi, title.en)}[/bold]"
        yield from map(_line, left)


def _line(one: "Check") -> str:
    from hub.cli.telling import both
    from simulators.scenarios.wording import day, value_of

    found = value_of(one.fact, one.found)
    said = _said(found)
    label = both(one.label.vi, one.label.en)
    at = "" if one.at is None else f"[dim]({day(one.at)})[/dim] "
    if one.ok:
        return f"[green]✓[/] {at}{label}: {said}"
    wanted = value_of(one.fact, one.expected)
    return f"[red]✗[/] {at}{label}: {both('phải là', 'expected')} {_said(wanted)}; {said}"


def _said(value: "Label") -> str:
    from rich.markup import escape

    from hub.cli.telling import both

    return escape(value.vi) if value.vi == value.en else both(value.vi, value.en)


def _tell_sum(played: "list[Played]") -> None:
    from hub.cli.telling import both, console

    good = sum(one.ok for one in played)
    checks = sum(len(checks) for one in played for checks in one.checks)
    vi = f"{good} trong {len(played)} tình huống đúng, {checks} điểm đối chiếu"
    en = f"{good} of {len(played)} scenarios right, {checks} things checked"
    console().print(both(vi, en))
