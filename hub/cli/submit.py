"""`lienthong submit`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import options
from hub.cli.faults import UsageFault
from schemas.identifiers import Chain

if TYPE_CHECKING:
    from connectors.runtime.manifest import RunFolder
    from schemas.payloads import SubmittedCase
    from simulators.arrivals import Submission
    from simulators.runs.feeding import Feed
    from simulators.runs.receipts import Receipt


def submit(
    count: Annotated[
        int | None,
        typer.Option(
            min=1,
            show_default="1",
            help="How many generated cases. · Số hồ sơ được tạo.",
        ),
    ] = None,
    chain: Annotated[
        Chain | None,
        typer.Option(
            help="Generated cases about this alone; without it by the run's mix. "
            "· Chỉ tạo hồ sơ thuộc nhóm này; nếu không cho thì theo tỷ lệ của lượt chạy."
        ),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE|-",
            help="A payload of case.submitted as JSON, of any chain, instead of generated "
            "cases. "
            "· Nội dung case.submitted dạng JSON, thuộc nhóm nào cũng được, thay cho hồ sơ "
            "được tạo.",
        ),
    ] = None,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """Submit cases to a run that is up; print their numbers and expected dates of return.

    Nộp hồ sơ vào một lượt chạy đang hoạt động; in số hồ sơ và ngày hẹn trả dự kiến.
    """
    import asyncio

    from connectors.runtime.manifest import RunFolder, home_folder

    if file is not None and count is not None:
        raise UsageFault(
            "--file hands in one case, of its own; leave out --count",
            "--file nộp đúng một hồ sơ trong tệp; bỏ --count",
        )
    payload = None if file is None else _read(file)
    if payload is not None and chain not in (None, payload.chain):
        raise UsageFault(
            f"--chain {chain}: the case in {file} is about a {payload.chain}",
            f"--chain {chain}: hồ sơ trong {file} thuộc nhóm {payload.chain}",
        )
    folder = RunFolder.find(home_folder(), run)
    given = asyncio.run(_submit(folder, count or 1, chain, payload))
    if json:
        from hub.cli.output import print_json

        cases = [receipt.case for receipt in given]
        told = [receipt.to_json() for receipt in given]
        print_json({"run": folder.path.name, "cases": cases, "receipts": told})
    else:
        _tell(given)


def _tell(given: "list[Receipt]") -> None:
    from hub.cli.telling import both, console
    from schemas.reasons import REFUSALS
    from simulators.runs.wording import moment, reason_label

    screen = console()
    for receipt in given:
        number = both("Số hồ sơ", "case number")
        screen.print(f"{number}: [bold]{receipt.case}[/bold]")
        if receipt.due is not None:
            due = both("Ngày hẹn trả dự kiến", "expected date of return")
            screen.print(f"  {due}: {moment(receipt.due)}")
        else:
            refused = both("Từ chối tiếp nhận", "refused at intake")
            why = reason_label(receipt.reason)
            screen.print(f"  [red]✗[/] {refused}: {both(why.vi, why.en)}")
            if known := REFUSALS.get(receipt.reason or ""):
                screen.print(f"  → {both(known.remedy_vi, known.remedy_en)}")


def _read(file: Path) -> "SubmittedCase":
    import sys

    from hub.cli.checking import checked_payload

    name = "stdin" if str(file) == "-" else str(file)
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UsageFault(f"{name}: {error.strerror}", f"không đọc được {name}") from None
    return checked_payload(raw, name)


async def _submit(
    folder: "RunFolder", count: int, chain: Chain | None, payload: "SubmittedCase | None"
) -> "list[Receipt]":
    from hub.bootstrap import check_broker, open_bus
    from hub.interrupt import until_signal
    from simulators.runs.feeding import Feed
    from simulators.runs.receipts import receipts

    manifest = folder.load()
    async with until_signal():
        bus = open_bus(manifest)
        await check_broker(bus, manifest)
        producer = await bus.producer()
        try:
            with Feed(folder, manifest, producer) as feed:
                submitted = await _hand_in(feed, count, chain, payload)
            return await receipts(folder, submitted)
        finally:
            await producer.close()


async def _hand_in(
    feed: "Feed", count: int, chain: Chain | None, payload: "SubmittedCase | None"
) -> "list[Submission]":
    from schemas.event import from_text
    from schemas.payloads import happened

    if payload is None:
        return await feed.submit(count, chain)
    field, text = happened(payload) or ("", None)
    moment, now = text and from_text(text), feed.now()
    if moment and moment > now:
        raise UsageFault(
            f"{field}: {moment} lies after the run's present, {now}",
            f"{field}: {moment} sau thời điểm hiện tại của lượt chạy, {now}",
        )
    return [await feed.submit_own(payload)]
