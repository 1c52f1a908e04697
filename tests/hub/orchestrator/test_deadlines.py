"""Timers: a deadline that passes is said, and a late answer still counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from connectors.runtime.handling import TimerFired
from schemas.event import from_text
from tests.hub.orchestrator.country import CASE, DUE, Dvclt, filed_at, said, submitted

LAST = "2023-07-27T17:00:00.000+07:00"
"""Ten working days after the case is due."""
LATE = 6 * 24 * 60
"""Minutes after the submission at which a case of 10 July 2023 is overdue."""
LATER = "2023-07-28T17:00:00.000+07:00"
"""Ten working days after the Sunday that is so many minutes later."""


def test_a_deadline_that_passes_is_said_and_the_case_stays_open() -> None:
    """The reason says overdue, for that service alone, and its timer is gone."""
    dvclt = Dvclt()
    dvclt.hears(submitted())
    dvclt.fires("birth")
    assert dvclt.state["waiting"]["birth"] == {"reason": "overdue_birth_reception", "until": LAST}
    assert dvclt.state["waiting"]["residence"]["reason"] == "birth_first"
    assert not dvclt.ended


def test_a_case_that_is_long_overdue_is_an_officer_s() -> None:
    """Ten working days after the deadline; a late answer counts even then."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "health_card"))
    dvclt.fires("birth")
    assert dvclt.timers["birth"] == from_text(LAST)
    assert dvclt.manual == []
    dvclt.fires("birth")
    assert dvclt.manual == ["overdue"]
    assert "birth" not in dvclt.timers
    wait = {"reason": "overdue_birth_reception", "until": LAST, "manual": True}
    assert dvclt.state["waiting"]["birth"] == wait
    dvclt.hears(said("birth.registered", LATE * 5), said("health-card.issued", LATE * 5 + 1))
    assert dvclt.statuses() == ["processing", "processing", "completed"], "with an apology"


def test_a_late_answer_applies_and_clears_the_mark() -> None:
    """The late registration leads on; what starts now is overdue and has as long from now on."""
    dvclt = Dvclt()
    dvclt.hears(submitted())
    for service in ("birth", "residence", "health_card"):
        dvclt.fires(service)
    dvclt.hears(said("birth.registered", LATE))
    assert dvclt.state["waiting"] == {
        "residence": {"reason": "overdue_residence_decision", "until": LATER},
        "health_card": {"reason": "overdue_card_decision", "until": LATER},
    }
    dvclt.hears(said("residence.registered", LATE + 5), said("health-card.issued", LATE + 6))
    assert dvclt.statuses() == ["processing", "processing", "completed"], "with an apology"


def test_a_new_deadline_is_a_new_timer() -> None:
    """The household head has until the request expires, although the case is overdue."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "residence"), said("birth.registered", 120))
    dvclt.fires("residence")
    dvclt.hears(said("consent.requested", 480))
    assert dvclt.state["waiting"]["residence"]["reason"] == "household_consent"
    assert dvclt.timers == {"residence": from_text("2023-07-17T16:00:00.000+07:00")}
    dvclt.fires("residence")
    assert dvclt.state["waiting"]["residence"]["reason"] == "overdue_household_consent"


def test_a_step_forward_clears_the_mark_and_sets_the_timer_again() -> None:
    """The deadline is the same and past, so the timer comes due again at once."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "health_card"))
    dvclt.fires("birth")
    dvclt.hears(said("dossier.progressed", 30))
    assert dvclt.state["waiting"]["birth"]["reason"] == "birth_decision"
    dvclt.fires("birth")
    assert dvclt.state["waiting"]["birth"]["reason"] == "overdue_birth_decision"


@pytest.mark.parametrize("service", ["birth", "residence", "health_card"])
def test_a_timer_of_a_service_that_is_over_changes_nothing(service: str) -> None:
    """Neither does one for a service that was not asked for."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "health_card"), said("birth.registered", 120))
    dvclt.hears(said("health-card.issued", 130))
    state = dvclt.state
    dvclt.hears(TimerFired(subject=CASE, name=service, time=from_text(DUE)))
    assert dvclt.state == state
    assert dvclt.ended


def test_a_timer_that_fires_before_the_deadline_of_the_present_state_changes_nothing() -> None:
    """It belonged to a state that the service has left."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "residence"), said("birth.registered", 120))
    dvclt.hears(said("consent.requested", 480))
    state = dvclt.state
    dvclt.hears(TimerFired(subject=CASE, name="residence", time=from_text(DUE)))
    assert dvclt.state == state


def test_a_timer_does_not_date_the_case() -> None:
    """A case ends the same whether or not a timer fired."""
    dvclt = Dvclt()
    dvclt.hears(submitted())
    updated = dvclt.state["updated"]
    dvclt.fires("birth")
    assert dvclt.state["updated"] == updated


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("2023-07-10T15:00:00+07:00", "2023-07-13"),  # the cut-off itself is in time
        ("2023-07-10T15:00:01+07:00", "2023-07-14"),  # a second later counts from Tuesday
        ("2023-07-10T09:00:00+00:00", "2023-07-14"),  # 16:00 in Vietnam
        ("2023-07-15T09:00:00+07:00", "2023-07-20"),  # Saturday: from Monday
        ("2024-02-07T15:30:00+07:00", "2024-02-20"),  # the eve of Tết: from 15 February
        ("2024-05-03T15:30:00+07:00", "2024-05-08"),  # Friday: from the make-up Saturday
        ("2026-01-09T16:00:00+07:00", "2026-01-14"),  # a Saturday that only our table knows
    ],
)
def test_a_case_is_due_on_the_third_working_day(filed: str, due: str) -> None:
    """The working-day clock: cut-off at 15:00, weekends, Tết, Saturdays worked in exchange."""
    dvclt = Dvclt()
    dvclt.hears(filed_at(submitted("birth", "health_card"), from_text(filed)))
    assert dvclt.state["due"] == f"{due}T17:00:00.000+07:00"


@pytest.mark.parametrize(
    ("asked", "answer_by"),
    [
        ("2024-02-05T14:59:00+07:00", "2024-02-21"),  # before Tết, which is five days off
        ("2024-02-05T15:01:00+07:00", "2024-02-22"),
        ("2024-04-25T10:00:00+07:00", "2024-05-08"),  # three days off, one Saturday worked
    ],
)
def test_a_citizen_has_seven_working_days_whatever_holidays_come(
    asked: str, answer_by: str
) -> None:
    """The same clock counts the wait for a supplement."""
    dvclt = Dvclt()
    question = said("supplement.requested", 60, due="2023-07-10T17:00:00+07:00")
    filed = from_text(asked) - timedelta(hours=2)
    dvclt.hears(
        filed_at(submitted("birth", "health_card"), filed), replace(question, time=from_text(asked))
    )
    assert dvclt.state["waiting"]["birth"]["until"] == f"{answer_by}T17:00:00.000+07:00"
