"""Stage 1 of both linked chains: civil status enters a birth or a death, by way of the one-stop.

Civil status decides; the one-stop only reports. Its report travels beside the decision, so it may
come first: then the service waits for the data (`reported`).
"""

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

_FIRST = "requested accepted processing"
_OPEN = f"{_FIRST} {RESUBMITTED} {SUPPLEMENT_STATES}"
_NEVER = "not_asked not_accepted"


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


def registration(first: StageOne, *, en: str, note: Action, request: Request) -> Service:
    """The registration of a birth or a death; `note` keeps the register's answer."""
    return Service(
        name=first.service,
        vi=f"Đăng ký {first.vi}",
        en=en,
        starts=("requested", "not_accepted", "not_asked"),
        states=_states(first.vi, first.service),
        columns={
            **CASE,
            **supplement_columns(
                first.service, deciding=_FIRST, decided="reported registered returned refused"
            ),
            **_progress_columns(),
            **_decision_columns(first, note),
            **deadline_column(f"{_FIRST} reported {RESUBMITTED}"),
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


def _states(vi: str, event: str) -> tuple[State, ...]:
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
        State("registered", f"Đã đăng ký {vi}", "registered", 9, result="done"),
        State("returned", f"Đã trả kết quả {vi}", "registered, result returned", 10, result="done"),
        refused(f"đăng ký {vi}"),
        *supplement_states(decision, polled=True),
    )


def _progress_columns() -> dict[str, Column]:
    noted: Column = {_NEVER: UNEXPECTED, OTHERWISE: Apply(None, act.note_progress)}
    processing = Apply("processing", act.note_progress)
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
            "registered": Apply("returned", act.note_progress),
            "reported returned": Apply(None, act.note_progress),
            f"refused {CUT_SHORT}": CONTRADICTION,
            _NEVER: UNEXPECTED,
        },
        # The refusal itself, with its reason, comes from civil status.
        "dossier.progressed/refused": {
            **noted,
            "requested accepted": processing,
            "reported registered returned": CONTRADICTION,
        },
    }


def _decision_columns(first: StageOne, note: Action) -> dict[str, Column]:
    registered: Column = {
        _OPEN: Apply("registered", note),
        "reported": Apply("returned", note),
        "registered returned": IGNORE,
        f"refused {CUT_SHORT}": CONTRADICTION,
        _NEVER: UNEXPECTED,
    }
    return {
        first.done: registered,
        f"{first.done}/withdrawn": registered,
        first.refused: {
            _OPEN: Apply("refused", act.note_refusal),
            f"refused {CUT_SHORT}": IGNORE,
            "reported registered returned": CONTRADICTION,
            _NEVER: UNEXPECTED,
        },
    }
