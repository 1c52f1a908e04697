"""`lienthong init`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub.cli import options
from hub.cli.faults import SETTINGS_VI, UsageFault
from hub.cli.settings import Settings, with_settings

if TYPE_CHECKING:
    from simulators.runs.live import Plan
    from simulators.runs.preparing import Prepared


@with_settings()
def init(
    settings: Settings,
    run: Annotated[
        str,
        typer.Option("--run", metavar="NAME", help="What to call the run. · Tên của lượt chạy."),
    ] = "main",
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SYSTEM",
            help="A system that keeps its store elsewhere; repeatable. "
            "· Hệ thống giữ kho dữ liệu ở nơi khác; có thể lặp lại.",
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Make a run on a Kafka that is there, for roles that you start one by one with `run ROLE`.

    Topics, folder and manifest. Where the run is there already, it is checked and left as it is.

    Tạo lượt chạy trên một Kafka có sẵn; từng vai trò được khởi động riêng bằng `run`.
    """
    import asyncio

    from hub.cli.arguments import check_systems
    from hub.cli.plans import scaled_plan

    broker = settings["broker"]
    if ":" not in broker:
        raise UsageFault(
            f"--broker {broker} would end with this command; give HOST:PORT of a Kafka that stays",
            f"--broker {broker} sẽ dừng cùng lệnh này; hãy cho HOST:PORT của một Kafka chạy riêng",
        )
    plan = scaled_plan(**settings, without=tuple(check_systems(without or [])))
    prepared = asyncio.run(_prepare(plan, run))
    if json:
        from hub.cli.output import print_json

        print_json(_facts(prepared))
    else:
        _tell(prepared)


async def _prepare(plan: "Plan", run: str) -> "Prepared":
    from hub.interrupt import until_signal
    from simulators.runs.preparing import prepare

    async with until_signal():
        try:
            return await prepare(plan, run)
        except ValueError as error:
            raise UsageFault(str(error), SETTINGS_VI) from error


def _facts(prepared: "Prepared") -> dict[str, Any]:
    manifest, topics = prepared.manifest, prepared.manifest.topics
    return {
        "run": manifest.run,
        "fresh": prepared.fresh,
        "folder": str(prepared.folder.path),
        "bootstrap": manifest.bootstrap,
        "instance": manifest.instance,
        "partitions": manifest.partitions,
        "topics": topics.all(),
    }


def _tell(prepared: "Prepared") -> None:
    from hub.cli.telling import both, console

    manifest, screen = prepared.manifest, console()
    what = (
        ("Đã tạo lượt chạy", "made run") if prepared.fresh else ("Đã có lượt chạy", "run is there")
    )
    topics = len(manifest.topics.all())
    screen.print(f"{both(*what)}: {manifest.run} ({prepared.folder.path})")
    screen.print(f"{both('Broker', 'bootstrap')}: {manifest.bootstrap} ({topics} topic)")
    screen.print(
        f"{both('Tiếp theo', 'next')}: lienthong run router|orchestrator|country "
        f"--run {manifest.run}"
    )
