"""What the tables of all chains share: the columns of a case, of supplements and withdrawals."""

from collections.abc import Sequence

from hub.orchestrator import actions as act
from hub.orchestrator.chain import (
    DEADLINE,
    EXPIRED,
    IGNORE,
    OTHERWISE,
    WITHDRAWN,
    Action,
    Apply,
    Ask,
    Column,
    Park,
    State,
    always,
)

UNEXPECTED = Park("not_expected")
CONTRADICTION = Park("contradicts_decision")

NOT_ASKED = State("not_asked", "Không yêu cầu", "not asked for", None, result="not_asked")
NOT_ACCEPTED = State(
    "not_accepted", "Không được tiếp nhận", "not accepted at intake", 3, result="refused"
)
CITIZEN_WITHDREW = State(
    "withdrawn", "Công dân đã rút hồ sơ", "withdrawn by the citizen", 7, result="withdrawn"
)

CLOSED = State(
    "closed", "Cán bộ đã kết thúc thủ công", "ended by hand by an officer", 8, result="stopped"
)

SUPPLEMENT_STATES = "supplement_asked supplement_asked_again"
RESUBMITTED = "resubmitted resubmitted_again"
CUT_SHORT = "expired withdrawn closed"
"""How a service can end without its agency's decision."""

CASE: dict[str, Column] = {
    "case.submitted/repeated": always(IGNORE),
    "case.submitted/another": always(Park("submitted_again")),
    "case.supplement.provided/untimely": always(IGNORE),
    "case.supplement.provided/stranger": always(Park("supplement_provided")),
    "case.withdrawal.requested/first": {
        "not_asked not_accepted": IGNORE,
        SUPPLEMENT_STATES: Apply(None, act.stop_asking),
        OTHERWISE: Apply(None, act.note_withdrawal),
    },
    "case.withdrawal.requested/again": always(IGNORE),
    "case.withdrawal.requested/overtaken": always(Park("withdrawal")),
    "supplement.requested/repeated": always(IGNORE),
    "supplement.requested/stranger": always(UNEXPECTED),
    "case.action.taken/noted": {"not_asked": IGNORE, OTHERWISE: Apply(None, act.note_action)},
    "case.action.taken/stranger": always(UNEXPECTED),
    "delivery.rejected": always(Park("delivery_rejected")),
}
"""What concerns the case as a whole."""


def not_ours(*names: str) -> dict[str, Column]:
    """Columns of another service, which mean nothing to this one."""
    return {name: always(IGNORE) for name in names}


def of_service(*services: str) -> tuple[str, ...]:
    """The columns of a service's supplement, of its ends, and of what an officer does to it."""
    return tuple(
        name
        for service in services
        for name in (
            f"supplement.requested/{service}",
            f"supplement.requested/{service}/withdrawn",
            f"case.supplement.provided/{service}",
            f"{EXPIRED}/{service}",
            f"{WITHDRAWN}/{service}",
            f"case.action.taken/retry/{service}",
            f"case.action.taken/close/{service}",
            f"case.action.taken/close/{service}/withdrawn",
        )
    )


def supplement_states(decision: str, *, polled: bool = False) -> tuple[State, ...]:
    """The states between an agency's question to the citizen and its next decision, and the ends
    that need no decision.

    A second question counts as overdue; there is no third. `decision`: what the service waits for
    when it is back with its agency, which is `polled` or not.
    """
    return (
        State(
            "supplement_asked",
            "Chờ công dân bổ sung",
            "the citizen is asked for a supplement",
            5,
            waits="supplement",
            until="due",
            expires=True,
        ),
        State(
            "resubmitted",
            "Đã bổ sung, đang xử lý lại",
            "with the agency again, supplemented",
            4,
            waits=decision,
            polled=polled,
        ),
        State(
            "supplement_asked_again",
            "Chờ công dân bổ sung lần hai",
            "the citizen is asked a second time",
            5,
            waits="second_supplement",
            until="due",
            expires=True,
        ),
        State(
            "resubmitted_again",
            "Đã bổ sung lần hai, đang xử lý lại",
            "with the agency again, supplemented twice",
            4,
            waits=decision,
            polled=polled,
        ),
        State(
            "expired",
            "Từ chối: hết hạn bổ sung",
            "refused: no supplement in time",
            3,
            result="refused",
        ),
        CITIZEN_WITHDREW,
        CLOSED,
    )


def supplement_columns(service: str, deciding: str, decided: str) -> dict[str, Column]:
    """A service's own cells for its supplement.

    `deciding`: the states in which its agency has it for the first time; `decided`: those in which
    the agency has decided. In all others nobody has asked the agency for anything yet.
    """
    asked, again, provided, expired, withdrawn, *_ = of_service(service)
    once_too_often = Park("supplement_requested")
    return {
        asked: {
            deciding: Apply("supplement_asked", act.ask_citizen),
            "resubmitted": Apply("supplement_asked_again", act.ask_citizen),
            f"resubmitted_again {SUPPLEMENT_STATES}": once_too_often,
            f"{decided} {CUT_SHORT}": IGNORE,
            OTHERWISE: UNEXPECTED,
        },
        again: {
            f"{deciding} {RESUBMITTED}": Apply("withdrawn", act.withdraw),
            SUPPLEMENT_STATES: once_too_often,
            f"{decided} {CUT_SHORT}": IGNORE,
            OTHERWISE: UNEXPECTED,
        },
        provided: {
            "supplement_asked": Ask("resubmitted", act.end_wait),
            "supplement_asked_again": Ask("resubmitted_again", act.end_late_wait),
            f"{RESUBMITTED} {decided}": IGNORE,
            OTHERWISE: Park("supplement_provided"),
        },
        expired: {SUPPLEMENT_STATES: Apply("expired", act.expire), OTHERWISE: IGNORE},
        withdrawn: {SUPPLEMENT_STATES: Apply("withdrawn", act.withdraw), OTHERWISE: IGNORE},
    }


def after_stage_one(
    first: str, done: str, refused: str, *, waiting: str, at_once: str = ""
) -> dict[str, Column]:
    """What becomes of a service that waits for the first one, when that ends one way or another.

    `done` and `refused` are the events that end it; `at_once`: those of the `waiting` states in
    which the service is requested then, by default all.
    """
    requested: Column = {at_once or waiting: Ask("requested"), OTHERWISE: IGNORE}
    stopped: Column = {waiting: Apply("stopped"), OTHERWISE: IGNORE}
    withdrawn: Column = {waiting: Apply("withdrawn", act.withdraw), OTHERWISE: IGNORE}
    return {
        **not_ours(*of_service(first)),
        done: requested,
        f"{done}/withdrawn": withdrawn,
        refused: stopped,
        f"{EXPIRED}/{first}": stopped,
        f"{WITHDRAWN}/{first}": withdrawn,
        f"supplement.requested/{first}/withdrawn": withdrawn,
        f"case.action.taken/close/{first}": stopped,
        f"case.action.taken/close/{first}/withdrawn": withdrawn,
    }


def done_column(undecided: str, done: str, note: Action, *, never: str) -> Column:
    """The agency did it; `never`: the states in which nobody has asked it to."""
    return {
        undecided: Apply(done, note),
        done: IGNORE,
        f"refused {CUT_SHORT}": CONTRADICTION,
        never: UNEXPECTED,
    }


def refused_column(undecided: str, done: str, *, never: str) -> Column:
    """The agency refused it."""
    return {
        undecided: Apply("refused", act.note_refusal),
        f"refused {CUT_SHORT}": IGNORE,
        done: CONTRADICTION,
        never: UNEXPECTED,
    }


def officer_columns(service: str, states: Sequence[State]) -> dict[str, Column]:
    """What an officer can do to a service: send its request again while an agency has it, and end
    it by force while it is open. Whatever else is only kept.
    """
    opened = [state for state in states if state.waits is not None]
    with_agency = [state.name for state in opened if state.after is None and not state.expires]
    noted = Apply(None, act.note_action)
    closed: Column = {
        " ".join(state.name for state in opened): Apply("closed", act.close_by_hand),
        OTHERWISE: noted,
    }
    return {
        f"case.action.taken/retry/{service}": {
            " ".join(with_agency): Ask(None, act.retry),
            OTHERWISE: noted,
        },
        f"case.action.taken/close/{service}": closed,
        f"case.action.taken/close/{service}/withdrawn": closed,
    }


def deadline_column(waiting: str) -> dict[str, Column]:
    """When the service is due and still open."""
    return {DEADLINE: {waiting: Apply(None, act.pass_deadline), OTHERWISE: IGNORE}}


def stopped(vi: str, en: str) -> State:
    """The state of a service that waited for another, which was refused."""
    return State("stopped", vi, en, 8, result="stopped")
