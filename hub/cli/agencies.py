"""`lienthong agencies`: the agencies' face by itself, for who tests a province's own system."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub.cli import options
from hub.cli.arguments import address_of, checked_networks, checked_province
from hub.cli.commands import Commands

if TYPE_CHECKING:
    from pathlib import Path

    from simulators.agencies.http.alone import Setting

agencies = Commands(
    help="The simulated agencies behind the paths of the real systems.\n\n"
    "Các cơ quan mô phỏng với địa chỉ và thông điệp như hệ thống thật.",
    epilog="Example: lienthong agencies serve --province 79",
)
SPEED = 3_600.0
"""Simulated seconds a real second: an hour's work takes a second, and a night fifteen."""


@agencies.command(epilog="Example: lienthong agencies serve --province 79 --waiting 3")
def serve(
    listen: options.Listen = "127.0.0.1:8079",
    province: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="See the dossiers of this province only, such as 79. "
            "· Chỉ thấy hồ sơ của tỉnh này, ví dụ 79.",
        ),
    ] = None,
    waiting: Annotated[
        int,
        typer.Option(
            min=0,
            max=1000,
            help="Linked dossiers that wait at DVCLT. · Số hồ sơ liên thông đang chờ tại DVCLT.",
        ),
    ] = 6,
    deaths: Annotated[
        float,
        typer.Option(
            min=0,
            max=1,
            metavar="SHARE",
            help="Of them, those about a death. · Trong đó, tỷ lệ hồ sơ khai tử.",
        ),
    ] = 0.33,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CIDR",
            help="Who may come beside this machine; repeatable. "
            "· Địa chỉ được gọi ngoài máy này; có thể lặp lại.",
        ),
    ] = None,
    unsteady: Annotated[
        bool,
        typer.Option(
            "--unsteady",
            help="DVCLT fails each dossier's first report of code 3. "
            "· DVCLT báo lỗi với lần báo mã 3 đầu tiên của mỗi hồ sơ.",
        ),
    ] = False,
    pdf: Annotated[
        bool,
        typer.Option(
            "--pdf",
            help="Certificates come as PDF files, stamped as simulated. "
            "· Giấy tờ trả về là tệp PDF có dấu mô phỏng.",
        ),
    ] = False,
    seed: options.Seed = 1,
    speed: options.Speed = SPEED,
    start: options.Start = options.OPENING,  # type: ignore[assignment]  # typer parses it
    personal_id_province: options.PersonalIdProvince = "successor",
    json: options.Json = False,
) -> None:
    """Serve DVCLT, civil status, social insurance, catalogues and the portal until Ctrl-C.

    A province's dossier system polls it as it would the real ones; docs/interfaces.md has every
    message. No broker is needed, and nothing is kept.

    Phục vụ DVCLT, hộ tịch, BHXH, danh mục và cổng dịch vụ công đến khi nhấn Ctrl-C.
    """
    import asyncio
    import tempfile
    from dataclasses import replace
    from pathlib import Path

    from hub.cli.plans import opening, own_days, own_units
    from schemas.successions import adopt
    from schemas.working_days import adopt_days
    from simulators.agencies.http.accounts import Account
    from simulators.agencies.http.alone import Setting
    from simulators.world import World

    adopt(own_units())
    adopt_days(own_days())
    host, port = address_of(listen)
    setting = Setting(
        account=Account.fresh(
            "lienthong",
            checked_province(province, start),
            allow=checked_networks(allow or []),
        ),
        start=opening(start),
        world=replace(World.default(), personal_id_province=personal_id_province),
        seed=seed,
        waiting=waiting,
        deaths=deaths,
        unsteady=unsteady,
    )
    with tempfile.TemporaryDirectory(prefix="lienthong-") as folder:
        papers = Path(folder) / "documents" if pdf else None
        asyncio.run(_serve(Path(folder), setting, papers, speed, host, port, json=json))


async def _serve(
    folder: "Path",
    setting: "Setting",
    papers: "Path | None",
    speed: float,
    host: str,
    port: int,
    *,
    json: bool,
) -> None:
    import asyncio
    import time

    from connectors.runtime.clock import ScaledClock
    from hub.interrupt import until_signal
    from hub.readiness import announce_ready
    from simulators.agencies.http.alone import alone
    from simulators.agencies.http.serving import listening

    clock = ScaledClock(anchor=setting.start, real_anchor=time.time(), speed=speed)
    with alone(folder, setting, now=clock.now, documents=papers) as app:
        async with until_signal(), listening(app, host=host, port=port) as url:
            _announce(_facts(url, setting, speed), json=json)
            announce_ready(url=url)
            await asyncio.Event().wait()


def _facts(url: str, setting: "Setting", speed: float) -> dict[str, Any]:
    account = setting.account
    return {
        "url": url,
        "token": account.token,
        "user": account.user,
        "password": account.password,
        "province": account.province,
        "waiting": setting.waiting,
        "start": setting.start.isoformat(),
        "speed": speed,
    }


def _announce(facts: dict[str, Any], *, json: bool) -> None:
    """Say where it answers, and what to send first."""
    if json:
        from hub.cli.output import print_json_line

        print_json_line(facts)
        return
    from hub.cli.telling import both, console

    screen = console()
    for vi, en, value in (
        ("Địa chỉ", "address", facts["url"]),
        ("Mã truy cập", "token", facts["token"]),
        ("Tài khoản", "account", f"{facts['user']} / {facts['password']}"),
        ("Hồ sơ liên thông đang chờ", "linked dossiers waiting", facts["waiting"]),
        ("Ngày mô phỏng", "simulated day", facts["start"][:10]),
        ("Giây mô phỏng mỗi giây", "simulated seconds a second", f"{facts['speed']:g}"),
    ):
        screen.print(f"{both(vi, en)}: {value}", soft_wrap=True)
    screen.print(both("Thử bằng curl", "try it with curl"))
    for line in _curl(facts):
        screen.print(f"  {line}", soft_wrap=True, markup=False, highlight=False)
    screen.print(both("Nhấn Ctrl-C để dừng.", "Ctrl-C stops it."))


def _curl(facts: dict[str, Any]) -> list[str]:
    header = f"-H 'Authorization: Bearer {facts['token']}'"
    json_header = f"{header} -H 'Content-Type: application/json'"
    url = facts["url"]
    return [
        f"curl {header} {url}/api/lienthongdvclt/hosolienthong",
        f"curl {json_header} -X PUT {url}/api/lienthongdvclt/capNhatDaNhanHoSo "
        """-d '{"maHoSo": "G22.99.08-…", "daNhan": true}'""",
        f"curl {json_header} {url}/apiLienThongKSKT/1.0/layKetQuaDKHT "
        """-d '{"maDinhDanhHoSo": ["H29.…"], "maTinh": "79", "module": "LTKS"}'""",
        f'curl {json_header} {url}/apiHoTichTuPhap/danhMuc -d \'{{"loaiDanhMuc": "4"}}\'',
        f"curl {url}/openapi.json",
    ]
