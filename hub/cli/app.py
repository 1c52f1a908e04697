"""Every command of `lienthong`."""

from typing import Annotated

import typer

from hub.cli.agencies import agencies
from hub.cli.bench import bench
from hub.cli.broker import broker
from hub.cli.case import case
from hub.cli.commands import Commands
from hub.cli.contract import contract
from hub.cli.dead import dead
from hub.cli.demo import demo
from hub.cli.document import document
from hub.cli.explain import explain
from hub.cli.init import init
from hub.cli.roles import roles
from hub.cli.rules import rules
from hub.cli.scenario import scenario
from hub.cli.submit import submit
from hub.cli.trace import trace
from hub.cli.up import up
from hub.cli.verify import verify

app = Commands(
    name="lienthong",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Simulate Vietnam's data-sharing hubs and the linked public services over them.\n\n"
    "Mô phỏng trục liên thông dữ liệu và các nhóm dịch vụ công liên thông.",
    epilog="Example: lienthong demo",
)
for command, example in (
    (demo, "lienthong demo --seed 7"),
    (up, "lienthong up --without residence --speed 600"),
    (init, "lienthong init --broker 127.0.0.1:9092 --run main"),
    (submit, "lienthong submit --count 5"),
    (trace, "lienthong trace G22.99.08-230710-786800"),
    (explain, "lienthong explain G22.99.08-230710-786800"),
    (verify, "lienthong verify --json"),
    (contract, "lienthong contract case.submitted --json"),
):
    app.command(epilog=f"Example: {example}")(command)
app.add_typer(roles, name="run")
app.add_typer(agencies, name="agencies")
app.add_typer(broker, name="broker")
app.add_typer(case, name="case")
app.add_typer(dead, name="dead")
app.add_typer(document, name="document")
app.add_typer(rules, name="rules")
app.add_typer(scenario, name="scenario")
app.add_typer(bench, name="bench")


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"lienthong {version('lienthong')}")
        raise typer.Exit


@app.callback()
def lienthong(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_version, is_eager=True, help="Print the version. · In phiên bản."
        ),
    ] = False,
) -> None: ...
