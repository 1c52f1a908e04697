"""The chain of temporary residence, told case by case."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from hub.orchestrator.chains import CHAINS, WAITING
from schemas.event import Event, from_text
from schemas.examples import TEMPORARY_SUBMISSION
from schemas.reasons import REFUSALS
from schemas.working_days import due
from tests.hub.orchestrator.country import SUBMITTED, Dvclt, at, said

STAY = "temporary_residence"
REQUEST = "residence.temporary.requested"
DUE = "2023-07-13T17:00:00.000+07:00"
"""Three working days after Monday 10 July 2023."""
ANSWER_BY = "2023-07-19T17:00:00.000+07:00"
"""Seven working days after that Monday."""
DAY = 24 * 60


def stays(**fields: Any) -> Event:
    """The submission of the examples' stay."""
    return said("case.submitted", 0, **{**TEMPORARY_SUBMISSION, **fields})


def filed(*later: Event, **fields: Any) -> Dvclt:
    """A stay that was filed, and what dvclt heard after that."""
    dvclt = Dvclt()
    dvclt.hears(stays(**fields), *later)
    return dvclt


def registered(minutes: float) -> Event:
    """The police registered the stay."""
    return said("residence.temporary.registered", minutes)


def refused(minutes: float) -> Event:
    """The police refused it."""
    return said("residence.temporary.refused", minutes)


def asked_again(minutes: float) -> Event:
    """The police find papers missing."""
    return said("supplement.requested", minutes, by="residence")


def answered(minutes: float) -> Event:
    """The citizen sends them."""
    return said("case.supplement.provided", minutes, service=STAY)


def withdrawn(minutes: float) -> Event:
    """The citizen withdraws."""
    return said("case.withdrawal.requested", minutes)


def test_a_submission_asks_the_police_and_promises_a_date() -> None:
    """Three working days from reception; nobody but the police of the commune is asked."""
    dvclt = Dvclt()
    assert dvclt.hears(stays()) == ["case.status.changed", REQUEST]
    status = dvclt.sent("case.status.changed").data
    assert (status["chain"], status["status"], status["due"]) == (STAY, "processing", DUE)
    assert status["services"] == [{"service": STAY, "status": 4, "reason": None}]
    assert from_text(DUE) == due(SUBMITTED, 3)
    wait = {"reason": "temporary_residence_decision", "until": DUE}
    assert dvclt.state["waiting"] == {STAY: wait}
    assert dvclt.timers == {STAY: from_text(DUE)}


def test_the_police_get_all_that_they_register() -> None:
    """Who stays where and until when, who asks for it, and by when they are to decide."""
    request = filed().sent(REQUEST)
    named = ("resident", "requester", "commune", "address", "until")
    assert request.data == {**{name: TEMPORARY_SUBMISSION[name] for name in named}, "due": DUE}
    assert request.time == SUBMITTED


def test_a_registered_stay_completes_the_case() -> None:
    """Its number and last day are the result; the citizen hears of it once."""
    dvclt = filed()
    assert dvclt.hears(registered(180)) == ["case.status.changed"]
    assert dvclt.statuses() == ["processing", "completed"]
    final = dvclt.sent("case.status.changed")
    assert final.time == from_text(at(180))
    assert final.data["services"] == [{"service": STAY, "status": 10, "reason": None}]
    fact = registered(180).data()
    assert dvclt.state["results"] == {STAY: {"number": fact["number"], "until": fact["until"]}}
    assert dvclt.ended
    assert "application" not in dvclt.state, "nothing more will be asked for"


def test_a_refused_stay_refuses_the_case() -> None:
    """With the reason of the police."""
    dvclt = filed(refused(180))
    final = dvclt.sent("case.status.changed").data
    assert (final["status"], final["reason"]) == ("refused", "no_lawful_dwelling")
    assert final["services"] == [{"service": STAY, "status": 3, "reason": "no_lawful_dwelling"}]


def test_a_supplement_moves_the_date_by_the_days_that_it_took() -> None:
    """The citizen is asked for everything at once; the police then get the request again."""
    dvclt = filed(asked_again(300))
    question = dvclt.sent("case.supplement.requested").data
    assert (question["service"], question["due"]) == (STAY, ANSWER_BY)
    assert dvclt.stages() == {STAY: "supplement_asked"}
    first = dvclt.sent(REQUEST).data
    assert dvclt.hears(answered(2 * DAY)) == [REQUEST]
    moved = "2023-07-17T17:00:00.000+07:00"
    assert dvclt.sent(REQUEST).data == {**first, "due": moved}
    dvclt.hears(registered(2 * DAY + 60))
    assert dvclt.sent("case.status.changed").data["due"] == moved
    assert dvclt.statuses() == ["processing", "completed"]


def test_the_date_goes_by_the_days_of_the_commune_police() -> None:
    """They are there on Saturday mornings, for what is filed then and for what ends a wait then."""
    saturday, thursday = 5 * DAY + 60, 3 * DAY + 120
    dvclt = Dvclt()
    dvclt.hears(said("case.submitted", saturday, **TEMPORARY_SUBMISSION))
    wednesday = "2023-07-19T17:00:00.000+07:00"
    assert dvclt.sent(REQUEST).data["due"] == wednesday, "Monday, Tuesday, Wednesday"
    dvclt = filed(asked_again(thursday))
    dvclt.hears(answered(saturday))
    friday = "2023-07-14T17:00:00.000+07:00"
    assert dvclt.sent(REQUEST).data["due"] == friday, "only the Friday between does not count"


def test_without_an_answer_the_stay_is_refused() -> None:
    """When the seven working days are over."""
    dvclt = filed(asked_again(300))
    dvclt.fires(STAY)
    final = dvclt.sent("case.status.changed")
    assert (final.data["status"], final.data["reason"]) == ("refused", "supplement_expired")
    assert final.time == from_text(ANSWER_BY)


def test_what_was_asked_for_stands_when_the_citizen_withdraws() -> None:
    """The police have the application, and their decision ends the case, either way."""
    for decision, status in ((registered(180), "completed"), (refused(180), "refused")):
        dvclt = filed(withdrawn(60))
        assert dvclt.state["withdrawn"] == at(60)
        assert not dvclt.ended, "the police were asked, and their answer is awaited"
        dvclt.hears(decision)
        assert dvclt.statuses() == ["processing", status]


def test_who_withdrew_is_asked_for_no_papers() -> None:
    """A question of the police after the withdrawal ends the case instead."""
    dvclt = filed(withdrawn(60))
    assert dvclt.hears(asked_again(300)) == ["case.status.changed"]
    assert dvclt.statuses() == ["processing", "withdrawn"]
    assert dvclt.sent("case.status.changed").data["reason"] == "withdrawn"


def test_a_withdrawal_in_place_of_an_answer_ends_the_wait() -> None:
    """At its own moment and not at the deadline of the question."""
    dvclt = filed(asked_again(300), withdrawn(DAY))
    dvclt.fires(STAY)
    assert dvclt.statuses() == ["processing", "withdrawn"]
    assert dvclt.state["ended"] == at(DAY)


def test_a_withdrawal_after_the_decision_changes_nothing() -> None:
    """A registered stay stands."""
    dvclt = filed(registered(180))
    before = dvclt.state
    assert dvclt.hears(withdrawn(240)) == []
    assert dvclt.stages() == {STAY: "registered"}
    assert dvclt.state["status"] == before["status"] == "completed"


@pytest.mark.parametrize(
    ("submitted", "last_day"),
    [
        ("2023-07-10T08:00:00+07:00", "2025-07-10"),
        ("2023-07-09T17:00:00+00:00", "2025-07-10"),
        ("2023-07-09T16:59:59+00:00", "2025-07-09"),
        ("2023-08-31T08:00:00+07:00", "2025-08-31"),
        ("2024-02-29T08:00:00+07:00", "2026-02-28"),
        ("2023-12-29T08:00:00+07:00", "2025-12-29"),
    ],
)
def test_a_stay_lasts_24_months_to_the_day_and_no_longer(submitted: str, last_day: str) -> None:
    """Law 68/2020/QH14, article 27: counted from the day of filing in Viet Nam's calendar."""
    moment = from_text(submitted)
    until = date.fromisoformat(last_day)
    for day, status in ((until, "processing"), (until + timedelta(days=1), "refused")):
        dvclt = Dvclt()
        dvclt.hears(replace(stays(until=day.isoformat()), time=moment))
        assert dvclt.statuses() == [status], f"until {day}"


@pytest.mark.parametrize(
    ("until", "status"), [("2023-07-10", "processing"), ("2023-07-09", "refused")]
)
def test_a_stay_may_end_today_but_not_yesterday(until: str, status: str) -> None:
    """What is over can't be registered."""
    assert filed(until=until).statuses() == [status]


def test_a_stay_that_is_too_long_never_reaches_the_police() -> None:
    """It is refused at intake and over at once; the remedy says that it can be renewed."""
    dvclt = Dvclt()
    assert dvclt.hears(stays(until="2025-07-11")) == ["case.status.changed"]
    status = dvclt.sent("case.status.changed").data
    assert (status["status"], status["reason"]) == ("refused", "stay_too_long")
    assert status["services"] == [{"service": STAY, "status": 3, "reason": "stay_too_long"}]
    assert dvclt.ended
    assert dvclt.timers == {}
    assert "gia hạn" in REFUSALS["stay_too_long"].remedy_vi


def test_a_late_decision_still_counts() -> None:
    """The stay is marked overdue, then an officer has it, then the police decide."""
    dvclt = filed()
    dvclt.fires(STAY)
    assert dvclt.state["waiting"][STAY]["reason"] == "overdue_temporary_residence_decision"
    dvclt.fires(STAY)
    assert dvclt.manual == ["overdue"]
    dvclt.hears(registered(40 * DAY))
    assert dvclt.statuses()[-1] == "completed"


def test_another_chain_s_facts_are_an_officer_s() -> None:
    """A stay knows nothing of permanent residences: no event of another chain moves it."""
    dvclt = filed()
    foreign = CHAINS[STAY].foreign
    assert "residence.registered" in foreign
    for name in sorted(foreign):
        assert dvclt.hears(said(name, 60)) == []
    assert dvclt.stages() == {STAY: "requested"}
    assert {entry["name"] for entry in dvclt.state["parked"]} == set(foreign)
    assert {entry["reason"] for entry in dvclt.state["parked"]} == {"not_expected"}


def test_what_it_waits_for_is_said_in_both_languages() -> None:
    """Before its deadline and after it."""
    text = WAITING["temporary_residence_decision"]
    assert text.vi == "Chờ Công an xã giải quyết tạm trú"
    assert WAITING["overdue_temporary_residence_decision"].vi == f"Quá hạn: {text.vi}"
