"""The births of a demonstration, and the story of a case as it is told from a run's folder."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from connectors.runtime.manifest import RunFolder
from schemas.bindings import to_kafka
from schemas.examples import example
from schemas.regimes import competent_commune
from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs import casting
from simulators.runs.birth_stories import BIRTHS
from simulators.runs.casting import NothingToShow, Part, cast
from simulators.runs.in_memory import MemoryCountry, run_in_memory
from simulators.runs.live import OPENING
from simulators.runs.story import Story
from simulators.runs.storyteller import CaseNotFound, story_of
from simulators.runs.submitting import Submitter
from simulators.world import World
from tests.simulators.runs.runs import folder_of

WORLD = World.default()
BIRTHS_ONLY = Mix(deaths=0.0)


def cast_of(seed: int) -> dict[str, Part]:
    """The parts of a seed's demonstration by their names."""
    return {
        part.name: part for part in cast(Arrivals(seed=seed, start=OPENING, mix=BIRTHS_ONLY), WORLD)
    }


@pytest.fixture(scope="module")
def parts() -> dict[str, Part]:
    """The demonstration of seed 1."""
    return cast_of(1)


@pytest.fixture
async def stories(tmp_path: Path, parts: dict[str, Part]) -> dict[str, Story]:
    """The demonstration of seed 1, played on the memory bus and told."""
    folder, manifest = folder_of(tmp_path)
    cases = [case for part in parts.values() for case in part.cases]
    await run_in_memory(folder, manifest, cases)
    return {name: story_of(folder, part.cases[0].case) for name, part in parts.items()}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_seed_has_its_own_cast(parts: dict[str, Part], seed: int) -> None:
    """All stories are found, the same again for the same seed, others for another."""
    found = cast_of(seed)
    assert list(found) == list(BIRTHS)
    codes = {case.case for part in found.values() for case in part.cases}
    first = {case.case for part in parts.values() for case in part.cases}
    assert len(codes) == len(BIRTHS) + 1, "the twins are two cases"
    assert (codes == first) is (seed == 1)


def test_a_demonstration_over_the_hand_over_of_2025_comes_to_its_end() -> None:
    """On its eve nobody plays whose commune will be nobody's the next day."""
    eve = OPENING.replace(year=2025, month=6, day=30)
    found = cast(Arrivals(seed=1, start=eve, mix=Mix()), WORLD)
    for case in casting.submissions(found):
        assert competent_commune(case.payload.commune, date(2025, 7, 1)).province


def test_from_september_2026_on_one_family_has_an_identity_card_too() -> None:
    """All four services; the other stories are told with those that there always were."""
    first = OPENING.replace(year=2026, month=9, day=1)
    found = {
        part.name: {case.birth.services for case in part.cases}
        for part in cast(Arrivals(seed=1, start=first, mix=BIRTHS_ONLY), WORLD)
    }
    assert list(found) == [*BIRTHS, "identity_card"]
    assert found["identity_card"] == {("birth", "residence", "health_card", "identity_card")}
    assert found["smooth"] == {("birth", "residence", "health_card")}


def test_the_twins_have_one_mother_and_two_birth_notices(parts: dict[str, Part]) -> None:
    """They are two cases of one family."""
    one, other = (case.birth for case in parts["twins"].cases)
    assert one.mother == other.mother
    assert one.child.notice != other.child.notice


def test_a_world_without_refusals_has_nothing_to_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """What can't be found is named, instead of searched for ever."""
    monkeypatch.setattr(casting, "SEARCHED", 500)
    kind = {name: replace(step, refusal=0.0) for name, step in WORLD.steps.items()}
    with pytest.raises(NothingToShow, match=r"refused, declined"):
        cast(Arrivals(seed=1, start=OPENING, mix=BIRTHS_ONLY), replace(WORLD, steps=kind))


async def test_the_cast_plays_what_was_foreseen(stories: dict[str, Story]) -> None:
    """Each case ends as its part says, by chance and nothing else."""
    ends = {name: story.status for name, story in stories.items()}
    assert ends == {
        "smooth": "completed",
        "twins": "completed",
        "consent": "completed",
        "birth_and_card": "completed",
        "refused": "refused",
        "declined": "partly_completed",
        "supplement": "completed",
        "withdrawn": "partly_completed",
    }


async def test_a_story_goes_through_all_systems_in_order(stories: dict[str, Story]) -> None:
    """Who said what, when and to whom, with the numbers that the agencies gave."""
    told = stories["smooth"]
    steps = [(step.system, step.event) for step in told.steps]
    assert steps[:5] == [
        ("portal", "case.submitted"),
        ("dvclt", "case.status.changed"),
        ("dvclt", "birth.registration.requested"),
        ("one-stop", "dossier.progressed"),
        ("one-stop", "birth.entry.requested"),
    ]
    assert steps[-1] == ("dvclt", "case.status.changed")
    assert [step.at for step in told.steps] == sorted(step.at for step in told.steps)
    by_event = {step.event: step for step in told.steps}
    for event, result in (
        ("personal-id.issued", "personal_id"),
        ("birth.registered", "certificate"),
        ("residence.registered", "residence"),
        ("health-card.issued", "card"),
    ):
        assert told.results[result] in by_event[event].text_vi
        assert told.results[result] in by_event[event].text_en
    assert told.results["entry"]["number"] in by_event["personal-id.requested"].text_vi
    assert by_event["case.submitted"].to == ("dvclt", "monitoring")
    assert not told.waiting
    assert not told.pending
    assert not told.troubles


async def test_a_refusal_is_told_with_its_reason(stories: dict[str, Story]) -> None:
    """Why the register refused, and that nothing else was asked after that."""
    told = stories["refused"]
    last = next(step for step in told.steps if step.event == "birth.registration.refused")
    assert "không khớp với giấy chứng sinh" in last.text_vi
    assert "differs from the birth notice" in last.text_en
    assert told.services[0].reason == "notice_mismatch"
    assert "personal_id" not in told.results


async def test_consent_is_told_with_who_was_asked(stories: dict[str, Story]) -> None:
    """The household head by name, and the answer."""
    for name, answer in (("consent", "consent.given"), ("declined", "consent.declined")):
        texts = {step.event: step.text_vi for step in stories[name].steps}
        assert "hỏi chủ hộ" in texts["consent.requested"]
        assert "VNeID" in texts[answer]


async def test_a_supplement_is_told_from_the_question_to_the_second_decision(
    stories: dict[str, Story],
) -> None:
    """What is missing and until when, in both languages; the answer; and the request once more."""
    told = stories["supplement"]
    names = [step.event for step in told.steps]
    asked, answered = (names.index(f"case.supplement.{what}") for what in ("requested", "provided"))
    assert names[asked - 1] == "supplement.requested"
    assert asked < answered
    question = told.steps[asked]
    assert "Bổ sung trước 19/07/2023 17:00" in question.text_vi
    assert "To be sent by 19/07/2023 17:00" in question.text_en
    assert "giấy tờ cho" in told.steps[answered].text_vi
    requests = [name for name in names if name.endswith(".requested") and names.count(name) == 2]
    assert requests, "the agency is asked a second time"
    first = next(step for step in told.steps if step.event == "case.status.changed")
    assert "13/07/2023 17:00" in first.text_vi, "the date that was promised at first"


async def test_a_withdrawal_is_told_with_what_it_stopped(stories: dict[str, Story]) -> None:
    """The birth stands; the services that were not yet asked for are withdrawn."""
    told = stories["withdrawn"]
    assert "Công dân rút hồ sơ" in [step.text_vi for step in told.steps]
    assert [(service.service, service.status) for service in told.services][1:] == [
        ("residence", 7),
        ("health_card", 7),
    ]
    assert told.services[1].reason == "withdrawn"
    assert "personal_id" in told.results


@pytest.fixture
async def country(tmp_path: Path) -> AsyncIterator[MemoryCountry]:
    """A country whose clock stands at the opening."""
    folder, manifest = folder_of(tmp_path)
    country = MemoryCountry(folder, manifest)
    await country.open()
    yield country
    await country.close()


async def test_an_open_case_says_what_it_waits_for(
    tmp_path: Path, parts: dict[str, Part], country: MemoryCountry
) -> None:
    """The reason with its deadline, and the agency that has the request."""
    folder = RunFolder.find(tmp_path, "run")
    case = parts["smooth"].cases[0]
    with Submitter(folder, folder.load(), await country.bus.producer()) as submitter:
        await submitter.submit([case])
    await country.settle()
    told = story_of(folder, case.case)
    assert told.status == "processing"
    assert {wait.service: wait.reason for wait in told.waiting} == {
        "birth": "birth_reception",
        "residence": "birth_first",
        "health_card": "birth_first",
    }
    assert {wait.until for wait in told.waiting} == {"2023-07-13T17:00:00.000+07:00"}
    assert all(wait.text_vi and wait.text_en for wait in told.waiting)
    assert [(p.system, p.step) for p in told.pending] == [("one-stop", "receive")]


async def test_a_rejected_submission_has_a_story_too(
    tmp_path: Path, country: MemoryCountry
) -> None:
    """A case that never came through: what the hub found wrong, and that an officer has it."""
    folder, wrong = RunFolder.find(tmp_path, "run"), example("case.submitted")
    producer = await country.bus.producer()
    message = (wrong.key.encode(), b'{"chain":"birth"}', to_kafka(wrong))
    await producer.send({("lt.in.portal", 0): [message]})
    await country.settle()
    told = story_of(folder, wrong.subject)
    assert told.status is None
    assert [(t.system, t.reason) for t in told.troubles] == [
        ("dvclt", "delivery_rejected"),
        ("hub", "payload_invalid"),
    ]
    assert "/procedure" in told.troubles[1].detail, "the first field that is missing"


def test_a_case_that_nobody_knows_has_no_story(tmp_path: Path) -> None:
    """An empty run says so instead of telling nothing."""
    folder, _ = folder_of(tmp_path)
    with pytest.raises(CaseNotFound, match="knows no case"):
        story_of(folder, "G22.99.08-230710-000009")
