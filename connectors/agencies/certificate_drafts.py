"""The draft of a birth certificate: the requester checks it before the certificate is issued.

Where civil status has drafts checked, its state of a birth has `duThao`: `soDinhDanh` of the child;
`han`, until when the requester may answer; `ketQua`, null while the draft is out, then `dong_y`
agreed, `sua` to be put right as `yeuCau` says, `het_han` no answer in time, which is agreement, or
`gui_lai` an officer had the entry sent again before; and `traLoi`, how many answers came, those
that were too late as well. There is one draft, unless an officer had the entry sent again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from connectors.agencies.codes import CIVIL_STATUS, SLASHED_TIME, local, moment, moment_at
from connectors.agencies.errors import OutOfTurn
from connectors.agencies.people import Record
from connectors.runtime.handling import Call, Decision, Emit, Outcome, State, TimerFired
from schemas.event import Event, from_text

DRAFT: Final = "draft"
"""The register's answer that there is a draft; and the timer of one that is out."""
AGREED, CORRECTED, LAPSED, SENT_AGAIN = "dong_y", "sua", "het_han", "gui_lai"
_STEPS: Final = {AGREED: "issue", LAPSED: "issue", CORRECTED: "mend"}
"""What the register is asked for then; until then for the draft."""


def draft(state: State, outcome: Outcome, data: Mapping[str, Any]) -> Decision:
    """Have the requester check what the certificate will say; `data` is that, as events have it.

    A draft that was overtaken, by the answer to an earlier one or by an officer, goes nowhere.
    """
    known = state.get("duThao", {})
    if known.get("ketQua") in _STEPS:
        return Decision(state=state)
    record = outcome.record
    expires = moment_at(CIVIL_STATUS.day.read(record["ngay_het_han"]), record["gio_het_han"])
    sent = {
        "soDinhDanh": record["so_dinh_danh"],
        "han": SLASHED_TIME.write(local(expires)),
        "ketQua": None,
        "yeuCau": None,
        "traLoi": known.get("traLoi", 0),
    }
    state = {**state, "duThao": sent}
    return Decision(
        state=state,
        events=(
            Emit(name="certificate.drafted", data={**data, "expires": expires}, time=outcome.time),
        ),
        timers=timers(state),
    )


def answer(state: State, event: Event, *, waits: bool) -> Decision:
    """The requester has answered; `waits`: the entry stands, and its certificate is not issued.

    An answer that is too late, or to a draft that is not out any more, is only counted.
    """
    if "duThao" not in state:
        raise OutOfTurn(f"{event.name} for a birth of which no draft was sent")
    known = state["duThao"]
    counted = {**known, "traLoi": known["traLoi"] + 1}
    if not waits or known["ketQua"] is not None or event.time > _until(known):
        state = {**state, "duThao": counted}
        return Decision(state=state, timers=timers(state) if waits else {})
    data = event.data()
    wish = {"ketQua": AGREED, "yeuCau": None}
    if data["answer"] == "correction":
        wish = {"ketQua": CORRECTED, "yeuCau": data["note"]}
    return _go_on({**state, "duThao": {**counted, **wish}}, event)


def lapse(state: State, timer: TimerFired) -> Decision:
    """Nobody answered in time: the requester agrees."""
    return _go_on({**state, "duThao": {**state["duThao"], "ketQua": LAPSED}}, timer)


def asking(state: State, record: Record, time: datetime) -> Call:
    """What the register is asked for when the child has its number: the certificate, of which it
    may make a draft first; where that is settled already, to issue it."""
    known = state.get("duThao", {})
    step = _STEPS.get(known.get("ketQua"), "certify")
    if step == "mend":
        record = {**record, "yeu_cau_sua": known["yeuCau"]}
    return Call(step=step, record=record, time=time, attempt=state.get("lanCap", 1))


def timers(state: State) -> dict[str, datetime]:
    """The timers of a birth that is entered: one, while a draft is out."""
    known = state.get("duThao")
    return {DRAFT: _until(known)} if known is not None and known["ketQua"] is None else {}


def sent_again(state: State) -> Record:
    """What is kept of a draft where the entry is sent again; one that is out counts no more."""
    known = state.get("duThao")
    if known is None:
        return {}
    return {"duThao": known if known["ketQua"] is not None else {**known, "ketQua": SENT_AGAIN}}


def _go_on(state: State, given: Event | TimerFired) -> Decision:
    record = {"so_gcs": state["soGcs"], "so_dinh_danh": state["duThao"]["soDinhDanh"]}
    return Decision(state=state, calls=(asking(state, record, given.time),))


def _until(known: Mapping[str, Any]) -> datetime:
    return from_text(moment(SLASHED_TIME.read(known["han"])))
