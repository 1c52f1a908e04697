"""The world's table and its draws."""

import hashlib
import json
import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas import examples
from schemas.reasons import REFUSALS
from simulators.agencies.citizens import REMARKS
from simulators.world import Arranged, Step, World, draw

CASE = "G22.99.08-230710-000001"


def test_a_draw_is_the_published_hash() -> None:
    """Whoever knows seed, case, step and attempt computes the same numbers."""
    digest = hashlib.sha256(f"7|{CASE}|civil-status/enter|2".encode()).digest()
    expected = tuple(int.from_bytes(digest[at : at + 8], "big") / 2**64 for at in (0, 8, 16))
    assert draw(7, CASE, "civil-status", "enter", 2) == expected


def test_everything_in_the_key_counts() -> None:
    """Another seed, case, system, step or attempt draws other numbers."""
    keys = [
        (1, CASE, "a", "b", 1),
        (2, CASE, "a", "b", 1),
        (1, CASE + "0", "a", "b", 1),
        (1, CASE, "c", "b", 1),
        (1, CASE, "a", "c", 1),
        (1, CASE, "a", "b", 2),
    ]
    assert len({draw(*key) for key in keys}) == len(keys)


def test_a_world_comes_back_from_the_manifest() -> None:
    """What is written as JSON is the same world when it is read."""
    world = replace(World.default(), consent_days=5, personal_id_province="former")
    world = replace(world, draft_certificates=True)
    assert World.from_json(json.loads(json.dumps(world.to_json()))) == world


def test_the_default_reasons_are_reasons_of_the_contract() -> None:
    """Every refusal by chance has its text in two languages; what a household head or a requester
    says otherwise than hoped is no refusal."""
    reasons = {reason for step in World.default().steps.values() for reason in step.reasons}
    assert reasons - {"declined"} - REMARKS.keys() <= set(REFUSALS)


def test_the_steps_of_a_system_are_found_by_their_own_name() -> None:
    """An agency asks for its steps only."""
    steps = {"register", "decide", "remove", "register_stay"}
    assert set(World.default().steps_of("residence")) == steps


@given(number=st.integers(0, 10_000))
def test_service_times_lie_in_their_range(number: int) -> None:
    """Whole seconds from the shortest, below the longest."""
    step = Step(service=(30, 600))
    seconds = step.service_seconds(draw(1, f"case-{number}", "population", "allocate", 1))
    assert 30 <= seconds < 600


def test_refusals_come_as_often_as_the_rate_says() -> None:
    """Over many cases the share is within four standard deviations, reasons evenly spread."""
    cases, rate = 20_000, 0.03
    step = Step(service=(0, 0), refusal=rate, reasons=("one", "other"))
    drawn = [step.refusal_reason(draw(1, f"case-{n}", "s", "t", 1)) for n in range(cases)]
    for reason in ("one", "other"):
        expected = cases * rate / 2
        assert abs(drawn.count(reason) - expected) < 4 * math.sqrt(expected)


def test_refusal_supplement_and_silence_share_one_draw() -> None:
    """Each as often as its rate says; a supplement is asked for twice at most."""
    step = Step(
        service=(0, 0),
        refusal=0.1,
        reasons=("no",),
        supplement=0.2,
        defects=("a", "b"),
        silence=0.3,
    )
    drawn = [draw(1, f"case-{n}", "s", "t", 1) for n in range(5_000)]
    refused = [step.refusal_reason(one) is not None for one in drawn]
    missing = [step.missing(one, 1) for one in drawn]
    silent = [step.silent(one) for one in drawn]
    assert not any(map(all, zip(refused, missing, strict=True)))
    assert not any(r and s for r, s in zip(refused, silent, strict=True))
    assert {*missing} == {(), ("a",), ("b",), ("a", "b")}
    for found, rate in ((refused, 0.1), (map(bool, missing), 0.2), (silent, 0.3)):
        assert sum(found) == pytest.approx(5_000 * rate, rel=0.15)
    assert not any(step.missing(one, 3) for one in drawn)


def test_who_answers_after_the_deadline_does_not_answer() -> None:
    """So long a service time of citizens or household heads is an error that says so."""
    for name, days in (("vneid/consent", 5), ("portal/birth", 7), ("portal/certificate", 1)):
        slow = {name: Step(service=(0, days * 86_400 + 1))}
        with pytest.raises(ValueError, match=f"{name}: who answers after {days} days"):
            World(steps=slow, consent_days=5)


@pytest.mark.parametrize(
    "step",
    [
        {"service": (10, 5)},
        {"service": (-1, 5)},
        {"service": (0, 1), "refusal": 1.5, "reasons": ("x",)},
        {"service": (0, 1), "refusal": 0.1},
        {"service": (0, 1), "supplement": 0.1},
        {"service": (0, 1), "silence": -0.1},
        {"service": (0, 1), "refusal": 0.6, "reasons": ("x",), "silence": 0.5},
        {"service": (0, 1), "hours": "nights"},
    ],
)
def test_an_impossible_step_is_an_error(step: dict[str, object]) -> None:
    """Negative or turned-round times, a rate above 1, a refusal without a reason, no such hours."""
    with pytest.raises(ValueError, match=r"service|rate|reason|defect|hours"):
        Step(**step)  # type: ignore[arg-type]


def test_agencies_keep_hours_and_citizens_answer_at_any() -> None:
    """The manifest says so of each step; that of an old run says nothing, and is read as it was."""
    world = World.default()
    told = world.to_json()["steps"]
    assert told["residence/remove"]["hours"] == "commune_police"
    assert told["payout/pay"]["hours"] == told["civil-status/enter"]["hours"] == "office"
    assert told["population/allocate"]["hours"] == told["vneid/consent"]["hours"] == "any_hour"
    old = json.loads(json.dumps(world.to_json()))
    for step in old["steps"].values():
        del step["hours"]
    assert {step.hours for step in World.from_json(old).steps.values()} == {"any_hour"}
    with pytest.raises(ValueError, match="portal/birth: citizens answer at any hour"):
        World(steps={"portal/birth": Step(service=(0, 1), hours="office")})


AFTER_A_DEATH = (
    "civil-status/enter_death",
    "residence/remove",
    "social-insurance/allowance",
    "social-protection/allowance",
    "payout/pay",
)
CASES = {
    **dict.fromkeys(AFTER_A_DEATH, examples.DEATH_CASE),
    "residence/register_stay": examples.STAY_CASE,
    "population/identity_card": examples.CARD_CASE,
}
"""Of which case a step is, where it is not of the birth of 2023."""


@pytest.mark.parametrize("seed", range(31))
def test_the_contracts_examples_are_smooth_cases(seed: int) -> None:
    """Whoever sends one as it is printed is refused nothing and asked for nothing by chance."""
    world = World.default()
    for step in world.steps:
        system, _, name = step.partition("/")
        if system != "portal":  # the citizen is asked for nothing
            drawn = draw(seed, CASES.get(step, examples.CASE), system, name, 1)
            rule = world.steps[step]
            assert rule.refusal_reason(drawn) is None, f"{step} refuses"
            assert not rule.missing(drawn, 1), f"{step} asks for a supplement"
            assert not rule.silent(drawn), f"{step} says nothing"


ARRANGED = {
    f"{CASE}/civil-status/enter/1": Arranged(result="supplement", missing=("GCS_MO",), seconds=0),
    f"{CASE}/civil-status/enter/2": Arranged(result="refused", reason="notice_mismatch"),
    f"{CASE}/population/allocate/1": Arranged(seconds=259_200),
    f"{CASE}/portal/birth/2": Arranged(result="silent"),
}


def test_what_is_arranged_comes_back_from_the_manifest() -> None:
    """And a manifest of a run in which nothing was arranged is read as such."""
    world = replace(World.default(), arranged=ARRANGED)
    told = json.loads(json.dumps(world.to_json()))
    assert World.from_json(told) == world
    del told["arranged"]
    assert World.from_json(told) == World.default()


@pytest.mark.parametrize(
    ("key", "arranged", "said"),
    [
        ("civil-status/enter/1", {"result": "lost"}, "no result 'lost'"),
        ("civil-status/enter/1", {"result": "refused"}, "needs one"),
        ("civil-status/enter/1", {"result": "done", "reason": "over_six"}, "belongs to"),
        ("civil-status/enter/1", {"result": "supplement"}, "needs some"),
        ("civil-status/enter/1", {"seconds": -1}, "-1 seconds"),
        ("civil-status/leave/1", {}, "is no <case>/<system>/<step>/<attempt>"),
        ("civil-status/enter", {}, "is no <case>/<system>/<step>/<attempt>"),
        ("civil-status/enter/3", {"result": "supplement", "missing": ("X",)}, "2 times at most"),
        ("one-stop/return/1", {"result": "silent"}, "nobody waits for it"),
        ("portal/birth/1", {"seconds": 8 * 86_400}, "does not answer"),
    ],
)
def test_an_impossible_arrangement_is_an_error(
    key: str, arranged: dict[str, Any], said: str
) -> None:
    """It says what is wrong with it."""
    with pytest.raises(ValueError, match=said):
        replace(World.default(), arranged={f"{CASE}/{key}": Arranged(**arranged)})
