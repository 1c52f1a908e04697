"""`lienthong dead`: what failed and why, and sending it again."""

import getpass
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from hub.cli import options
from hub.cli.commands import Commands
from hub.cli.faults import FAILED, UsageFault, complain

if TYPE_CHECKING:
    from connectors.runtime.manifest import RunFolder

Letter = Mapping[str, Any]

dead = Commands(
    help="See the dead letters of a run, and send one again when its cause is mended.\n\n"
    "Xem các bản ghi bị loại của một lượt chạy và đưa lại khi đã sửa nguyên nhân.",
    epilog="Example: lienthong dead list --reason handler_failed",
)

Reference = Annotated[
    str,
    typer.Argument(
        metavar="LETTER",
        help="PARTITION/OFFSET, as `dead list` shows it. "
        "· PARTITION/OFFSET như `dead list` hiển thị.",
    ),
]


@dead.command("list", epilog="Example: lienthong dead list --case G22.99.08-230710-786804")
def list_(
    reason: Annotated[
        str | None,
        typer.Option(help="Only letters with this reason code. · Chỉ bản ghi có mã lý do này."),
    ] = None,
    system: Annotated[
        str | None,
        typer.Option(
            help="Only what this system gave up; `hub` is the router. "
            "· Chỉ bản ghi do hệ thống này loại; `hub` là bộ định tuyến."
        ),
    ] = None,
    case: Annotated[
        str | None, typer.Option(help="Only events of this case. · Chỉ sự kiện của hồ sơ này.")
    ] = None,
    limit: options.Limit = 50,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """List the dead letters: who gave up what, and why.

    Liệt kê các bản ghi bị loại: hệ thống nào loại, vì lý do gì.
    """
    folder = _folder(run)
    letters = [
        letter
        for letter in _letters(folder)
        if reason in (None, letter["reason"])
        and system in (None, letter["by"])
        and case in (None, letter["headers"].get("ce_subject"))
    ]
    shown = [_brief(letter) for letter in letters[:limit]]
    more = len(letters) - len(shown)
    if json:
        from hub.cli.output import print_json

        print_json({"run": folder.path.name, "more": more, "letters": shown})
        return
    from rich.markup import escape

    from hub.cli.telling import both, console

    screen = console()
    for letter in shown:
        again = f"  {both('đã đưa lại', 'requeued')}" if letter["requeued"] else ""
        where = escape(f"{letter['reason']} {letter['pointer']}".rstrip())
        screen.print(f"{letter['letter']:<8} {letter['by']:<16} {where}{again}")
        what = f"{letter['type']}  {letter['subject']}  {letter['event']}"
        screen.print(f"         {escape(what)}")
    if more:
        screen.print(f"… {both(f'và {more} bản ghi nữa', f'and {more} more')}: --limit")
    if not shown:
        screen.print(both("Không có bản ghi bị loại.", "No dead letters."))


@dead.command(epilog="Example: lienthong dead show 0/12")
def show(letter: Reference, run: options.Run = None, json: options.Json = False) -> None:
    """Show one dead letter: reason, remedy, headers and the beginning of its payload.

    Xem một bản ghi bị loại: lý do, cách khắc phục, header và phần đầu nội dung.
    """
    folder = _folder(run)
    found = _find(folder, letter)
    if json:
        from hub.cli.output import print_json

        print_json({"run": folder.path.name, **found, **_texts(found)})
        return
    from hub.cli.telling import console

    screen = console()
    for line in _told(found):
        screen.print(line, markup=False)


@dead.command(epilog='Example: lienthong dead requeue 0/12 --why "the connector is mended"')
def requeue(
    letter: Reference,
    why: Annotated[
        str,
        typer.Option(
            help="What was mended; it is recorded. · Đã sửa gì; nội dung này được ghi lại."
        ),
    ],
    by: Annotated[
        str | None,
        typer.Option(
            help="Who sends it again; by default the user's name. "
            "· Người đưa lại; mặc định là tên người dùng."
        ),
    ] = None,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """Send a dead letter's record again, to the one that gave it up and to nobody else.

    Exit code 1 when it can't be: it would fail again, or is not there any more.

    Đưa lại một bản ghi cho đúng hệ thống đã loại nó.
    """
    import asyncio

    from connectors.runtime.requeue import RequeueRefused
    from hub.cli.environment import quiet_client

    folder = _folder(run)
    found = _find(folder, letter)
    quiet_client()
    try:
        sent = asyncio.run(_requeue(folder, found, by or getpass.getuser(), why))
    except RequeueRefused as refused:
        complain(f"không đưa lại được bản ghi {letter}", f"dead letter {letter}: {refused}")
        raise typer.Exit(FAILED) from None
    if json:
        from hub.cli.output import print_json

        print_json({"run": folder.path.name, **sent})
    else:
        from hub.cli.telling import both, console

        place = f"{sent['topic']}/{sent['partition']}"
        console().print(f"{both('Đã đưa lại', 'sent again')}: {letter} → {place}")


async def _requeue(folder: "RunFolder", letter: Letter, by: str, why: str) -> dict[str, Any]:
    from connectors.runtime.requeue import prepared, send
    from hub.bootstrap import check_broker, open_bus
    from hub.requeues import record_requeue

    manifest = folder.load()
    bus = open_bus(manifest)
    await check_broker(bus, manifest)
    ready = await prepared(bus, manifest.topics, letter)
    noted = record_requeue(folder, letter, topic=ready.place[0], by=by, why=why)
    await send(bus, ready)
    return noted


def _folder(run: str | None) -> "RunFolder":
    from connectors.runtime.manifest import RunFolder, home_folder

    return RunFolder.find(home_folder(), run)


def _letters(folder: "RunFolder") -> Sequence[Letter]:
    from connectors.runtime.store.reading import dead_letters
    from hub.requeues import requeues_of

    sent = requeues_of(folder)
    return [
        {**letter, "requeued": sent.get(letter["letter"], [])}
        for letter in dead_letters(folder.hub_log)
    ]


def _find(folder: "RunFolder", reference: str) -> Letter:
    for letter in _letters(folder):
        if letter["letter"] == reference:
            return letter
    raise UsageFault(
        f"no dead letter {reference!r} in run {folder.path.name}; `lienthong dead list` shows them",
        f"không có bản ghi bị loại {reference!r} trong lượt chạy này; xem `lienthong dead list`",
    )


def _brief(letter: Letter) -> dict[str, Any]:
    kept = ("letter", "by", "reason", "pointer", "event", "topic", "partition", "offset", "size")
    headers = letter["headers"]
    return {
        **{name: letter[name] for name in kept},
        "type": headers.get("ce_type", "?"),
        "subject": headers.get("ce_subject", "?"),
        "requeued": letter["requeued"],
    }


def _texts(letter: Letter) -> dict[str, str]:
    from schemas.reasons import REJECTIONS

    reason = REJECTIONS.get(letter["reason"])
    names = ("vi", "en", "remedy_vi", "remedy_en")
    return {} if reason is None else {name: getattr(reason, name) for name in names}


def _told(letter: Letter) -> Iterator[str]:
    import base64

    texts = _texts(letter)
    yield f"{letter['letter']}  {letter['by']}: {letter['reason']} {letter['pointer']}".rstrip()
    if texts:
        yield f"  {texts['vi']} · {texts['en']}"
        yield f"  → {texts['remedy_vi']} · {texts['remedy_en']}"
    if letter["detail"]:
        yield f"  {letter['detail']}"
    yield f"{letter['topic']}/{letter['partition']}/{letter['offset']}  key {letter['key']!r}"
    for name, value in letter["headers"].items():
        yield f"  {name}: {value}"
    yield f"SHA-256 {letter['hash']} ({letter['size']} B)"
    yield base64.b64decode(letter["payload"]).decode(errors="backslashreplace")
    for sent in letter["requeued"]:
        yield f"Đã đưa lại · sent again: {sent['at']} {sent['by']}: {sent['why']}"
