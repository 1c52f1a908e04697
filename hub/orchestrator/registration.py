"""Stage 1 of both linked chains: civil status enters a birth or a death, by way of the one-stop.

Civil status decides; the one-stop only reports. Its report travels beside the decision, so it may
come first: then the service waits for the data (`reported`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from hub.orchestrator import actions as act
from hub.orchestrator.chain import (
    IGNORE,
    OTHERWISE,
    Action,
    Apply,
    Column,
    Park,
    Request,
    Service,
    State,
    always,
)
from hub.orchestrator.columns import (
    CASE,
    CONTRADICTION,
    CUT_SHORT,
    NOT_ACCEPTED,
    NOT_ASKED,
    RESUBMITTED,
    SUPPLEMENT_STATES,
    UNEXPECTED,
    deadline_column,
    refused,
    supplement_columns,
    supplement_states,
)
from hub.orchestrator.labels import Label
from hub.orchestrator.stage_one import StageOne

FIRST_ASKED = "requested accepted processing"
"""The states in which civil status has it for the first time."""
_OPEN = f"{FIRST_ASKED} {RESUBMITTED} {SUPPLEMENT_STATES}"
NEVER = "not_asked not_accepted"
"""The states in which nobody has asked for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What is between an entry in the register and its paper where somebody has to check that."""

    states: tuple[State, ...]
    reported: State
    """Where the one-stop reports the result in one of these, before its data came."""
    columns: Mapping[str, Column]
    """The service's own, and those in which it differs."""


def registration_first(event: str, vi: str) -> StageOne:
    """The registration as a stage 1: `event` is what is registered, in the names of event types;
    `vi` names it in Vietnamese, as in "khai sinh".
    """
    return StageOne(
        service=event,
        vi=vi,
        en=event,
        done=f"{event}.registered",
        refused=f"{event}.registration.refused",
    )


def registration(
    first: StageOne,
    *,
    en: str,
    note: Action,
    request: Request,
    checked: Checked | None = None,
) -> Service:
    """The registration of a birth or a death; `note` keeps the register's answer. `checked`: where
    somebody may be asked between the entry and its paper.
    """
    between = "" if checked is None else " ".join(state.name for state in checked.states)
    reported = "reported" if checked is None else f"reported {checked.reported.name}"
    return Service(
        name=first.service,
        vi=f"Đăng ký {first.vi}",
        en=en,
        starts=("requested", "not_accepted", "not_asked"),
        states=_states(first.vi, first.service, checked),
        columns={
            **CASE,
            **supplement_columns(
                first.service,
                deciding=FIRST_ASKED,
                decided=f"{between} {reported} registered returned refused",
            ),
            **_progress_columns(checked, between, reported),
            **_decision_columns(first, note, between, reported),
            **deadline_column(f"{FIRST_ASKED} reported {RESUBMITTED}"),
            **({} if checked is None else checked.columns),
        },
        request=request,
    )


def registration_waits(first: StageOne) -> dict[str, Label]:
    """Why a registration waits, and a service that waits for it."""
    vi, event = first.vi, first.service
    return {
        f"{event}_reception": Label(
            "Chờ một cửa tiếp nhận hồ sơ", "the one-stop has yet to accept"
        ),
        f"{event}_decision": Label(f"Chờ hộ tịch đăng ký {vi}", "civil status has yet to decide"),
        f"{event}_record": Label(
            f"Một cửa báo đã trả kết quả, chờ dữ liệu {vi}",
            "the one-stop reports a result, the registration data has yet to come",
        ),
        f"{event}_first": Label(
            f"Chờ kết quả đăng ký {vi}", f"the {event} has to be registered first"
        ),
    }


def _states(vi: str, event: str, checked: Checked | None) -> tuple[State, ...]:
    reception, decision = f"{event}_reception", f"{event}_decision"
    return (
        NOT_ASKED,
        NOT_ACCEPTED,
        State("requested", "Đã chuyển một cửa", "passed to the one-stop", 1, waits=reception),
        State("accepted", "Một cửa đã tiếp nhận", "accepted by the one-stop", 2, waits=decision),
        State(
            "processing", "Hộ tịch đang xử lý", "with civil status", 4, waits=decision, polled=True
        ),
        State(
            "reported",
            "Một cửa báo đã trả kết quả",
            "reported as returned, before its data came",
            4,
            waits=f"{event}_record",
            polled=True,
        ),
        *(() if checked is None else (*checked.states, checked.reported)),
        State("registered", f"Đã đăng ký {vi}", "registered", 9, result="done"),
        State("returned", f"Đã trả kết quả {vi}", "registered, result returned", 10, result="done"),
        refused(f"đăng ký {vi}"),
        *supplement_states(decision, polled=True),
    )


def _progress_columns(checked: Checked | None, between: str, reported: str) -> dict[str, Column]:
    noted: Column = {NEVER: UNEXPECTED, OTHERWISE: Apply(None, act.note_progress)}
    processing = Apply("processing", act.note_progress)
    after: Column = {}
    if checked is not None:
        after = {between: Apply(checked.reported.name, act.note_progress)}
    return {
        "dossier.progressed/disordered": always(Park("progress_disordered")),
        "dossier.progressed/received": {**noted, "requested": Apply("accepted", act.note_progress)},
        "dossier.progressed/passed": {**noted, "requested accepted": processing},
        # What is missing comes from civil status, with the list of defects.
        "dossier.progressed/supplement": noted,
        "dossier.progressed/registered": {
            **noted,
            "requested accepted": processing,
            f"refused {CUT_SHORT}": CONTRADICTION,
        },
        "dossier.progressed/returned": {
            _OPEN: Apply("reported", act.note_progress),
            **after,
            "registered": Apply("returned", act.note_progress),
            f"{reported} returned": Apply(None, act.note_progress),
            f"refused {CUT_SHORT}": CONTRADICTION,
            NEVER: UNEXPECTED,
        },
        # The refusal itself, with its reason, comes from civil status.
        "dossier.progressed/refused": {
            **noted,
            "requested accepted": processing,
            f"{reported} registered returned": CONTRADICTION,
        },
    }


def _decision_columns(
    first: StageOne, note: Action, between: str, reported: str
) -> dict[str, Column]:
    registered: Column = {
        f"{_OPEN} {between}": Apply("registered", note),
        reported: Apply("returned", note),
        "registered returned": IGNORE,
        f"refused {CUT_SHORT}": CONTRADICTION,
        NEVER: UNEXPECTED,
    }
    return {
        first.done: registered,
        f"{first.done}/withdrawn": registered,
        first.refused: {
            f"{_OPEN} {between}": Apply("refused", act.note_refusal),
            f"refused {CUT_SHORT}": IGNORE,
            f"{reported} registered returned": CONTRADICTION,
            NEVER: UNEXPECTED,
        },
    }
