"""`lienthong broker`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from hub.cli import options
from hub.cli.commands import Commands
from hub.cli.faults import UsageFault

if TYPE_CHECKING:
    from hub.brokers.launched import LaunchedBroker

Engine = Literal["embedded", "kafka"]

broker = Commands(
    help="A Kafka broker by itself, for runs, roles and clients to join.\n\n"
    "Broker Kafka chạy độc lập.",
    epilog="Example: lienthong broker run --engine kafka --port 9092",
)


@broker.command(epilog="Example: lienthong broker run --engine kafka --port 9092 --data .kafka")
def run(
    engine: Annotated[
        Engine,
        typer.Option(
            help="embedded keeps records in memory; kafka is Apache Kafka, with Java and Maven. "
            "· embedded giữ bản ghi trong bộ nhớ; kafka là Apache Kafka, cần Java và Maven."
        ),
    ] = "embedded",
    port: Annotated[
        int | None,
        typer.Option(
            min=1,
            max=65535,
            help="On 127.0.0.1; by default a free one. "
            "· Cổng trên 127.0.0.1; mặc định là cổng trống.",
        ),
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(
            file_okay=False,
            help="Apache Kafka keeps its records here over starts; by default a temporary "
            "folder. "
            "· Nơi Apache Kafka giữ bản ghi qua các lần khởi động; mặc định là thư mục tạm.",
        ),
    ] = None,
    json: options.Json = False,
) -> None:
    """Run one broker on loopback until Ctrl-C; its address is for --broker.

    Chạy một broker đến khi nhấn Ctrl-C; địa chỉ dùng cho --broker.
    """
    import asyncio

    asyncio.run(_keep(_chosen(engine, port, data), json=json))


def _chosen(engine: Engine, port: int | None, data: Path | None) -> "LaunchedBroker":
    import os

    from connectors.runtime.manifest import home_folder
    from hub.brokers import EmbeddedBroker, NativeKafka

    log_path = home_folder() / "brokers" / f"{engine}-{os.getpid()}.log"
    if engine == "kafka":
        return NativeKafka(log_path=log_path, port=port, data=data and data.absolute())
    if data is not None:
        raise UsageFault(
            "--data is for --engine kafka: the embedded broker keeps nothing on disk",
            "--data chỉ dùng với --engine kafka: broker nhúng không lưu gì trên đĩa",
        )
    return EmbeddedBroker(log_path=log_path, port=port)


async def _keep(broker: "LaunchedBroker", *, json: bool) -> None:
    import asyncio

    from hub.cli.output import print_json_line
    from hub.cli.telling import both, console
    from hub.interrupt import until_signal
    from hub.readiness import announce_ready

    async with until_signal(), broker:
        announce_ready(bootstrap=broker.bootstrap)
        if json:
            print_json_line(
                {
                    "engine": broker.engine,
                    "bootstrap": broker.bootstrap,
                    "instance": broker.instance,
                    "pid": broker.pid,
                    "log": str(broker.log_path),
                }
            )
        else:
            screen = console()
            screen.print(f"Broker: {broker.bootstrap} ({broker.engine})")
            screen.print(f"{both('Dùng', 'use it')}: lienthong up --broker {broker.bootstrap}")
            screen.print(f"{both('Nhật ký', 'log')}: {broker.log_path}")
            screen.print(both("Nhấn Ctrl-C để dừng.", "Ctrl-C stops it."))
        await asyncio.Event().wait()
