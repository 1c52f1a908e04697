"""What the tables of all chains share: the columns of a case, of supplements and withdrawals."""

from collections.abc import Mapping, Sequence

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


def with_agency(vi: str, en: str, waits: str) -> State:
    """The state of a service that an agency has, by its name as in "Công an xã đang xử lý"."""
    return State("requested", f"{vi} đang xử lý", f"with {en}", 4, waits=waits)


def refused(vi: str) -> State:
    """The state of a service that its agency refused; `vi` says which, as in "cấp thẻ BHYT"."""
    return State("refused", f"Từ chối {vi}", "refused", 3, result="refused")


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
    once_too_often = Park("supplement_requested")
    return {
        f"supplement.requested/{service}": {
            deciding: Apply("supplement_asked", act.ask_citizen),
            "resubmitted": Apply("supplement_asked_again", act.ask_citizen_again),
            f"resubmitted_again {SUPPLEMENT_STATES}": once_too_often,
            f"{decided} {CUT_SHORT}": IGNORE,
            OTHERWISE: UNEXPECTED,
        },
        f"supplement.requested/{service}/withdrawn": {
            f"{deciding} {RESUBMITTED}": Apply("withdrawn", act.withdraw),
            SUPPLEMENT_STATES: once_too_often,
            f"{decided} {CUT_SHORT}": IGNORE,
            OTHERWISE: UNEXPECTED,
        },
        f"case.supplement.provided/{service}": {
            "supplement_asked": Ask("resubmitted", act.end_wait),
            "supplement_asked_again": Ask("resubmitted_again", act.end_late_wait),
            f"{RESUBMITTED} {decided}": IGNORE,
            OTHERWISE: Park("supplement_provided"),
        },
        f"{EXPIRED}/{service}": {
            SUPPLEMENT_STATES: Apply("expired", act.expire),
            OTHERWISE: IGNORE,
        },
        f"{WITHDRAWN}/{service}": {
            SUPPLEMENT_STATES: Apply("withdrawn", act.withdraw),
            OTHERWISE: IGNORE,
        },
    }


def after_end(
    service: str,
    *,
    waiting: str,
    decided: Mapping[str, Apply],
    ended: Apply,
    facts: Sequence[str],
) -> dict[str, Column]:
    """What becomes of a service, in its states `waiting`, when the one that it waits for ends.

    `decided` by its agency, with each event; `ended` by a deadline or an officer; or by the
    citizen, who has then withdrawn this one too, also where one of the `facts` came afterwards.
    """

    def waits(cell: Apply) -> Column:
        return {waiting: cell, OTHERWISE: IGNORE}

    given_up = waits(Apply("withdrawn", act.withdraw))
    return {
        **{event: waits(cell) for event, cell in decided.items()},
        **{f"{event}/withdrawn": given_up for event in facts},
        f"{EXPIRED}/{service}": waits(ended),
        f"{WITHDRAWN}/{service}": given_up,
        f"supplement.requested/{service}/withdrawn": given_up,
        f"case.action.taken/close/{service}": waits(ended),
        f"case.action.taken/close/{service}/withdrawn": given_up,
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
