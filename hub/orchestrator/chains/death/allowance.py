"""Stage 3: a funeral allowance, from the agency's decision to its payment.

Agency and payment publish independently, so the money may be there before its decision is known.
When both allowances are asked for, one waits for the decision on the other (`waiting_for_other`);
which of the two is decided at intake.
"""

from hub.orchestrator.chain import (
    EXPIRED,
    IGNORE,
    WITHDRAWN,
    Apply,
    Ask,
    Column,
    Park,
    Service,
    State,
    always,
    commune_of,
)
from hub.orchestrator.chains.death import actions as act
from hub.orchestrator.chains.death.registration import FIRST
from hub.orchestrator.columns import (
    CASE,
    CONTRADICTION,
    CUT_SHORT,
    NOT_ACCEPTED,
    NOT_ASKED,
    RESUBMITTED,
    SUPPLEMENT_STATES,
    UNEXPECTED,
    after_end,
    deadline_column,
    refused,
    refused_column,
    supplement_columns,
    supplement_states,
    with_agency,
)
from hub.orchestrator.requests import request_of
from hub.orchestrator.unrouted import name_of

_WAITING = "waiting waiting_for_other"
_DECIDING = f"requested {RESUBMITTED}"
_UNDECIDED = f"{_DECIDING} {SUPPLEMENT_STATES}"
_NEVER = f"not_asked not_accepted {_WAITING} stopped"
_UNPAID = "granted account_asked paying_again"
_GRANTED = f"{_UNPAID} paid uncollected"


def allowance(
    name: str, *, vi: str, en: str, agency_vi: str, agency_en: str, other: str
) -> Service:
    """The allowance that one agency decides on; `other` is that of the other agency."""
    return Service(
        name=name,
        vi=vi,
        en=en,
        starts=("waiting", "waiting_for_other", "not_accepted", "not_asked"),
        states=_states(agency_vi, agency_en, other),
        columns={
            **FIRST.columns((_after_other(other),)),
            **_of_citizen(name),
            **_columns_after_other(other),
            **_decision_columns(name),
            **_payment_columns(name),
            **deadline_column(f"{_WAITING} {_DECIDING} granted paying_again"),
        },
        request=request_of(
            "funeral-allowance.requested",
            decider=act.decider,
            groups=act.groups,
            granted=act.granted_by_other,
            payout=act.payout,
        ),
        commune=commune_of("allowance_office"),
    )


def _states(agency_vi: str, agency_en: str, other: str) -> tuple[State, ...]:
    return (
        NOT_ASKED,
        NOT_ACCEPTED,
        FIRST.waiting,
        _after_other(other),
        with_agency(agency_vi, agency_en, "allowance_decision"),
        State("granted", "Đã quyết định, chờ chi trả", "granted, to be paid", 9, waits="payout"),
        State(
            "account_asked",
            "Chưa chi trả được, chờ công dân báo cách nhận khác",
            "could not be paid, the citizen is asked for another way",
            5,
            waits="new_account",
            expires=True,
        ),
        State("paying_again", "Đang chi trả lại", "to be paid again", 9, waits="payout"),
        State("paid", "Đã chi trả", "paid", 10, result="done"),
        refused("trợ cấp"),
        State(
            "uncollected",
            "Đã quyết định, chưa có người nhận",
            "granted, not collected",
            9,
            result="stopped",
        ),
        FIRST.stopped,
        *supplement_states("allowance_decision"),
    )


def _after_other(other: str) -> State:
    return State(
        "waiting_for_other",
        "Chờ khoản trợ cấp kia",
        "waits for the other allowance",
        1,
        waits="other_allowance",
        after=other,
    )


def _of_citizen(name: str) -> dict[str, Column]:
    """Whatever the citizen is asked: for what the agency misses, and for another account."""
    supplement = supplement_columns(
        name, deciding="requested", decided="granted paying_again paid refused"
    )
    provided = f"case.supplement.provided/{name}"
    expired, withdrawn = f"{EXPIRED}/{name}", f"{WITHDRAWN}/{name}"
    uncollected = {"account_asked": Apply("uncollected", act.keep_sum)}
    # A granted sum is the payee's, also while nobody is known to pay it and whoever withdraws.
    granted: Column = {name_of("paying_again"): IGNORE}
    return {
        **CASE,
        **supplement,
        provided: {**supplement[provided], "account_asked": Ask("paying_again", act.pay_again)},
        expired: {**supplement[expired], **uncollected},
        withdrawn: {**supplement[withdrawn], **uncollected, **granted},
    }


def _columns_after_other(other: str) -> dict[str, Column]:
    """It follows when the other agency has decided, or will not any more."""

    granted, refused = (f"funeral-allowance.{end}/{other}" for end in ("granted", "refused"))
    ask = Ask("requested")
    return after_end(
        other,
        waiting="waiting_for_other",
        decided={granted: Ask("requested", act.note_other_grant), refused: ask},
        ended=ask,
        facts=(granted, refused),
    )


def _decision_columns(name: str) -> dict[str, Column]:
    granted: Column = {
        _UNDECIDED: Apply("granted", act.note_grant),
        _GRANTED: Apply(None, act.note_grant),
        f"refused {CUT_SHORT}": CONTRADICTION,
        _NEVER: UNEXPECTED,
    }
    refused = refused_column(_UNDECIDED, _GRANTED, never=_NEVER)
    return {
        f"funeral-allowance.granted/{name}": granted,
        f"funeral-allowance.granted/{name}/withdrawn": granted,
        f"funeral-allowance.refused/{name}": refused,
        f"funeral-allowance.refused/{name}/withdrawn": refused,
    }


def _payment_columns(name: str) -> dict[str, Column]:
    return {
        f"payout.made/{name}": {
            f"{_UNDECIDED} {_UNPAID}": Apply("paid", act.note_paid),
            "paid": IGNORE,
            f"uncollected refused {CUT_SHORT}": CONTRADICTION,
            _NEVER: UNEXPECTED,
        },
        f"payout.failed/{name}": {
            f"{_DECIDING} granted": Apply("account_asked", act.ask_for_account),
            "account_asked paying_again": Park("payout_failed_again"),
            "uncollected": IGNORE,
            f"paid refused {CUT_SHORT}": CONTRADICTION,
            f"{SUPPLEMENT_STATES} {_NEVER}": UNEXPECTED,
        },
        "payout.failed/repeated": always(IGNORE),
    }
