"""Every state that a case can reach, by any event in any order: over or waiting, never stuck."""

from collections.abc import Iterator
from typing import Any

import pytest

from connectors.runtime.handling import Decision, Input, TimerFired
from hub.orchestrator import Orchestrator
from hub.orchestrator.birth import TABLES
from hub.orchestrator.birth.intake import Sequencing
from hub.orchestrator.labels import OVERDUE, WAITING
from hub.orchestrator.progress import PROGRESS
from schemas.event import from_text
from schemas.systems import may_receive
from tests.hub.orchestrator.country import CASE, said, submitted

Document = dict[str, Any]

CODES = [[1], [1, 3, 7], [1, 3, 7, 4], [1, 3, 7, 4, 5], [1, 3, 7, 6], [1, 2], [5]]
EVENTS = [
    *(said("dossier.progressed", 10 + n, codes=codes) for n, codes in enumerate(CODES)),
    *(
        said(name, 30 + n)
        for n, name in enumerate((*may_receive("dvclt"), "delivery.rejected"))
        if name not in ("dossier.progressed", "case.submitted")
    ),
]
SUBMISSIONS = [
    submitted("birth"),
    submitted("birth", "residence"),
    submitted("birth", "health_card"),
    submitted(),
    submitted("residence"),
]


def shape(document: Document) -> tuple[object, ...]:
    """What the tables see of a case, and whether an officer has it."""
    return (
        *((name, entry["state"]) for name, entry in document["services"].items()),
        *((name, entry["reason"]) for name, entry in document["waiting"].items()),
        document["status"],
        bool(document["parked"]),
    )


def reachable(sequence: Sequencing) -> Iterator[tuple[Document, Decision]]:
    """Every step (state before, decision) from any shape of case that can be reached."""
    handle = Orchestrator(sequence).handle
    todo = [handle({}, event).state for event in SUBMISSIONS]
    known = {shape(document) for document in todo}
    while todo:
        document = todo.pop()
        timers = [
            TimerFired(subject=CASE, name=service, time=from_text(entry["until"]))
            for service, entry in document["waiting"].items()
        ]
        inputs: list[Input] = [*EVENTS, *timers]
        for given in inputs:
            decision = handle(document, given)
            yield document, decision
            if shape(decision.state) not in known:
                known.add(shape(decision.state))
                todo.append(decision.state)


@pytest.fixture(scope="module", params=["parallel", "strict"])
def steps(request: pytest.FixtureRequest) -> list[tuple[Document, Decision]]:
    """All steps in one sequence."""
    found = list(reachable(request.param))
    assert len(found) > 1000, "the search must leave the main line"
    return found


def test_a_case_is_over_or_waits_with_a_reason_and_a_deadline(
    steps: list[tuple[Document, Decision]],
) -> None:
    """Each open service waits by name and date; a case without one is over, with a status."""
    for _, decision in steps:
        document = decision.state
        open_services = [
            service
            for service, entry in document["services"].items()
            if TABLES[service].states[entry["state"]].result is None
        ]
        assert list(document["waiting"]) == open_services
        for entry in document["waiting"].values():
            assert entry["reason"] in WAITING
            assert from_text(entry["until"]).tzinfo is not None
        assert decision.ended == (not open_services)
        assert (document["ended"] is None) == bool(open_services)
        assert (document["status"] == "processing") == bool(open_services)


def test_a_wait_has_a_timer_until_it_is_overdue(steps: list[tuple[Document, Decision]]) -> None:
    """No open service can wait for ever without anyone being told."""
    for _, decision in steps:
        assert decision.timers == {
            service: from_text(entry["until"])
            for service, entry in decision.state["waiting"].items()
            if not entry["reason"].startswith(OVERDUE)
        }


def test_what_was_done_stays_done(steps: list[tuple[Document, Decision]]) -> None:
    """No event at all undoes a registration, or reopens a service that ended."""
    for before, decision in steps:
        for service, entry in before["services"].items():
            states = TABLES[service].states
            result = states[entry["state"]].result
            if result is not None:
                after = decision.state["services"][service]
                assert states[after["state"]].result == result
                assert (after["since"], after["reason"]) == (entry["since"], entry["reason"])


def test_an_ended_case_says_nothing_more(steps: list[tuple[Document, Decision]]) -> None:
    """Its one final message is out."""
    for before, decision in steps:
        if before["ended"] is not None:
            assert not decision.events
            assert decision.state["status"] == before["status"]


def test_status_three_always_has_its_reason(steps: list[tuple[Document, Decision]]) -> None:
    """A service that was refused says why; no other carries a reason."""
    for _, decision in steps:
        for entry in decision.state["services"].values():
            assert (entry["status"] == 3) == (entry["reason"] is not None)


def test_the_search_knows_every_variant_of_progress() -> None:
    """One list of codes for each thing that the one-stop can say."""
    assert len(CODES) == len(PROGRESS)
