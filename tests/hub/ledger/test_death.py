"""The reference model of a death, held against cases and sums worked out by hand."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from hub.ledger.calendar import deadline
from hub.ledger.course import Course, Submission, Withdrawal, derived_id
from hub.ledger.death import DEATH
from hub.ledger.death.money import best, due
from hub.ledger.draws import World

CASE = "G22.99.09-230710-000001"
START = datetime.fromisoformat("2023-07-10T08:00:00.250+07:00")

RULE: dict[str, Any] = {
    "refusal": 0.0,
    "reasons": [],
    "supplement": 0.0,
    "defects": ["A", "B"],
    "silence": 0.0,
}
SERVICES = {
    "portal/death": (7200, 259200),
    "portal/residence_removal": (7200, 259200),
    "portal/insurance_allowance": (7200, 259200),
    "portal/social_allowance": (7200, 259200),
    "one-stop/receive": (900, 5400),
    "one-stop/return": (300, 1800),
    "one-stop/close": (300, 1800),
    "civil-status/enter_death": (3600, 21600),
    "residence/remove": (3600, 14400),
    "social-insurance/allowance": (14400, 86400),
    "social-protection/allowance": (14400, 86400),
    "payout/pay": (1800, 14400),
}
Arranged = Mapping[str, Mapping[str, Any]]
"""By `system/step/attempt`, what is not left to chance."""
ACCOUNT = {"method": "account", "account": {"bank": "Vietcombank", "number": "0071000123456"}}
CASH = {"method": "cash", "account": None}
STAGE_ONE = [
    "case.submitted",
    "case.status.changed",
    "death.registration.requested",
    "dossier.progressed",
    "death.entry.requested",
    "death.registered",
    "dossier.progressed",
]
ON_MONDAY = datetime.fromisoformat("2023-07-19T17:00:00+07:00")
"""Seven working days after Monday 10 July 2023."""


def world(arranged: Arranged | None = None) -> World:
    """The default service times; nobody refuses, asks or is silent but as arranged, where a key is
    `system/step/attempt`."""
    steps = {name: {**RULE, "service": [*times]} for name, times in SERVICES.items()}
    named = {f"{CASE}/{key}": said for key, said in (arranged or {}).items()}
    return World(seed=7, steps=steps, arranged=named)


def follow(
    *groups: str,
    arranged: Arranged | None = None,
    services: tuple[str, ...] = ("death", "residence_removal", "funeral_allowance"),
    died: str = "2023-07-09T03:15:00+07:00",
    payout: Mapping[str, Any] | None = ACCOUNT,
    withdrawn: timedelta | None = None,
) -> Course:
    """The course of a case that asks for everything, with these groups ticked."""
    payload = {
        "chain": "death",
        "procedure": "1.006714",
        "province": "01",
        "commune": "00001",
        "services": services,
        "groups": groups,
        "deceased": {"died": died, "personal_id": "001050000001"},
        "payee": {"personal_id": "001180000001"},
        "payout": payout,
    }
    wish = None if withdrawn is None else Withdrawal("0189-2", START + withdrawn, {})
    submission = Submission(CASE, "0189-1", START, payload, wish)
    return DEATH.walk.follow(world(arranged), submission)


def took(step: str, attempt: int = 1) -> timedelta:
    """The service time of a step, straight from the digest."""
    low, high = SERVICES[step]
    digest = hashlib.sha256(f"7|{CASE}|{step}|{attempt}".encode()).digest()
    share = int.from_bytes(digest[8:16], "big") / 18446744073709551616
    return timedelta(seconds=int(low + share * (high - low)))


def names(course: Course) -> list[str]:
    """What is said, in the model's order."""
    return [event.name for event in course.events]


def registered() -> datetime:
    """When the death is registered."""
    return START + took("one-stop/receive") + took("civil-status/enter_death")


# --- smooth cases ------------------------------------------------------------------------------


def test_a_smooth_case_has_its_events_in_their_order_and_times() -> None:
    """Removal and allowance begin with the entry; the money follows the decision."""
    course = follow("insurance")
    assert names(course) == [
        *STAGE_ONE,
        "residence.removal.requested",
        "residence.removed",
        "funeral-allowance.requested",
        "funeral-allowance.granted",
        "payout.requested",
        "payout.made",
        "case.status.changed",
    ]
    granted = registered() + took("social-insurance/allowance")
    paid = granted + took("payout/pay")
    assert course.ends["death"].time == registered()
    assert course.ends["residence_removal"].time == registered() + took("residence/remove")
    assert course.ends["insurance_allowance"].time == paid
    assert (course.status, course.ended) == ("completed", paid)


@pytest.mark.parametrize(
    ("groups", "days"),
    [
        ((), 6),
        (("insurance",), 8),
        (("social_protection",), 6),
        (("emergency",), 6),
        (("social_pension",), 6),
        (("merit",), 18),
        (("veterans",), 12),
        (("insurance", "veterans"), 12),
        (("merit", "insurance"), 18),
    ],
)
def test_a_case_is_due_with_the_slowest_of_its_groups(groups: tuple[str, ...], days: int) -> None:
    """Working days from Monday 10 July 2023; without a group six."""
    asked = ("death", "funeral_allowance" if groups else "residence_removal")
    course = follow(*groups, services=asked)
    assert set(course.dues.values()) == {deadline(START, days)}


def test_without_an_allowance_groups_mean_nothing() -> None:
    """Whatever is ticked."""
    course = follow("merit", services=("death", "residence_removal"))
    assert course.services == ("death", "residence_removal")
    assert course.due == deadline(START, 6)


@pytest.mark.parametrize(
    ("services", "groups", "payout", "reason", "listed"),
    [
        (("funeral_allowance",), ("insurance",), ACCOUNT, "death_not_asked", 1),
        (("death",), ("merit",), ACCOUNT, "death_alone", 1),
        (("death", "funeral_allowance"), (), ACCOUNT, "allowance_incomplete", 2),
        (("death", "funeral_allowance"), ("merit",), None, "allowance_incomplete", 2),
        (
            ("death", "funeral_allowance"),
            ("merit",),
            {"method": "account", "account": None},
            "allowance_incomplete",
            2,
        ),
        (
            ("death", "funeral_allowance"),
            ("emergency", "insurance", "social_protection"),
            ACCOUNT,
            "groups_exclude",
            3,
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_at_intake(
    services: tuple[str, ...],
    groups: tuple[str, ...],
    payout: Mapping[str, Any] | None,
    reason: str,
    listed: int,
) -> None:
    """One message and nothing else; an allowance without a group counts as social protection's."""
    course = follow(*groups, services=services, payout=payout)
    assert names(course) == ["case.submitted", "case.status.changed"]
    assert (course.status, course.reason, course.ended) == ("refused", reason, START)
    assert len(course.services) == listed


# --- refused, incomplete, withdrawn --------------------------------------------------------------


def test_a_refused_entry_ends_the_case() -> None:
    """Nothing else is asked for."""
    refused = {"result": "refused", "reason": "death_notice_mismatch"}
    course = follow("insurance", arranged={"civil-status/enter_death/1": refused})
    assert (course.status, course.reason) == ("refused", "death_notice_mismatch")
    assert names(course)[-3:] == [
        "death.registration.refused",
        "dossier.progressed",
        "case.status.changed",
    ]


def test_a_refused_removal_leaves_the_rest() -> None:
    """Partly completed."""
    refused = {"result": "refused", "reason": "not_resident"}
    course = follow("insurance", arranged={"residence/remove/1": refused})
    assert course.status == "partly_completed"
    assert course.ends["insurance_allowance"].done


def test_a_supplement_of_the_removal_moves_its_own_date_only() -> None:
    """The allowance is due as before."""
    arranged: Arranged = {
        "residence/remove/1": {"result": "supplement", "missing": ["A"]},
        "portal/residence_removal/1": {"seconds": 200_000},
    }
    course = follow("insurance", arranged=arranged)
    assert course.dues["residence_removal"] > course.dues["insurance_allowance"]
    assert names(course).count("residence.removal.requested") == 2


def test_a_withdrawal_stops_what_was_not_yet_asked_for() -> None:
    """The entry stands."""
    course = follow("insurance", withdrawn=timedelta(minutes=30))
    assert {name: end.kind for name, end in course.ends.items()} == {
        "death": "done",
        "residence_removal": "withdrawn",
        "insurance_allowance": "withdrawn",
    }
    assert course.status == "partly_completed"


# --- entitled twice ------------------------------------------------------------------------------


def test_of_two_equal_allowances_insurance_is_asked_first() -> None:
    """The other one, told of it, is refused: nobody gets two."""
    course = follow("veterans", "insurance")
    asked = [one for one in course.events if one.name == "funeral-allowance.requested"]
    granted = next(one for one in course.events if one.name == "funeral-allowance.granted")
    assert [one.told["decider"] for one in asked] == ["social-insurance", "social-protection"]
    assert asked[1].time == granted.time
    assert asked[1].told["granted"] == {
        "decider": "social-insurance",
        "group": "insurance",
        "vnd": 18_000_000,
    }
    assert course.ends["social_allowance"].reason == "no_double_benefit"
    assert course.status == "partly_completed"


def test_the_higher_of_two_allowances_is_asked_first() -> None:
    """Emergency aid: 50 times 500,000 is more than ten times 2,340,000."""
    course = follow("insurance", "emergency", died="2024-07-05T10:00:00+07:00")
    asked = [one for one in course.events if one.name == "funeral-allowance.requested"]
    assert [one.told["decider"] for one in asked] == ["social-protection", "social-insurance"]
    assert course.ends["insurance_allowance"].reason == "no_double_benefit"


def test_when_the_first_is_refused_the_second_is_asked_without_it() -> None:
    """And may be granted."""
    refused = {"result": "refused", "reason": "insured_too_short"}
    course = follow("insurance", "merit", arranged={"social-insurance/allowance/1": refused})
    asked = [one for one in course.events if one.name == "funeral-allowance.requested"]
    assert asked[1].told["granted"] is None
    assert asked[1].time == course.ends["insurance_allowance"].time
    assert course.ends["social_allowance"].done


def test_a_supplement_of_the_first_moves_the_second_along() -> None:
    """It waits for the first."""
    arranged: Arranged = {
        "social-insurance/allowance/1": {"result": "supplement", "missing": ["A"]},
        "portal/insurance_allowance/1": {"seconds": 200_000},
    }
    course = follow("insurance", "merit", arranged=arranged)
    moved = {course.dues[name] for name in ("insurance_allowance", "social_allowance")}
    assert moved == {course.due}
    assert course.dues["death"] == course.dues["residence_removal"] < min(moved)


def test_both_agencies_may_ask_for_papers_of_one_case() -> None:
    """Each of their questions is an event of its own, though both call the step `allowance`."""
    missing = {"result": "supplement", "missing": ["A"]}
    refused = {"result": "refused", "reason": "insured_too_short"}
    arranged: Arranged = {
        "social-insurance/allowance/1": missing,
        "social-insurance/allowance/2": refused,
        "social-protection/allowance/1": missing,
    }
    course = follow("insurance", "merit", arranged=arranged)
    asked = [one for one in course.events if one.name == "case.supplement.requested"]
    assert len({one.ids for one in asked}) == len(asked) == 2
    assert course.ends["social_allowance"].done


def test_who_has_no_rule_that_day_is_not_entitled() -> None:
    """The social pension pays for deaths since 1 July 2025, whatever chance says."""
    missing = {"result": "supplement", "missing": ["A"]}
    arranged = {"social-protection/allowance/1": missing}
    course = follow("social_pension", arranged=arranged)
    assert course.ends["social_allowance"].reason == "not_entitled"


# --- payment -------------------------------------------------------------------------------------

CLOSED: Arranged = {"payout/pay/1": {"result": "refused", "reason": "account_closed"}}


def test_a_closed_account_is_asked_for_and_cash_is_paid() -> None:
    """The decision stands, so nobody decides again; the second payment is another attempt."""
    course = follow("insurance", arranged=CLOSED)
    failed = next(one for one in course.events if one.name == "payout.failed")
    answered = failed.time + took("portal/insurance_allowance")
    paid = answered + took("payout/pay", 2)
    asked = [one for one in course.events if one.name == "funeral-allowance.requested"]
    assert [one.told["payout"] for one in asked] == [ACCOUNT, CASH]
    assert asked[1].time == answered
    assert [one.step for one in course.files].count("social-insurance/allowance") == 1
    assert course.ends["insurance_allowance"].time == paid
    assert course.status == "completed"


def test_who_does_not_answer_leaves_the_sum_with_the_agency() -> None:
    """The case is partly completed at the end of the wait."""
    arranged: Arranged = {
        **CLOSED,
        "portal/insurance_allowance/1": {"result": "silent"},
    }
    course = follow("insurance", arranged=arranged)
    failed = next(one for one in course.events if one.name == "payout.failed")
    last, end = deadline(failed.time, 7), course.ends["insurance_allowance"]
    assert (end.kind, end.reason, end.time) == ("uncollected", "payout_uncollected", last)
    timer = derived_id(CASE, f"timer/insurance_allowance/{last.isoformat()}")
    assert end.trigger.id == timer
    assert (course.status, course.ended) == ("partly_completed", last)


def test_a_withdrawal_leaves_a_granted_sum_to_its_payee() -> None:
    """The citizen is asked all the same."""
    course = follow("insurance", arranged=CLOSED, withdrawn=timedelta(hours=20))
    assert course.ends["insurance_allowance"].done


def test_cash_cannot_come_back() -> None:
    """What chance says of accounts does not count."""
    course = follow("insurance", payout=CASH, arranged=CLOSED)
    assert "payout.failed" not in names(course)
    assert course.status == "completed"


# --- the law -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "died", "vnd"),
    [
        ("insurance", "2023-06-30", 14_900_000),
        ("insurance", "2023-07-01", 18_000_000),
        ("insurance", "2024-06-30", 18_000_000),
        ("insurance", "2024-07-01", 23_400_000),
        ("insurance", "2026-06-30", 23_400_000),
        ("insurance", "2026-07-01", 25_300_000),
        ("merit", "2023-07-01", 18_000_000),
        ("veterans", "2023-06-30", 14_900_000),
        ("social_protection", "2024-06-30", 7_200_000),
        ("social_protection", "2024-07-01", 10_000_000),
        ("social_protection", "2026-07-01", 10_800_000),
        ("emergency", "2024-07-01", 25_000_000),
        ("social_pension", "2025-07-01", 10_000_000),
    ],
)
def test_sums_by_day_of_death(group: str, died: str, vnd: int) -> None:
    """DOMAIN.md, 3.8 and 8.4."""
    grant = due(group, date.fromisoformat(died))
    assert grant is not None
    assert grant.vnd == vnd


def test_a_sum_that_nobody_knew_yet_is_not_granted() -> None:
    """The standard of July 2026 was made public on 21 August."""
    died = date(2026, 7, 15)
    known = [due("social_protection", died, known_on=date(2026, 8, day)) for day in (20, 21)]
    assert [grant and grant.vnd for grant in known] == [10_000_000, 10_800_000]


def test_nobody_pays_before_there_was_a_rule() -> None:
    """No social pension in June 2025."""
    assert due("social_pension", date(2025, 6, 30)) is None


def test_of_several_groups_the_highest_counts_and_of_equals_the_first() -> None:
    """Merit and veterans are ten times the base, both."""
    died = date(2023, 7, 9)
    first = best(("social_protection", "veterans", "merit"), died)
    assert first is not None
    assert (first.group, first.vnd) == ("veterans", 18_000_000)


def test_two_grants_are_possible_only_while_the_law_changes() -> None:
    """Insurance is asked first, being higher by what is public that day. The new standard is public
    when emergency aid is decided, which is then the higher one: it pays the difference, so that
    both together are the higher sum. Payments are numbered by time."""
    submitted = datetime.fromisoformat("2026-08-18T08:00:00+07:00")
    payload = {
        "chain": "death",
        "procedure": "2.002622",
        "province": "01",
        "commune": "00004",
        "services": ("death", "funeral_allowance"),
        "groups": ("insurance", "emergency"),
        "deceased": {"died": "2026-08-01T10:00:00+07:00", "personal_id": "001050000001"},
        "payee": {"personal_id": "001180000001"},
        "payout": ACCOUNT,
    }
    case = Submission(CASE, "0189-1", submitted, payload)
    slow = {
        "payout/pay/1": {"seconds": 800_000},
        "social-protection/allowance/1": {"seconds": 300_000},
    }
    course = DEATH.walk.follow(replace(world(slow)), case)
    granted = [one.told["grant"].vnd for one in course.events if one.name.endswith(".granted")]
    assert granted == [25_300_000, 1_700_000]
    payments = [one for one in course.files if one.step == "payout/pay"]
    assert [one.attempt for one in payments] == [1, 2]
    assert payments[0].time > payments[1].time
    assert course.status == "completed"
