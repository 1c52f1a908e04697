"""Time passes in a run in event time: the earliest deadline first, once nothing is under way."""

from dataclasses import replace
from pathlib import Path

import pytest

from connectors.runtime.manifest import RunFolder
from hub.ledger import verify
from schemas.event import from_text, to_text
from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs.bench_chains import bench_chains
from simulators.runs.feeding import Feed
from simulators.runs.in_memory import MemoryCountry
from simulators.runs.live import OPENING, Plan, live
from simulators.runs.passing import next_deadline
from simulators.runs.submitting import Submitter, Watch
from simulators.world import World
from tests.simulators.runs.runs import folder_of


def silent_world() -> World:
    """A country whose agencies always find something missing, and where nobody ever answers."""
    default = World.default()
    steps = {
        name: replace(
            step,
            refusal=0.0,
            supplement=1.0 if step.defects else 0.0,
            silence=1.0 if name.startswith(("portal/", "vneid/")) else 0.0,
        )
        for name, step in default.steps.items()
    }
    return replace(default, steps=steps)


async def half_way(home: Path, world: World, cases: int = 6) -> RunFolder:
    """A run in memory that stands a day after its cases were handed in."""
    folder, manifest = folder_of(home)
    manifest = replace(manifest, world=world.to_json())
    folder.save(manifest)
    country = MemoryCountry(folder, manifest)
    arrivals = Arrivals(seed=manifest.seed, start=OPENING, mix=Mix(withdrawn=0.0))
    await country.open()
    try:
        with Submitter(folder, manifest, await country.bus.producer()) as submitter:
            await submitter.submit([arrivals.submission(number) for number in range(cases)])
        country.clock.advance(from_text("2023-07-11T08:00:00+07:00"))
        for _ in range(8):  # agencies look into their trays as often as a case needs them
            await country.settle()
            country.clock.advance(country.clock.now())
    finally:
        await country.close()
    return folder


async def test_the_next_deadline_is_the_earliest_that_ends_something(tmp_path: Path) -> None:
    """Not the day on which the case is due, which only marks it overdue."""
    folder = await half_way(tmp_path, silent_world())
    due = next_deadline(folder)
    assert due is not None
    assert to_text(due) == "2023-07-19T17:00:00.000+07:00"


async def test_where_nobody_is_waited_for_no_deadline_is_to_pass(tmp_path: Path) -> None:
    """Open cases that wait for agencies only are left to them."""
    kind = {n: replace(s, supplement=0.0, silence=0.0) for n, s in silent_world().steps.items()}
    folder = await half_way(tmp_path, replace(World.default(), steps=kind))
    assert next_deadline(folder) is None


async def test_a_deadline_that_machine_delay_fired_voids_the_run(tmp_path: Path) -> None:
    """Citizens answer in time, but every deadline comes due at once: the ledger says so."""
    folder, manifest = folder_of(tmp_path)
    steps = {
        name: replace(step, supplement=1.0 if step.defects else 0.0, refusal=0.0, silence=0.0)
        for name, step in World.default().steps.items()
    }
    manifest = replace(manifest, world=replace(World.default(), steps=steps).to_json())
    folder.save(manifest)
    cases = [Arrivals(seed=1, start=OPENING).submission(number) for number in range(3)]
    country = _Hasty(folder, manifest)
    await country.open()
    try:
        await country.play(cases)
    finally:
        await country.close()
    report = verify(folder.path)
    assert not report.ok
    assert report.lost or report.mismatched


class _Hasty(MemoryCountry):
    """A country in which timers fire as if time had run away."""

    async def settle(self) -> None:
        self.clock.held = from_text("2023-12-31T00:00:00+07:00")
        await self._be_still()


@pytest.mark.embedded
@pytest.mark.timeout(120)
async def test_a_bench_in_which_nobody_ever_answers_comes_to_its_end(tmp_path: Path) -> None:
    """Through real processes and a real broker: every case is refused at its deadline."""
    plan = Plan(home=tmp_path, seed=3, world=silent_world())
    report = await bench_chains(plan, cases=20, rate=None)
    assert report["valid"], report
    assert (report["open"], report["verified"]) == (0, 20)
    assert sum(report["chains"].values()) == 20
    assert report["chains"].keys() == {"birth", "death"}


@pytest.mark.embedded
@pytest.mark.timeout(120)
async def test_on_a_fast_clock_the_deadlines_pass_by_themselves(tmp_path: Path) -> None:
    """Weeks in seconds: citizens and household heads who never answer, and nobody who waits."""
    kind = {
        name: replace(step, supplement=1.0 if name == "social-insurance/card" else 0.0)
        for name, step in silent_world().steps.items()
    }
    plan = Plan(
        home=tmp_path,
        seed=3,
        speed=100_000.0,
        world=replace(silent_world(), steps=kind),
        mix=Mix(deaths=0.0, birth_and_residence_only=0.0, consent_needed=0.7, consent_signed=0.0),
    )
    async with live(plan) as run:
        watch = Watch(run.bus, run.manifest)
        await watch.start()
        producer = await run.bus.producer()
        try:
            with Feed(run.folder, run.manifest, producer) as feed:
                cases = await feed.submit(8)
            assert await watch.until(lambda: len(watch.final) == len(cases), silence=60)
        finally:
            await producer.close()
            await watch.close()
        assert await run.at_rest(60)
        report = verify(run.folder.path)
    assert report.findings == []
    assert {seen.status for seen in watch.final.values()} == {"partly_completed"}
