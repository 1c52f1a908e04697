"""A case that is not ready in time: the citizen gets an apology and a new date, once."""

from schemas.event import from_text
from tests.hub.orchestrator.country import DUE, Dvclt, at, died, said, submitted

NEW = "2023-07-18T17:00:00.000+07:00"
"""Three working days after Thursday 13 July 2023."""
DAY = 24 * 60


def late(*services: str) -> Dvclt:
    """A case whose birth is not registered when it is due."""
    dvclt = Dvclt()
    dvclt.hears(submitted(*services))
    for service in dvclt.stages():
        dvclt.fires(service)
    return dvclt


def test_the_citizen_is_told_who_is_late_and_gets_a_new_date() -> None:
    """At the moment when the old date passes; whoever only waits for that service is not blamed."""
    dvclt = late()
    assert dvclt.statuses() == ["processing", "processing"]
    letter = dvclt.sent("case.status.changed")
    assert letter.time == from_text(DUE)
    assert letter.data["apology"] == {"service": "birth", "agency": "civil-status", "due": DUE}
    assert letter.data["due"] == NEW
    assert [entry["status"] for entry in letter.data["services"]] == [4, 4, 4]
    assert dvclt.state["due"] == NEW
    assert dvclt.state["apology"] == letter.data["apology"]
    assert dvclt.state["updated"] == at(0), "nothing of the case itself has changed"


def test_what_was_decided_in_time_is_told_so() -> None:
    """The birth has its result; the police are late."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120), said("health-card.refused", 300))
    dvclt.fires("residence")
    letter = dvclt.sent("case.status.changed").data
    assert letter["apology"]["agency"] == "residence"
    assert [(e["status"], e["reason"]) for e in letter["services"]] == [
        (10, None),
        (4, None),
        (3, "already_insured"),
    ]


def test_what_comes_after_the_date_is_not_told_before_it() -> None:
    """The card was issued the day after, and arrived before the date was looked at."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120), said("health-card.issued", 5 * DAY))
    dvclt.fires("residence")
    assert dvclt.state["apology"]["agency"] == "residence"
    letter = dvclt.sent("case.status.changed").data
    assert [entry["status"] for entry in letter["services"]] == [10, 4, 4]


def test_there_is_one_apology_in_a_case() -> None:
    """The new date passes in silence, until an officer has the case."""
    dvclt = late("birth", "health_card")
    dvclt.fires("birth")
    assert dvclt.statuses() == ["processing", "processing"]
    assert dvclt.manual == ["overdue"]


def test_the_last_message_has_the_new_date() -> None:
    """And the agencies' own dates stay as they were."""
    dvclt = late("birth", "residence")
    dvclt.hears(said("birth.registered", 5 * DAY))
    assert dvclt.sent("residence.registration.requested").data["due"] == DUE
    dvclt.hears(said("residence.registered", 6 * DAY))
    final = dvclt.sent("case.status.changed").data
    assert (final["status"], final["due"], final["apology"]) == ("completed", NEW, None)


def test_a_wait_for_the_citizen_does_not_bring_the_old_date_back() -> None:
    """A supplement after the apology moves its service's date, and never the case's to before."""
    dvclt = late("birth", "health_card")
    dvclt.hears(said("supplement.requested", 5 * DAY))
    dvclt.hears(said("case.supplement.provided", 5 * DAY + 60))
    assert dvclt.state["due"] == NEW


def test_who_waits_for_the_citizen_does_not_apologise() -> None:
    """A household head who does not answer has a date of their own."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "residence"), said("birth.registered", 120))
    dvclt.hears(said("consent.requested", 480))
    dvclt.fires("residence")
    assert dvclt.statuses() == ["processing"]


def test_civil_status_is_not_late_while_the_requester_has_the_draft() -> None:
    """Sent in time it may be answered after the date; sent after it, it comes with a letter."""
    for drafted, letters in ((3 * DAY, 0), (5 * DAY, 1)):
        dvclt = Dvclt()
        events = (
            said("certificate.drafted", drafted, expires=at(drafted + DAY)),
            said("certificate.draft.answered", drafted + 1400),
        )
        dvclt.hears(submitted("birth", "health_card"), *(events if letters else events[::-1]))
        assert dvclt.state["services"]["birth"]["due"] == DUE, "its date stays"
        dvclt.hears(said("birth.registered", drafted + 1500))
        dvclt.hears(said("health-card.issued", drafted + 1600))
        assert len(dvclt.statuses()) == 2 + letters, drafted


def test_a_death_s_new_date_goes_by_its_slowest_group() -> None:
    """Eighteen working days for persons with merit, then eighteen more."""
    dvclt = Dvclt()
    dvclt.hears(died("death", "funeral_allowance", groups=["insurance", "merit"]))
    dvclt.hears(said("death.registered", 120))
    assert dvclt.state["due"] == "2023-08-03T17:00:00.000+07:00"
    dvclt.fires("social_allowance")  # it only waits for the other allowance
    assert dvclt.state["apology"]["agency"] == "social-insurance"
    assert dvclt.state["due"] == "2023-08-29T17:00:00.000+07:00"


def test_an_answer_after_the_date_is_late_whenever_it_comes() -> None:
    """No clock was looked at before: the letter goes out with the end, dated when it was due."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "residence"), said("birth.registered", 5 * DAY))
    assert dvclt.statuses() == ["processing"], "an answer dated before may still be under way"
    dvclt.hears(said("residence.registered", 6 * DAY))
    letter, final = [e for e in dvclt.emitted if e.name == "case.status.changed"][1:]
    assert (letter.time, final.time) == (from_text(DUE), from_text(at(6 * DAY)))
    assert letter.data["apology"] == {"service": "birth", "agency": "civil-status", "due": DUE}
    assert [entry["status"] for entry in letter.data["services"]] == [4, 4]
    assert (letter.data["due"], final.data["due"]) == (NEW, NEW)
    assert "late" not in dvclt.state


def test_of_two_that_are_late_the_first_in_the_chain_is_named() -> None:
    """Whichever of the two answers first."""
    for late in (
        ("residence.registered", "health-card.issued"),
        ("health-card.issued", "residence.registered"),
    ):
        dvclt = Dvclt()
        dvclt.hears(submitted(), said("birth.registered", 120))
        dvclt.hears(*(said(name, 5 * DAY) for name in late))
        assert dvclt.state["apology"]["service"] == "residence"


def test_an_answer_at_the_last_moment_is_in_time() -> None:
    """The date itself still counts."""
    dvclt = Dvclt()
    due = (from_text(DUE) - from_text(at(0))).total_seconds() / 60
    dvclt.hears(submitted("birth", "health_card"), said("birth.registered", 120))
    dvclt.hears(said("health-card.issued", due))
    assert (dvclt.statuses(), dvclt.state["due"]) == (["processing", "completed"], DUE)


def test_police_who_ask_the_household_head_too_late_are_late() -> None:
    """And whoever is asked in time may take longer than the case has."""
    for asked, letters in ((480, 0), (5 * DAY, 1)):
        for events in (
            (said("consent.requested", asked), said("consent.given", 5 * DAY + 60)),
            (said("consent.given", 5 * DAY + 60), said("consent.requested", asked)),
        ):
            dvclt = Dvclt()
            dvclt.hears(submitted("birth", "residence"), said("birth.registered", 120), *events)
            dvclt.hears(said("residence.registered", 5 * DAY + 120))
            assert len(dvclt.statuses()) == 2 + letters, (asked, events[0].name)
