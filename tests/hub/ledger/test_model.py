"""The reference model, held against cases worked out by hand."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from hub.ledger.course import Course, Submission, derived_id
from hub.ledger.draws import World
from hub.ledger.model import follow

CASE = "G22.99.08-230710-000001"
START = datetime.fromisoformat("2023-07-10T08:00:00.250+07:00")

RULE: dict[str, Any] = {"supplement": 0.0, "defects": ["A", "B"], "silence": 0.0}
ANSWER = {**RULE, "refusal": 0.0, "reasons": [], "service": [7200, 259200]}
STEPS: dict[str, dict[str, Any]] = {
    "portal/birth": ANSWER,
    "portal/residence": ANSWER,
    "portal/health_card": ANSWER,
    "one-stop/receive": {**RULE, "refusal": 0.0, "reasons": [], "service": [900, 5400]},
    "one-stop/return": {**RULE, "refusal": 0.0, "reasons": [], "service": [300, 1800]},
    "one-stop/close": {**RULE, "refusal": 0.0, "reasons": [], "service": [300, 1800]},
    "civil-status/enter": {
        **RULE,
        "refusal": 0.0,
        "reasons": ["notice_mismatch"],
        "service": [1800, 10800],
    },
    "civil-status/certify": {**RULE, "refusal": 0.0, "reasons": [], "service": [300, 3600]},
    "population/allocate": {**RULE, "refusal": 0.0, "reasons": [], "service": [30, 600]},
    "residence/register": {
        **RULE,
        "refusal": 0.0,
        "reasons": ["no_lawful_dwelling"],
        "service": [7200, 28800],
    },
    "residence/decide": {
        **RULE,
        "refusal": 0.0,
        "reasons": ["no_lawful_dwelling"],
        "service": [1800, 7200],
    },
    "vneid/consent": {**RULE, "refusal": 0.0, "reasons": ["declined"], "service": [600, 36000]},
    "social-insurance/card": {
        **RULE,
        "refusal": 0.0,
        "reasons": ["already_insured"],
        "service": [3600, 21600],
    },
}


def world(*, strict: bool = False, **refusals: float) -> World:
    """The default service times, and nobody refuses but the steps named as `system_step`."""
    steps = {name: {**rule} for name, rule in STEPS.items()}
    for name, rate in refusals.items():
        system, _, step = name.rpartition("_")
        steps[f"{system.replace('_', '-')}/{step}"]["refusal"] = rate
    return World(seed=7, steps=steps, strict=strict)


def submission(
    *,
    services: tuple[str, ...] = ("birth", "residence", "health_card"),
    born: str = "2023-07-01T03:20:00+07:00",
    head: str = "001190000001",
    signed: bool = False,
) -> Submission:
    """A case of a requester 001190000001."""
    return Submission(
        CASE,
        "0189-1",
        START,
        {
            "services": services,
            "child": {"born": born},
            "requester": {"personal_id": "001190000001"},
            "household": {"head": {"personal_id": head}, "consent_signed": signed},
        },
    )


def seconds(step: str, low: int, high: int) -> timedelta:
    """The service time of a step, straight from the digest."""
    digest = hashlib.sha256(f"7|{CASE}|{step}|1".encode()).digest()
    share = int.from_bytes(digest[8:16], "big") / 18446744073709551616
    return timedelta(seconds=int(low + share * (high - low)))


def names(course: Course) -> list[str]:
    """What is said in the case, in the model's order."""
    return [event.name for event in course.events]


def test_a_draw_is_three_numbers_of_one_digest() -> None:
    """Outcome, service time and reason come from bytes 0-7, 8-15 and 16-23."""
    rule = {**RULE, "refusal": 0.5, "reasons": ["a", "b", "c"], "service": [100, 200]}
    digest = hashlib.sha256(b"7|K|s/t|2").digest()
    u0, u1, u2 = (int(digest[i : i + 8].hex(), 16) / 2**64 for i in (0, 8, 16))
    drawn = World(seed=7, steps={"s/t": rule}).draw("K", "s/t", 2)
    assert drawn == (u0 < 0.5, (), False, 100 + int(u1 * 100), "abc"[int(u2 * 3)])


def test_ids_are_name_based_uuids_of_the_cause() -> None:
    """The same as the standard library's uuid5 in the namespace urn:lienthong:events."""
    expected = uuid5(uuid5(NAMESPACE_URL, "urn:lienthong:events"), "cause|kind|0")
    assert derived_id("cause", "kind", 0) == str(expected)


def test_a_smooth_case_has_fourteen_events_in_their_order_and_times() -> None:
    """Each answer comes a service time after the question, on the case's own time."""
    course = follow(world(), submission())
    assert names(course) == [
        "case.submitted",
        "case.status.changed",
        "birth.registration.requested",
        "dossier.progressed",
        "birth.entry.requested",
        "personal-id.requested",
        "personal-id.issued",
        "birth.registered",
        "dossier.progressed",
        "residence.registration.requested",
        "residence.registered",
        "health-card.requested",
        "health-card.issued",
        "case.status.changed",
    ]
    registered = (
        START
        + seconds("one-stop/receive", 900, 5400)
        + seconds("civil-status/enter", 1800, 10800)
        + seconds("population/allocate", 30, 600)
        + seconds("civil-status/certify", 300, 3600)
    )
    residence = registered + seconds("residence/register", 7200, 28800)
    card = registered + seconds("social-insurance/card", 3600, 21600)
    assert course.ends["birth"].time == registered
    assert course.ends["residence"].time == residence
    assert course.ends["health_card"].time == card
    assert course.ended == max(residence, card)
    assert course.status == "completed"


def test_the_last_message_may_rest_on_either_of_two_parallel_services() -> None:
    """Which answer dvclt takes last is not fixed, so either may be the cause."""
    course = follow(world(), submission())
    residence, card = (course.ends[name].trigger.id for name in ("residence", "health_card"))
    assert course.events[-1].causations == (residence, card)
    assert course.events[-1].ids == (
        derived_id(residence, "case.status.changed"),
        derived_id(card, "case.status.changed"),
    )


def test_in_strict_sequence_the_card_is_asked_for_when_residence_has_ended() -> None:
    """Also when residence was refused; the last message then rests on the card alone."""
    course = follow(world(strict=True, residence_register=1.0), submission())
    asked = next(event for event in course.events if event.name == "health-card.requested")
    assert not course.ends["residence"].done
    assert asked.time == course.ends["residence"].time
    assert asked.causations == (course.ends["residence"].trigger.id,)
    assert course.events[-1].causations == (course.ends["health_card"].trigger.id,)
    assert course.status == "partly_completed"


def test_a_refused_entry_ends_the_case_and_closes_the_dossier() -> None:
    """No number, no certificate, no second stage; the one-stop reports after the end."""
    course = follow(world(civil_status_enter=1.0), submission())
    assert names(course)[4:] == [
        "birth.entry.requested",
        "birth.registration.refused",
        "dossier.progressed",
        "case.status.changed",
    ]
    assert (course.status, course.reason) == ("refused", "notice_mismatch")
    assert course.ended == course.ends["birth"].time
    assert course.dossiers["one-stop/close"].time > course.ended


def test_an_entry_under_another_case_is_a_refusal_whatever_the_hash_says() -> None:
    """Natural keys beat the dice."""
    course = follow(world(), submission(), {1: "duplicate_of"})
    assert (course.status, course.reason) == ("refused", "duplicate_of")


def test_a_head_who_is_somebody_else_is_asked() -> None:
    """Consent by VNeID, then the police decide; the card doesn't wait."""
    course = follow(world(), submission(head="001170000002"))
    said = {event.name: event for event in course.events}
    asked = course.ends["birth"].time + seconds("residence/register", 7200, 28800)
    given = asked + seconds("vneid/consent", 600, 36000)
    decided = given + seconds("residence/decide", 1800, 7200)
    assert said["consent.requested"].time == asked
    assert said["consent.given"].time == given
    assert said["residence.registered"].time == decided
    assert course.dossiers["residence/register"].result == "consent_needed"
    assert said["health-card.requested"].time == course.ends["birth"].time


def test_a_signed_consent_is_not_asked_for_again() -> None:
    """The head signed form CT01."""
    course = follow(world(), submission(head="001170000002", signed=True))
    assert "consent.requested" not in names(course)


def test_a_declined_consent_is_a_refusal_whatever_the_hash_says() -> None:
    """The police can't register against the head's will."""
    course = follow(world(vneid_consent=1.0), submission(head="001170000002"))
    assert names(course).count("consent.declined") == 1
    assert course.ends["residence"].reason == "consent_declined"
    assert course.status == "partly_completed"


@pytest.mark.parametrize(
    ("services", "born", "reason"),
    [
        (("residence", "health_card"), "2023-07-01T03:20:00+07:00", "birth_not_asked"),
        (("birth", "health_card"), "2017-07-10T23:00:00+07:00", "over_six"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_intake(
    services: tuple[str, ...], born: str, reason: str
) -> None:
    """One message and nothing else."""
    course = follow(world(), submission(services=services, born=born))
    assert names(course) == ["case.submitted", "case.status.changed"]
    assert (course.status, course.reason, course.ended) == ("refused", reason, START)


def test_a_child_of_six_may_have_its_birth_registered() -> None:
    """Only the card has the age limit."""
    old = submission(services=("birth",), born="2017-07-10T03:20:00+07:00")
    course = follow(world(), old)
    assert course.status == "completed"
    assert course.ended == course.ends["birth"].time
