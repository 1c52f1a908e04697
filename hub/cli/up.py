"""`lienthong up`."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub.cli import options
from hub.cli.settings import Settings, with_settings

if TYPE_CHECKING:
    from hub.roles import RoleEvent
    from simulators.runs.live import LiveRun, Plan


@with_settings()
def up(
    settings: Settings,
    elastic: options.Elastic = False,
    routers: options.Routers = 1,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SYSTEM",
            help="Leave this system to your own connector; repeatable. "
            "· Để hệ thống này cho connector của bạn; có thể lặp lại.",
        ),
    ] = None,
    load: Annotated[
        float | None,
        typer.Option(
            min=0.01,
            metavar="RATE",
            help="Submit so many cases each real second. · Nộp bấy nhiêu hồ sơ mỗi giây thực.",
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Keep a whole country running until Ctrl-C, for your own systems and clients to join.

    Giữ cả hệ thống mô phỏng hoạt động đến khi nhấn Ctrl-C.
    """
    import asyncio

    from hub.cli.arguments import check_systems
    from hub.cli.plans import scaled_plan

    plan = scaled_plan(
        **settings,
        elastic=elastic,
        routers=routers,
        without=tuple(check_systems(without or [])),
    )
    asyncio.run(_keep_up(plan, load, json=json))


async def _keep_up(plan: "Plan", load: float | None, *, json: bool) -> None:
    from hub.cli.plans import running

    async with running(plan, on_event=_log) as run:
        _announce(run, plan, json=json)
        if load is None:
            await run.supervisor.wait()
        else:
            await _load(run, load)


async def _load(run: "LiveRun", rate: float) -> None:
    from simulators.runs.feeding import Feed

    producer = await run.bus.producer()
    try:
        with Feed(run.folder, run.manifest, producer) as feed:
            await feed.load(rate)
    finally:
        await producer.close()


def _log(event: "RoleEvent") -> None:
    """What ends by itself is worth a line; the rest is as it should be."""
    from hub.cli.telling import both, console

    screen = console(stderr=True)
    if event.what == "restarted":
        pid = f"pid {event.pid}"
        screen.print(f"{event.role}: {both(f'khởi động lại, {pid}', f'started again, {pid}')}")
    elif event.what == "exited" and event.code not in (0, 130):
        code = event.code
        screen.print(f"{event.role}: {both(f'dừng với mã {code}', f'ended with code {code}')}")


def _announce(run: "LiveRun", plan: "Plan", *, json: bool) -> None:
    """Say where everything is, and what to do next."""
    if json:
        from hub.cli.output import print_json_line

        print_json_line(_facts(run, plan))
        return
    from hub.cli.telling import both, console

    screen = console()
    facts, name = _facts(run, plan), run.manifest.run
    for vi, en, value in (
        ("Lượt chạy", "run", f"{name} ({facts['folder']})"),
        ("Broker", "bootstrap", f"{facts['bootstrap']} ({facts['engine']})"),
        ("Topic", "topics", f"{facts['publish_to']} → {facts['read_from']}"),
        ("Phân vùng", "partitions", facts["partitions"]),
        ("Giây mô phỏng mỗi giây", "simulated seconds a second", f"{facts['speed']:g}"),
        ("Hợp đồng", "contract", f"lienthong contract --run {name}"),
        ("Nộp hồ sơ", "submit", f"lienthong submit --run {name}"),
        ("Theo dõi", "follow", f"lienthong trace CASE --run {name}"),
        ("Đối soát", "verify", f"lienthong verify --run {name}"),
    ):
        screen.print(f"{both(vi, en)}: {value}")
    if run.agencies_url:
        screen.print(f"{both('Cơ quan qua HTTP', 'agencies over HTTP')}: {run.agencies_url}")
        token, user, password = _credentials(run)
        screen.print(f"{both('Mã truy cập', 'token')}: {token}")
        screen.print(f"{both('Tài khoản', 'account')}: {user} / {password}")
    for system in plan.without:
        play = f"lienthong run connector MODULE:NAME --run {name}"
        screen.print(f"{both(f'{system} để trống', f'nobody plays {system} yet')}: {play}")
    screen.print(both("Nhấn Ctrl-C để dừng.", "Ctrl-C stops everything."))


def _credentials(run: "LiveRun") -> tuple[str | None, str | None, str | None]:
    """Token, user and password of the real systems' paths."""
    find = run.agencies_credential
    return find("token"), find("user"), find("password")


def _facts(run: "LiveRun", plan: "Plan") -> dict[str, Any]:
    manifest, topics = run.manifest, run.manifest.topics
    token, user, password = _credentials(run)
    return {
        "run": manifest.run,
        "folder": str(run.folder.path),
        "bootstrap": manifest.bootstrap,
        "engine": manifest.engine,
        "partitions": manifest.partitions,
        "publish_to": topics.inbox("SYSTEM"),
        "read_from": topics.outbox("SYSTEM"),
        "speed": manifest.speed,
        "without": list(plan.without),
        "agencies": run.agencies_url,
        "token": token,
        "user": user,
        "password": password,
    }
