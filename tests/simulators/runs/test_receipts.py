"""What a citizen is told on filing a case."""

from dataclasses import replace
from pathlib import Path

from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs.in_memory import run_in_memory
from simulators.runs.live import OPENING
from simulators.runs.receipts import receipts
from tests.simulators.runs.runs import folder_of


async def test_the_portal_says_when_the_result_is_to_be_expected(tmp_path: Path) -> None:
    """Of a case that was accepted; of one refused at intake it says why."""
    folder, manifest = folder_of(tmp_path)
    arrivals = Arrivals(seed=1, start=OPENING, mix=Mix(deaths=0.0))
    good, other = (arrivals.submission(ordinal) for ordinal in (0, 2))
    wrong = replace(other, payload=other.birth.model_copy(update={"services": ("residence",)}))
    await run_in_memory(folder, manifest, [good, wrong])
    accepted, refused = await receipts(folder, [good, wrong], patience=0)
    assert (accepted.case, accepted.said_by) == (good.case, "portal")
    assert accepted.due == "2023-07-13T17:00:00+07:00"
    assert (refused.due, refused.reason) == (None, "birth_not_asked")


async def test_the_law_says_it_where_the_portal_does_not(tmp_path: Path) -> None:
    """A birth has three working days, a death as many as the slowest of its groups."""
    folder, _ = folder_of(tmp_path)
    shares = {"group_insurance": 1.0, "group_social_protection": 0.0, "group_merit": 0.0}
    mix = Mix(deaths=1, **shares, group_veterans=0.0, group_social_pension=0.0, second_group=0.0)
    birth = Arrivals(seed=1, start=OPENING, mix=Mix(deaths=0.0)).submission(0)
    death = Arrivals(seed=1, start=OPENING, mix=mix).submission(0)
    told = await receipts(folder, [birth, death], patience=0)
    assert [one.said_by for one in told] == ["rules", "rules"]
    assert [one.due and one.due[:16] for one in told] == ["2023-07-13T17:00", "2023-07-20T17:00"]
