"""Plays a scenario: a whole country in memory, on a clock that jumps from event to event."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from connectors.runtime.clock import VirtualClock
from connectors.runtime.manifest import Manifest, RunFolder
from hub.ledger import Report, verify
from schemas.bindings import from_kafka
from schemas.event import from_text, to_text
from simulators.documents.filing import documents_of
from simulators.mix import Mix
from simulators.runs.in_memory import MemoryCountry
from simulators.runs.story import Story
from simulators.runs.storyteller import CaseNotFound, story_of
from simulators.scenarios.checking import Check, check, check_run
from simulators.scenarios.facts import Told, facts_of
from simulators.scenarios.families import PLAIN, Filed, filed
from simulators.scenarios.losing import Losing
from simulators.scenarios.outages import Outages, PapersUnwritten
from simulators.scenarios.remarks import late_records, note_orders
from simulators.scenarios.scenario import Scenario, moment
from simulators.world import World

PARTITIONS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """A scenario as it went."""

    scenario: Scenario
    run: str
    cases: Sequence[str]
    stories: Sequence[Story]
    """Of the cases that dvclt or the hub knows."""
    checks: Sequence[Sequence[Check]]
    """For each filing, then for the run as a whole."""
    report: Report

    @property
    def ok(self) -> bool:
        """Whether everything was as it must be."""
        return all(one.ok for checks in self.checks for one in checks)

    def to_json(self) -> dict[str, Any]:
        """The scenario and its checks as JSON values."""
        scenario = self.scenario
        return {
            "scenario": scenario.name,
            "ok": self.ok,
            "run": self.run,
            "title_vi": scenario.title.vi,
            "title_en": scenario.title.en,
            "source_vi": scenario.source.vi,
            "source_en": scenario.source.en,
            "cases": [
                {"case": case, "checks": [one.to_json() for one in checks]}
                for case, checks in zip(self.cases, self.checks, strict=False)
            ],
            "run_checks": [one.to_json() for one in self.checks[-1]],
            "stories": [story.to_json() for story in self.stories],
            "ledger": self.report.to_json(),
        }


def calm(world: World) -> World:
    """The world in which nobody refuses, asks for more or is silent by chance."""
    steps = {
        name: replace(step, refusal=0.0, supplement=0.0, silence=0.0)
        for name, step in world.steps.items()
    }
    return replace(world, steps=steps)


async def play(scenario: Scenario, home: Path, *, run: str, seed: int = 1) -> Played:
    """Play a scenario to its end in a run folder of its own, and hold it against what must be.

    Raises:
        ValueError: the run's name is taken, or the scenario's data is not sound.
    """
    cases = filed(scenario, seed)
    folder = RunFolder.create(home, run)
    manifest = _manifest(scenario, cases, run=run, seed=seed)
    folder.save(manifest, latest=False)
    note_orders(scenario, cases, folder)
    clock = VirtualClock(from_text(manifest.start))
    losing = Losing(scenario.lost_answers)
    outages = Outages(scenario.outages, folder.registers, clock.now(), clock.now)
    country = MemoryCountry(
        folder,
        manifest,
        reach=lambda system, agency: outages.reach(system, losing.reach(system, agency), agency),
        documents=PapersUnwritten(documents_of(folder, manifest), scenario.unwritten, clock.now),
        clock=clock,
    )
    glance = _Glance(scenario, folder, cases)
    await country.open()
    try:
        good = [one.submission for one in cases if not one.filing.malformed]
        await country.play(good, late_records(scenario, cases, manifest), glance.between)
        told = await _told(country, manifest)
    finally:
        outages.close()
        await country.close()
    if scenario.glance is not None and not glance.checks:
        raise ValueError(f"{scenario.name}: the clock never stood at {scenario.glance}")
    report = verify(folder.path)
    of_run = check_run(report, tuple(outages.heard), scenario)
    return _judged(scenario, folder, cases, told, report, glance.checks, of_run)


def _judged(
    scenario: Scenario,
    folder: RunFolder,
    cases: Sequence[Filed],
    told: Sequence[Told],
    report: Report,
    meanwhile: Sequence[Sequence[Check]],
    of_run: Sequence[Check],
) -> Played:
    codes = [one.submission.case for one in cases]
    before = [*meanwhile, *([()] * (len(codes) - len(meanwhile)))]
    checks = [
        [*seen, *check(facts_of(folder, code, told), expected)]
        for code, expected, seen in zip(codes, scenario.expected, before, strict=True)
    ]
    stories = []
    for code in codes:
        try:
            stories.append(story_of(folder, code))
        except CaseNotFound:
            continue
    return Played(
        scenario=scenario,
        run=folder.path.name,
        cases=codes,
        stories=stories,
        checks=[*checks, of_run],
        report=report,
    )


def _manifest(scenario: Scenario, cases: Sequence[Filed], *, run: str, seed: int) -> Manifest:
    arranged = {
        f"{one.submission.case}/{step}": what
        for one in cases
        for step, what in one.filing.arranged.items()
    }
    world = replace(calm(World.default()), arranged=arranged, **scenario.world)
    return Manifest(
        run=run,
        seed=seed,
        engine="memory",
        bootstrap="memory",
        instance="memory",
        partitions=PARTITIONS,
        start=to_text(min(one.submission.at for one in cases)),
        real_anchor=0.0,
        speed=None,
        durable=False,
        documents=scenario.documents,
        world=world.to_json(),
        standards=[row.to_json() for row in scenario.standards],
        mix=asdict(Mix(**PLAIN)),
    )


async def _told(country: MemoryCountry, manifest: Manifest) -> list[Told]:
    """What the citizens were told, in the order of time."""
    topic = manifest.topics.outbox("portal")
    places = [(topic, number) for number in range(manifest.partitions)]
    consumer = await country.bus.consumer("scenario", places)
    events = []
    while records := await consumer.poll(1000, 0):
        events += [from_kafka(record.headers, record.value) for record in records]
    await consumer.close()
    told = [Told(case=e.subject, name=e.name, time=e.time, data=e.data()) for e in events]
    return sorted(told, key=lambda one: one.time)


class _Glance:
    """Looks at the cases once, when the scenario says so."""

    def __init__(self, scenario: Scenario, folder: RunFolder, cases: Sequence[Filed]) -> None:
        self._scenario = scenario
        self._folder = folder
        self._codes = [one.submission.case for one in cases]
        self._at = None if scenario.glance is None else moment(scenario.glance)
        self.checks: list[list[Check]] = []

    def between(self, now: datetime, then: datetime | None) -> None:
        """Look, if the moment lies before the next at which something happens."""
        if self._at is None or now > self._at or (then is not None and then <= self._at):
            return
        self._at = None
        self.checks = [
            check(facts_of(self._folder, code, ()), expected, at=self._scenario.glance)
            for code, expected in zip(self._codes, self._scenario.meanwhile, strict=True)
        ]
