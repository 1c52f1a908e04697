"""`lienthong bench`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub.cli import options
from hub.cli.commands import Commands
from hub.cli.faults import FAILED, SETTINGS_VI, UsageFault
from hub.cli.settings import Settings, with_settings

if TYPE_CHECKING:
    from rich.progress import Progress

_UNKNOWN_TOTAL = "read"
"""The phase of the router's benchmark that is not about the events alone."""

bench = Commands(
    help="Measure, and check that what was measured is right.\n\n"
    "Đo hiệu năng và kiểm tra kết quả đo.",
    epilog="Example: lienthong bench chains --cases 500",
)


@bench.command(epilog="Example: lienthong bench chains --cases 5000 --rate 200 --json")
@with_settings(leave=("speed", "start", "documents"))
def chains(
    *,
    cases: Annotated[int, typer.Option(min=1, help="How many cases. · Số hồ sơ.")] = 5000,
    rate: Annotated[
        float | None,
        typer.Option(
            min=0.01,
            help="Cases submitted each second; without it as fast as it goes. "
            "· Số hồ sơ nộp mỗi giây; nếu không cho thì nhanh nhất có thể.",
        ),
    ] = None,
    bad: Annotated[
        int,
        typer.Option(
            min=0,
            help="Bad inputs of every kind, mixed in at random places. "
            "· Số bản ghi sai thuộc mọi loại, trộn vào vị trí ngẫu nhiên.",
        ),
    ] = 0,
    deaths: options.Deaths = None,
    settings: Settings,
    elastic: options.Elastic = False,
    routers: options.Routers = 1,
    json: options.Json = False,
) -> None:
    """Run whole cases in event time, from the submission to the end, and verify each.

    Đo cả chuỗi liên thông từ lúc nộp đến khi kết thúc, đối soát từng hồ sơ.
    """
    from hub.cli.measures import CASES
    from hub.cli.telling import both
    from simulators.runs.bench_chains import bench_chains

    plan = _plan(deaths, **settings, elastic=elastic, routers=routers)
    with _bars() as bars:
        submitted, ended = (bars.add_task(both(*label), total=cases) for label in CASES)

        def show(so_many: int, finished: int) -> None:
            bars.update(submitted, completed=so_many)
            bars.update(ended, completed=finished)

        report = _measured(
            lambda: bench_chains(plan, cases=cases, rate=rate, bad=bad, on_progress=show)
        )
    _show(report, json=json)


@bench.command(epilog="Example: lienthong bench route --events 200000 --json")
def route(
    events: Annotated[int, typer.Option(min=1, help="How many events. · Số sự kiện.")] = 200_000,
    deaths: options.Deaths = None,
    seed: options.Seed = 1,
    broker: options.Broker = "embedded",
    partitions: options.Partitions = 2,
    prefix: options.Prefix = "lt",
    json: options.Json = False,
) -> None:
    """Measure the router alone: accepted events a second of one process.

    Đo riêng bộ định tuyến: số sự kiện được chấp nhận mỗi giây.
    """
    from hub.cli.measures import PHASES
    from hub.cli.telling import both
    from simulators.runs.bench_route import bench_route

    plan = _plan(deaths, seed=seed, broker=broker, partitions=partitions, prefix=prefix)
    with _bars() as bars:
        tasks: dict[str, Any] = {}

        def show(what: str, done: int) -> None:
            if what not in tasks:
                total = None if what == _UNKNOWN_TOTAL else events
                tasks[what] = bars.add_task(both(*PHASES[what]), total=total)
            bars.update(tasks[what], completed=done)

        report = _measured(lambda: bench_route(plan, events=events, on_progress=show))
    _show(report, json=json)


def _plan(deaths: float | None, **given: Any) -> Any:
    from hub.cli.plans import own_plan
    from simulators.mix import Mix

    mix = Mix() if deaths is None else Mix(deaths=deaths)
    return own_plan(mix=mix, **given)


def _measured(measure: Callable[[], Any]) -> dict[str, Any]:
    import asyncio

    from hub.interrupt import until_signal

    async def until_done() -> dict[str, Any]:
        async with until_signal():
            report: dict[str, Any] = await measure()
            return report

    try:
        return asyncio.run(until_done())
    except ValueError as error:
        raise UsageFault(str(error), SETTINGS_VI) from error


@contextmanager
def _bars() -> "Iterator[Progress]":
    """Progress bars on stderr, where that is a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    screen = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    # Drawing costs time that is being measured: four times a second is enough.
    with Progress(
        *columns, console=screen, refresh_per_second=4, disable=not screen.is_terminal
    ) as bars:
        yield bars


def _show(report: dict[str, Any], *, json: bool) -> None:
    if json:
        from hub.cli.output import print_json

        print_json(report)
    else:
        from hub.cli.measures import lines
        from hub.cli.telling import console

        screen = console()
        for line in lines(report):
            screen.print(line)
    if not report["valid"]:
        raise typer.Exit(FAILED)
