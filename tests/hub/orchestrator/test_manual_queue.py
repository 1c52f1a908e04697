"""What an officer has to look at, and what is none of dvclt's."""

from dataclasses import replace

import pytest

from connectors.runtime.errors import UnhandledInput
from connectors.runtime.handling import Outcome, TimerFired
from schemas.event import Event
from tests.hub.orchestrator.country import CASE, SUBMITTED, Dvclt, at, said, submitted


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("case.supplement.provided", "supplement_provided"),
        ("delivery.rejected", "delivery_rejected"),
    ],
)
def test_what_the_chain_cannot_answer_waits_for_an_officer(name: str, reason: str) -> None:
    """The event is kept by name, id and reason, and the case's services go on."""
    dvclt = Dvclt()
    event = said(name, 50)
    dvclt.hears(submitted(), event)
    assert dvclt.state["parked"] == [
        {"name": name, "source": event.source, "id": event.id, "time": at(50), "reason": reason}
    ]
    assert dvclt.hears(said("birth.registered", 120)) != []
    dvclt.hears(said("residence.registered", 600), said("health-card.issued", 300))
    assert dvclt.statuses() == ["processing", "completed"]
    assert len(dvclt.state["parked"]) == 1


def test_a_parked_event_is_kept_once() -> None:
    """Its repetition adds nothing, not even after the case has ended."""
    dvclt = Dvclt()
    event = said("case.supplement.provided", 50)
    dvclt.hears(
        submitted("birth", "health_card"), event, event, said("birth.registered", 120), event
    )
    assert len(dvclt.state["parked"]) == 1


def test_what_is_parked_does_not_date_the_case() -> None:
    """Nothing of the case changed; the hub's own messages are not even dated in the run's time."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("delivery.rejected", 9_999_999))
    assert dvclt.state["updated"] == at(0)


@pytest.mark.parametrize(
    ("decided", "later", "stage"),
    [
        ("birth.registered", "birth.registration.refused", "registered"),
        ("birth.registration.refused", "birth.registered", "refused"),
    ],
)
def test_a_decision_on_the_birth_stands(decided: str, later: str, stage: str) -> None:
    """What contradicts it goes to an officer."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said(decided, 100))
    emitted = len(dvclt.emitted)
    dvclt.hears(said(later, 200))
    assert dvclt.stages()["birth"] == stage
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["contradicts_decision"]
    assert len(dvclt.emitted) == emitted


@pytest.mark.parametrize(
    ("done", "refused"),
    [
        ("residence.registered", "residence.registration.refused"),
        ("health-card.issued", "health-card.refused"),
    ],
)
def test_a_later_refusal_never_undoes_a_result(done: str, refused: str) -> None:
    """The fact stands in an open case and in one that has ended."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 100), said(done, 200))
    stages = dvclt.stages()
    dvclt.hears(said(refused, 300))
    assert dvclt.stages() == stages
    assert [entry["name"] for entry in dvclt.state["parked"]] == [refused]


def test_an_answer_to_a_service_nobody_asked_for_is_parked() -> None:
    """Social insurance says something about a case without a card."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "residence"), said("health-card.issued", 100))
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["not_expected"]


@pytest.mark.parametrize("codes", [[3, 1], [1, 7], [1, 3, 4], [5], [2], [1, 3, 7, 5], [1, 1]])
def test_progress_in_a_wrong_order_is_parked(codes: list[int]) -> None:
    """The compulsory order is 1→3→7→4→5; another is permanent nonsense."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("dossier.progressed", 30, codes=codes))
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["progress_disordered"]
    assert dvclt.state["dossier"] is None


def test_a_supplement_in_the_progress_is_noted_and_the_rest_counts() -> None:
    """Code 2 may stand anywhere after 1; the list of defects comes from the agency itself."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("dossier.progressed", 30, codes=[1, 3, 7, 2]))
    assert dvclt.state["dossier"]["codes"] == [1, 3, 7, 2]
    assert dvclt.state["parked"] == []
    dvclt.hears(said("dossier.progressed", 90, codes=[1, 3, 7, 2, 4, 5]))
    assert dvclt.stages()["birth"] == "reported"


def test_an_older_progress_list_says_nothing_new() -> None:
    """Lists are cumulative: the longest one counts."""
    dvclt = Dvclt()
    dvclt.hears(
        submitted(), said("dossier.progressed", 30), said("dossier.progressed", 5, codes=[1])
    )
    assert dvclt.state["dossier"]["codes"] == [1, 3, 7]
    assert dvclt.stages()["birth"] == "processing"


def test_another_submission_under_the_same_code_is_not_lost() -> None:
    """The first one stands; the other waits for an officer. A repetition is just ignored."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), submitted())
    assert dvclt.state["parked"] == []
    dvclt.hears(said("case.submitted", 5))
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["submitted_again"]
    assert dvclt.statuses() == ["processing"]


def test_an_event_of_an_unknown_case_is_an_error_that_names_it() -> None:
    """The runtime makes it a dead letter and puts the case into the manual queue."""
    with pytest.raises(UnhandledInput, match=rf"birth\.registered of case {CASE}"):
        Dvclt().hears(said("birth.registered", 5))


def test_a_submission_that_the_hub_rejected_is_kept_for_an_officer() -> None:
    """There is no case yet; a good submission under the same code opens it and keeps the note."""
    dvclt = Dvclt()
    dvclt.hears(said("delivery.rejected", 5))
    assert dvclt.state.keys() == {"parked"}
    assert (dvclt.timers, dvclt.ended) == ({}, False)
    dvclt.hears(submitted())
    assert dvclt.statuses() == ["processing"]
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["delivery_rejected"]


def test_what_dvclt_may_not_receive_is_an_error() -> None:
    """So are an agency's outcome and a timer of no service."""
    dvclt = Dvclt()
    dvclt.hears(submitted())
    alien = Event(
        id="1",
        source="/systems/population",
        type="vn.lienthong.personal-id.issued.v1",
        time=SUBMITTED,
        subject=CASE,
        payload=b"{}",
    )
    outcome = Outcome(
        subject=CASE,
        step="x",
        attempt=1,
        time=SUBMITTED,
        result="done",
        record={},
        cause="",
        cursor=1,
    )
    for given in (alien, outcome, TimerFired(subject=CASE, name="x", time=SUBMITTED)):
        with pytest.raises(UnhandledInput):
            dvclt.handle(given)


def test_a_submission_of_a_chain_that_dvclt_has_not_is_an_error_that_names_it() -> None:
    """The contract may know a chain before its table is written."""
    event = submitted()
    payload = event.payload.replace(b'"chain":"birth"', b'"chain":"wedding"')
    with pytest.raises(UnhandledInput, match="no chain 'wedding'"):
        Dvclt().hears(replace(event, payload=payload))
