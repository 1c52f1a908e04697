"""Whatever happens in whatever order, no case is silently stuck.

Thousands of random histories: every event that dvclt may receive, early or late, in any order and
again and again, with timers between. After every step a case is over, or waits for something by
name until a time that has a timer, or an officer has it. The search proves itself: a table or a
rule with a hole is found by it.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.runtime.handling import Decision, Input, TimerFired
from hub.orchestrator import Orchestrator, case
from hub.orchestrator.chain import IGNORE, Sequencing, Table
from hub.orchestrator.chains import CHAINS, PARKING, TABLES, WAITING
from hub.orchestrator.progress import PROGRESS
from schemas.event import Event, from_text, to_text
from schemas.systems import may_receive
from tests.hub.orchestrator.country import CASE, said, submitted

Document = dict[str, Any]
Steps = list[tuple[int, int]]

DECIDING = CHAINS["birth"].deciding
CODES = ([1], [1, 3, 7], [1, 3, 7, 4], [1, 3, 7, 4, 5], [1, 3, 7, 6], [1, 2], [5])
SERVICES = ("birth", "residence", "health_card")
INPUTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("timer", {}),
    ("timer", {"last": True}),
    *(("dossier.progressed", {"codes": codes}) for codes in CODES),
    *(("supplement.requested", {"by": system}) for system in DECIDING),
    *(("case.supplement.provided", {"service": service}) for service in SERVICES),
    *(
        (name, {})
        for name in (*may_receive("dvclt"), "delivery.rejected")
        if name not in ("dossier.progressed", "supplement.requested", "case.supplement.provided")
    ),
)
MINUTES = (0, 7, 60, 300, 1_500, 4_000, 9_000, 15_000, 40_000)
"""After the submission: at once, within the hour, overdue, past every deadline."""
SUBMISSIONS = (
    submitted("birth"),
    submitted("birth", "residence"),
    submitted("birth", "health_card"),
    submitted(),
    submitted("residence"),
    submitted(child={**submitted().data()["child"], "born": "2010-01-01T00:00:00+07:00"}),
)


class Stuck(AssertionError):
    """A history that leaves a case without an end, a wait or an officer."""


class Step(NamedTuple):
    """A case before an input, the input, and what was decided."""

    before: Document
    given: Input
    decision: Decision


@cache
def event_of(number: int, time: int) -> Event:
    """One of the events, at one of the times."""
    name, fields = INPUTS[number]
    return said(name, MINUTES[time], **fields)


def history(handle: Callable[..., Decision], first: int, steps: Steps) -> Iterator[Step]:
    """The steps of a case that begins with one of the submissions."""
    decision = handle({}, SUBMISSIONS[first])
    yield Step({"services": {}, "ended": None}, SUBMISSIONS[first], decision)
    for number, time in steps:
        name, fields = INPUTS[number]
        given: Input
        if name == "timer":
            timers = sorted(decision.timers.items(), key=lambda t: (t[1], t[0]))
            if not timers:
                continue
            service, due = timers[-1 if fields else 0]
            given = TimerFired(subject=CASE, name=service, time=due)
        else:
            given = event_of(number, time)
        before, decision = decision.state, handle(decision.state, given)
        yield Step(before, given, decision)


def check(step: Step) -> None:
    """Raise what is wrong with a step.

    Raises:
        Stuck: the case is neither over nor waiting nor with an officer, or lost a result.
    """
    for rule in (_over_or_waiting, _has_timers, _timers_move, _stands, _is_quiet, _gives_reasons):
        rule(step)


def _need(holds: bool, what: str, step: Step) -> None:
    if not holds:
        raise Stuck(f"{what}: {step.given} made {step.decision.state}")


def _open_services(document: Document, tables: Mapping[str, Table] = TABLES) -> list[str]:
    return [
        service
        for service, entry in document["services"].items()
        if tables[service].states[entry["state"]].result is None
    ]


def _over_or_waiting(step: Step) -> None:
    document = step.decision.state
    waits = document["waiting"]
    _need(sorted(waits) == sorted(_open_services(document)), "an open service waits", step)
    _need(all(wait["reason"] in WAITING for wait in waits.values()), "by a known name", step)
    over = not waits
    _need(step.decision.ended == over, "a case without a wait is over", step)
    _need((document["ended"] is not None) == over, "it says when it ended", step)
    _need((document["status"] == "processing") != over, "it says how it ended", step)


def _has_timers(step: Step) -> None:
    waits = step.decision.state["waiting"]
    timers = {s: to_text(due) for s, due in step.decision.timers.items()}
    for service, wait in waits.items():
        if "manual" in wait:
            _need(wait["reason"].startswith("overdue_"), "officers get what is overdue", step)
        else:
            _need(timers.get(service) == wait["until"], "a wait has its timer", step)
    _need(timers.keys() <= waits.keys(), "a timer belongs to a wait", step)
    _need(step.decision.manual in (None, *PARKING), "officers are told a known reason", step)


def _timers_move(step: Step) -> None:
    """Otherwise it would fire for ever, or never lead to anything."""
    if isinstance(step.given, TimerFired):
        left = step.decision.timers.get(step.given.name)
        _need(left is None or left > step.given.time, "a timer that fired is gone or later", step)
        wait = step.decision.state["waiting"].get(step.given.name, {})
        _need(
            "manual" not in wait or step.decision.manual == "overdue", "the officer is told", step
        )


def _stands(step: Step) -> None:
    for service, entry in step.before["services"].items():
        states = TABLES[service].states
        result = states[entry["state"]].result
        if result is not None:
            after = step.decision.state["services"][service]
            _need(states[after["state"]].result == result, "what was decided stands", step)
            same = (after["since"], after["reason"]) == (entry["since"], entry["reason"])
            _need(same, "with its time and reason", step)


def _is_quiet(step: Step) -> None:
    if step.before["ended"] is not None:
        _need(not step.decision.events, "an ended case says nothing more", step)
        same = step.decision.state["status"] == step.before["status"]
        _need(same, "an ended case stays as it ended", step)


def _gives_reasons(step: Step) -> None:
    for entry in step.decision.state["services"].values():
        told = entry["reason"] is not None
        _need((entry["status"] in (3, 7)) == told, "who is refused or withdrew is told why", step)


steps_of_a_history = st.lists(
    st.tuples(st.integers(0, len(INPUTS) - 1), st.integers(0, len(MINUTES) - 1)), max_size=30
)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("sequence", ["parallel", "strict"])
@settings(max_examples=2_000, deadline=None)
@given(first=st.integers(0, len(SUBMISSIONS) - 1), steps=steps_of_a_history)
@example(first=3, steps=[(number, 2) for number in range(len(INPUTS))])
def test_no_history_leaves_a_case_stuck(sequence: Sequencing, first: int, steps: Steps) -> None:
    """Over, waiting with reason and deadline, or with an officer, after every single step."""
    for step in history(Orchestrator(sequence).handle, first, steps):
        check(step)


@pytest.mark.timeout(120)
def test_the_histories_go_everywhere() -> None:
    """The random histories reach every state of every table."""
    reached = {
        (service, entry["state"])
        for first, steps in _some_histories(1_500)
        for sequence in ("parallel", "strict")
        for step in history(Orchestrator(sequence).handle, first, steps)
        for service, entry in step.decision.state["services"].items()
    }
    every = {(s, name) for s, table in TABLES.items() for name in table.states}
    never = {(service, "not_asked") for service in SERVICES}
    assert every - reached == never, "these states are never tried"


def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline of a supplement changes nothing."""
    for table in TABLES.values():
        for column in ("expired/residence", "withdrawn/residence"):
            cells = {**table.cells[column], "supplement_asked": IGNORE}
            monkeypatch.setitem(table.cells, column, cells)


def _no_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A refused birth leaves the residence waiting for it."""
    table = TABLES["residence"]
    cells = {**table.cells["birth.registration.refused"], "waiting": IGNORE}
    monkeypatch.setitem(table.cells, "birth.registration.refused", cells)
    monkeypatch.setattr(case.Draft, "overdue", lambda draft, service: None)


def _undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later refusal undoes the birth."""
    table = TABLES["birth"]
    cells = table.cells["birth.registration.refused"]
    cells = {**cells, "registered": cells["requested"]}
    monkeypatch.setitem(table.cells, "birth.registration.refused", cells)


def _no_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Overdue waits have no timer, so nobody would ever hear of them."""
    decide = case.decision

    def decision(*given: Any, **options: Any) -> Decision:
        made = decide(*given, **options)
        waits = made.state["waiting"]
        timers = {s: t for s, t in made.timers.items() if waits[s]["reason"][:8] != "overdue_"}
        return replace(made, timers=timers)

    monkeypatch.setattr("hub.orchestrator.orchestrator.decision", decision)


def _no_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A case whose services are all over stays open."""
    monkeypatch.setattr(case.Draft, "settle", lambda draft: None)


def _no_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service is withdrawn without saying so."""
    monkeypatch.setattr(case.Draft, "close", lambda draft, service, reason: None)


@pytest.mark.parametrize("mutate", [_no_way_out, _no_stop, _undone, _no_timer, _no_end, _no_reason])
def test_the_search_finds_a_hole(
    monkeypatch: pytest.MonkeyPatch, mutate: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """With a cell or a rule taken away, some history is stuck."""
    mutate(monkeypatch)
    handle = Orchestrator("parallel").handle
    with pytest.raises(Stuck):
        for first, steps in _some_histories(1_500):
            for step in history(handle, first, steps):
                check(step)


def _some_histories(count: int) -> Iterator[tuple[int, Steps]]:
    """Histories in the order of their times, each about one service, its supplements and more."""
    dice = random.Random(1)
    names = [name for name, _ in INPUTS]
    questions, answers = (
        names.index("supplement.requested"),
        names.index("case.supplement.provided"),
    )
    for _ in range(count):
        service = dice.randrange(len(SERVICES))
        often = [questions + service, answers + service, dice.randrange(len(INPUTS))]
        numbers = dice.choices([*often * 20, *range(len(INPUTS))], k=dice.randrange(16))
        if service and dice.random() < 0.8:
            numbers.insert(0, names.index("birth.registered"))
        times = sorted(dice.choices(range(len(MINUTES)), k=len(numbers)))
        yield dice.randrange(len(SUBMISSIONS)), list(zip(numbers, times, strict=True))


def test_the_histories_hold_every_variant_of_progress() -> None:
    """One list of codes for each thing that the one-stop can say."""
    assert len(CODES) == len(PROGRESS)


def test_a_wait_that_an_officer_has_still_says_until_when() -> None:
    """It keeps its reason and the deadline that passed, beside the mark."""
    handle = Orchestrator("parallel").handle
    timers = [(0, 0)] * 12
    last = [*history(handle, 3, timers)][-1].decision
    assert last.timers == {}
    for wait in last.state["waiting"].values():
        assert wait["manual"] is True
        assert wait["reason"] in WAITING
        assert from_text(wait["until"]).tzinfo is not None
