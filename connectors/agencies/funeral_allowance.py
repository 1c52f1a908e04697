"""The funeral allowance (*trợ cấp mai táng*), as both agencies that decide on one deal with it.

Each hears of every death, stops what it paid the deceased, decides where dvclt asks it to, and has
what it grants paid out. Its state of such a case: `soDinhDanh` (the deceased), `daMat` (the death
is registered); and of an allowance `trangThai` (`CHO_QD` to be decided, `BO_SUNG` waiting for a
supplement, `TU_CHOI` refused, `DA_QD` granted, `DA_CHI` paid, `LOI_CHI` could not be paid), `lyDo`
(why not), `lan` (how often a decision was asked for), `soQuyetDinh` and `ngayQuyetDinh` (numbers
begin anew each year), `soTien`, `nhom` (the group it was granted for), `lanChi` (how often it was
to be paid) and `nhan` (the payee, as last named).
"""

from collections.abc import Callable
from typing import Any, Final

from connectors.agencies.codes import PAYOUT, SLASHED_TIME, Dialect, local, moment_at
from connectors.agencies.defects import supplement_of
from connectors.agencies.errors import OutOfTurn
from connectors.agencies.payments import payment_fields, payment_of
from connectors.agencies.people import Record, death_fields, deceased_fields
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State
from connectors.runtime.sdk import Connector
from schemas.event import Event

ASKED, INCOMPLETE, REFUSED = "CHO_QD", "BO_SUNG", "TU_CHOI"
GRANTED, PAID, UNPAID = "DA_QD", "DA_CHI", "LOI_CHI"

_UNDECIDED: Final = {
    "soQuyetDinh": None,
    "ngayQuyetDinh": None,
    "soTien": None,
    "nhom": None,
    "lyDo": None,
    "lanChi": 0,
}


class FuneralAllowance:
    """The handlers of one deciding agency, which writes days and sexes in its own dialect."""

    def __init__(self, decider: str, dialect: Dialect) -> None:
        self._decider = decider
        self._dialect = dialect
        self._answers: Final[dict[str, Callable[[State, Outcome], Decision]]] = {
            "done": self._granted,
            "refused": self._refused,
            "supplement": self._incomplete,
        }

    def attach(self, connector: Connector) -> None:
        """Let the agency's connector handle all that has to do with a death."""
        connector.on("death.registered")(self.stop)
        connector.on("funeral-allowance.requested")(self.request)
        connector.on_outcome("allowance")(self.decided)
        connector.on("payout.made")(self.paid)
        connector.on("payout.failed")(self.unpaid)

    def stop(self, state: State, event: Event) -> Decision:
        """Somebody died: have pension, insurance or monthly allowance stopped."""
        record = death_fields(event.data()["deceased"], self._dialect.day)
        return Decision(
            state={**state, "soDinhDanh": record["so_dinh_danh"], "daMat": True},
            calls=(Call(step="stop", record=record, time=event.time),),
        )

    def request(self, state: State, event: Event) -> Decision:
        """Ask the agency for a decision; what it has granted already is paid another way."""
        data = event.data()
        payment = payment_fields(data["payee"], data["payout"])
        if state.get("soQuyetDinh") is not None:
            return self._pay({**state, "nhan": payment}, event)
        attempt, granted = state.get("lan", 0) + 1, data["granted"]
        record = {
            "nhom": ",".join(data["groups"]),
            "da_huong": None if granted is None else granted["vnd"],
            **deceased_fields(data["deceased"], self._dialect),
            **payment,
            "ma_tinh": data["province"],
            "ma_xa": data["commune"],
            "han_tra": SLASHED_TIME.write(local(data["due"])),
        }
        asked = {
            "soDinhDanh": record["so_dinh_danh"],
            "trangThai": ASKED,
            "lan": attempt,
            "nhan": payment,
        }
        return Decision(
            state={**state, **_UNDECIDED, **asked},
            calls=(Call(step="allowance", record=record, time=event.time, attempt=attempt),),
        )

    def decided(self, state: State, outcome: Outcome) -> Decision:
        """Granted, and so to be paid; refused; or papers are missing."""
        return self._answers[outcome.result](state, outcome)

    def _granted(self, state: State, outcome: Outcome) -> Decision:
        record, day = outcome.record, self._dialect.day
        decision = record["so_quyet_dinh"]
        data = {
            "personal_id": record["so_dinh_danh"],
            "group": record["nhom"],
            "vnd": record["so_tien"],
            "decision": decision,
            "decided": moment_at(day.read(record["ngay_quyet_dinh"]), record["gio_quyet_dinh"]),
            "payee": record["so_dinh_danh_nhan"],
            "document": {
                "kind": "allowance_decision",
                "uri": record["quyet_dinh"],
                "sha256": record["sha256"],
            },
        }
        granted = Emit(name="funeral-allowance.granted", data=data, time=outcome.time)
        if state["soQuyetDinh"] is not None:
            return Decision(state=state, events=(granted,))
        known = {
            "soQuyetDinh": decision,
            "ngayQuyetDinh": record["ngay_quyet_dinh"],
            "soTien": record["so_tien"],
            "nhom": record["nhom"],
        }
        paying = self._pay({**state, **known}, outcome)
        return Decision(state=paying.state, events=(granted, *paying.events))

    def _refused(self, state: State, outcome: Outcome) -> Decision:
        reason = outcome.record["ly_do"]
        data = {"personal_id": outcome.record["so_dinh_danh"], "reason": reason}
        return Decision(
            state={**state, "trangThai": REFUSED, "lyDo": reason},
            events=(Emit(name="funeral-allowance.refused", data=data, time=outcome.time),),
        )

    def _incomplete(self, state: State, outcome: Outcome) -> Decision:
        missing = supplement_of(outcome.record, self._dialect)
        return Decision(
            state={**state, "trangThai": INCOMPLETE},
            events=(Emit(name="supplement.requested", data=missing, time=outcome.time),),
        )

    def _pay(self, state: State, given: Event | Outcome) -> Decision:
        """Have the sum that was granted paid to whoever is to have it now."""
        data = {
            "decider": self._decider,
            "decision": state["soQuyetDinh"],
            "decided_on": self._dialect.day.read(state["ngayQuyetDinh"]),
            "vnd": state["soTien"],
            **payment_of(state["nhan"]),
        }
        paying = {"trangThai": GRANTED, "lyDo": None, "lanChi": state["lanChi"] + 1}
        return Decision(
            state={**state, **paying},
            events=(Emit(name="payout.requested", data=data, time=given.time),),
        )

    def paid(self, state: State, event: Event) -> Decision:
        """The payee has the money: note it with the decision."""
        data = self._payment(state, event)
        record = {
            "so_dinh_danh": state["soDinhDanh"],
            "ngay_chi": self._dialect.day.write(local(data["paid"])),
            "hinh_thuc_chi": PAYOUT.write[data["method"]],
        }
        call = Call(step="paid", record=record, time=event.time, attempt=state["lanChi"])
        return Decision(state={**state, "trangThai": PAID, "lyDo": None}, calls=(call,))

    def unpaid(self, state: State, event: Event) -> Decision:
        """The money came back: note why; the decision stands, and dvclt asks the payee."""
        reason = self._payment(state, event)["reason"]
        record = {"so_dinh_danh": state["soDinhDanh"], "loi_chi": reason}
        call = Call(step="unpaid", record=record, time=event.time, attempt=state["lanChi"])
        return Decision(state={**state, "trangThai": UNPAID, "lyDo": reason}, calls=(call,))

    def _payment(self, state: State, event: Event) -> Record:
        data: dict[str, Any] = event.data()
        number, day = data["decision"], data["decided_on"]
        known = (state.get("soQuyetDinh"), state.get("ngayQuyetDinh"))
        if known != (number, self._dialect.day.write(day)):
            raise OutOfTurn(f"{event.name} for a case without decision {number} of {day}")
        return data
