"""Payment of allowances: into an account, by post, or at the cash desk.

It pays what a deciding agency has granted. Its state: `soQuyetDinh`, `ngayQuyetDinh` and `noiRa`
(the decision, its day, and the system that made it), `trangThai`: `CHO_CHI` to be paid, `DA_CHI`
paid, `LOI` could not be paid; and `lan`: how often the case had something to be paid.
"""

from typing import Final

from connectors.agencies.codes import COMPACT_DAY, PAYOUT, moment_at
from connectors.agencies.payments import payment_fields
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import Event

connector: Final = Connector("payout")

TO_PAY, PAID, FAILED = "CHO_CHI", "DA_CHI", "LOI"


@connector.on("payout.requested")
def pay(state: State, event: Event) -> Decision:
    """Have a decision paid out; again, when the payee has named another way."""
    data, attempt = event.data(), state.get("lan", 0) + 1
    record = {
        "so_quyet_dinh": data["decision"],
        "ngay_quyet_dinh": COMPACT_DAY.write(data["decided_on"]),
        "noi_ra": data["decider"],
        "so_tien": data["vnd"],
        **payment_fields(data["payee"], data["payout"]),
    }
    return Decision(
        state={
            "soQuyetDinh": record["so_quyet_dinh"],
            "ngayQuyetDinh": record["ngay_quyet_dinh"],
            "noiRa": data["decider"],
            "trangThai": TO_PAY,
            "lan": attempt,
        },
        calls=(Call(step="pay", record=record, time=event.time, attempt=attempt),),
    )


@connector.on_outcome("pay")
def paid(state: State, outcome: Outcome) -> Decision:
    """Tell the deciding agency and dvclt that the payee has the money, or why it came back."""
    record = outcome.record
    data = {
        "decider": record["noi_ra"],
        "decision": record["so_quyet_dinh"],
        "decided_on": COMPACT_DAY.read(record["ngay_quyet_dinh"]),
        "vnd": record["so_tien"],
        "method": PAYOUT.read[record["hinh_thuc"]],
    }
    if outcome.result == "refused":
        data["reason"] = record["ly_do"]
        return Decision(
            state={**state, "trangThai": FAILED},
            events=(Emit(name="payout.failed", data=data, time=outcome.time),),
        )
    data["reference"] = record["ma_giao_dich"]
    data["paid"] = moment_at(COMPACT_DAY.read(record["ngay_chi"]), record["gio_chi"])
    return Decision(
        state={**state, "trangThai": PAID},
        events=(Emit(name="payout.made", data=data, time=outcome.time),),
    )
