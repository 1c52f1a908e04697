"""Papers are missing: a deciding agency's connector asks for them, then asks its agency again."""

from collections.abc import Mapping
from typing import Any, get_args

import pytest

from connectors.agencies import CONNECTORS
from connectors.agencies.defects import DEFECTS, SUSPECTED
from connectors.runtime.handling import State, TimerFired
from schemas.event import from_text
from schemas.examples import DEATH_SUBMISSION, TEMPORARY_SUBMISSION, example
from schemas.payloads import Service
from simulators.world import World
from tests.connectors.agencies.delivery import answered, asked, delivered, said, told

DECIDING = {
    "birth.entry.requested": ("civil-status", "enter", "19.07.2023"),
    "death.entry.requested": ("civil-status", "enter_death", "19.07.2023"),
    "residence.registration.requested": ("residence", "register", "20230719"),
    "residence.removal.requested": ("residence", "remove", "20230719"),
    "residence.temporary.requested": ("residence", "register_stay", "20230719"),
    "health-card.requested": ("social-insurance", "card", "20230719"),
    "identity-card.requested": ("population", "identity_card", "20230719"),
    "funeral-allowance.requested": ("social-insurance", "allowance", "20230719"),
}
"""Who decides on what, in which step, and how it writes a day."""
BIRTH_SUBMISSION = example("case.submitted").data()
FILED: Mapping[str, Mapping[str, Any]] = {
    "civil-status/enter": BIRTH_SUBMISSION,
    "civil-status/enter_death": DEATH_SUBMISSION,
    "residence/register": BIRTH_SUBMISSION,
    "residence/remove": DEATH_SUBMISSION,
    "residence/register_stay": TEMPORARY_SUBMISSION,
    "social-insurance/card": BIRTH_SUBMISSION,
    "population/identity_card": BIRTH_SUBMISSION,
    "social-insurance/allowance": DEATH_SUBMISSION,
    "social-protection/allowance": DEATH_SUBMISSION,
}
"""What was filed with each step that can ask for papers."""


def missing(name: str) -> tuple[State, dict[str, object]]:
    """The state of a connector whose agency found papers missing, and what it published."""
    system, step, day = DECIDING[name]
    state = told(system, delivered(name, system)).state
    record = {"thieu": ["GCS_MO", "CHO_O"], "han_bo_sung": day, "gio_han": "17:00:00"}
    decision = answered(system, step, record, state=state, result="supplement")
    return decision.state, said(decision)["supplement.requested"] if decision.events else {}


@pytest.mark.parametrize("name", DECIDING)
def test_one_request_lists_everything_that_is_missing(name: str) -> None:
    """With texts in both languages, and until when."""
    _, payload = missing(name)
    assert payload == {
        "defects": [DEFECTS["GCS_MO"], DEFECTS["CHO_O"]],
        "due": "2023-07-19T17:00:00+07:00",
    }


@pytest.mark.parametrize("name", DECIDING)
def test_the_request_that_comes_again_is_the_next_attempt(name: str) -> None:
    """The agency decides anew, under a key of its own."""
    system, step, _ = DECIDING[name]
    state, _ = missing(name)
    call = asked(told(system, delivered(name, system, id="again"), state))
    assert (call.step, call.attempt) == (step, 2)


def test_the_one_stop_keeps_its_dossier_and_reports_it_once() -> None:
    """Asked again, it is the same dossier; dvclt knows that it was received."""
    request = delivered("birth.registration.requested", "one-stop")
    first = told("one-stop", request)
    record = {**asked(first).record, "ma_ho_so": "H29.760.26740-230710-0001", "trang_thai": 4}
    state = answered("one-stop", "receive", record, state=first.state).state
    again = told("one-stop", delivered("birth.registration.requested", "one-stop", id="2"), state)
    assert again.state == {**state, "lan": 2}
    assert asked(again).attempt == 2


def test_every_defect_of_the_default_world_has_a_text() -> None:
    """In both languages; besides there is what the register itself finds."""
    codes = {code for step in World.default().steps.values() for code in step.defects}
    assert codes | {SUSPECTED} == set(DEFECTS)
    for defect in DEFECTS.values():
        assert defect["vi"] != defect["en"]


def test_every_defect_points_into_the_submission_that_it_is_about() -> None:
    """A birth has a household and a stay has none."""
    steps = {name: step.defects for name, step in World.default().steps.items() if step.defects}
    assert steps.keys() == FILED.keys()
    steps["civil-status/enter"] += (SUSPECTED,)
    for name, codes in steps.items():
        for code in codes:
            _, *fields = DEFECTS[code]["pointer"].split("/")
            part: Any = FILED[name]
            for field in fields:
                assert isinstance(part, list) or field in part, f"{name}: {code} is not filed"
                part = None if isinstance(part, list) else part[field]


def test_the_citizen_is_asked_at_the_portal_and_answers_there() -> None:
    """The question stands with its date; the answer goes out with its papers."""
    decision = told("portal", delivered("case.supplement.requested", "portal"))
    call = asked(decision)
    assert (call.step, call.attempt) == ("birth", 1)
    assert call.record["thieu"] == ["/documents/0"]
    question = {"lan": 1, "han": "20230713170000", "ngayGui": None}
    assert decision.state["boSung"] == {"birth": question}
    record = {"dich_vu": "birth", "lan": 1, "giay_to": "doc:paper", "sha256": "0" * 64}
    answer = answered("portal", "birth", record, state=decision.state)
    assert answer.state["boSung"]["birth"]["ngayGui"] == "20230710103000"
    assert said(answer)["case.supplement.provided"]["documents"][0]["uri"] == "doc:paper"


@pytest.mark.parametrize("service", get_args(Service))
def test_the_portal_passes_on_an_answer_about_every_service(service: str) -> None:
    """None of them needs a line of its own."""
    asking = delivered("case.supplement.requested", "portal", data={"service": service})
    state = told("portal", asking).state
    record = {"dich_vu": service, "lan": 1, "giay_to": "doc:paper", "sha256": "0" * 64}
    answer = said(answered("portal", service, record, state=state))
    assert answer["case.supplement.provided"]["service"] == service


def test_who_has_no_account_any_more_is_paid_in_cash() -> None:
    """The question names the account; the answer another way to be paid."""
    defect = {"pointer": "/payout/account", "vi": "Tài khoản đã đóng.", "en": "Account closed."}
    data = {"service": "insurance_allowance", "defects": [defect]}
    decision = told("portal", delivered("case.supplement.requested", "portal", data=data))
    assert asked(decision).record["thieu"] == ["/payout/account"]
    record = {
        "dich_vu": "insurance_allowance",
        "lan": 1,
        "giay_to": "doc:paper",
        "sha256": "0" * 64,
        "cach_nhan": "tien_mat",
    }
    answer = said(answered("portal", "insurance_allowance", record, state=decision.state))
    provided = answer["case.supplement.provided"]
    assert provided["payout"] == {"method": "cash", "account": None}


def test_a_second_question_about_a_service_is_its_second_attempt() -> None:
    """So that chance draws anew, and the answer to the first is not repeated."""
    state = told("portal", delivered("case.supplement.requested", "portal")).state
    again = told("portal", delivered("case.supplement.requested", "portal", id="2"), state)
    assert asked(again).attempt == 2
    assert again.state["boSung"]["birth"]["lan"] == 2


@pytest.mark.parametrize("system", ["notification", "citizen-store", "monitoring"])
def test_everybody_who_is_told_of_the_question_notes_it(system: str) -> None:
    """Beside the statuses that they know."""
    state = told(system, delivered("case.status.changed", system)).state
    asked_for = told(system, delivered("case.supplement.requested", system), state).state
    assert asked_for != state
    assert {**asked_for, **state}.keys() == asked_for.keys()


def test_a_household_head_has_until_the_timer_to_answer() -> None:
    """The question sets it; when it fires, the police decide on the silence."""
    record = {
        **asked(
            told("residence", delivered("residence.registration.requested", "residence"))
        ).record,
        "ngay_het_han": "20230719",
        "gio_het_han": "17:00:00",
    }
    state = {"soDinhDanh": "079223000417", "trangThai": "CT04", "lan": 2}
    decision = answered("residence", "register", record, state=state, result="consent_needed")
    due = from_text("2023-07-19T17:00:00+07:00")
    assert decision.timers == {"consent": due}
    timer = TimerFired(subject="case", name="consent", time=due)
    fired = CONNECTORS["residence"].handle(decision.state, timer)
    call = asked(fired)
    assert (call.step, call.attempt, call.time) == ("decide", 2, due)
    assert call.record["dong_y"] is None
    assert fired.timers == {}
