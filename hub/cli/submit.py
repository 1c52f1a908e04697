"""`lienthong submit`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hub.cli import options
from hub.cli.faults import UsageFault

if TYPE_CHECKING:
    from connectors.runtime.manifest import RunFolder
    from schemas.payloads import SubmittedCase
    from simulators.arrivals import Submission


def submit(
    count: Annotated[int, typer.Option(min=1, help="How many generated cases.")] = 1,
    file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE|-",
            help="A payload of case.submitted as JSON, instead of generated cases.",
        ),
    ] = None,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """Submit cases to a run that is up, and print their codes.

    Nộp hồ sơ vào một lượt chạy đang hoạt động và in mã hồ sơ.
    """
    import asyncio

    from connectors.runtime.manifest import RunFolder, home_folder

    payload = None if file is None else _read(file)
    folder = RunFolder.find(home_folder(), run)
    submitted = asyncio.run(_submit(folder, count, payload))
    if json:
        from hub.cli.output import print_json

        print_json({"run": folder.path.name, "cases": [one.case for one in submitted]})
    else:
        for one in submitted:
            print(one.case)


def _read(file: Path) -> "SubmittedCase":
    import sys

    from hub.cli.checking import checked_payload

    name = "standard input" if str(file) == "-" else str(file)
    try:
        raw = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UsageFault(f"{name}: {error.strerror}") from None
    return checked_payload(raw, name)


async def _submit(
    folder: "RunFolder", count: int, payload: "SubmittedCase | None"
) -> "list[Submission]":
    from connectors.runtime.errors import BrokerUnreachable
    from hub.bootstrap import check_broker, open_bus
    from hub.interrupt import until_signal
    from schemas.event import from_text
    from simulators.runs.feeding import Feed

    manifest = folder.load()
    async with until_signal():
        bus = open_bus(manifest)
        try:
            await check_broker(bus, manifest)
        except BrokerUnreachable:
            raise BrokerUnreachable(
                f"run {manifest.run} is not up: no broker answers at {manifest.bootstrap}. "
                "Start one with `lienthong up`."
            ) from None
        producer = await bus.producer()
        try:
            with Feed(folder, manifest, producer) as feed:
                if payload is None:
                    return await feed.submit(count)
                field, text = _happened(payload)
                moment, now = from_text(text), feed.now()
                if moment > now:
                    raise UsageFault(f"{field}: {moment} lies after the run's present, {now}")
                return [await feed.submit_own(payload)]
        finally:
            await producer.close()


def _happened(payload: "SubmittedCase") -> tuple[str, str]:
    """The field that says when the birth or death was, and what it says."""
    if payload.chain == "birth":
        return "child.born", payload.child.born
    return "deceased.died", payload.deceased.died
