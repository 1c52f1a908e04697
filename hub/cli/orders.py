"""What all commands of `lienthong case` that act by hand share: options, and giving the order."""

import getpass
import inspect
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer

from hub.cli import options
from hub.cli.commands import as_command
from hub.cli.faults import FAILED, UsageFault, complain

if TYPE_CHECKING:
    from connectors.runtime.manifest import RunFolder
    from hub.casefile import CaseFile
    from hub.manual_checks import ActionName, Brought, Order
    from hub.manual_orders import Done

Code = Annotated[
    str, typer.Argument(metavar="CASE", help="A case code. · Mã hồ sơ.", show_default=False)
]
Why = Annotated[
    str,
    typer.Option(
        help="The reason; it is recorded with the case. · Lý do; được ghi lại trong hồ sơ."
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        help="Who acts; by default the user's name. · Cán bộ xử lý; mặc định là tên người dùng."
    ),
]
Service = Annotated[
    str | None,
    typer.Option(
        help="Which service, where it could be about several: as `case show --json` names it. "
        "· Thủ tục nào, nếu có thể là nhiều thủ tục: tên như `case show --json` cho biết."
    ),
]
Wait = Annotated[
    float,
    typer.Option(
        min=0,
        help="Seconds to wait until dvclt shows the action; 0 only sends it. "
        "· Số giây chờ phần mềm liên thông ghi nhận; 0 thì chỉ gửi.",
    ),
]


def order_command(
    brought: Callable[..., "Brought | None"], *, of_service: bool = True
) -> Callable[..., None]:
    """A command that gives an order, with the options that every order has and those of `brought`.

    `brought` has the action's name, says what somebody brought to the counter, and its docstring
    is the help text; `of_service`: the command has --service.
    """
    code, why, *others = list(inspect.signature(_give).parameters.values())[2:]
    if not of_service:
        others = [one for one in others if one.name != "service"]
    own = inspect.signature(brought).parameters

    def order(**values: Any) -> None:
        said = {name: values.pop(name) for name in own}
        _give(brought.__name__, lambda: brought(**said), **values)

    return as_command(order, [code, why, *own.values(), *others], like=brought)


def _give(
    action: str,
    brought: Callable[[], "Brought | None"],
    code: Code,
    why: Why,
    service: Service = None,
    by: By = None,
    wait: Wait = 10.0,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    import asyncio

    from connectors.runtime.manifest import RunFolder, home_folder
    from hub.casework import case_of
    from hub.cli.environment import quiet_client
    from hub.manual_checks import Brought, Order

    if why and not why.strip():
        raise UsageFault(
            "--why: a reason of spaces alone says nothing", "--why: lý do không được để trống"
        )
    with _telling_faults(code):
        order = Order(
            action=cast("ActionName", action),
            service=service,
            by=getpass.getuser() if by is None else by,
            why=why,
            brought=brought() or Brought(),
        )
        folder = RunFolder.find(home_folder(), run)
        quiet_client()
        _check_queued(case_of(folder, code), order)
        done = asyncio.run(_given(folder, code, order, wait))
    if json:
        from hub.cli.output import print_json

        print_json({"run": folder.path.name, **done.to_json()})
    else:
        tell(folder, done)
    if not done.taken and (wait or done.troubles):
        _complain(done, wait)
        raise typer.Exit(FAILED)


def _check_queued(file: "CaseFile", order: "Order") -> None:
    """Let `settle` deal with something, or be given once more in the same words."""
    from hub.manual_checks import check_queued

    words = (order.action, order.service, order.by, order.why)
    if any((one.action, one.service, one.by, one.why) == words for one in file.actions):
        return
    known = order.service is None or any(one.service == order.service for one in file.services)
    if order.action == "settle" and file.chain is not None and known:
        check_queued(order, file.case, {item.service for item in file.manual if item.open})


async def _given(folder: "RunFolder", code: str, order: "Order", wait: float) -> "Done":
    from hub.bootstrap import open_bus
    from hub.manual_orders import give

    manifest = folder.load()
    return await give(folder, manifest, open_bus(manifest), order, code, wait=wait)


_OPTIONS: Mapping[str | int, str] = {
    "uri": "--document",
    "sha256": "--sha256",
    "bank": "--bank",
    "number": "--account",
    "note": "--why",
    "why": "--why",
    "by": "--by",
}


@contextmanager
def _telling_faults(code: str) -> Iterator[None]:
    """What can't be done is a wrong usage; what does not fit the contract is told by the option
    that it came from."""
    from pydantic import ValidationError

    from hub.casework import CaseNotFound
    from hub.cli.field_faults import in_english, in_vietnamese
    from hub.manual_checks import ActionRefused

    try:
        yield
    except ValidationError as error:
        faults = {_OPTIONS[fault["loc"][-1]]: fault for fault in error.errors()}
        raise UsageFault(
            "; ".join(f"{option}: {in_english(fault)}" for option, fault in faults.items()),
            "; ".join(f"{option}: {in_vietnamese(fault)}" for option, fault in faults.items()),
        ) from None
    except CaseNotFound as error:
        raise UsageFault(str(error), f"không có hồ sơ {code}; xem `lienthong case list`") from None
    except ActionRefused as refused:
        raise UsageFault(str(refused), refused.vi) from None


def tell(folder: "RunFolder", done: "Done") -> None:
    """Print what was done, and what the case waits for now."""
    from hub.casework import case_of
    from hub.cli.case_telling import action_text, brief
    from hub.cli.telling import both, console
    from hub.orchestrator.labels import OVERDUE, UNIT_WAIT

    screen, file = console(), case_of(folder, done.line["case"])
    if done.before:
        once = both(
            "Lệnh này vừa được đưa ra, chỉ làm một lần.", "Ordered a moment ago: done once."
        )
        screen.print(once)
    at = done.line["events"][0]["time"]
    for action in file.actions:
        if action.at == at:
            screen.print(action_text(action))
    for line in brief(file):
        screen.print(line)
    units = [wait for wait in file.waiting if wait.reason.removeprefix(OVERDUE) == UNIT_WAIT]
    if done.line["action"]["action"] == "settle" and units:
        stays = both(
            "Việc chờ đơn vị tiếp nhận vẫn còn: thêm đơn vị kế thừa vào bảng của lượt chạy rồi "
            "`lienthong case retry`, hoặc `lienthong case close`.",
            "The wait for a receiving unit itself stays: add the successor to the run's table and "
            "`lienthong case retry`, or `lienthong case close`.",
        )
        screen.print(stays)


def _complain(done: "Done", wait: float) -> None:
    from hub.casework import officers_reason

    for trouble in done.troubles:
        why = officers_reason(trouble.reason)
        complain(
            f"{trouble.event} không có tác dụng: {why.vi}",
            f"{trouble.event} had no effect: {why.en} ({trouble.reason}, {trouble.detail})",
        )
    if not done.troubles:
        complain(
            f"sau {wait:g} giây phần mềm liên thông vẫn chưa ghi nhận; "
            "kiểm tra lượt chạy có đang hoạt động rồi đưa lại đúng lệnh này",
            f"dvclt has not taken it in within {wait:g} s; see that the run is up and give the "
            "same command again: it acts once",
        )
