"""An agency finds the dossier incomplete: the citizen is asked once, and the clock stands still."""

import pytest

from schemas.event import from_text
from tests.hub.orchestrator.country import DUE, Dvclt, at, said, submitted

ANSWER_BY = "2023-07-19T17:00:00.000+07:00"
"""Seven working days after Monday 10 July 2023."""
DAY = 24 * 60
AGENCIES = {
    "birth": ("civil-status", "birth.registration.requested"),
    "residence": ("residence", "residence.registration.requested"),
    "health_card": ("social-insurance", "health-card.requested"),
}


def asked(service: str, *services: str) -> Dvclt:
    """A case whose agency asked for a supplement 300 minutes after the submission."""
    dvclt = Dvclt()
    dvclt.hears(submitted(*services))
    if service != "birth":
        dvclt.hears(said("birth.registered", 120))
    dvclt.hears(said("supplement.requested", 300, by=AGENCIES[service][0]))
    return dvclt


@pytest.mark.parametrize("service", AGENCIES)
def test_the_citizen_is_asked_for_everything_at_once(service: str) -> None:
    """The list of defects goes to the citizen, with seven working days to answer."""
    dvclt = asked(service)
    question = dvclt.sent("case.supplement.requested")
    assert question.data["service"] == service
    assert question.data["defects"] == said("supplement.requested", 0).data()["defects"]
    assert question.data["due"] == ANSWER_BY
    assert dvclt.state["services"][service]["status"] == 5
    assert dvclt.state["waiting"][service] == {"reason": "supplement", "until": ANSWER_BY}
    assert dvclt.timers[service] == from_text(ANSWER_BY)


def test_an_agency_cannot_shorten_the_citizen_s_time() -> None:
    """A date before the seventh working day is moved to it; a later one holds."""
    for date, answer_by in (
        ("2023-07-11T09:00:00+07:00", ANSWER_BY),
        ("2023-07-31T17:00:00+07:00", "2023-07-31T17:00:00.000+07:00"),
    ):
        dvclt = Dvclt()
        dvclt.hears(submitted(), said("supplement.requested", 300, due=date))
        assert dvclt.sent("case.supplement.requested").data["due"] == answer_by


@pytest.mark.parametrize("service", AGENCIES)
def test_an_answer_sends_the_request_again_and_moves_the_date(service: str) -> None:
    """Two working days of waiting are added to the service's date, and the request says so."""
    dvclt, request = asked(service), AGENCIES[service][1]
    first = dvclt.sent(request).data
    answer = said("case.supplement.provided", 2 * DAY, service=service)
    assert dvclt.hears(answer) == [request]
    moved = "2023-07-17T17:00:00.000+07:00"
    assert dvclt.sent(request).data == {**first, "due": moved}
    assert dvclt.state["due"] == moved
    assert dvclt.state["waiting"][service]["until"] == moved
    assert dvclt.state["services"][service]["status"] == 4


def test_services_that_wait_for_the_birth_are_due_as_much_later() -> None:
    """The clock stands still for them too; none is overdue while the citizen is asked."""
    dvclt = asked("birth")
    assert {wait["until"] for wait in dvclt.state["waiting"].values()} == {ANSWER_BY}
    dvclt.hears(said("case.supplement.provided", 4 * DAY + 60))
    moved = "2023-07-19T17:00:00.000+07:00"
    assert {entry["due"] for entry in dvclt.state["services"].values()} == {moved}
    assert {wait["until"] for wait in dvclt.state["waiting"].values()} == {moved}


def test_a_supplement_of_the_residence_leaves_the_card_its_date() -> None:
    """The case is due when its last service is."""
    dvclt = asked("residence")
    dvclt.hears(said("case.supplement.provided", DAY + 300, service="residence"))
    moved = "2023-07-14T17:00:00.000+07:00"
    assert dvclt.state["services"]["health_card"]["due"] == DUE
    assert dvclt.state["due"] == moved
    dvclt.hears(said("residence.registered", DAY + 600), said("health-card.issued", 500))
    assert dvclt.sent("case.status.changed").data["due"] == moved


@pytest.mark.parametrize(
    ("service", "status", "reason"),
    [
        ("birth", "refused", "supplement_expired"),
        ("residence", "partly_completed", None),
        ("health_card", "partly_completed", None),
    ],
)
def test_without_an_answer_the_service_is_refused(
    service: str, status: str, reason: str | None
) -> None:
    """At the deadline, for that reason; the other services stand or stop as after any refusal."""
    dvclt = asked(service)
    for name in {"birth": (), "residence": ("health-card.issued",)}.get(
        service, ("residence.registered",)
    ):
        dvclt.hears(said(name, 600))
    dvclt.fires(service)
    entry = dvclt.state["services"][service]
    assert (entry["state"], entry["reason"]) == ("expired", "supplement_expired")
    assert (entry["since"], dvclt.state["ended"]) == (ANSWER_BY, ANSWER_BY)
    final = dvclt.sent("case.status.changed")
    assert (final.data["status"], final.data["reason"]) == (status, reason)
    assert final.time == from_text(ANSWER_BY)


def test_an_answer_after_the_deadline_changes_nothing() -> None:
    """Neither before the timer fired nor after, and whatever time it arrives: its date counts."""
    late = said("case.supplement.provided", 12 * DAY)
    dvclt = asked("birth")
    assert dvclt.hears(late) == []
    assert dvclt.stages()["birth"] == "supplement_asked"
    dvclt.fires("birth")
    assert dvclt.hears(late) == []
    assert dvclt.state["parked"] == []


def test_an_answer_in_time_that_arrives_too_late_is_an_officer_s() -> None:
    """The machine was slower than the deadline: nothing is undone, and nothing is forgotten."""
    dvclt = asked("birth")
    dvclt.fires("birth")
    assert dvclt.hears(said("case.supplement.provided", DAY)) == []
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["supplement_provided"]


def test_a_second_question_counts_as_overdue() -> None:
    """The citizen has seven working days again, but the service's date stays."""
    dvclt = asked("birth")
    dvclt.hears(said("case.supplement.provided", 360))
    due = dvclt.state["due"]
    dvclt.hears(said("supplement.requested", 420))
    assert dvclt.state["waiting"]["birth"]["reason"] == "second_supplement"
    dvclt.hears(said("case.supplement.provided", 5 * DAY))
    assert dvclt.state["due"] == due
    assert dvclt.state["waiting"]["birth"]["reason"] == "overdue_birth_decision"


def test_a_third_question_is_an_officer_s() -> None:
    """The service goes on waiting for the agency, with its deadline."""
    dvclt = asked("birth")
    dvclt.hears(said("case.supplement.provided", 360), said("supplement.requested", 420))
    dvclt.hears(said("case.supplement.provided", 480), said("supplement.requested", 540))
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["supplement_requested"]
    assert dvclt.state["waiting"]["birth"]["reason"] == "birth_decision"


def test_an_agency_that_decides_all_the_same_has_decided() -> None:
    """A fact is a fact, also while the citizen is asked."""
    dvclt = asked("birth", "birth", "health_card")
    dvclt.hears(said("birth.registered", 400), said("health-card.issued", 500))
    assert dvclt.statuses() == ["processing", "completed"]


def test_in_strict_sequence_the_card_follows_an_expired_residence() -> None:
    """It waits along while the citizen is asked, and is asked for when that wait is over."""
    dvclt = Dvclt("strict")
    dvclt.hears(submitted(), said("birth.registered", 120))
    dvclt.hears(said("supplement.requested", 300, by="residence"))
    assert dvclt.state["waiting"]["health_card"]["until"] == ANSWER_BY
    dvclt.fires("residence")
    assert dvclt.sent("health-card.requested").time == from_text(ANSWER_BY)
    assert dvclt.stages()["residence"] == "expired"


def test_when_the_citizen_was_asked_stands_with_the_service() -> None:
    """And then when the agency was asked again."""
    dvclt = asked("birth")
    assert dvclt.state["services"]["birth"]["asked"] == at(300)
    dvclt.hears(said("case.supplement.provided", 360))
    assert dvclt.state["services"]["birth"]["asked"] == at(360)
