"""The citizen withdraws: what was asked for stands, what was not is not asked for any more."""

import pytest

from schemas.event import Event, from_text
from tests.hub.orchestrator.country import Dvclt, at, said, submitted

DAY = 24 * 60


def withdrawn(minutes: float) -> Event:
    """The withdrawal."""
    return said("case.withdrawal.requested", minutes)


def test_what_was_not_yet_asked_for_is_not() -> None:
    """The birth is registered, since the register may have it; police and insurance never hear."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), withdrawn(60))
    assert dvclt.state["withdrawn"] == at(60)
    assert not dvclt.ended, "the one-stop was asked, and its answer is awaited"
    assert dvclt.hears(said("birth.registered", 120)) == ["case.status.changed"]
    final = dvclt.sent("case.status.changed").data
    assert (final["status"], final["reason"]) == ("partly_completed", None)
    assert final["services"] == [
        {"service": "birth", "status": 10, "reason": None},
        {"service": "residence", "status": 7, "reason": "withdrawn"},
        {"service": "health_card", "status": 7, "reason": "withdrawn"},
    ]


def test_what_was_asked_for_stands() -> None:
    """A withdrawal after the requests stops neither; the case completes."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120), withdrawn(180))
    dvclt.hears(said("residence.registered", 600), said("health-card.issued", 300))
    assert dvclt.statuses() == ["processing", "completed"]


def test_its_own_time_counts_and_not_its_arrival() -> None:
    """It is known before the registration arrives, but dated after it: the requests go out."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), withdrawn(180))
    assert dvclt.hears(said("birth.registered", 120)) == [
        "residence.registration.requested",
        "health-card.requested",
    ]


def test_a_withdrawal_that_comes_too_late_to_stop_anything_is_an_officer_s() -> None:
    """Dated before the requests, it arrives after them: nothing can recall those."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120), withdrawn(60))
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["withdrawal"]
    assert dvclt.state["withdrawn"] is None
    dvclt.hears(said("residence.registered", 600), said("health-card.issued", 300))
    assert dvclt.statuses() == ["processing", "completed"]


def test_a_refused_birth_is_refused_all_the_same() -> None:
    """The refusal is what ended the case."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), withdrawn(60), said("birth.registration.refused", 120))
    assert dvclt.statuses() == ["processing", "refused"]


@pytest.mark.parametrize("first", ["withdrawal", "question"])
def test_a_wait_for_a_supplement_ends_with_the_withdrawal(first: str) -> None:
    """At the withdrawal's time, in whichever order the two arrive; nothing was done."""
    dvclt = Dvclt()
    question, wish = said("supplement.requested", 300), withdrawn(400)
    dvclt.hears(submitted(), *((wish, question) if first == "withdrawal" else (question, wish)))
    assert dvclt.timers["birth"] == from_text(at(400))
    dvclt.fires("birth")
    final = dvclt.sent("case.status.changed")
    assert (final.data["status"], final.data["reason"]) == ("withdrawn", "withdrawn")
    assert final.time == from_text(at(400))
    assert [entry["status"] for entry in final.data["services"]] == [7, 7, 7]
    assert dvclt.ended


def test_an_answer_before_the_withdrawal_counts() -> None:
    """The agency was asked again by then, and its answer is awaited."""
    dvclt = Dvclt()
    dvclt.hears(
        submitted("birth", "health_card"), withdrawn(400), said("supplement.requested", 300)
    )
    assert dvclt.hears(said("case.supplement.provided", 350)) == ["birth.registration.requested"]
    dvclt.hears(said("birth.registered", 500))
    assert dvclt.stages()["birth"] == "registered"


def test_a_question_after_the_withdrawal_is_not_asked() -> None:
    """The dossier is back from the agency, and that is its end."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), withdrawn(100))
    assert dvclt.hears(said("supplement.requested", 300)) == ["case.status.changed"]
    assert dvclt.sent("case.status.changed").data["status"] == "withdrawn"


def test_a_question_about_the_residence_after_the_withdrawal_ends_the_residence_only() -> None:
    """The card was asked for before, and is awaited."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120), withdrawn(200))
    dvclt.hears(said("supplement.requested", 300, by="residence"))
    assert dvclt.stages()["residence"] == "withdrawn"
    dvclt.hears(said("health-card.issued", 500))
    assert dvclt.statuses() == ["processing", "partly_completed"]


@pytest.mark.parametrize("ending", ["residence.registered", "residence.registration.refused"])
def test_in_strict_sequence_the_card_is_not_asked_for_after_a_withdrawal(ending: str) -> None:
    """The residence was asked for and stands; the card waited for it."""
    dvclt = Dvclt("strict")
    dvclt.hears(submitted(), withdrawn(200), said("birth.registered", 120))
    assert dvclt.hears(said(ending, 600)) == ["case.status.changed"]
    assert dvclt.stages()["health_card"] == "withdrawn"
    assert dvclt.statuses() == ["processing", "partly_completed"]


def test_a_second_withdrawal_says_nothing_new() -> None:
    """The first one counts."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), withdrawn(60), withdrawn(90))
    assert dvclt.state["withdrawn"] == at(60)
    assert dvclt.state["parked"] == []


def test_a_withdrawal_of_a_case_that_is_over_changes_nothing() -> None:
    """It is noted; the citizen has what was decided."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "health_card"), said("birth.registered", 120))
    dvclt.hears(said("health-card.issued", 130))
    assert dvclt.hears(withdrawn(3 * DAY)) == []
    assert dvclt.statuses() == ["processing", "completed"]
    assert dvclt.state["parked"] == []
