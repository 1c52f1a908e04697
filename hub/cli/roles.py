"""`lienthong run`: one role of a run, in this process, until a signal ends it."""

from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli.arguments import address_of, check_systems
from hub.cli.commands import Commands
from hub.cli.faults import UsageFault
from hub.cli.options import Listen, Run

if TYPE_CHECKING:
    from connectors.runtime.manifest import RunFolder
    from connectors.runtime.sdk import Connector

roles = Commands(
    help="Run one role of a run in this process; `up` starts all of them.\n\n"
    "Chạy một vai trò của lượt chạy trong tiến trình này.",
    epilog="Example: lienthong run connector residence --run latest",
)


@roles.command(epilog="Example: lienthong run router --run latest")
def router(
    run: Run = None,
    worker: Annotated[
        int,
        typer.Option(
            min=0, help="Which of several routers, from 0. · Bộ định tuyến thứ mấy, tính từ 0."
        ),
    ] = 0,
    workers: Annotated[
        int,
        typer.Option(
            min=1,
            help="How many there are; in an elastic run it doesn't matter. "
            "· Có bao nhiêu bộ định tuyến; không cần trong lượt chạy --elastic.",
        ),
    ] = 1,
) -> None:
    """Check, cut and deliver every event.

    Kiểm tra, lọc trường theo quyền và chuyển tiếp mọi sự kiện.
    """
    import asyncio

    from hub.bootstrap import run_router

    asyncio.run(run_router(_folder(run), worker, workers))


@roles.command(epilog="Example: lienthong run orchestrator --run latest")
def orchestrator(run: Run = None) -> None:
    """Be dvclt, which leads the linked cases.

    Làm phần mềm dịch vụ công liên thông (dvclt), nơi điều phối hồ sơ liên thông.
    """
    import asyncio

    from hub.bootstrap import run_orchestrator

    asyncio.run(run_orchestrator(_folder(run)))


@roles.command(epilog="Example: lienthong run country --run latest --without residence")
def country(
    run: Run = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SYSTEM",
            help="Leave this system to another process; repeatable. "
            "· Để hệ thống này cho tiến trình khác; có thể lặp lại.",
        ),
    ] = None,
) -> None:
    """Be every other system, with its simulated agency.

    Làm mọi hệ thống còn lại, cùng các cơ quan mô phỏng.
    """
    import asyncio

    from connectors.agencies import CONNECTORS
    from simulators.runs.country import run_country

    left_out = check_systems(without or [])
    played = [system for system in CONNECTORS if system not in left_out]
    asyncio.run(run_country(_folder(run), played))


@roles.command(epilog="Example: lienthong run agencies --run latest")
def agencies(
    run: Run = None,
    listen: Listen = "127.0.0.1:0",
) -> None:
    """Be the simulated agencies of a run with `--agencies http` or `http-exact`.

    Làm các cơ quan mô phỏng của lượt chạy có `--agencies http` hoặc `http-exact`.
    """
    import asyncio

    from simulators.runs.agencies import run_agencies

    host, port = address_of(listen)
    folder = _folder(run)
    if folder.load().agencies == "in-process":
        raise UsageFault(
            f"run {folder.path.name} has its agencies in process, in the country",
            f"lượt chạy {folder.path.name} có các cơ quan chạy sẵn trong vai country",
        )
    asyncio.run(run_agencies(folder, host=host, port=port))


@roles.command(
    epilog="Example: lienthong run connector residence --run latest\n\n"
    "Your own: lienthong run connector my_package.police:connector --run latest"
)
def connector(
    system: Annotated[
        str,
        typer.Argument(
            metavar="SYSTEM|MODULE:NAME",
            help="A system with its simulated agency, or a Connector of your own. "
            "· Một hệ thống cùng cơ quan mô phỏng, hoặc Connector của riêng bạn.",
        ),
    ],
    run: Run = None,
) -> None:
    """Be one system; the country must run `--without` it.

    Làm một hệ thống; vai country phải chạy với `--without` hệ thống này.
    """
    import asyncio

    from simulators.runs.country import run_connector

    folder = _folder(run)
    if ":" in system:
        asyncio.run(_run_own(folder, _own_connector(system)))
    else:
        check_systems([system])
        asyncio.run(run_connector(folder, system))


@roles.command(epilog="Example: lienthong run load --rate 20 --run latest")
def load(
    run: Run = None,
    rate: Annotated[
        float, typer.Option(min=0.01, help="Cases each real second. · Số hồ sơ mỗi giây thực.")
    ] = 1.0,
    count: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Stop after so many; by default never. "
            "· Dừng sau bấy nhiêu hồ sơ; mặc định không dừng.",
        ),
    ] = None,
) -> None:
    """Submit generated cases, evenly in real time.

    Nộp hồ sơ được tạo, đều đặn theo thời gian thực.
    """
    import asyncio

    asyncio.run(_run_load(_folder(run), rate, count))


def _folder(run: str | None) -> "RunFolder":
    from connectors.runtime.manifest import RunFolder, home_folder
    from hub.cli.environment import log_of_role

    log_of_role()
    return RunFolder.find(home_folder(), run)


def _own_connector(reference: str) -> "Connector":
    """The Connector that `module:attribute` names, the working directory's modules included."""
    import importlib
    import sys
    from pathlib import Path

    from connectors.runtime.sdk import Connector

    module, _, attribute = reference.partition(":")
    sys.path.insert(0, str(Path.cwd()))
    try:
        found = getattr(importlib.import_module(module), attribute)
    except (ModuleNotFoundError, AttributeError, ValueError) as error:
        raise UsageFault(f"{reference}: {error}", f"không nạp được {reference}") from error
    if not isinstance(found, Connector):
        raise UsageFault(
            f"{reference} is a {type(found).__name__}, not a Connector",
            f"{reference} không phải là một Connector",
        )
    return found


async def _run_load(folder: "RunFolder", rate: float, count: int | None) -> None:
    from connectors.runtime.bus import Bus
    from connectors.runtime.manifest import Manifest
    from hub.bootstrap import serve
    from hub.readiness import announce_ready
    from simulators.runs.feeding import Feed

    async def work(manifest: Manifest, bus: Bus) -> None:
        producer = await bus.producer()
        try:
            with Feed(folder, manifest, producer) as feed:
                announce_ready()
                await feed.load(rate, count)
        finally:
            await producer.close()

    await serve(folder, work)


async def _run_own(folder: "RunFolder", own: "Connector") -> None:
    from connectors.runtime.bus import Bus
    from connectors.runtime.manifest import Manifest
    from hub.bootstrap import participant, run_all, serve

    async def work(manifest: Manifest, bus: Bus) -> None:
        producer = await bus.producer()
        one = participant(
            own.system,
            own.handle,
            folder=folder,
            manifest=manifest,
            bus=bus,
            producer=producer,
        )
        await run_all([one], producer)

    await serve(folder, work)
