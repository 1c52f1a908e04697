"""`lienthong demo`."""

from datetime import datetime
from typing import TYPE_CHECKING

import typer

from hub.cli import options
from hub.cli.faults import FAILED
from hub.cli.settings import Settings, with_settings

if TYPE_CHECKING:
    from hub.cli.stage import LiveStage, PlainStage
    from simulators.runs.casting import Part
    from simulators.runs.demo import Demonstration
    from simulators.runs.live import Plan


@with_settings(leave=("partitions", "prefix", "documents", "speed"))
def demo(settings: Settings, speed: options.OwnSpeed = None, json: options.Json = False) -> None:
    """Play the stories of a few births and deaths over a real broker, and have them verified.

    Trình diễn một số hồ sơ liên thông khai sinh, khai tử qua broker thật, rồi đối soát.
    """
    import asyncio

    from hub.cli.plans import scaled_plan

    plan = scaled_plan(**settings, speed=speed or options.SPEED, documents="pdf")
    shown = asyncio.run(_play(plan, settings["start"], own=speed is not None, json=json))
    if json:
        from hub.cli.output import print_json

        print_json(shown.to_json())
    else:
        _tell(shown)
    if not shown.ok:
        raise typer.Exit(FAILED)


async def _play(plan: "Plan", start: datetime, *, own: bool, json: bool) -> "Demonstration":
    """`own`: the plan's speed was asked for, and is not to be that which suits the cases."""
    from hub.cli.plans import at_speed, opening, running
    from simulators.arrivals import Arrivals
    from simulators.runs.casting import cast
    from simulators.runs.demo import demonstrate, unhurried

    arrivals = Arrivals(seed=plan.seed, start=opening(start), mix=plan.mix)
    parts = cast(arrivals, plan.world)
    if not own:
        plan = at_speed(plan, start, unhurried(parts))
    with _stage(parts, json=json) as stage:
        async with running(plan) as run:
            return await demonstrate(run, parts, stage)


def _stage(parts: "list[Part]", *, json: bool) -> "LiveStage | PlainStage":
    from hub.cli.stage import LiveStage, PlainStage
    from hub.cli.telling import console

    screen = console(stderr=json)
    return LiveStage(screen, parts) if screen.is_terminal else PlainStage(screen)


def _tell(shown: "Demonstration") -> None:
    from hub.cli.telling import both, console, tell, tell_verdict

    screen = console()
    for told in shown.told:
        screen.print()
        screen.rule(both(told.part.title.vi, told.part.title.en), align="left")
        for story in told.stories:
            tell(screen, story)
    screen.print()
    tell_verdict(screen, shown.report)
    manifest = shown.manifest
    records = both(f"{shown.records} bản ghi", f"{shown.records} records")
    screen.print(f"  {records} ({manifest.engine})")
    screen.print(f"  {both('Lượt chạy', 'run')}: {manifest.run}")
