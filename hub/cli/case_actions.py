"""`lienthong case retry|supplement|consent|withdraw|close`: what an officer does by hand."""

import getpass
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from hub.cli import options
from hub.cli.faults import FAILED, UsageFault

if TYPE_CHECKING:
    from connectors.runtime.manifest import RunFolder
    from hub.manual_actions import Brought, Order
    from hub.manual_orders import Done
    from schemas.payloads import DocumentRef, Payout

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
WITHIN_S = 10.0


def retry(
    code: Code,
    why: Why,
    service: Service = None,
    by: By = None,
    wait: Wait = WITHIN_S,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """Send a service's request to its agency again, as the next attempt.

    Exit code 1 when dvclt has not taken it within the time.

    Gửi lại yêu cầu của một thủ tục cho cơ quan giải quyết.
    """
    _give(run, json, wait, code, _order("retry", service, by, why))


def supplement(
    code: Code,
    why: Why,
    document: Annotated[
        list[str] | None,
        typer.Option(
            metavar="URI",
            help="Where a paper is kept; may be repeated. "
            "· Địa chỉ nơi lưu giấy tờ; có thể lặp lại.",
        ),
    ] = None,
    sha256: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HEX",
            help="The SHA-256 of each paper, in the same order. "
            "· SHA-256 của từng giấy tờ, theo cùng thứ tự.",
        ),
    ] = None,
    payout: Annotated[
        Literal["account", "post", "cash"] | None,
        typer.Option(
            help="How to be paid, after a payment failed. "
            "· Cách nhận tiền khác, khi chi trả không thành công."
        ),
    ] = None,
    bank: Annotated[
        str | None,
        typer.Option(help="With --payout account: the bank. · Với --payout account: ngân hàng."),
    ] = None,
    account: Annotated[
        str | None,
        typer.Option(
            help="With --payout account: its number. · Với --payout account: số tài khoản."
        ),
    ] = None,
    service: Service = None,
    by: By = None,
    wait: Wait = WITHIN_S,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """Hand in, for the citizen, what an agency asked for: papers, or another way to be paid.

    Nhận bổ sung thay công dân: giấy tờ, hoặc cách nhận tiền khác.
    """
    from hub.manual_actions import Brought

    if (document is None) == (payout is None):
        raise UsageFault(
            "name papers (--document URI --sha256 HEX) or a way to be paid (--payout)",
            "cần giấy tờ (--document URI --sha256 HEX) hoặc cách nhận tiền (--payout)",
        )
    brought = Brought(
        documents=_papers(document or [], sha256 or []), payout=_payout(payout, bank, account)
    )
    _give(run, json, wait, code, _order("supplement", service, by, why, brought))


def consent(
    code: Code,
    given: Annotated[
        bool,
        typer.Option(
            "--given/--declined",
            help="What the household head signed on form CT01. "
            "· Ý kiến chủ hộ đã ký trên tờ khai CT01: đồng ý hay không.",
        ),
    ],
    why: Why,
    service: Service = None,
    by: By = None,
    wait: Wait = WITHIN_S,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """Record the household head's answer on paper, which VNeID did not bring.

    Ghi nhận ý kiến chủ hộ ký trên tờ khai CT01 giấy.
    """
    from hub.manual_actions import Brought

    order = _order("consent", service, by, why, Brought(agreed=given))
    _give(run, json, wait, code, order)


def withdraw(
    code: Code,
    why: Why,
    by: By = None,
    wait: Wait = WITHIN_S,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """Withdraw a case for the citizen: what was not asked for yet is not; what was, goes on.

    Rút hồ sơ thay công dân; phần việc đã chuyển cho cơ quan vẫn được giải quyết.
    """
    _give(run, json, wait, code, _order("withdraw", None, by, why))


def close(
    code: Code,
    why: Why,
    service: Service = None,
    by: By = None,
    wait: Wait = WITHIN_S,
    run: options.Run = None,
    json: options.Json = False,
) -> None:
    """End a service by force, because it was dealt with outside the system.

    Kết thúc thủ công một thủ tục đã được giải quyết ngoài hệ thống.
    """
    _give(run, json, wait, code, _order("close", service, by, why))


COMMANDS = (
    (retry, '--service residence --why "the police lost it"'),
    (supplement, '--document doc:scan/17 --sha256 3f… --why "brought to the counter"'),
    (consent, '--given --why "signed CT01 at the counter"'),
    (withdraw, '--why "the family files elsewhere"'),
    (close, '--service birth --why "registered by hand on 12/07/2023"'),
)
"""Each command, with what follows CASE in its example."""


def _order(
    action: Literal["retry", "supplement", "consent", "withdraw", "close"],
    service: str | None,
    by: str | None,
    why: str,
    brought: "Brought | None" = None,
) -> "Order":
    from hub.manual_actions import Brought, Order

    return Order(
        action=action,
        service=service,
        by=by or getpass.getuser(),
        why=why,
        brought=brought or Brought(),
    )


def _papers(places: Sequence[str], hashes: Sequence[str]) -> "tuple[DocumentRef, ...]":
    from schemas.payloads import DocumentRef

    if len(places) != len(hashes):
        raise UsageFault(
            f"{len(places)} --document but {len(hashes)} --sha256: each paper needs its own",
            f"có {len(places)} --document nhưng {len(hashes)} --sha256: mỗi giấy tờ cần một mã",
        )
    with _telling_options():
        return tuple(
            DocumentRef(kind="other", uri=place, sha256=digest)
            for place, digest in zip(places, hashes, strict=True)
        )


def _payout(
    method: Literal["account", "post", "cash"] | None, bank: str | None, number: str | None
) -> "Payout | None":
    from schemas.payloads import BankAccount, Payout

    with _telling_options():
        if method == "account" and bank is not None and number is not None:
            return Payout(method=method, account=BankAccount(bank=bank, number=number))
    if method == "account" or bank is not None or number is not None:
        raise UsageFault(
            "--bank and --account go with --payout account, both of them",
            "--bank và --account đi cùng --payout account, cần đủ cả hai",
        )
    return None if method is None else Payout(method=method, account=None)


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
def _telling_options() -> Iterator[None]:
    """What does not fit the contract is told by the option that it came from."""
    from pydantic import ValidationError

    try:
        yield
    except ValidationError as error:
        faults = {_OPTIONS[fault["loc"][-1]]: fault["msg"] for fault in error.errors()}
        raise UsageFault(
            "; ".join(f"{option}: {message}" for option, message in faults.items()),
            f"{', '.join(faults)}: nội dung không đúng mẫu của hợp đồng sự kiện",
        ) from None


def _give(run: str | None, json: bool, wait: float, code: str, order: "Order") -> None:
    import asyncio

    from connectors.runtime.manifest import RunFolder, home_folder
    from hub.casework import CaseNotFound, case_of
    from hub.cli.environment import quiet_client
    from hub.manual_actions import ActionRefused

    folder = RunFolder.find(home_folder(), run)
    quiet_client()
    try:
        case_of(folder, code)
        with _telling_options():
            done = asyncio.run(_given(folder, code, order, wait))
    except CaseNotFound as error:
        raise UsageFault(str(error), f"không có hồ sơ {code}; xem `lienthong case list`") from None
    except ActionRefused as refused:
        raise UsageFault(str(refused), refused.vi) from None
    if json:
        from hub.cli.output import print_json

        print_json({"run": folder.path.name, **done.to_json()})
    else:
        _tell(folder, done)
    if not done.taken and (wait or done.troubles):
        _complain(done, wait)
        raise typer.Exit(FAILED)


async def _given(folder: "RunFolder", code: str, order: "Order", wait: float) -> "Done":
    from hub.bootstrap import open_bus
    from hub.manual_orders import give

    manifest = folder.load()
    return await give(folder, manifest, open_bus(manifest), order, code, wait=wait)


def _tell(folder: "RunFolder", done: "Done") -> None:
    """What was done, and what the case waits for now."""
    from hub.casework import case_of
    from hub.cli.case_telling import action_text, brief
    from hub.cli.telling import both, console

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


def _complain(done: "Done", wait: float) -> None:
    from hub.casework import officers_reason
    from hub.cli.faults import complain

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
