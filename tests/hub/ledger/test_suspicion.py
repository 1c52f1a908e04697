"""Suspected duplicates: whom civil status had to ask, the ledger knows from the register alone."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import orjson
import pytest

from connectors.agencies.defects import SUSPECTED
from connectors.runtime.agency import Request
from hub.ledger import Report, verify
from schemas.event import from_text
from simulators.agencies import civil_status
from simulators.agencies.dossiers import Dossiers
from simulators.agencies.reading import dossiers_of
from simulators.agencies.register import Chance
from simulators.agencies.suspicion import suspecting
from simulators.agencies.tables import Table
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix
from simulators.runs.submitting import submission_event
from simulators.world import Arranged, World
from tests.hub.ledger.country import BIRTHS, START, manifest, play, world

Suspecting = Callable[[Table, Dossiers, Request, Chance], Chance]

ALIKE = Mix(deaths=0.0, twins=1.0, twins_of_one_name=1.0, withdrawn=0.0, consent_needed=0.0)
BLURRED = Arranged(result="supplement", missing=("GCS_MO",), seconds=7_200)
LATER = Arranged(seconds=7_200)


def twins(mix: Mix = ALIKE, cases: int = 2, seed: int = 3) -> list[Submission]:
    """Births of whom each two have one mother, day and name."""
    arrivals = Arrivals(seed=seed, start=from_text(START), per_second=2, mix=mix)
    return [arrivals.submission(ordinal) for ordinal in range(cases)]


def played(home: Path, cases: Sequence[Submission], plays: World, seed: int = 3) -> Path:
    return play(home, replace(manifest("alike", seed=seed), world=plays.to_json()), cases)


def calm(cases: Sequence[Submission], **steps: Arranged) -> World:
    """A country where the first case is entered soon; of the second, the `first` and the `second`
    attempt are arranged."""
    attempts = {"first": 1, "second": 2}
    key = f"{cases[1].case}/civil-status/enter"
    arranged = {f"{key}/{attempts[n]}": what for n, what in steps.items()}
    arranged[f"{cases[0].case}/civil-status/enter/1"] = Arranged(seconds=60)
    return replace(world(0.0), arranged=arranged)


def questions(run: Path, case: str) -> list[list[str]]:
    """What civil status asked the family of a case for, each time."""
    found = dossiers_of(run / "registers" / "civil-status.db", case)
    return [one.record["thieu"] for one in found if one.result == "supplement"]


def accused(report: Report) -> set[str | None]:
    return {finding.case for finding in report.findings}


@pytest.mark.parametrize(
    ("steps", "asked"),
    [
        ({"first": LATER}, [[SUSPECTED]]),
        ({"first": BLURRED}, [["GCS_MO", SUSPECTED]]),
        ({"first": BLURRED, "second": BLURRED}, [["GCS_MO", SUSPECTED], ["GCS_MO"]]),
        ({"first": Arranged(result="refused", reason="notice_mismatch", seconds=7_200)}, []),
    ],
)
def test_whoever_comes_second_has_to_explain(
    tmp_path: Path, steps: dict[str, Arranged], asked: list[list[str]]
) -> None:
    """With whatever else is missing, and once; who is refused anyway has nothing to explain."""
    cases = twins()
    run = played(tmp_path, cases, calm(cases, **steps))
    report = verify(run)
    assert report.findings == []
    assert (report.verified, report.open) == (2, 0)
    assert [questions(run, one.case) for one in cases] == [[], asked]


def test_an_entry_made_while_papers_are_awaited_is_suspected_then(tmp_path: Path) -> None:
    """The first case asks for papers before the second is entered, and has to explain after."""
    first, second = twins()
    plays = replace(
        world(0.0),
        arranged={
            f"{first.case}/civil-status/enter/1": replace(BLURRED, seconds=60),
            f"{first.case}/portal/birth/1": Arranged(seconds=86_400),
        },
    )
    run = played(tmp_path, [first, second], plays)
    assert verify(run).findings == []
    assert questions(run, first.case) == [["GCS_MO"], [SUSPECTED]]
    assert questions(run, second.case) == []


def _blind(births: Table, dossiers: Dossiers, request: Request, chance: Chance) -> Chance:
    """Never suspects anybody."""
    return chance


def _eager(births: Table, dossiers: Dossiers, request: Request, chance: Chance) -> Chance:
    """Suspects everybody."""
    return Chance(missing=(SUSPECTED,)) if request.attempt == 1 else chance


def _rash(births: Table, dossiers: Dossiers, request: Request, chance: Chance) -> Chance:
    """Refuses where it should ask."""
    asks = SUSPECTED in suspecting(births, dossiers, request, chance).missing
    return Chance(refusal="duplicate_of") if asks else chance


def _stubborn(births: Table, dossiers: Dossiers, request: Request, chance: Chance) -> Chance:
    """Does not take an explanation for one."""
    asks = (
        request.attempt == 2 or SUSPECTED in suspecting(births, dossiers, request, chance).missing
    )
    return replace(chance, missing=(SUSPECTED,)) if asks else chance


def _piecemeal(births: Table, dossiers: Dossiers, request: Request, chance: Chance) -> Chance:
    """Keeps what else is missing for another time."""
    found = suspecting(births, dossiers, request, chance)
    return replace(found, missing=(SUSPECTED,)) if SUSPECTED in found.missing else found


@pytest.mark.parametrize("by_hand", [False, True], ids=["followed", "by hand"])
@pytest.mark.parametrize("desk", [_blind, _rash, _stubborn])
def test_a_desk_that_suspects_wrongly_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Suspecting, by_hand: bool
) -> None:
    """Also of a case on which an officer acted, which no model follows."""
    monkeypatch.setattr(civil_status, "suspecting", desk)
    cases = twins()
    run = played(tmp_path, cases, calm(cases, first=LATER))
    if by_hand:
        _note_order(run, cases[1])
    assert accused(verify(run)) == {cases[1].case}


@pytest.mark.parametrize("desk", [_eager, _piecemeal])
def test_a_desk_that_asks_for_too_much_or_too_little_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, desk: Suspecting
) -> None:
    """Of a child whom nobody has entered no explanation is due; one request lists everything."""
    monkeypatch.setattr(civil_status, "suspecting", desk)
    cases = twins()
    report = verify(played(tmp_path, cases, calm(cases, first=BLURRED)))
    assert cases[0 if desk is _eager else 1].case in accused(report)


def test_a_suspected_case_that_an_officer_touched_is_judged_by_the_same_rule(
    tmp_path: Path,
) -> None:
    """Its question is what civil status had to say."""
    cases = twins()
    run = played(tmp_path, cases, calm(cases, first=LATER))
    _note_order(run, cases[1])
    assert verify(run).findings == []
    assert questions(run, cases[1].case) == [[SUSPECTED]]


def _note_order(run: Path, case: Submission) -> None:
    """Let the case count as one that an officer has touched: by an event that was sent anyway."""
    event = submission_event(case)
    told = {"system": "portal", "name": "case.submitted", "id": event.id, "causationid": None}
    when = from_text(case.at.isoformat()).isoformat(timespec="milliseconds")
    told |= {"time": when, "payload": orjson.loads(event.payload)}
    line = {"action": None, "case": case.case, "events": [told]}
    with (run / "submissions.jsonl").open("ab") as lines:
        lines.write(orjson.dumps(line) + b"\n")


@pytest.mark.parametrize("seed", range(4))
def test_of_two_alike_one_at_most_is_asked_and_the_ledger_agrees(tmp_path: Path, seed: int) -> None:
    """Whatever chance refuses, asks, leaves unanswered or withdraws."""
    mix = replace(BIRTHS, twins=1.0, twins_of_one_name=1.0)
    cases = twins(mix, cases=24, seed=seed)
    run = played(tmp_path, cases, world(), seed)
    report = verify(run)
    assert report.findings == []
    assert (report.verified, report.open) == (24, 0)
    asked = [sum(SUSPECTED in one for one in questions(run, case.case)) for case in cases]
    assert max(one + other for one, other in list(pairwise(asked))[::2]) == 1
