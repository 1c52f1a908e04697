"""The birth chain, told case by case."""

import pytest

from hub.orchestrator.chains import PARKING, WAITING
from schemas.deadlines import verify_late_births
from schemas.event import from_text
from schemas.working_days import due
from tests.hub.orchestrator.country import (
    CARD,
    DUE,
    ENTRY,
    NUMBER,
    SUBMITTED,
    Dvclt,
    at,
    said,
    submitted,
)

RETURNED = [1, 3, 7, 4, 5]
EVERY_KEY = {
    *("chain", "procedure", "province", "commune", "status", "reason", "submitted", "due"),
    *("withdrawn", "updated", "ended", "services", "dossier", "results", "waiting", "parked"),
}


def test_a_submission_starts_the_case_and_promises_a_date() -> None:
    """The citizen hears that the case is processed and when it is due; the one-stop gets work."""
    dvclt = Dvclt()
    assert dvclt.hears(submitted()) == ["case.status.changed", "birth.registration.requested"]
    status = dvclt.sent("case.status.changed")
    assert (status.data["status"], status.data["due"]) == ("processing", DUE)
    assert [entry["status"] for entry in status.data["services"]] == [1, 1, 1]
    assert {emit.time for emit in dvclt.emitted} == {SUBMITTED}, "at once: the time of the cause"
    assert dvclt.sent("birth.registration.requested").data["due"] == DUE
    assert from_text(DUE) == due(SUBMITTED, 3)


def test_each_open_service_says_what_it_waits_for_and_until_when() -> None:
    """From the first moment on: a named reason, a deadline and a timer for every open service."""
    dvclt = Dvclt()
    dvclt.hears(submitted())
    assert dvclt.state["waiting"] == {
        "birth": {"reason": "birth_reception", "until": DUE},
        "residence": {"reason": "birth_first", "until": DUE},
        "health_card": {"reason": "birth_first", "until": DUE},
    }
    assert dvclt.timers == dict.fromkeys(dvclt.state["waiting"], from_text(DUE))


def test_a_smooth_case_walks_all_three_services() -> None:
    """Birth, then residence and card side by side; two messages to the citizen in all."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("dossier.progressed", 30))
    assert dvclt.stages()["birth"] == "processing"
    assert dvclt.hears(said("birth.registered", 120)) == [
        "residence.registration.requested",
        "health-card.requested",
    ]
    assert dvclt.sent("health-card.requested").time == from_text(at(120))
    assert "mother" not in dvclt.state["application"], "no later request needs her"
    dvclt.hears(said("dossier.progressed", 140, codes=RETURNED))
    assert dvclt.hears(said("health-card.issued", 300)) == []
    assert dvclt.hears(said("residence.registered", 600)) == ["case.status.changed"]
    assert dvclt.ended
    assert dvclt.statuses() == ["processing", "completed"]
    assert dvclt.sent("case.status.changed").time == from_text(at(600))


def test_a_finished_case_is_a_full_record() -> None:
    """The document holds where each service ended, since when, and every result."""
    dvclt = smooth()
    assert dvclt.state.keys() == EVERY_KEY
    assert dvclt.state["services"] == {
        "birth": _done("returned", since=120, asked=0),
        "residence": _done("registered", since=600, asked=120),
        "health_card": _done("issued", since=300, asked=120),
    }
    assert dvclt.state["results"] == {
        "personal_id": "001323000003",
        "entry": ENTRY,
        "residence": NUMBER,
        "card": CARD,
    }
    assert dvclt.state["dossier"]["codes"] == [1, 3, 7, 4, 5]
    assert (dvclt.state["updated"], dvclt.state["ended"]) == (at(600), at(600))
    assert (dvclt.state["waiting"], dvclt.timers) == ({}, {})


def test_the_final_message_ends_with_the_latest_decision() -> None:
    """Its time is that of the last service to end, whichever answer was handled last."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120), said("residence.registered", 600))
    dvclt.hears(said("health-card.issued", 300))
    assert dvclt.sent("case.status.changed").time == from_text(at(600))
    assert dvclt.state["ended"] == at(600)


def test_birth_and_card_only() -> None:
    """Nobody asks the police, and the case completes with the card."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "health_card"))
    assert dvclt.hears(said("birth.registered", 120)) == ["health-card.requested"]
    dvclt.hears(said("health-card.issued", 300))
    assert dvclt.statuses() == ["processing", "completed"]
    assert list(dvclt.state["services"]) == ["birth", "health_card"]


def test_birth_and_residence_only() -> None:
    """Social insurance is not asked, and the case completes with the residence."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "residence"))
    assert dvclt.hears(said("birth.registered", 120)) == ["residence.registration.requested"]
    dvclt.hears(said("residence.registered", 600))
    assert dvclt.statuses() == ["processing", "completed"]


def test_a_report_that_comes_after_the_end_changes_no_end() -> None:
    """The one-stop returns the result when the card is there already."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "health_card"), said("birth.registered", 120))
    assert dvclt.hears(said("health-card.issued", 130)) == ["case.status.changed"]
    assert dvclt.sent("case.status.changed").data["services"][0]["status"] == 10
    assert dvclt.hears(said("dossier.progressed", 140, codes=RETURNED)) == []
    assert dvclt.stages() == {"birth": "returned", "health_card": "issued"}
    assert (dvclt.state["ended"], dvclt.state["updated"]) == (at(130), at(140))


def test_services_keep_the_chain_s_order_however_they_were_named() -> None:
    """The document and the messages list birth, residence, card."""
    dvclt = Dvclt()
    dvclt.hears(submitted("health_card", "birth", "residence"))
    assert list(dvclt.state["services"]) == ["birth", "residence", "health_card"]


def test_consent_given_lets_the_police_decide() -> None:
    """The wait for the household head has its own deadline and holds up the residence only."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120), said("consent.requested", 480))
    assert dvclt.state["waiting"]["residence"] == {
        "reason": "household_consent",
        "until": "2023-07-17T16:00:00.000+07:00",
    }
    dvclt.hears(said("health-card.issued", 500), said("consent.given", 900))
    assert dvclt.state["waiting"] == {"residence": {"reason": "residence_decision", "until": DUE}}
    dvclt.hears(said("residence.registered", 960))
    assert dvclt.statuses() == ["processing", "completed"]


def test_consent_declined_ends_the_residence_and_nothing_else() -> None:
    """The police refuse for that reason; the card is issued and the case ends partly completed."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120), said("consent.requested", 480))
    dvclt.hears(said("consent.declined", 500))
    assert dvclt.state["waiting"]["residence"]["reason"] == "residence_refusal"
    dvclt.hears(said("residence.registration.refused", 560, reason="consent_declined"))
    dvclt.hears(said("health-card.issued", 570))
    final = dvclt.sent("case.status.changed").data
    assert final["status"] == "partly_completed"
    assert final["services"] == [
        {"service": "birth", "status": 10, "reason": None},
        {"service": "residence", "status": 3, "reason": "consent_declined"},
        {"service": "health_card", "status": 10, "reason": None},
    ]
    assert final["reason"] is None, "the case as a whole was not refused"


def test_a_refused_birth_ends_the_case() -> None:
    """Nothing is asked of the police or of social insurance; the case's reason is stage 1's."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("dossier.progressed", 30))
    assert dvclt.hears(said("birth.registration.refused", 120)) == ["case.status.changed"]
    final = dvclt.sent("case.status.changed").data
    assert (final["status"], final["reason"]) == ("refused", "notice_mismatch")
    assert final["services"] == [
        {"service": "birth", "status": 3, "reason": "notice_mismatch"},
        {"service": "residence", "status": 8, "reason": None},
        {"service": "health_card", "status": 8, "reason": None},
    ]
    dvclt.hears(said("dossier.progressed", 130, codes=[1, 3, 7, 6]))
    assert dvclt.ended
    assert dvclt.state["dossier"]["codes"] == [1, 3, 7, 6]
    assert "application" not in dvclt.state


@pytest.mark.parametrize(
    ("refused", "done"),
    [
        ("residence.registration.refused", "health-card.issued"),
        ("health-card.refused", "residence.registered"),
    ],
)
def test_one_later_service_refused_leaves_the_rest_standing(refused: str, done: str) -> None:
    """The case is partly completed, with the agency's reason at the service."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120), said(refused, 500), said(done, 600))
    assert dvclt.statuses() == ["processing", "partly_completed"]
    reasons = [entry["reason"] for entry in dvclt.state["services"].values() if entry["reason"]]
    assert reasons == [said(refused, 0).data()["reason"]]


def test_both_later_services_refused_is_partly_completed() -> None:
    """The birth was registered, and that stands."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120))
    dvclt.hears(said("residence.registration.refused", 500), said("health-card.refused", 600))
    assert dvclt.statuses() == ["processing", "partly_completed"]
    assert dvclt.stages()["birth"] == "registered"


@pytest.mark.parametrize(
    ("services", "born", "reason"),
    [
        (("residence", "health_card"), "2023-07-01T04:30:00+07:00", "birth_not_asked"),
        (("residence",), "2010-07-01T04:30:00+07:00", "birth_not_asked"),
        (("birth", "health_card"), "2017-07-10T23:00:00+07:00", "over_six"),
        (("birth", "residence", "health_card"), "2010-01-01T00:00:00+07:00", "over_six"),
    ],
)
def test_what_dvclt_refuses_itself_gets_one_message_and_nothing_else(
    services: tuple[str, ...], born: str, reason: str
) -> None:
    """No agency hears of it, no date is promised and no timer is set."""
    dvclt = Dvclt()
    event = submitted(*services, child={**submitted().data()["child"], "born": born})
    assert dvclt.hears(event) == ["case.status.changed"]
    message = dvclt.sent("case.status.changed").data
    assert (message["status"], message["reason"], message["due"]) == ("refused", reason, None)
    assert [(e["status"], e["reason"]) for e in message["services"]] == [(3, reason)] * len(
        services
    )
    assert dvclt.ended
    assert dvclt.state.keys() == EVERY_KEY
    assert (dvclt.timers, dvclt.state["waiting"]) == ({}, {})


@pytest.mark.parametrize(
    ("services", "born"),
    [
        (("birth", "health_card"), "2017-07-11T00:00:00+07:00"),
        (("birth", "health_card"), "2017-07-10T17:30:00+00:00"),
        (("birth", "residence"), "2010-01-01T00:00:00+07:00"),
    ],
)
def test_the_card_is_for_children_who_are_not_six_yet(services: tuple[str, ...], born: str) -> None:
    """Age counts by Vietnam's calendar on the day of submission, and only for the card."""
    dvclt = Dvclt()
    dvclt.hears(submitted(*services, child={**submitted().data()["child"], "born": born}))
    assert dvclt.statuses() == ["processing"]


@pytest.mark.parametrize(
    ("born", "verified", "due", "missed"),
    [
        ("2023-05-11T00:00:00+07:00", True, "2023-07-13", None),
        ("2023-05-10T16:59:59+00:00", True, "2023-07-17", "2023-07-09"),
        ("2023-05-10T16:59:59+00:00", False, "2023-07-13", "2023-07-09"),
    ],
)
def test_a_birth_that_is_filed_after_sixty_days_may_need_verification(
    born: str,
    verified: bool,
    due: str,
    missed: str | None,
    late_births_verified: None,
) -> None:
    """On the sixtieth day three working days are promised; on the next day five, if the run takes
    a late birth for one that is to be verified."""
    verify_late_births(verified)
    dvclt = Dvclt()
    dvclt.hears(submitted(child={**submitted().data()["child"], "born": born}))
    assert dvclt.state["due"].startswith(due)
    assert dvclt.state.get("filed_late") == missed


@pytest.mark.parametrize("ending", ["residence.registered", "residence.registration.refused"])
def test_in_strict_sequence_the_card_follows_the_residence(ending: str) -> None:
    """It is asked for when the residence ended, with success or without, and not before."""
    dvclt = Dvclt("strict")
    dvclt.hears(submitted())
    assert dvclt.hears(said("birth.registered", 120)) == ["residence.registration.requested"]
    assert dvclt.state["waiting"]["health_card"]["reason"] == "residence_first"
    assert dvclt.hears(said(ending, 600)) == ["health-card.requested"]
    request = dvclt.sent("health-card.requested")
    assert request.time == from_text(at(600))
    assert request.data["child"]["personal_id"] == "001323000003"
    assert dvclt.hears(said("health-card.issued", 900)) == ["case.status.changed"]


def test_in_strict_sequence_a_card_without_residence_follows_the_birth() -> None:
    """There is nothing else to wait for."""
    dvclt = Dvclt("strict")
    dvclt.hears(submitted("birth", "health_card"))
    assert dvclt.hears(said("birth.registered", 120)) == ["health-card.requested"]


def test_in_strict_sequence_a_refused_birth_stops_everything() -> None:
    """The card, too, although it waits for the residence."""
    dvclt = Dvclt("strict")
    dvclt.hears(submitted(), said("birth.registration.refused", 120))
    assert dvclt.statuses() == ["processing", "refused"]


def test_a_report_of_the_result_may_come_before_the_result() -> None:
    """The service waits for the registration's data; then it is registered and returned."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("dossier.progressed", 140, codes=RETURNED))
    assert dvclt.state["waiting"]["birth"]["reason"] == "birth_record"
    dvclt.hears(said("birth.registered", 120))
    assert dvclt.state["services"]["birth"]["state"] == "returned"
    assert dvclt.state["services"]["birth"]["since"] == at(120)


def test_every_reason_has_a_text_in_both_languages() -> None:
    """What a case waits for can be told to people, overdue or not."""
    for label in (*WAITING.values(), *PARKING.values()):
        assert label.vi
        assert label.en


def _done(state: str, *, since: float, asked: float) -> dict[str, object]:
    times = {"since": at(since), "asked": at(asked), "due": DUE}
    return {"state": state, "status": 10, "reason": None, **times}


def smooth() -> Dvclt:
    """A finished case."""
    dvclt = Dvclt()
    dvclt.hears(
        submitted(),
        said("dossier.progressed", 30),
        said("birth.registered", 120),
        said("dossier.progressed", 140, codes=RETURNED),
        said("health-card.issued", 300),
        said("residence.registered", 600),
    )
    return dvclt


def test_a_draft_that_nobody_answers_is_agreed_with() -> None:
    """The case waits for the requester until then, and after that for civil status again; an
    answer that comes later changes nothing."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("certificate.drafted", 180, expires=at(180 + 1440)))
    assert dvclt.state["waiting"]["birth"] == {"reason": "draft_answer", "until": at(180 + 1440)}
    due = dvclt.state["services"]["birth"]["due"]
    dvclt.fires("birth")
    assert dvclt.state["waiting"]["birth"] == {"reason": "certificate_issue", "until": due}
    assert dvclt.manual == []
    assert dvclt.hears(said("certificate.draft.answered", 1700)) == []
    asked = dvclt.hears(said("birth.registered", 1720))
    assert asked == ["residence.registration.requested", "health-card.requested"]
    assert dvclt.hears(said("certificate.draft.answered", 1800)) == []


def test_an_answer_may_come_before_the_draft() -> None:
    """The portal and civil status publish independently."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("certificate.draft.answered", 300))
    assert dvclt.stages()["birth"] == "checked"
    dvclt.hears(said("certificate.drafted", 180, expires=at(180 + 1440)))
    assert dvclt.stages()["birth"] == "checked"
