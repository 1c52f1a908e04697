"""The reference model, held against cases worked out by hand."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import pytest

from hub.ledger.birth import BIRTH
from hub.ledger.calendar import deadline, iso, resumed
from hub.ledger.course import Course, Submission, Withdrawal, derived_id
from hub.ledger.draws import World
from hub.ledger.walk import Ruled

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


def world(
    *,
    strict: bool = False,
    incomplete: tuple[str, ...] = (),
    silent: tuple[str, ...] = (),
    **refusals: float,
) -> World:
    """The default service times, and nobody refuses but the steps named as `system_step`.

    `incomplete`: steps that always ask for a supplement; `silent`: steps that nobody answers.
    """
    steps = {name: {**rule} for name, rule in STEPS.items()}
    for name, rate in refusals.items():
        system, _, step = name.rpartition("_")
        steps[f"{system.replace('_', '-')}/{step}"]["refusal"] = rate
    for name in incomplete:
        steps[name]["supplement"] = 1.0
    for name in silent:
        steps[name]["silence"] = 1.0
    return World(seed=7, steps=steps, strict=strict)


def submission(
    *,
    services: tuple[str, ...] = ("birth", "residence", "health_card"),
    born: str = "2023-07-01T03:20:00+07:00",
    head: str = "001190000001",
    signed: bool = False,
    withdrawn: timedelta | None = None,
) -> Submission:
    """A case of a requester 001190000001, withdrawn so long after its submission."""
    return Submission(
        CASE,
        "0189-1",
        START,
        {
            "chain": "birth",
            "procedure": "2.000986",
            "province": "01",
            "commune": "00001",
            "services": services,
            "child": {"born": born},
            "requester": {"personal_id": "001190000001"},
            "household": {"head": {"personal_id": head}, "consent_signed": signed},
        },
        None if withdrawn is None else Withdrawal("0189-2", START + withdrawn, {}),
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
    seconds, reason = 100 + int(u1 * 100), "abc"[int(u2 * 3)]
    assert drawn == (u0 < 0.5, (), False, seconds, "any_hour", reason)


def test_ids_are_name_based_uuids_of_the_cause() -> None:
    """The same as the standard library's uuid5 in the namespace urn:lienthong:events."""
    expected = uuid5(uuid5(NAMESPACE_URL, "urn:lienthong:events"), "cause|kind|0")
    assert derived_id("cause", "kind", 0) == str(expected)


def test_a_smooth_case_has_fourteen_events_in_their_order_and_times() -> None:
    """Each answer comes a service time after the question, on the case's own time."""
    course = BIRTH.walk.follow(world(), submission())
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
    course = BIRTH.walk.follow(world(), submission())
    residence, card = (course.ends[name].trigger.id for name in ("residence", "health_card"))
    assert course.events[-1].causations == (residence, card)
    assert course.events[-1].ids == (
        derived_id(residence, "case.status.changed"),
        derived_id(card, "case.status.changed"),
    )


def test_in_strict_sequence_the_card_is_asked_for_when_residence_has_ended() -> None:
    """Also when residence was refused; the last message then rests on the card alone."""
    course = BIRTH.walk.follow(world(strict=True, residence_register=1.0), submission())
    asked = next(event for event in course.events if event.name == "health-card.requested")
    assert not course.ends["residence"].done
    assert asked.time == course.ends["residence"].time
    assert asked.causations == (course.ends["residence"].trigger.id,)
    assert course.events[-1].causations == (course.ends["health_card"].trigger.id,)
    assert course.status == "partly_completed"


def test_a_refused_entry_ends_the_case_and_closes_the_dossier() -> None:
    """No number, no certificate, no second stage; the one-stop reports after the end."""
    course = BIRTH.walk.follow(world(civil_status_enter=1.0), submission())
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
    course = BIRTH.walk.follow(world(), submission(), Ruled({1: "duplicate_of"}))
    assert (course.status, course.reason) == ("refused", "duplicate_of")


def test_a_head_who_is_somebody_else_is_asked() -> None:
    """Consent by VNeID, then the police decide; the card doesn't wait."""
    course = BIRTH.walk.follow(world(), submission(head="001170000002"))
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
    course = BIRTH.walk.follow(world(), submission(head="001170000002", signed=True))
    assert "consent.requested" not in names(course)


def test_a_declined_consent_is_a_refusal_whatever_the_hash_says() -> None:
    """The police can't register against the head's will."""
    course = BIRTH.walk.follow(world(vneid_consent=1.0), submission(head="001170000002"))
    assert names(course).count("consent.declined") == 1
    assert course.ends["residence"].reason == "consent_declined"
    assert course.status == "partly_completed"


@pytest.mark.parametrize(
    ("services", "born", "reason"),
    [
        (("residence", "health_card"), "2023-07-01T03:20:00+07:00", "birth_not_asked"),
        (("birth", "health_card"), "2017-07-10T23:00:00+07:00", "over_six"),
        (("birth",), "2017-07-10T23:00:00+07:00", "birth_alone"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_intake(
    services: tuple[str, ...], born: str, reason: str
) -> None:
    """One message and nothing else."""
    course = BIRTH.walk.follow(world(), submission(services=services, born=born))
    assert names(course) == ["case.submitted", "case.status.changed"]
    assert (course.status, course.reason, course.ended) == ("refused", reason, START)


@pytest.mark.parametrize(
    ("changes", "day", "reason"),
    [
        ({}, "2022-11-20", "linked_not_offered"),
        ({}, "2022-11-21", None),
        ({"province": "35", "commune": "13285"}, "2023-07-09", None),
        ({"province": "79", "commune": "26740"}, "2023-07-09", "linked_not_offered"),
        ({"procedure": "2.001023"}, "2023-07-10", "procedure_without_residence"),
        ({"procedure": "2.001023"}, "2024-06-10", "procedure_not_in_force"),
    ],
)
def test_the_day_and_the_procedure_say_what_is_offered(
    changes: dict[str, str], day: str, reason: str | None
) -> None:
    """The pilot of Hà Nội and Hà Nam, the whole country, and the procedure without residence."""
    made = submission()
    code = "2.002621" if day > "2024-06-09" else "2.000986"
    payload = {**made.payload, "procedure": code, **changes}
    filed = made._replace(time=datetime.fromisoformat(f"{day}T08:00:00+07:00"), payload=payload)
    assert BIRTH.walk.follow(world(), filed).reason == reason


def test_a_child_of_six_may_have_its_birth_registered() -> None:
    """Only the card has the age limit."""
    old = submission(services=("birth", "residence"), born="2017-07-10T03:20:00+07:00")
    course = BIRTH.walk.follow(world(), old)
    assert course.status == "completed"


# --- waiting and ending ------------------------------------------------------------------------

LATE_ON_MONDAY = datetime.fromisoformat("2023-07-20T17:00:00+07:00")
"""Seven working days after Monday 10 July 2023, for what is asked after 15:00."""
ON_MONDAY = LATE_ON_MONDAY - timedelta(days=1)
"""The same, for what is asked before."""


def attempt(step: str, number: int, low: int, high: int) -> timedelta:
    """The service time of a later attempt, straight from the digest."""
    digest = hashlib.sha256(f"7|{CASE}|{step}|{number}".encode()).digest()
    share = int.from_bytes(digest[8:16], "big") / 18446744073709551616
    return timedelta(seconds=int(low + share * (high - low)))


def test_a_supplement_sends_the_request_again_and_moves_its_date() -> None:
    """Asked twice, the card is decided the third time; only the first wait does not count."""
    course = BIRTH.walk.follow(world(incomplete=("social-insurance/card",)), submission())
    asked = [said for said in course.events if said.name == "health-card.requested"]
    questions = [said for said in course.events if said.name == "supplement.requested"]
    answers = [said for said in course.events if said.name == "case.supplement.provided"]
    assert (len(asked), len(questions), len(answers)) == (3, 2, 2)
    first = asked[0].time + seconds("social-insurance/card", 3600, 21600)
    answered = first + seconds("portal/health_card", 7200, 259200)
    assert (questions[0].time, answers[0].time) == (first, answered)
    assert asked[1].time == answered
    second = answered + attempt("social-insurance/card", 2, 3600, 21600)
    assert questions[1].time == second
    assert course.dues["health_card"] == resumed(course.dues["residence"], first, answered)
    assert course.dues["residence"] == deadline(START, 3)
    assert course.status == "completed"
    keys = [(one.step, one.attempt, one.result) for one in course.files[-6:]]
    assert keys[-1] == ("social-insurance/card", 3, "done")


def test_a_birth_that_is_asked_for_again_is_one_dossier() -> None:
    """The one-stop reports it once; what waits for the birth is due as much later."""
    course = BIRTH.walk.follow(world(incomplete=("civil-status/enter",)), submission())
    assert names(course).count("dossier.progressed") == 2
    assert names(course).count("birth.entry.requested") == 3
    assert len(set(course.dues.values())) == 1
    assert course.due is not None
    assert course.due > deadline(START, 3)


@pytest.mark.parametrize(
    ("step", "service", "status", "answer_by"),
    [
        ("civil-status/enter", "birth", "refused", ON_MONDAY),
        ("residence/register", "residence", "partly_completed", LATE_ON_MONDAY),
        ("social-insurance/card", "health_card", "partly_completed", LATE_ON_MONDAY),
    ],
)
def test_a_citizen_who_never_answers_is_refused_at_the_deadline(
    step: str, service: str, status: str, answer_by: datetime
) -> None:
    """The timer is the cause; what else was asked for goes on."""
    silent = (f"portal/{service}",)
    course = BIRTH.walk.follow(world(incomplete=(step,), silent=silent), submission())
    end = course.ends[service]
    assert (end.kind, end.reason, course.status) == ("expired", "supplement_expired", status)
    assert end.time == course.ended == answer_by
    assert end.trigger.id == derived_id(CASE, f"timer/{service}/{answer_by.isoformat()}")
    assert "case.supplement.provided" not in names(course)


def test_a_head_who_never_answers_is_a_refusal_after_seven_working_days() -> None:
    """The police decide on the silence, some time after the deadline."""
    course = BIRTH.walk.follow(world(silent=("vneid/consent",)), submission(head="001170000002"))
    end = course.ends["residence"]
    assert (end.kind, end.reason) == ("refused", "consent_expired")
    assert end.time == LATE_ON_MONDAY + seconds("residence/decide", 1800, 7200)
    assert course.dossiers["residence/decide"].request.id == derived_id(
        CASE, "timer/consent/2023-07-20T17:00:00+07:00"
    )


def test_a_withdrawal_stops_what_was_not_yet_asked_for() -> None:
    """The birth is registered all the same, and the case ends with it."""
    course = BIRTH.walk.follow(world(), submission(withdrawn=timedelta(minutes=20)))
    assert {name: end.kind for name, end in course.ends.items()} == {
        "birth": "done",
        "residence": "withdrawn",
        "health_card": "withdrawn",
    }
    assert course.status == "partly_completed"
    assert course.ended == course.ends["birth"].time
    assert not {"residence.registration.requested", "health-card.requested"} & set(names(course))


def test_a_withdrawal_after_everything_was_asked_for_stops_nothing() -> None:
    """Its answers are awaited."""
    course = BIRTH.walk.follow(world(), submission(withdrawn=timedelta(days=1)))
    assert course.status == "completed"


def test_a_withdrawal_ends_the_wait_for_a_supplement() -> None:
    """At its own time; what waits for the birth is withdrawn as well."""
    wish = timedelta(days=2)
    plays = world(incomplete=("civil-status/enter",), silent=("portal/birth",))
    course = BIRTH.walk.follow(plays, submission(withdrawn=wish))
    assert (course.status, course.reason) == ("withdrawn", "withdrawn")
    assert course.ended == START + wish
    assert list(course.ends) == ["birth"]


def test_a_question_after_the_withdrawal_is_not_passed_on() -> None:
    """The agency has given the dossier back, and that is its end."""
    plays = world(incomplete=("civil-status/enter",))
    course = BIRTH.walk.follow(plays, submission(withdrawn=timedelta(minutes=5)))
    assert "case.supplement.requested" not in names(course)
    assert course.status == "withdrawn"


def test_in_strict_sequence_a_withdrawn_residence_withdraws_the_card() -> None:
    """It was never asked for."""
    plays = world(strict=True, incomplete=("residence/register",), silent=("portal/residence",))
    course = BIRTH.walk.follow(plays, submission(withdrawn=timedelta(days=3)))
    assert [end.kind for end in course.ends.values()] == ["done", "withdrawn", "withdrawn"]
    assert course.ended == START + timedelta(days=3)


def test_what_is_arranged_beats_the_hash() -> None:
    """Result, reason, papers and time as they are arranged; what is not, is drawn."""
    arranged: dict[str, dict[str, Any]] = {
        f"{CASE}/civil-status/enter/1": {"result": "supplement", "missing": ["B"], "seconds": 60},
        f"{CASE}/civil-status/enter/2": {"result": "refused", "reason": "notice_mismatch"},
        f"{CASE}/one-stop/receive/1": {"seconds": 0},
    }
    found = BIRTH.walk.follow(replace(world(), arranged=arranged), submission())
    received, first, *_, second = [one for one in found.files if one.step in _STAGE_ONE][:4]
    assert received.time == received.request.time
    assert (first.result, first.missing) == ("supplement", ("B",))
    assert first.time - first.request.time == timedelta(seconds=60)
    assert (second.result, second.reason) == ("refused", "notice_mismatch")
    assert (found.status, found.reason) == ("refused", "notice_mismatch")


_STAGE_ONE = ("one-stop/receive", "civil-status/enter")


def test_a_case_that_an_agency_never_answers_has_no_end() -> None:
    """Beside it the other service ends; the citizen only hears that the case is late."""
    arranged = {f"{CASE}/residence/register/1": {"result": "silent"}}
    found = BIRTH.walk.follow(replace(world(), arranged=arranged), submission())
    assert found.ended is None
    assert set(found.ends) == {"birth", "health_card"}
    assert names(found).count("case.status.changed") == 2
    assert found.letter is not None
    assert (found.letter.service, iso(found.letter.due)) == (
        "residence",
        "2023-07-13T17:00:00.000+07:00",
    )


def test_a_birth_that_is_never_answered_begins_nothing_else() -> None:
    """Neither residence nor card is asked for."""
    arranged = {f"{CASE}/civil-status/enter/1": {"result": "silent"}}
    found = BIRTH.walk.follow(replace(world(), arranged=arranged), submission())
    assert (found.ended, found.ends) == (None, {})
    assert names(found)[-2:] == ["birth.entry.requested", "case.status.changed"]
