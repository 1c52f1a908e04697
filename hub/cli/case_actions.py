"""`lienthong case retry|supplement|consent|withdraw|close|settle`: what an officer does by hand.

Each function says what somebody brought to the counter; `order_command` gives the order.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from hub.cli.faults import UsageFault
from hub.cli.orders import order_command

if TYPE_CHECKING:
    from hub.manual_checks import Brought
    from schemas.payloads import DocumentRef, Payout


def retry() -> None:
    """Send a service's request to its agency again, as the next attempt.

    Exit code 1 when dvclt has not taken it within the time.

    Gửi lại yêu cầu của một thủ tục cho cơ quan giải quyết.
    """


def supplement(
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
) -> "Brought":
    """Hand in, for the citizen, what an agency asked for: papers, or another way to be paid.

    Nhận bổ sung thay công dân: giấy tờ, hoặc cách nhận tiền khác.
    """
    from hub.manual_checks import Brought

    if (document is None) == (payout is None):
        raise UsageFault(
            "name papers (--document URI --sha256 HEX) or a way to be paid (--payout)",
            "cần giấy tờ (--document URI --sha256 HEX) hoặc cách nhận tiền (--payout)",
        )
    return Brought(
        documents=_papers(document or [], sha256 or []), payout=_payout(payout, bank, account)
    )


def consent(
    given: Annotated[
        bool,
        typer.Option(
            "--given",
            help="The household head agreed on form CT01. · Chủ hộ đã ký đồng ý trên tờ khai CT01.",
        ),
    ] = False,
    declined: Annotated[
        bool,
        typer.Option(
            "--declined",
            help="The household head did not agree. · Chủ hộ không đồng ý.",
        ),
    ] = False,
) -> "Brought":
    """Record the household head's answer on paper, which VNeID did not bring.

    Ghi nhận ý kiến chủ hộ ký trên tờ khai CT01 giấy.
    """
    from hub.manual_checks import Brought

    if given == declined:
        raise UsageFault(
            "say what the household head answered: --given or --declined, one of them",
            "cần ý kiến của chủ hộ: --given (đồng ý) hoặc --declined (không đồng ý), chỉ một",
        )
    return Brought(agreed=given)


def withdraw() -> None:
    """Withdraw a case for the citizen: what was not asked for yet is not; what was, goes on.

    Rút hồ sơ thay công dân; phần việc đã chuyển cho cơ quan vẫn được giải quyết.
    """


def close() -> None:
    """End a service by force, because it was dealt with outside the system.

    Kết thúc thủ công một thủ tục đã được giải quyết ngoài hệ thống.
    """


def settle() -> None:
    """Note that what was in the manual queue is dealt with: of a service, or of the whole case.

    Also of a case that has ended; nothing else happens.

    Ghi nhận việc trong hàng đợi thủ công đã xử lý xong: của một thủ tục, hoặc của cả hồ sơ.
    """


COMMANDS = (
    (order_command(retry), '--service residence --why "the police lost it"'),
    (
        order_command(supplement),
        '--document doc:scan/17 --sha256 3f… --why "brought to the counter"',
    ),
    (order_command(consent), '--given --why "signed CT01 at the counter"'),
    (order_command(withdraw, of_service=False), '--why "the family files elsewhere"'),
    (order_command(close), '--service birth --why "registered by hand on 12/07/2023"'),
    (order_command(settle), '--why "the police withdrew the second decision"'),
)
"""Each command, with what follows CASE in its example."""


def _papers(places: Sequence[str], hashes: Sequence[str]) -> "tuple[DocumentRef, ...]":
    from schemas.payloads import DocumentRef

    if len(places) != len(hashes):
        raise UsageFault(
            f"{len(places)} --document but {len(hashes)} --sha256: each paper needs its own",
            f"có {len(places)} --document nhưng {len(hashes)} --sha256: mỗi giấy tờ cần một mã",
        )
    return tuple(
        DocumentRef(kind="other", uri=place, sha256=digest)
        for place, digest in zip(places, hashes, strict=True)
    )


def _payout(
    method: Literal["account", "post", "cash"] | None, bank: str | None, number: str | None
) -> "Payout | None":
    from schemas.payloads import BankAccount, Payout

    if method == "account" and bank is not None and number is not None:
        return Payout(method=method, account=BankAccount(bank=bank, number=number))
    if method == "account" or bank is not None or number is not None:
        raise UsageFault(
            "--bank and --account go with --payout account, both of them",
            "--bank và --account đi cùng --payout account, cần đủ cả hai",
        )
    return None if method is None else Payout(method=method, account=None)
