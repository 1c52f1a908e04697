"""Submitting to a run that is up: codes are never given twice, whoever submits."""

from pathlib import Path

from connectors.runtime.bus.memory import MemoryBus
from schemas.examples import example
from schemas.identifiers.cases import MARKS
from schemas.payloads import CaseSubmitted
from simulators.runs.feeding import Feed
from tests.simulators.runs.runs import folder_of

INBOX = "lt.in.portal"


async def bus_of_portal() -> MemoryBus:
    """A bus with the input topics of the portal and the health facility."""
    bus = MemoryBus("memory")
    await bus.create([INBOX, "lt.in.health-facility"], 4)
    return bus


async def test_two_submitters_never_take_the_same_code(tmp_path: Path) -> None:
    """Each goes on where the submissions file ends, not where it stopped itself."""
    folder, manifest = folder_of(tmp_path)
    bus = await bus_of_portal()
    with (
        Feed(folder, manifest, await bus.producer()) as one,
        Feed(folder, manifest, await bus.producer()) as other,
    ):
        cases = [*await one.submit(3), *await other.submit(2), *await one.submit(120)]
    assert len({case.case for case in cases}) == 125
    assert [case.ordinal for case in cases] == list(range(125))
    assert len(folder.submissions.read_bytes().splitlines()) == 125
    ends = await bus.ends([(INBOX, number) for number in range(4)])
    assert sum(ends.values()) == 125


async def test_a_case_of_ones_own_is_submitted_under_a_code_of_the_run(tmp_path: Path) -> None:
    """The payload stays as it is; the code is the next one, and no generated case gets it."""
    folder, manifest = folder_of(tmp_path)
    payload = CaseSubmitted.model_validate_json(example("case.submitted").payload).root
    bus = await bus_of_portal()
    with Feed(folder, manifest, await bus.producer()) as feed:
        own = await feed.submit_own(payload)
        (generated,) = await feed.submit(1)
    assert own.payload == payload
    assert (own.ordinal, generated.ordinal) == (0, 1)
    assert own.case != generated.case


async def test_a_load_ends_at_its_limit(tmp_path: Path) -> None:
    """As many as asked for, and each in the submissions file."""
    folder, manifest = folder_of(tmp_path)
    bus = await bus_of_portal()
    with Feed(folder, manifest, await bus.producer()) as feed:
        assert await feed.load(rate=1000, limit=25) == 25
    assert len(folder.submissions.read_bytes().splitlines()) == 25


async def test_whoever_asks_for_one_chain_gets_that(tmp_path: Path) -> None:
    """In place of the run's mix, and under the codes of that chain."""
    folder, manifest = folder_of(tmp_path)
    bus = await bus_of_portal()
    with Feed(folder, manifest, await bus.producer()) as feed:
        asked = {chain: await feed.submit(5, chain) for chain in MARKS}
        own = [await feed.submit_own(cases[0].payload) for cases in asked.values()]
    for (chain, cases), more in zip(asked.items(), own, strict=True):
        assert {case.payload.chain for case in (*cases, more)} == {chain}
        assert {case.case[:9] for case in (*cases, more)} == {MARKS[chain]}
