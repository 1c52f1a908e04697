"""`lienthong contract`: all that a plain Kafka client needs to know, from the tables themselves."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub.cli import options
from hub.cli.faults import unknown

if TYPE_CHECKING:
    from schemas.topics import Topics


def contract(
    event_type: Annotated[
        str | None,
        typer.Argument(
            metavar="[TYPE]",
            help="An event type, short or full; without it the whole catalogue. "
            "· Loại sự kiện, tên ngắn hoặc đầy đủ; nếu không cho thì cả danh mục.",
        ),
    ] = None,
    run: Annotated[
        str | None,
        typer.Option(
            "--run",
            metavar="ID|PATH",
            help="Say also where this run's broker is, and its time. "
            "· Cho biết thêm địa chỉ broker và giờ của lượt chạy này.",
        ),
    ] = None,
    prefix: options.Prefix = "lt",
    json: options.Json = False,
) -> None:
    """Print what may be sent and what comes back: types, rights, headers, schema, example.

    In hợp đồng dữ liệu: loại sự kiện, quyền, header, lược đồ, ví dụ.
    """
    from hub.cli import describing
    from hub.cli.output import print_json

    topics, place = _place(run, prefix)
    if event_type is None:
        told = place | describing.catalogue(topics)
    else:
        told = place | describing.event_type(_short(event_type), topics)
    if json:
        print_json(told)
    else:
        from hub.cli.reference import show_catalogue, show_type

        (show_catalogue if event_type is None else show_type)(told)


def _place(run: str | None, prefix: str) -> tuple["Topics", dict[str, Any]]:
    """The topics' names and, of a run, where its broker is and what time it has."""
    from schemas.topics import Topics

    if run is None:
        return Topics(prefix=prefix), {}
    from connectors.runtime.manifest import RunFolder, home_folder
    from schemas.event import to_text

    manifest = RunFolder.find(home_folder(), run).load()
    now = manifest.clock().now()
    return manifest.topics, {
        "run": manifest.run,
        "bootstrap": manifest.bootstrap,
        "partitions": manifest.partitions,
        "now": None if now is None else to_text(now),
    }


def _short(text: str) -> str:
    """The catalogue's name of a type that was asked for.

    Raises:
        UsageFault: there is none.
    """
    from schemas.catalogue import CATALOGUE

    full = {kind.full: name for name, kind in CATALOGUE.items()}
    name = full.get(text, text)
    if name not in CATALOGUE:
        raise unknown("event type", "loại sự kiện", text, CATALOGUE, "lienthong contract")
    return name
