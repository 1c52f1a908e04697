"""The deaths of a demonstration: found among a seed's cases, and told from a run's folder."""

from pathlib import Path

import pytest

from hub.ledger import verify
from schemas.amounts import amount
from schemas.event import from_text
from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs.birth_stories import BIRTHS
from simulators.runs.casting import Part, cast, submissions
from simulators.runs.death_stories import DEATHS, INSURANCE, PROTECTION, deciders_of
from simulators.runs.in_memory import run_in_memory
from simulators.runs.live import OPENING
from simulators.runs.story import Story
from simulators.runs.storyteller import story_of
from simulators.world import World
from tests.simulators.runs.runs import folder_of

MIX = Mix(deaths=1.0)


def cast_of(seed: int, mix: Mix = MIX) -> dict[str, Part]:
    """The parts of a seed's demonstration by their names."""
    arrivals = Arrivals(seed=seed, start=OPENING, mix=mix)
    return {part.name: part for part in cast(arrivals, World.default())}


@pytest.fixture(scope="module")
def parts() -> dict[str, Part]:
    """The deaths of seed 1."""
    return cast_of(1)


@pytest.fixture
async def stories(tmp_path: Path, parts: dict[str, Part]) -> dict[str, Story]:
    """The deaths of seed 1, played on the memory bus, verified and told."""
    folder, manifest = folder_of(tmp_path)
    await run_in_memory(folder, manifest, submissions(list(parts.values())))
    report = verify(folder.path)
    assert report.ok, report.findings[:10]
    return {name: story_of(folder, part.cases[0].case) for name, part in parts.items()}


def text_of(story: Story, event: str, *, last: bool = False) -> tuple[str, str]:
    """What the first or last event of that name is told as, in both languages."""
    texts = [(step.text_vi, step.text_en) for step in story.steps if step.event == event]
    return texts[-1 if last else 0]


def test_a_country_of_births_and_deaths_shows_both() -> None:
    """The births first; whoever has no deaths, or nothing else, shows only what there is."""
    both = list(cast_of(1, Mix(deaths=0.33)))
    assert both == [*BIRTHS, *DEATHS]
    assert list(cast_of(1)) == list(DEATHS)
    assert list(cast_of(1, Mix(deaths=0.0))) == list(BIRTHS)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_seed_has_its_own_deaths(parts: dict[str, Part], seed: int) -> None:
    """The same again for the same seed, others for another."""
    found = cast_of(seed)
    codes = {case.case for case in submissions(list(found.values()))}
    first = {case.case for case in submissions(list(parts.values()))}
    assert len(codes) == len(DEATHS)
    assert (codes == first) is (seed == 1)


async def test_the_cast_plays_what_was_foreseen(stories: dict[str, Story]) -> None:
    """Each case ends as its part says, by chance and the law's rules and nothing else."""
    assert {name: story.status for name, story in stories.items()} == {
        "pensioner": "completed",
        "death_only": "completed",
        "not_entitled": "partly_completed",
        "account_closed": "completed",
        "entitled_twice": "partly_completed",
    }
    assert {story.chain for story in stories.values()} == {"death"}
    assert not any(story.waiting or story.pending or story.troubles for story in stories.values())


async def test_a_death_is_told_to_all_who_paid_or_knew_the_deceased(
    stories: dict[str, Story],
) -> None:
    """The best demonstration of routing: one event, eight receivers."""
    told = stories["pensioner"]
    registered = next(step for step in told.steps if step.event == "death.registered")
    assert set(registered.to) == {
        *("citizen-store", "dvclt", "one-stop", "population", "residence"),
        *("social-insurance", "social-protection", "vneid"),
    }
    assert told.results["extract"] in registered.text_vi
    assert f"số {told.results['death_entry']['number']}" in registered.text_vi
    assert f"no. {told.results['death_entry']['number']}" in registered.text_en
    assert told.deceased is not None
    assert told.deceased["died"] < registered.at
    assert told.child is None


async def test_the_sum_is_that_of_the_month_of_death(
    stories: dict[str, Story], parts: dict[str, Part]
) -> None:
    """Granted, to be paid, paid: one sum, written as people do in each language."""
    told, death = stories["pensioner"], parts["pensioner"].cases[0].death
    vnd = amount("insurance", from_text(death.deceased.died).date()).vnd
    assert told.results["allowance"]["vnd"] == told.results["paid"]["vnd"] == vnd
    for event in ("funeral-allowance.granted", "payout.requested", "payout.made"):
        vi, en = text_of(told, event)
        assert f"{vnd:,} đồng".replace(",", ".") in vi
        assert f"{vnd:,} VND" in en
    assert death.payout is not None
    assert death.payout.account is not None
    assert death.payout.account.bank in text_of(told, "payout.made")[0]
    assert death.payout.account.number not in text_of(told, "payout.made")[0]


async def test_who_is_not_entitled_reads_why(stories: dict[str, Story]) -> None:
    """The rest stands; nothing is paid."""
    told = stories["not_entitled"]
    refused = [service for service in told.services if service.reason]
    assert [service.status for service in refused] == [3]
    assert refused[0].reason in ("insured_too_short", "not_entitled")
    assert {"extract", "removal"} < told.results.keys()
    assert not {"allowance", "paid"} & told.results.keys()


async def test_a_closed_account_is_told_from_the_failure_to_the_cash_desk(
    stories: dict[str, Story],
) -> None:
    """Why the money came back, what the family was asked, and how it was paid in the end."""
    told = stories["account_closed"]
    names = [step.event for step in told.steps]
    assert names.count("payout.requested") == 2
    assert "Tài khoản nhận tiền đã đóng" in text_of(told, "payout.failed")[0]
    assert "account is closed" in text_of(told, "case.supplement.requested")[1]
    assert "nhận tiền mặt tại quầy" in text_of(told, "case.supplement.provided")[0]
    assert "in cash at the desk" in text_of(told, "payout.made")[1]
    assert told.results["paid"]["method"] == "cash"


async def test_only_one_of_two_allowances_is_paid(stories: dict[str, Story]) -> None:
    """The second agency refuses because the first has granted as much; both are told."""
    told = stories["entitled_twice"]
    assert "Không hưởng trùng" in text_of(told, "funeral-allowance.refused")[0]
    assert "No double benefit" in text_of(told, "funeral-allowance.refused")[1]
    assert [step.event for step in told.steps].count("payout.made") == 1
    assert {service.reason for service in told.services} == {None, "no_double_benefit"}


def test_the_higher_sum_is_asked_for_first() -> None:
    """Equal ones begin with insurance; a death of June counts with June's level for both."""
    for mix, wanted in (
        (Mix(deaths=1.0, second_group=1.0), (INSURANCE, PROTECTION)),
        (Mix(deaths=1.0, second_group=0.0, group_social_protection=0.0), (INSURANCE,)),
    ):
        made = Arrivals(seed=1, start=OPENING, mix=mix)
        deaths = (made.submission(ordinal).death for ordinal in range(200))
        asked = {deciders_of(death) for death in deaths if "insurance" in death.groups}
        assert asked == {wanted}
