"""Every scenario of the library comes out as its source says, and a wrong expectation is seen."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from connectors.runtime.manifest import RunFolder, RunNotFound
from schemas.event import from_text
from schemas.working_days import hours_of, worked_after
from simulators.agencies import DESKS
from simulators.agencies.reading import dossiers_of
from simulators.scenarios import SCENARIOS
from simulators.scenarios.playing import Played, play
from simulators.scenarios.scenario import Filing, Scenario
from simulators.scenarios.wording import value_of


def unmet(played: Played) -> list[str]:
    """What did not come out as expected, in words."""
    return [
        f"{one.at or 'in the end'}: {one.fact} is {one.found!r}, expected {one.expected!r}"
        for checks in played.checks
        for one in checks
        if not one.ok
    ]


def at_night(registers: Path, cases: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """What an agency decided outside its hours: its name, the step and the moment."""
    for system, desk in DESKS.items():
        for case in cases:
            for one in dossiers_of(registers / f"{system}.db", case):
                decided = from_text(one.decided)
                hours = hours_of(system, decided.date())
                noted = one.step in desk.one_way or one.result == "silent"
                if not noted and worked_after(decided, 0, hours) != decided:
                    yield system, one.step, one.decided


@pytest.mark.parametrize("name", SCENARIOS)
async def test_a_scenario_comes_out_as_its_source_says(name: str, tmp_path: Path) -> None:
    """Status, reasons, codes and dates, and the ledger's verdict on all of the run."""
    played = await play(SCENARIOS[name], tmp_path, run=name)
    assert not unmet(played), played.report.findings[:5]
    assert played.ok
    registers = tmp_path / "runs" / name / "registers"
    assert not list(at_night(registers, played.cases)), "an office decides when it is closed"


@pytest.mark.parametrize("name", ["twins", "supplement-never-sent", "withdrawn-midway"])
async def test_other_families_come_to_the_same(name: str, tmp_path: Path) -> None:
    """Nothing that is expected hangs on the seed's people."""
    played = await play(SCENARIOS[name], tmp_path, run=name, seed=99)
    assert not unmet(played)


def altered(name: str, **facts: object) -> Scenario:
    """A scenario whose first case is expected to be otherwise."""
    one = SCENARIOS[name]
    first, *others = one.expected
    return replace(one, expected=[{**first, **facts}, *others])  # type: ignore[dict-item]


@pytest.mark.parametrize(
    "scenario",
    [
        altered("late-personal-id", promised="2023-07-14 17:00"),
        altered("late-personal-id", card=None),
        altered("twins", entered="02/2023"),
        altered("refused-at-intake", reason="over_six"),
        altered("answer-lost", **{"said birth.registered": 2}),
        altered("wrong-status-order", manual=()),
        replace(SCENARIOS["registered-by-hand"], open=0),
        replace(SCENARIOS["head-does-not-answer"], glance="2023-07-20 12:00"),
        replace(SCENARIOS["token-refused"], outages=()),
        replace(SCENARIOS["answer-lost"], lost_answers=()),
        replace(SCENARIOS["paper-not-written"], unwritten=()),
    ],
    ids=lambda scenario: scenario.name,
)
async def test_a_wrong_expectation_is_seen(scenario: Scenario, tmp_path: Path) -> None:
    """A date, a code, a count, an officer who has nothing to do, a moment on the way; an interface
    that serves, an answer that arrives, and a paper that is written."""
    played = await play(scenario, tmp_path, run="wrong")
    assert not played.ok
    assert unmet(played)


async def test_a_scenario_leaves_the_latest_run_what_it_was(tmp_path: Path) -> None:
    """Beside a country that is up, `submit` and `trace` go on meaning that one."""
    played = await play(SCENARIOS["twins"], tmp_path, run="played")
    with pytest.raises(RunNotFound, match="known runs: played"):
        RunFolder.find(tmp_path, None)
    assert RunFolder.find(tmp_path, played.run).load().run == "played"


def test_what_an_officer_acted_on_is_told_in_both_languages() -> None:
    """A service by its name, the case as such; of the queue the agency."""
    told = value_of("by_hand", ("birth: close", "case: withdraw"))
    assert told.vi.startswith("khai sinh: Kết thúc thủ công; hồ sơ: ")
    assert told.en.startswith("birth: ended by hand; case: ")
    assert value_of("manual", ("residence: no_answer",)).vi.startswith("Công an xã: ")


async def test_what_is_arranged_is_what_happens(tmp_path: Path) -> None:
    """Without its arrangement a scenario is a smooth case."""
    one = SCENARIOS["data-differs"]
    smooth = replace(one, filings=[replace(one.filings[0], arranged={})])
    played = await play(smooth, tmp_path, run="smooth")
    assert [story.status for story in played.stories] == ["completed"]
    assert not played.ok


async def test_a_change_of_a_field_that_there_is_not_is_an_error(tmp_path: Path) -> None:
    """A slip of the pen in the table does not pass for a scenario."""
    one = SCENARIOS["data-differs"]
    filing = Filing(at="2023-07-10 08:00", changes={"/child/sexx": "female"})
    with pytest.raises(KeyError, match="/child/sexx"):
        await play(replace(one, filings=[filing]), tmp_path, run="slip")


async def test_a_moment_before_the_run_is_an_error(tmp_path: Path) -> None:
    """What was to be seen then would be checked by nobody."""
    early = replace(SCENARIOS["late-personal-id"], glance="2023-07-09 12:00")
    with pytest.raises(ValueError, match="the clock never stood at 2023-07-09 12:00"):
        await play(early, tmp_path, run="early")


def test_the_library_is_as_large_as_promised() -> None:
    """At least sixteen failures, each under a name of its own."""
    assert len(SCENARIOS) >= 16
    assert all(name == one.name for name, one in SCENARIOS.items())


@pytest.mark.parametrize("one", SCENARIOS.values(), ids=lambda one: one.name)
def test_a_scenario_says_what_it_is(one: Scenario) -> None:
    """Title, story and source in two languages; expectations for each of its cases."""
    for text in (one.title, one.story, one.source, *(f.title for f in one.filings)):
        assert text.vi, f"{one.name} says something in English only: {text.en}"
        assert text.en, f"{one.name} says something in Vietnamese only: {text.vi}"
        assert text.vi != text.en, f"{one.name} has no translation of {text.vi}"
    assert len(one.expected) == len(one.filings)
    assert all(one.expected), "a case of which nothing is expected"
    assert (one.glance is not None) == bool(one.meanwhile)
