"""The death chain, told case by case."""

from datetime import date, timedelta
from typing import Any

import pytest

from hub.orchestrator.chains import PARKING, WAITING
from schemas.event import Event, from_text
from schemas.examples import DEATH_SUBMISSION
from schemas.reasons import REFUSALS
from schemas.standards import COLUMNS, adopt_standards, read_standards
from schemas.working_days import due
from tests.hub.orchestrator.country import SUBMITTED, Dvclt, at, died, filed_at, said

DUE = "2023-07-20T17:00:00.000+07:00"
"""Eight working days after Monday 10 July 2023: the insurance's time."""
ANSWER_BY = "2023-07-19T17:00:00.000+07:00"
"""Seven working days after that Monday."""
DAY = 24 * 60
INSURANCE, SOCIAL = "social-insurance", "social-protection"
CASH = {"method": "cash", "account": None}
ENTRY = said("death.registered", 0).data()["entry"]
HIGHER = {"group": "emergency", "vnd": 25_000_000, "decision": "7/QĐ-UBND-26740"}
LOWER = {"group": "social_protection", "vnd": 7_200_000, "decision": "7/QĐ-UBND-26740"}


def granted(minutes: float, *, by: str = INSURANCE, **fields: Any) -> Event:
    """An agency's decision for the allowance."""
    return said("funeral-allowance.granted", minutes, by=by, **fields)


def refused(minutes: float, reason: str, *, by: str = INSURANCE) -> Event:
    """An agency's decision against it."""
    return said("funeral-allowance.refused", minutes, by=by, reason=reason)


def failed(minutes: float) -> Event:
    """The insurance's payment came back."""
    return said("payout.failed", minutes)


def answered(minutes: float, payout: dict[str, Any] | None) -> Event:
    """The citizen says how to pay instead."""
    name = "case.supplement.provided"
    return said(name, minutes, service="insurance_allowance", payout=payout)


def registered(*services: str, **fields: Any) -> Dvclt:
    """A death that is registered 120 minutes after the submission."""
    dvclt = Dvclt()
    dvclt.hears(died(*services, **fields), said("death.registered", 120))
    return dvclt


def in_both(
    *groups: str, on: str = "2023-07-09T03:15:00+07:00", filed: str = "2023-07-10"
) -> Dvclt:
    """A registered death with allowances of two agencies, filed at eight o'clock on a day."""
    days = (date.fromisoformat(filed) - SUBMITTED.date()).days
    deceased = {**DEATH_SUBMISSION["deceased"], "died": on}
    asked = died("death", "funeral_allowance", groups=list(groups), deceased=deceased)
    dvclt = Dvclt()
    dvclt.hears(
        filed_at(asked, asked.time + timedelta(days=days)),
        said("death.registered", 120 + days * 1440),
    )
    return dvclt


NGHE_AN = {"province": "40", "commune": "16663", "address": "Số 3, khối 5, Thành phố Vinh"}
HA_NOI = {"province": "01", "commune": "00001"}


def test_three_agencies_sit_in_three_provinces() -> None:
    """The death is Hồ Chí Minh's; the police of Nghệ An remove, and Hà Nội's insurance decides."""
    dvclt = Dvclt()
    dvclt.hears(died(permanent_residence=NGHE_AN, allowance_office=HA_NOI))
    asked = dvclt.sent("death.registration.requested").data
    assert (asked["province"], asked["commune"]) == ("79", "26740")
    dvclt.hears(said("death.registered", 120))
    removal = dvclt.sent("residence.removal.requested").data
    assert (removal["commune"], removal["address"]) == ("16663", NGHE_AN["address"])
    allowance = dvclt.sent("funeral-allowance.requested").data
    assert (allowance["province"], allowance["commune"]) == ("01", "00001")
    assert dvclt.state["places"] == {
        "permanent_residence": {"province": "40", "commune": "16663"},
        "allowance_office": HA_NOI,
    }, "kept without the address"


def test_who_names_no_other_place_is_dealt_with_at_the_case_s_own() -> None:
    """Null says the same as nothing, and the case keeps nothing of it."""
    plain, with_null = registered(), registered(permanent_residence=None, allowance_office=None)
    assert "places" not in plain.state
    assert with_null.emitted == plain.emitted
    assert with_null.state == plain.state


def test_a_submission_starts_the_case_and_promises_a_date() -> None:
    """The citizen hears of three services; the one-stop gets work, and nobody else yet."""
    dvclt = Dvclt()
    assert dvclt.hears(died()) == ["case.status.changed", "death.registration.requested"]
    status = dvclt.sent("case.status.changed").data
    assert (status["chain"], status["status"], status["due"]) == ("death", "processing", DUE)
    assert [entry["service"] for entry in status["services"]] == [
        "death",
        "residence_removal",
        "insurance_allowance",
    ]
    request = dvclt.sent("death.registration.requested")
    assert request.data["notice"] == DEATH_SUBMISSION["notice"]
    assert (request.data["due"], request.time) == (DUE, SUBMITTED)
    assert from_text(DUE) == due(SUBMITTED, 8)


@pytest.mark.parametrize(
    ("groups", "days"),
    [
        ([], 6),
        (["insurance"], 8),
        (["social_protection"], 6),
        (["veterans"], 12),
        (["insurance", "merit"], 18),
        (["social_pension", "veterans", "insurance"], 12),
    ],
)
def test_a_case_is_due_when_its_slowest_group_is(groups: list[str], days: int) -> None:
    """The table of deadlines by group; without an allowance it has its own."""
    services = ["death", "funeral_allowance" if groups else "residence_removal"]
    dvclt = Dvclt()
    dvclt.hears(died(*services, groups=groups))
    assert from_text(dvclt.state["due"]) == due(SUBMITTED, days)


def test_a_smooth_case_walks_all_three_services() -> None:
    """Death, then removal and allowance side by side; two messages to the citizen in all."""
    dvclt = Dvclt()
    dvclt.hears(died(), said("dossier.progressed", 30))
    assert dvclt.stages()["death"] == "processing"
    assert dvclt.hears(said("death.registered", 120)) == [
        "residence.removal.requested",
        "funeral-allowance.requested",
    ]
    dvclt.hears(said("dossier.progressed", 140, codes=[1, 3, 7, 4, 5]))
    assert dvclt.hears(said("residence.removed", 300)) == []
    assert dvclt.hears(granted(900)) == []
    assert dvclt.state["waiting"]["insurance_allowance"] == {"reason": "payout", "until": DUE}
    assert dvclt.hears(said("payout.made", 1000)) == ["case.status.changed"]
    assert dvclt.statuses() == ["processing", "completed"]
    final = dvclt.sent("case.status.changed")
    assert final.time == from_text(at(1000))
    assert [entry["status"] for entry in final.data["services"]] == [10, 10, 10]


def test_each_agency_gets_what_it_needs() -> None:
    """The police no bank account, the insurance no cause of death; both the deceased."""
    dvclt = registered()
    removal = dvclt.sent("residence.removal.requested").data
    allowance = dvclt.sent("funeral-allowance.requested").data
    case, deceased = DEATH_SUBMISSION, DEATH_SUBMISSION["deceased"]
    assert removal == {
        "deceased": deceased,
        "requester": case["requester"],
        "commune": case["commune"],
        "address": case["address"],
        "due": DUE,
    }
    assert allowance == {
        "decider": INSURANCE,
        "groups": ["insurance"],
        "granted": None,
        "deceased": deceased,
        "province": case["province"],
        "commune": case["commune"],
        "payee": case["payee"],
        "payout": case["payout"],
        "due": DUE,
    }
    assert "notice" not in dvclt.state["application"], "no later request needs it"


def test_a_finished_case_is_a_full_record() -> None:
    """Where each service ended, since when, and every result."""
    dvclt = registered()
    dvclt.hears(said("residence.removed", 300), granted(900), said("payout.made", 1000))
    assert dvclt.state["results"] == {
        "death_entry": ENTRY,
        "removal": "88/CT08-XT-26740",
        "allowance": {
            "decider": INSURANCE,
            "group": "insurance",
            "vnd": 18_000_000,
            "decision": "1/QĐ-BHXH-79",
        },
        "paid": {"vnd": 18_000_000, "method": "account", "paid": "2023-07-12T15:10:00+07:00"},
    }
    assert dvclt.stages() == {
        "death": "registered",
        "residence_removal": "removed",
        "insurance_allowance": "paid",
    }
    assert (dvclt.state["waiting"], dvclt.timers) == ({}, {})
    assert "application" not in dvclt.state, "the bank account is nobody's business any more"
    assert (dvclt.state["updated"], dvclt.state["ended"]) == (at(1000), at(1000))


def test_a_death_alone_is_no_linked_case() -> None:
    """Its own procedure is named; a group that is ticked without the service changes nothing."""
    for groups in ([], ["merit"]):
        dvclt = Dvclt()
        dvclt.hears(died("death", groups=groups))
        assert dvclt.sent("case.status.changed").data["reason"] == "death_alone"
        assert dvclt.stages() == {"death": "not_accepted"}
    assert "1.000656" in REFUSALS["death_alone"].remedy_vi


def test_groups_that_nobody_asks_to_be_paid_for_count_for_nothing() -> None:
    """Without the allowance among the services, a ticked group has no service and no deadline."""
    dvclt = Dvclt()
    dvclt.hears(died("death", "residence_removal", groups=["merit"]))
    assert list(dvclt.state["services"]) == ["death", "residence_removal"]
    assert from_text(dvclt.state["due"]) == due(SUBMITTED, 6)


@pytest.mark.parametrize(
    ("services", "fields", "reason", "refused_services"),
    [
        (["residence_removal"], {}, "death_not_asked", ["residence_removal"]),
        (["funeral_allowance"], {"groups": []}, "death_not_asked", ["social_allowance"]),
        (
            ["death", "funeral_allowance"],
            {"groups": []},
            "allowance_incomplete",
            ["death", "social_allowance"],
        ),
        ([], {"payee": None}, "allowance_incomplete", None),
        ([], {"payout": None}, "allowance_incomplete", None),
        ([], {"payout": {"method": "account", "account": None}}, "allowance_incomplete", None),
        (
            ["death", "funeral_allowance"],
            {"groups": ["insurance", "emergency", "social_protection"]},
            "groups_exclude",
            ["death", "insurance_allowance", "social_allowance"],
        ),
    ],
)
def test_what_dvclt_itself_refuses(
    services: list[str],
    fields: dict[str, Any],
    reason: str,
    refused_services: list[str] | None,
) -> None:
    """At once, with one message and the reason; no agency hears of it."""
    dvclt = Dvclt()
    assert dvclt.hears(died(*services, **fields)) == ["case.status.changed"]
    status = dvclt.sent("case.status.changed").data
    assert (status["status"], status["reason"], status["due"]) == ("refused", reason, None)
    told = [entry["service"] for entry in status["services"]]
    assert told == (refused_services or ["death", "residence_removal", "insurance_allowance"])
    assert {(entry["status"], entry["reason"]) for entry in status["services"]} == {(3, reason)}
    assert dvclt.ended


def test_a_refused_death_stops_the_rest() -> None:
    """Whichever of the two allowances waits for what."""
    dvclt = Dvclt()
    dvclt.hears(died(groups=["insurance", "merit"]))
    assert dvclt.hears(said("death.registration.refused", 120)) == ["case.status.changed"]
    assert dvclt.statuses() == ["processing", "refused"]
    assert dvclt.state["reason"] == "death_notice_mismatch"
    assert list(dvclt.stages().values()) == ["refused", "stopped", "stopped", "stopped"]


@pytest.mark.parametrize("reason", ["insured_too_short", "no_double_benefit", "not_entitled"])
def test_who_is_not_entitled_has_the_rest_all_the_same(reason: str) -> None:
    """The removal stands, and the case is partly completed."""
    dvclt = registered()
    dvclt.hears(said("residence.removed", 300), refused(900, reason))
    assert dvclt.statuses() == ["processing", "partly_completed"]
    assert dvclt.state["services"]["insurance_allowance"]["reason"] == reason
    assert dvclt.state["reason"] is None


@pytest.mark.parametrize(
    ("groups", "on", "filed", "first"),
    [
        # in July 2023: insurance and merit 18,000,000, social protection 7,200,000
        (("social_protection", "insurance"), "2023-07-09", "2023-07-10", INSURANCE),
        (("merit", "insurance"), "2023-07-09", "2023-07-10", INSURANCE),
        # in August 2024: emergency aid 25,000,000, insurance 23,400,000
        (("insurance", "emergency"), "2024-08-01", "2024-08-05", SOCIAL),
        (("insurance", "social_protection", "merit"), "2024-08-01", "2024-08-05", INSURANCE),
        # the social pension's allowance begins in July 2025
        (("social_pension", "insurance"), "2025-06-30", "2025-07-01", INSURANCE),
        # in Vietnam the year has begun, so the day of death is not that of UTC
        (("insurance", "emergency"), "2024-06-30T18:00:00+00:00", "2024-07-02", SOCIAL),
        # in July 2026 insurance 25,300,000; emergency aid 25,000,000, since 21 August 27,000,000
        (("insurance", "emergency"), "2026-07-10", "2026-08-20", INSURANCE),
        (("insurance", "emergency"), "2026-07-10", "2026-08-21", SOCIAL),
    ],
)
def test_of_two_allowances_the_higher_is_asked_for_first(
    groups: tuple[str, ...], on: str, filed: str, first: str
) -> None:
    """By the sums for the day of death that were public on the day of submission; equal, the
    insurance."""
    dvclt = in_both(*groups, on=on if "T" in on else f"{on}T08:00:00+07:00", filed=filed)
    requests = [e.data for e in dvclt.emitted if e.name == "funeral-allowance.requested"]
    assert [request["decider"] for request in requests] == [first]
    assert {wait["reason"] for wait in dvclt.state["waiting"].values()} == {
        "allowance_decision",
        "other_allowance",
    }


def test_a_province_s_own_standard_changes_who_is_asked_first() -> None:
    """With 1,200,000 đồng in Hồ Chí Minh City social protection is 24,000,000, above 23,400,000."""
    both = ("insurance", "social_protection")
    header, row = ",".join(COLUMNS), "79,1200000,2024-07-01,,I,thử,made up"
    adopt_standards(read_standards(f"{header}\n{row}"))
    try:
        dvclt = in_both(*both, on="2024-08-01T08:00:00+07:00", filed="2024-08-05")
    finally:
        adopt_standards(())
    assert dvclt.sent("funeral-allowance.requested").data["decider"] == SOCIAL


def test_the_second_agency_is_told_what_the_first_has_granted() -> None:
    """It decides itself that nobody benefits twice; the case is partly completed."""
    dvclt = in_both("social_protection", "insurance")
    assert dvclt.hears(granted(600)) == ["funeral-allowance.requested"]
    request = dvclt.sent("funeral-allowance.requested")
    assert request.data["decider"] == SOCIAL
    assert request.data["groups"] == ["social_protection"]
    assert request.data["granted"] == {
        "decider": INSURANCE,
        "group": "insurance",
        "vnd": 18_000_000,
    }
    assert request.time == from_text(at(600))
    dvclt.hears(refused(900, "no_double_benefit", by=SOCIAL), said("payout.made", 1000))
    assert dvclt.statuses() == ["processing", "partly_completed"]
    assert dvclt.state["results"]["allowance"]["decider"] == INSURANCE


def test_a_supplement_does_not_forget_what_was_granted_elsewhere() -> None:
    """The second agency is asked again with the same words."""
    dvclt = in_both("social_protection", "insurance")
    dvclt.hears(granted(600))
    first = dvclt.sent("funeral-allowance.requested").data
    dvclt.hears(said("supplement.requested", 700, by=SOCIAL))
    dvclt.hears(said("case.supplement.provided", 800, service="social_allowance"))
    again = dvclt.sent("funeral-allowance.requested")
    assert (again.data, again.time) == (first, from_text(at(800)))


@pytest.mark.parametrize("ending", ["refusal", "silence"])
def test_the_second_agency_is_asked_when_the_first_grants_nothing(ending: str) -> None:
    """It is told of no other allowance."""
    dvclt = in_both("insurance", "social_protection")
    if ending == "refusal":
        dvclt.hears(refused(600, "insured_too_short"))
    else:
        dvclt.hears(said("supplement.requested", 300, by=INSURANCE))
        assert dvclt.state["waiting"]["social_allowance"]["until"] == ANSWER_BY, "it waits along"
        dvclt.fires("insurance_allowance")
    request = dvclt.sent("funeral-allowance.requested").data
    assert (request["decider"], request["granted"]) == (SOCIAL, None)


@pytest.mark.parametrize("paid_first", [INSURANCE, SOCIAL])
def test_of_two_grants_the_higher_is_the_result(paid_first: str) -> None:
    """Whichever is paid first: a province may give more than the law's least."""
    dvclt = in_both("insurance", "social_protection")
    dvclt.hears(granted(600), granted(900, by=SOCIAL, **HIGHER))
    payments = [
        said("payout.made", 1000),
        said("payout.made", 1100, decider=SOCIAL, vnd=HIGHER["vnd"], decision=HIGHER["decision"]),
    ]
    dvclt.hears(*(payments if paid_first == INSURANCE else reversed(payments)))
    assert dvclt.statuses() == ["processing", "completed"]
    assert dvclt.state["results"]["allowance"] == {"decider": SOCIAL, **HIGHER}
    assert dvclt.state["results"]["paid"]["vnd"] == 25_000_000


@pytest.mark.parametrize("late", ["the decision", "the payment"])
def test_money_that_arrives_before_its_decision_is_known(late: str) -> None:
    """Agency and payment publish independently: the same record in either order."""
    decision, payment = granted(900), said("payout.made", 1000)
    dvclt = registered("death", "funeral_allowance")
    dvclt.hears(*((payment, decision) if late == "the decision" else (decision, payment)))
    assert dvclt.state["services"]["insurance_allowance"]["since"] == at(1000)
    assert list(dvclt.state["results"]) == ["death_entry", "allowance", "paid"]
    assert dvclt.statuses() == ["processing", "completed"]
    assert dvclt.state["ended"] == at(1000)


def test_a_payment_that_fails_asks_the_citizen_for_another_account() -> None:
    """All at once, with seven working days; the decision stands."""
    dvclt = registered("death", "funeral_allowance")
    dvclt.hears(granted(200))
    assert dvclt.hears(failed(300)) == ["case.supplement.requested"]
    closed = REFUSALS["account_closed"]
    assert dvclt.sent("case.supplement.requested").data == {
        "service": "insurance_allowance",
        "defects": [{"pointer": "/payout/account", "vi": closed.vi, "en": closed.en}],
        "due": ANSWER_BY,
    }
    assert dvclt.state["services"]["insurance_allowance"]["status"] == 5
    assert dvclt.state["waiting"] == {
        "insurance_allowance": {"reason": "new_account", "until": ANSWER_BY}
    }
    assert dvclt.state["results"]["allowance"]["vnd"] == 18_000_000


def test_the_same_decision_is_paid_another_way() -> None:
    """The request goes to the agency again, with the new payout; the wait does not count."""
    dvclt = registered("death", "funeral_allowance")
    first = dvclt.sent("funeral-allowance.requested").data
    dvclt.hears(granted(200), failed(300))
    assert dvclt.hears(answered(2 * DAY, CASH)) == ["funeral-allowance.requested"]
    moved = "2023-07-24T17:00:00.000+07:00"
    again = dvclt.sent("funeral-allowance.requested").data
    assert again == {**first, "payout": CASH, "due": moved}
    assert dvclt.state["services"]["insurance_allowance"]["status"] == 9
    assert dvclt.state["waiting"]["insurance_allowance"] == {"reason": "payout", "until": moved}
    dvclt.hears(said("payout.made", 2 * DAY + 300, method="cash"))
    assert dvclt.statuses() == ["processing", "completed"]
    assert dvclt.state["results"]["paid"]["method"] == "cash"


@pytest.mark.parametrize("payout", [None, {"method": "account", "account": None}])
def test_an_answer_that_names_no_other_way_pays_the_old_one(payout: dict[str, Any] | None) -> None:
    """The bank may have opened the account again; otherwise an officer hears of it."""
    dvclt = registered("death", "funeral_allowance")
    first = dvclt.sent("funeral-allowance.requested").data
    dvclt.hears(granted(200), failed(300), answered(400, payout))
    assert dvclt.sent("funeral-allowance.requested").data == first


def test_who_does_not_answer_leaves_the_sum_with_the_agency() -> None:
    """The service stops, uncollected; the decision is a result of the case."""
    dvclt = registered("death", "funeral_allowance")
    dvclt.hears(granted(200), failed(300))
    dvclt.fires("insurance_allowance")
    entry = dvclt.state["services"]["insurance_allowance"]
    assert (entry["state"], entry["status"], entry["reason"]) == (
        "uncollected",
        9,
        "payout_uncollected",
    )
    assert dvclt.statuses() == ["processing", "partly_completed"]
    assert dvclt.sent("case.status.changed").time == from_text(ANSWER_BY)
    assert dvclt.state["results"]["allowance"]["decision"] == "1/QĐ-BHXH-79"
    assert dvclt.hears(answered(12 * DAY, CASH)) == [], "too late"
    assert dvclt.state["parked"] == []


def test_a_second_failure_is_an_officer_s() -> None:
    """The service goes on waiting for the payment, with its deadline; the first is not repeated."""
    dvclt = registered("death", "funeral_allowance")
    dvclt.hears(granted(200), failed(300), answered(400, None), failed(300))
    assert dvclt.state["parked"] == []
    dvclt.hears(failed(500))
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["payout_failed_again"]
    assert dvclt.state["waiting"]["insurance_allowance"] == {"reason": "payout", "until": DUE}


def test_a_payment_that_fails_before_its_decision_is_known() -> None:
    """The citizen is asked at once; the decision is noted when it comes."""
    dvclt = registered("death", "funeral_allowance")
    assert dvclt.hears(failed(300)) == ["case.supplement.requested"]
    dvclt.hears(granted(200))
    assert dvclt.stages()["insurance_allowance"] == "account_asked"
    assert dvclt.state["results"]["allowance"]["vnd"] == 18_000_000


@pytest.mark.parametrize("first", ["withdrawal", "failure"])
@pytest.mark.parametrize("withdrawn", [250, 400])
@pytest.mark.parametrize("answers", [True, False])
def test_a_withdrawal_leaves_the_granted_sum_to_the_payee(
    first: str, withdrawn: int, answers: bool
) -> None:
    """Whenever it comes: the citizen is asked how to pay, and may answer all the same."""
    withdrawal, failure = said("case.withdrawal.requested", withdrawn), failed(300)
    dvclt = registered("death", "funeral_allowance")
    dvclt.hears(granted(200))
    if first == "withdrawal" or withdrawn < 300:
        dvclt.hears(withdrawal, failure)
    else:
        dvclt.hears(failure, withdrawal)
    assert dvclt.timers["insurance_allowance"] == from_text(ANSWER_BY)
    if answers:
        dvclt.hears(answered(500, CASH), said("payout.made", 600, method="cash"))
        assert dvclt.statuses() == ["processing", "completed"]
    else:
        dvclt.fires("insurance_allowance")
        assert dvclt.stages()["insurance_allowance"] == "uncollected"
        assert dvclt.state["ended"] == ANSWER_BY
    assert dvclt.state["parked"] == []


def test_what_was_not_asked_for_before_a_withdrawal_is_not() -> None:
    """The death is registered; the removal and both allowances never begin."""
    dvclt = Dvclt()
    dvclt.hears(died(groups=["insurance", "merit"]), said("case.withdrawal.requested", 60))
    assert dvclt.hears(said("death.registered", 120)) == ["case.status.changed"]
    assert list(dvclt.stages().values()) == ["registered", *["withdrawn"] * 3]
    assert dvclt.statuses() == ["processing", "partly_completed"]


def test_a_second_allowance_is_not_asked_for_after_a_withdrawal() -> None:
    """The first was asked for and stands."""
    dvclt = in_both("insurance", "merit")
    dvclt.hears(said("case.withdrawal.requested", 300), granted(600), said("payout.made", 700))
    assert dvclt.stages() == {
        "death": "registered",
        "insurance_allowance": "paid",
        "social_allowance": "withdrawn",
    }


def test_a_supplement_of_the_removal_holds_nobody_else_up() -> None:
    """The allowances go their own way, whichever waits for which."""
    dvclt = registered(groups=["insurance", "merit"])
    dvclt.hears(said("supplement.requested", 300, by="residence"))
    waits = {service: wait["until"] for service, wait in dvclt.state["waiting"].items()}
    late = "2023-08-03T17:00:00.000+07:00"  # 18 working days: persons with merit
    assert waits == {
        "residence_removal": ANSWER_BY,
        "insurance_allowance": late,
        "social_allowance": late,
    }


def test_a_supplement_of_the_death_holds_everybody_up() -> None:
    """Also the allowance that waits for the other one, which waits for the death."""
    dvclt = Dvclt()
    dvclt.hears(died(groups=["insurance", "merit"]), said("supplement.requested", 300))
    assert {wait["until"] for wait in dvclt.state["waiting"].values()} == {ANSWER_BY}
    dvclt.hears(said("case.supplement.provided", 2 * DAY, service="death"))
    moved = from_text(dvclt.state["due"])
    assert moved == due(SUBMITTED, 20)
    assert {entry["due"] for entry in dvclt.state["services"].values()} == {dvclt.state["due"]}


@pytest.mark.parametrize(
    "name", ["birth.registered", "residence.registered", "health-card.issued", "consent.given"]
)
def test_what_belongs_to_a_birth_is_an_officer_s(name: str) -> None:
    """The case's own services go on."""
    dvclt = registered("death", "residence_removal")
    dvclt.hears(said(name, 200))
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["not_expected"]
    dvclt.hears(said("residence.removed", 300))
    assert dvclt.statuses() == ["processing", "completed"]


def test_every_reason_of_the_chain_has_words() -> None:
    """What the services wait for, and why something of theirs is parked."""
    assert {"other_allowance", "new_account", "overdue_payout", "death_first"} <= WAITING.keys()
    assert "payout_failed_again" in PARKING
