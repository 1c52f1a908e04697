"""Whatever happens in whatever order, no case is silently stuck.

Thousands of random histories: every event that dvclt may receive, early or late, in any order and
again and again, with timers between. After every step a case is over, or waits for something by
name until a time that has a timer, or an officer has it. The search proves itself: a table or a
rule with a hole is found by it.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.runtime.handling import Decision, Input, TimerFired
from hub.orchestrator import Orchestrator, case, documents
from hub.orchestrator.building import receivable
from hub.orchestrator.chain import IGNORE, Apply, Chain, Sequencing, Table
from hub.orchestrator.chains import CHAINS, PARKING, TABLES, WAITING
from hub.orchestrator.progress import PROGRESS
from schemas.event import Event, from_text, to_text
from schemas.examples import DEATH_SUBMISSION, TEMPORARY_SUBMISSION
from tests.hub.orchestrator import country
from tests.hub.orchestrator.country import CASE, died, filed_with_card, submitted

Document = dict[str, Any]
Handle = Callable[..., Decision]
Steps = list[tuple[int, int]]

IN_JUNE = {**DEATH_SUBMISSION["deceased"], "died": "2023-06-30T08:00:00+07:00"}
"""Of somebody who died when emergency aid was higher than the insurance's allowance."""

CODES = ([1], [1, 3, 7], [1, 3, 7, 4], [1, 3, 7, 4, 5], [1, 3, 7, 6], [1, 2], [5])
DECIDERS = ("social-insurance", "social-protection")
AGENCIES = {service: by for c in CHAINS.values() for by, service in c.deciding.items()}
"""Service → who decides on it."""
FIELDS: dict[str, list[dict[str, Any]]] = {
    "dossier.progressed": [{"codes": codes} for codes in CODES],
    "supplement.requested": [{"by": system} for system in sorted({*AGENCIES.values()})],
    "case.supplement.provided": [{"service": service} for service in TABLES],
    "case.action.taken": [
        *({"action": action, "service": s} for s in TABLES for action in ("retry", "close")),
        {"action": "withdraw", "service": None},
    ],
    "funeral-allowance.granted": [{"by": by} for by in DECIDERS],
    "funeral-allowance.refused": [{"by": by} for by in DECIDERS],
    "payout.made": [{"decider": by} for by in DECIDERS],
    "payout.failed": [{"decider": by} for by in DECIDERS],
}
"""What is said in more than one way."""
INPUTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("timer", {}),
    ("timer", {"last": True}),
    *((name, fields) for name in receivable() for fields in FIELDS.get(name, [{}])),
)
SOON = (0, 7, 60, 300, 1_500, 4_000, 9_000, 15_000, 40_000)
"""After the submission: at once, within the hour, overdue, past every deadline."""
HANDOVER = (*range(1_034_000, 1_039_000, 500), 1_041_000, 1_042_000, 1_045_000)
"""In the last days of June 2025, and in July, when many communes are gone."""
WITH_CARDS = (1_657_500, 1_661_000, 1_673_000)
"""From Thursday 3 September 2026 on, when a case can ask for an identity card."""
MINUTES = (*SOON, *HANDOVER, *WITH_CARDS)
GONE = {"province": "01", "commune": "00001"}
"""A commune of which no table says what succeeds it."""
UNKNOWN = {"province": "01", "commune": "99999"}
SUBMISSIONS = {
    "birth": (
        submitted("birth", "health_card"),
        submitted("birth", "residence"),
        submitted("birth"),
        submitted(),
        submitted("residence"),
        submitted(child={**submitted().data()["child"], "born": "2010-01-01T00:00:00+07:00"}),
        submitted(**UNKNOWN),
        filed_with_card(),
        filed_with_card("birth"),
        filed_with_card(commune="00001"),
        filed_with_card("residence"),
    ),
    "death": (
        died("death", "residence_removal", **GONE, groups=[]),
        died(**GONE, groups=["insurance"]),
        died("death", "funeral_allowance", **GONE, groups=["merit"]),
        died(**GONE, groups=["insurance", "merit"]),
        died(**GONE, groups=["emergency", "insurance"], deceased=IN_JUNE),
        died("funeral_allowance", **GONE, groups=["insurance", "merit"]),
        died(**GONE, groups=["insurance", "merit"], payee=None),
        died("death", "residence_removal", **UNKNOWN, groups=[]),
        died("death"),
    ),
    "temporary_residence": (
        country.said("case.submitted", 0, **{**TEMPORARY_SUBMISSION, **GONE}),
        country.said("case.submitted", 0, **{**TEMPORARY_SUBMISSION, "until": "2033-07-10"}),
        country.said("case.submitted", 0, **{**TEMPORARY_SUBMISSION, **UNKNOWN}),
    ),
}


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
    return country.said(name, MINUTES[time], **fields)


def history(handle: Handle, given: Event, steps: Steps) -> Iterator[Step]:
    """The steps of a case that begins with one of the submissions."""
    decision = handle({}, given)
    yield Step({"services": {}, "ended": None}, given, decision)
    for number, time in steps:
        name, fields = INPUTS[number]
        said: Input
        if name == "timer":
            timers = sorted(decision.timers.items(), key=lambda t: (t[1], t[0]))
            if not timers:
                continue
            service, due = timers[-1 if fields else 0]
            said = TimerFired(subject=CASE, name=service, time=due)
        else:
            said = event_of(number, time)
        before, decision = decision.state, handle(decision.state, said)
        yield Step(before, said, decision)


def check(step: Step) -> None:
    """Raise what is wrong with a step.

    Raises:
        Stuck: the case is neither over nor waiting nor with an officer, or lost a result.
    """
    for rule in (
        _over_or_waiting,
        _has_timers,
        _timers_move,
        _stands,
        _is_quiet,
        _gives_reasons,
        _tells_an_officer,
    ):
        rule(step)


def _need(holds: bool, what: str, step: Step) -> None:
    if not holds:
        raise Stuck(f"{what}: {step.given} made {step.decision.state}")


def _open_services(document: Document) -> list[str]:
    return [
        service
        for service, entry in document["services"].items()
        if TABLES[service].states[entry["state"]].result is None
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
            last = min(wait["until"], wait.get("polls", wait["until"]))
            _need(timers.get(service) == last, "a wait has its timer", step)
    _need(timers.keys() <= waits.keys(), "a timer belongs to a wait", step)
    _need(step.decision.manual in (None, *PARKING), "officers are told a known reason", step)


def _timers_move(step: Step) -> None:
    """Otherwise it would fire for ever, or never lead to anything."""
    if isinstance(step.given, TimerFired):
        left = step.decision.timers.get(step.given.name)
        _need(left is None or left > step.given.time, "a timer that fired is gone or later", step)
        wait = step.decision.state["waiting"].get(step.given.name, {})
        told = step.decision.manual in ("overdue", "no_result_after_polls")
        _need("manual" not in wait or told, "the officer is told", step)


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
    for service, entry in step.decision.state["services"].items():
        state = TABLES[service].states[entry["state"]]
        silent = state.result in (None, "done") or state.name == "stopped"
        why = "who gets nothing is told why; what stopped with another service has that one's"
        _need((entry["reason"] is None) == silent, why, step)


def _tells_an_officer(step: Step) -> None:
    """Where nobody is known to receive a request: at once, and with that reason."""
    before, after = step.before["services"], step.decision.state["services"]
    for service, entry in after.items():
        known = before.get(service, {}).get("state")
        if entry["state"].startswith("unrouted") and known != entry["state"]:
            told = step.decision.manual == "unit_unmapped"
            _need(told, "an officer hears of a request that nobody receives", step)


steps_of_a_history = st.lists(
    st.tuples(st.integers(0, len(INPUTS) - 1), st.integers(0, len(MINUTES) - 1)), max_size=30
)


@pytest.mark.timeout(240)
@pytest.mark.parametrize(
    ("chain", "sequence"), [("birth", "strict"), *((chain, "parallel") for chain in CHAINS)]
)
@settings(max_examples=2_000, deadline=None)
@given(first=st.integers(0, 41), steps=steps_of_a_history)
@example(first=3, steps=[(number, 2) for number in range(len(INPUTS))])
def test_no_history_leaves_a_case_stuck(
    chain: str, sequence: Sequencing, first: int, steps: Steps
) -> None:
    """Over, waiting with reason and deadline, or with an officer, after every single step."""
    submissions = SUBMISSIONS[chain]
    for step in history(
        Orchestrator(sequence).handle, submissions[first % len(submissions)], steps
    ):
        check(step)


@pytest.mark.timeout(120)
@pytest.mark.parametrize("chain", CHAINS)
def test_the_histories_go_everywhere(chain: str) -> None:
    """The random histories reach every state of every table."""
    handles = [Orchestrator("parallel").handle, Orchestrator("strict").handle]
    reached = {
        (service, entry["state"])
        for first, steps in _some_histories(chain, 3_000)
        for handle in handles
        for step in history(handle, first, steps)
        for service, entry in step.decision.state["services"].items()
    }
    tables = CHAINS[chain].tables
    every = {(s, name) for s, table in tables.items() for name in table.states}
    never = {(service, "not_asked") for service in tables}
    assert every - reached == never, "these states are never tried"


def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The deadline of a supplement changes nothing."""
    table = TABLES["residence"]
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
    decide = documents.decision

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


def _no_follower(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second allowance is never asked for, and nothing says that it is overdue."""
    for column in ("funeral-allowance.granted/insurance_allowance", "deadline"):
        table = TABLES["social_allowance"]
        cells = {**table.cells[column], "waiting_for_other": IGNORE}
        monkeypatch.setitem(table.cells, column, cells)


def _no_word(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request that nobody is known to receive is dropped without a word."""

    def send(draft: case.Draft, table: Table) -> None:
        office = draft._office(table)
        if office is not None:
            table.request(draft, table.service, office)

    monkeypatch.setattr(case.Draft, "send", send)


def _no_collector(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody tells the citizen why nobody is paid."""
    table = TABLES["insurance_allowance"]
    cells = {**table.cells["expired/insurance_allowance"], "account_asked": Apply("uncollected")}
    monkeypatch.setitem(table.cells, "expired/insurance_allowance", cells)


BIRTH_HOLES = [_no_way_out, _no_stop, _undone, _no_timer, _no_end, _no_reason, _no_word]
DEATH_HOLES = [_no_follower, _no_collector, _no_end, _no_reason]


@pytest.mark.parametrize(
    ("chain", "mutate"),
    [
        *(("birth", hole) for hole in BIRTH_HOLES),
        *(("death", hole) for hole in DEATH_HOLES),
    ],
)
def test_the_search_finds_a_hole(
    monkeypatch: pytest.MonkeyPatch, chain: str, mutate: Callable[[pytest.MonkeyPatch], None]
) -> None:
    """With a cell or a rule taken away, some history is stuck."""
    mutate(monkeypatch)
    handle = Orchestrator("parallel").handle
    with pytest.raises(Stuck):
        for first, steps in _some_histories(chain, 3_000):
            for step in history(handle, first, steps):
                check(step)


def _some_histories(chain: str, count: int) -> Iterator[tuple[Event, Steps]]:
    """Histories in the order of their times, each about one service, its supplements and more."""
    dice = random.Random(1)
    services, own = [*CHAINS[chain].tables], [*_own(CHAINS[chain])]
    for _ in range(count):
        place = dice.randrange(len(services))
        often = [*_about(services[place]), dice.choice(own)]
        numbers = dice.choices([*often * 12, *own], k=dice.randrange(16))
        if place and dice.random() < 0.8:
            numbers.insert(0, _number(f"{chain}.registered"))
        times = sorted(dice.choices(range(len(SOON)), k=len(numbers)))
        if dice.random() < 0.3:
            question = _number("supplement.requested", by=AGENCIES[services[place]])
            answer = _number("case.supplement.provided", service=services[place])
            numbers[1:1] = [question, answer, question, answer]
            times = _over_the_day(dice, len(numbers))
        yield dice.choice(SUBMISSIONS[chain]), list(zip(numbers, times, strict=True))


def _over_the_day(dice: random.Random, count: int) -> list[int]:
    """Times on both sides of 1 July 2025."""
    days = range(len(SOON), len(SOON) + len(HANDOVER))
    before, after = days[:-3], days[-3:]
    first = sorted(dice.sample(before, dice.randrange(1, min(count, 7))))
    return first + sorted(dice.choices(after, k=count - len(first)))


def _own(chain: Chain) -> Iterator[int]:
    """The numbers of the inputs that belong to a chain and its services."""
    for number, (name, fields) in enumerate(INPUTS):
        if name not in chain.foreign and fields.get("service") in (None, *chain.tables):
            yield number


def _about(service: str) -> Iterator[int]:
    """The numbers of the inputs that a service sees often."""
    agency = AGENCIES[service]
    yield from [_number("supplement.requested", by=agency)] * 3
    yield from [_number("case.supplement.provided", service=service)] * 3
    yield _number("case.action.taken", action="retry", service=service)
    yield _number("case.action.taken", action="close", service=service)
    yield _number("timer")
    if service.endswith("_allowance"):
        yield _number("funeral-allowance.granted", by=agency)
        yield _number("payout.failed", decider=agency)


def _number(name: str, **fields: Any) -> int:
    return INPUTS.index((name, fields))


def test_the_histories_hold_every_variant_of_progress() -> None:
    """One list of codes for each thing that the one-stop can say."""
    assert len(CODES) == len(PROGRESS)


def test_a_wait_that_an_officer_has_still_says_until_when() -> None:
    """It keeps its reason and the deadline that passed, beside the mark."""
    handle = Orchestrator("parallel").handle
    timers = [(0, 0)] * 12
    last = [*history(handle, SUBMISSIONS["birth"][3], timers)][-1].decision
    assert last.timers == {}
    for wait in last.state["waiting"].values():
        assert wait["manual"] is True
        assert wait["reason"] in WAITING
        assert from_text(wait["until"]).tzinfo is not None
