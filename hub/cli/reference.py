"""The contract on the screen."""

from collections.abc import Mapping
from typing import Any

import orjson
from rich.console import Console
from rich.markup import escape

from hub.cli.describing import ALL_FIELDS
from hub.cli.fields import fields, variants
from hub.cli.telling import both, console

_HEADER_VALUES = ("ce_specversion", "ce_source", "ce_type", "ce_dataschema", "content-type")
"""Headers whose value is the same in every event of a type."""


def show_catalogue(told: Mapping[str, Any]) -> None:
    """Print every type, who sends and receives it, and every system's topics."""
    screen = console()
    _show_place(screen, told)
    screen.print(f"[bold]{both('Hệ thống', 'systems')}[/bold]")
    for system in told["systems"]:
        way = f"{system['publishes_to']} → {system['reads_from']}"
        name = both(system["name_vi"], system["name_en"])
        screen.print(f"  {system['system']:<16}  {way:<46}  {name}")
    screen.print(f"\n[bold]{both('Loại sự kiện', 'event types')}[/bold]")
    for kind in told["types"]:
        title = both(kind["title_vi"], kind["title_en"])
        screen.print(f"\n  [bold]{kind['name']}[/bold]  {title}")
        way = f"{', '.join(kind['publishers'])} → {_receivers(kind['receivers'])}"
        screen.print(f"    {escape(way)}")
        screen.print(f"    [dim]{escape(', '.join(kind['fields']))}[/dim]")
    for title, codes in (
        (both("Vì sao trục không chuyển tiếp", "why the hub does not route"), told["rejections"]),
        (both("Vì sao từ chối giải quyết", "why a service is refused"), told["refusals"]),
    ):
        screen.print(f"\n[bold]{title}[/bold]")
        for reason in codes:
            text = both(reason["vi"], reason["en"])
            screen.print(f"  {reason['code']:<18}  {text}")
    screen.print(
        "\nlienthong contract TYPE: "
        + both("lược đồ, header và ví dụ", "schema, headers and an example")
    )


def show_type(told: Mapping[str, Any]) -> None:
    """Print what one type needs: where to send it, headers, fields, an example."""
    screen = console()
    _show_place(screen, told)
    screen.print(f"[bold]{told['type']}[/bold]  {both(told['title_vi'], told['title_en'])}\n")
    for system, topic in told["publish_to"].items():
        screen.print(f"{both('Gửi', 'publish')}: {system} → [bold]{topic}[/bold]")
    for system, kept in told["receivers"].items():
        seen = both("toàn bộ", "all fields") if kept == ALL_FIELDS else escape(", ".join(kept))
        topic = told["delivered_to"][system]
        screen.print(f"{both('Nhận', 'delivered')}: {system} ← [bold]{topic}[/bold]: {seen}")
    for system, answer in told["answers"].items():
        types = ", ".join(name.removeprefix("vn.lienthong.") for name in answer["types"])
        topic = answer["topic"]
        screen.print(
            f"{both('Có thể nhận về', 'can come back')}: {system} ← [bold]{topic}[/bold]: {types}"
        )
    _show_record(screen, told)
    for name, variant in variants(told["schema"]).items():
        title = both("Trường dữ liệu", "fields")
        screen.print(f"\n[bold]{title}[/bold] {name}".rstrip())
        _show_fields(screen, fields(variant))
    for example in (told["example"], *told["other_examples"]):
        screen.print(f"\n[bold]{both('Ví dụ', 'example')}[/bold] {example['key']}")
        payload = orjson.dumps(example["payload"], option=orjson.OPT_INDENT_2).decode()
        screen.print(payload, markup=False)
    screen.print(f"\n--json: {both('kèm JSON Schema', 'with the JSON Schema')}")


def _show_fields(screen: Console, found: Mapping[str, str]) -> None:
    width = max(map(len, found))
    for path, kind in found.items():
        screen.print(f"  {path:<{width}}  {kind}", markup=False)


def _show_record(screen: Console, told: Mapping[str, Any]) -> None:
    screen.print(f"\n[bold]{both('Bản ghi Kafka', 'the Kafka record')}[/bold]")
    for part, text in told["record"].items():
        screen.print(f"  {part:<15}  {both(text['vi'], text['en'])}")
    example = told["example"]["headers"]
    for header in told["headers"]:
        name = header["name"]
        mark = " " if header["required"] else "?"
        value = f"{example[name]}  " if name in _HEADER_VALUES else ""
        meaning = both(header["meaning_vi"], header["meaning_en"])
        screen.print(f"  {name:<15}{mark} {escape(value)}{meaning}")


def _show_place(screen: Console, told: Mapping[str, Any]) -> None:
    if "run" in told:
        number = told["partitions"]
        partitions = both(f"{number} phân vùng", f"{number} partitions")
        screen.print(f"{both('Lượt chạy', 'run')} {told['run']}: {told['bootstrap']}, {partitions}")
        if told["now"] is not None:
            screen.print(f"  {both('giờ của lượt chạy', 'its own time now')}: {told['now']}")
        screen.print()


def _receivers(receivers: Mapping[str, Any]) -> str:
    return ", ".join(
        system if kept == ALL_FIELDS else f"{system} ({', '.join(kept)})"
        for system, kept in receivers.items()
    )
