"""A result that civil status owes is polled for; after so many polls in vain an officer knows."""

from typing import Any

import pytest

from connectors.runtime.handling import TimerFired
from schemas.event import from_text
from tests.hub.orchestrator.country import ALL, DUE, Dvclt, died, said, submitted

SENT = said("dossier.progressed", 30, codes=[1, 3, 7])
FIFTH = "2023-07-17T08:00:00.000+07:00"
"""Passed to civil status on Monday 10 July: polled first on Tuesday, and on Monday a fifth time."""


def sent(*services: str) -> Dvclt:
    """A birth that the one-stop has passed to civil status."""
    dvclt = Dvclt()
    dvclt.hears(submitted(*services or ALL), SENT)
    return dvclt


def wait(dvclt: Dvclt, service: str = "birth") -> Any:
    return dvclt.state["waiting"][service]


def test_a_birth_that_never_comes_back_is_with_an_officer_at_the_fifth_poll() -> None:
    """It is due before that, so it is overdue by then; the officer has it, and no timer is left."""
    dvclt = sent("birth", "health_card")
    assert wait(dvclt) == {"reason": "birth_decision", "until": DUE, "polls": FIFTH}
    dvclt.fires("birth")
    assert (wait(dvclt)["reason"], dvclt.manual) == ("overdue_birth_decision", [])
    assert dvclt.timers["birth"] == from_text(FIFTH)
    dvclt.fires("birth")
    assert dvclt.manual == ["no_result_after_polls"]
    assert wait(dvclt)["manual"]
    assert "birth" not in dvclt.timers


def test_a_late_result_is_still_a_result() -> None:
    """The officer was told, and the case goes on all the same."""
    dvclt = sent("birth", "health_card")
    dvclt.fires("birth")
    dvclt.fires("birth")
    dvclt.hears(said("birth.registered", 60 * 24 * 9), said("health-card.issued", 60 * 24 * 10))
    assert dvclt.statuses() == ["processing", "processing", "completed"], "with an apology"


def test_a_death_with_time_left_is_polled_in_vain_before_it_is_due() -> None:
    """It waits on until it is due, then ten more working days, as any other service."""
    dvclt = Dvclt()
    dvclt.hears(died("death", "residence_removal"), said("dossier.progressed", 30, codes=[1, 3, 7]))
    due = wait(dvclt, "death")["until"]
    assert wait(dvclt, "death")["polls"] == FIFTH < due
    dvclt.fires("death")
    assert (dvclt.manual, wait(dvclt, "death")) == (
        ["no_result_after_polls"],
        {"reason": "death_decision", "until": due},
    )
    dvclt.fires("death")
    dvclt.fires("death")
    assert dvclt.manual == ["no_result_after_polls", "overdue"]
    assert "death" not in dvclt.timers


def test_nobody_polls_for_what_was_not_passed_on() -> None:
    """Neither for a case that the one-stop has yet to take, nor for one the citizen has to mend,
    nor for what other agencies decide."""
    dvclt = Dvclt()
    dvclt.hears(submitted())
    assert "polls" not in wait(dvclt)
    dvclt.hears(SENT, said("supplement.requested", 100, by="civil-status"))
    assert "polls" not in wait(dvclt)
    dvclt.hears(said("case.supplement.provided", 60 * 24), said("birth.registered", 60 * 30))
    assert "polls" not in wait(dvclt, "residence")


@pytest.mark.parametrize(
    ("minutes", "fifth"),
    [(60 * 24, "2023-07-18"), (60 * 24 * 3, "2023-07-20"), (60 * 24 * 4, "2023-07-21")],
)
def test_what_was_mended_is_polled_for_anew(minutes: int, fifth: str) -> None:
    """Five more polls, from when the request went out again."""
    dvclt = sent("birth", "health_card")
    dvclt.hears(
        said("supplement.requested", 100, by="civil-status"),
        said("case.supplement.provided", minutes),
    )
    assert wait(dvclt)["polls"] == f"{fifth}T08:00:00.000+07:00"


def test_a_request_that_an_officer_sent_again_is_polled_for_anew() -> None:
    """No officer has it any more until those polls were in vain as well."""
    dvclt = sent("birth", "health_card")
    dvclt.fires("birth")
    dvclt.fires("birth")
    dvclt.hears(said("case.action.taken", 60 * 24 * 8, action="retry", service="birth"))
    assert wait(dvclt)["polls"] == "2023-07-25T08:00:00.000+07:00"
    dvclt.fires("birth")
    assert dvclt.manual == ["no_result_after_polls"] * 2


def test_a_poll_of_a_state_that_was_left_says_nothing() -> None:
    """The answer came, and the timer with it."""
    dvclt = sent("birth", "residence")
    poll = TimerFired(subject=submitted().subject, name="birth", time=from_text(FIFTH))
    dvclt.hears(said("birth.registered", 100), poll)
    assert dvclt.manual == []
    assert dvclt.stages()["birth"] == "registered"
