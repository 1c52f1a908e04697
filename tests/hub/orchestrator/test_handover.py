"""1 July 2025: a case goes on with its commune's successor, or with an officer if none is known.

Phường Trần Phú in Hà Giang (00691) became Phường Hà Giang 2 in Tuyên Quang; Phường Phúc Xá in Hà
Nội (00001) is gone, and no table says what became of it.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from hub.orchestrator.chains import CHAINS, PARKING, TABLES, WAITING
from schemas.event import VN, Event
from schemas.examples import DEATH_SUBMISSION, TEMPORARY_SUBMISSION
from schemas.regimes import competent_commune
from tests.hub.orchestrator.country import Dvclt, filed_at, said, submitted

BEFORE, AFTER = "2025-06-30 15:30", "2025-07-01 08:30"
LIVES_ON = {"province": "02", "commune": "00691"}
GONE = {"province": "01", "commune": "00001"}
SUCCESSOR = ("08", "00691")
HOUSEHOLD = submitted().data()["household"]


def on(moment: str, event: Event) -> Event:
    """The event at a moment in Vietnam's time, known by that moment."""
    time = datetime.fromisoformat(moment).replace(tzinfo=VN)
    known = f"{event.id}/{moment}"
    if event.name == "case.submitted":
        return filed_at(event, time, id=known)
    return replace(event, time=time, id=known)


def filed(chain: str, where: dict[str, str], **fields: Any) -> Event:
    """A submission of 30 June 2025, after 15:00."""
    if chain == "birth":
        lived = fields.pop("lives", where["commune"])
        fields = {"household": {**HOUSEHOLD, "commune": lived}, **where, **fields}
        return on(BEFORE, submitted(*fields.pop("services", ()), **fields))
    submission = DEATH_SUBMISSION if chain == "death" else TEMPORARY_SUBMISSION
    fields = {**submission, **where, **fields}
    if chain == "temporary_residence":
        fields["until"] = "2026-01-31"
    return on(BEFORE, said("case.submitted", 0, **fields))


def retried(service: str, moment: str) -> Event:
    """An officer has a request sent again."""
    return on(moment, said("case.action.taken", 0, action="retry", service=service, why="…"))


def place(data: dict[str, Any]) -> tuple[str, str]:
    """Province and commune of a request."""
    return data["province"], data["commune"]


def test_a_birth_goes_on_with_the_successor() -> None:
    """Filed on 30 June, asked of the old commune; what is asked on 1 July, of the new one."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", LIVES_ON))
    assert place(dvclt.sent("birth.registration.requested").data) == ("02", "00691")
    dvclt.hears(on(AFTER, said("birth.registered", 0)))
    card = dvclt.sent("health-card.requested").data
    assert place(card) == SUCCESSOR
    assert dvclt.sent("residence.registration.requested").data["household"]["commune"] == "00691"
    assert dvclt.state["province"] == "02", "the case is kept as it was filed"
    assert dvclt.manual == []


def test_a_death_goes_on_with_the_successor() -> None:
    """The removal, and the allowance of whoever decides on it now."""
    dvclt = Dvclt()
    dvclt.hears(filed("death", LIVES_ON, groups=["social_protection"]))
    assert place(dvclt.sent("death.registration.requested").data) == ("02", "00691")
    dvclt.hears(on(AFTER, said("death.registered", 0)))
    assert place(dvclt.sent("funeral-allowance.requested").data) == SUCCESSOR
    assert dvclt.sent("residence.removal.requested").data["commune"] == "00691"


def test_each_place_of_a_death_has_a_successor_of_its_own() -> None:
    """Filed in Hà Giang; the residence was in Hà Nội, whose ward nobody is known to succeed, and
    the insurer in Bình Dương, whose ward is Hồ Chí Minh's now."""
    dvclt = Dvclt()
    home = {**GONE, "address": "Số 5, Phường Phúc Xá"}
    office = {"province": "74", "commune": "25747"}
    dvclt.hears(filed("death", LIVES_ON, permanent_residence=home, allowance_office=office))
    assert place(dvclt.sent("death.registration.requested").data) == ("02", "00691")
    dvclt.hears(on(AFTER, said("death.registered", 0)))
    assert place(dvclt.sent("funeral-allowance.requested").data) == ("79", "25747")
    assert dvclt.stages()["residence_removal"] == "unrouted"
    assert dvclt.state["waiting"]["residence_removal"]["reason"] == "receiving_unit"
    assert dvclt.manual == ["unit_unmapped"]


def test_a_supplement_over_the_day_goes_to_the_successor() -> None:
    """The request is sent again, with the successor's province."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", LIVES_ON))
    dvclt.hears(on("2025-06-30 16:30", said("supplement.requested", 0, by="civil-status")))
    dvclt.hears(on(AFTER, said("case.supplement.provided", 0, service="birth")))
    assert place(dvclt.sent("birth.registration.requested").data) == SUCCESSOR
    assert dvclt.stages()["birth"] == "resubmitted"


@pytest.mark.parametrize("chain", CHAINS)
def test_a_case_that_no_table_maps_is_an_officer_s(chain: str) -> None:
    """It stays newly filed: nothing is sent, the citizen has a date, and an officer the case."""
    dvclt, event = Dvclt(), filed(chain, GONE)
    dvclt.hears(on(AFTER, event))
    [first, *_] = dvclt.state["services"]
    assert dvclt.stages()[first] == "unrouted"
    assert dvclt.state["services"][first]["status"] == 1
    assert dvclt.state["waiting"][first]["reason"] == "receiving_unit"
    assert first in dvclt.timers
    assert dvclt.manual == ["unit_unmapped"]
    assert [emit.name for emit in dvclt.emitted] == ["case.status.changed"]
    told = dvclt.emitted[0].data["services"]
    assert all(service["status"] == 1 for service in told)


@pytest.mark.parametrize("chain", CHAINS)
def test_before_that_day_the_old_commune_is_asked(chain: str) -> None:
    """On 30 June it still stands."""
    dvclt = Dvclt()
    dvclt.hears(filed(chain, GONE))
    assert dvclt.manual == []
    assert len(dvclt.emitted) == 2


@pytest.mark.parametrize("chain", CHAINS)
def test_a_commune_that_nobody_knows_is_an_officer_s_too(chain: str) -> None:
    """On any day."""
    dvclt = Dvclt()
    dvclt.hears(filed(chain, {"province": "01", "commune": "99999"}))
    assert dvclt.manual == ["unit_unmapped"]


def test_what_was_under_way_stands() -> None:
    """The birth was registered on 1 July by whom it was asked; the rest waits for an officer."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", GONE), on(AFTER, said("birth.registered", 0)))
    assert dvclt.stages() == {
        "birth": "registered",
        "residence": "unrouted",
        "health_card": "unrouted",
    }
    assert dvclt.manual == ["unit_unmapped"]


def test_a_residence_is_the_household_s_commune_s_affair() -> None:
    """The child is registered here and will live there."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", LIVES_ON, lives="00001"), on(AFTER, said("birth.registered", 0)))
    assert dvclt.stages()["residence"] == "unrouted"
    assert dvclt.stages()["health_card"] == "requested"


def test_a_supplement_that_nobody_receives_keeps_the_case_s_status() -> None:
    """The dossier was made in time: it is in process, not newly filed."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", GONE))
    dvclt.hears(on("2025-06-30 16:30", said("supplement.requested", 0, by="civil-status")))
    dvclt.hears(on(AFTER, said("case.supplement.provided", 0, service="birth")))
    assert dvclt.stages()["birth"] == "unrouted_resubmitted"
    assert dvclt.state["services"]["birth"]["status"] == 4
    assert dvclt.state["waiting"]["birth"]["reason"] == "receiving_unit"
    assert dvclt.manual == ["unit_unmapped"]


def test_a_granted_sum_waits_for_whoever_pays_it() -> None:
    """The account was closed, the payee named another one, and the decider is gone."""
    dvclt = Dvclt()
    dvclt.hears(filed("death", GONE, groups=["social_protection"]))
    dvclt.hears(on("2025-06-30 15:40", said("death.registered", 0)))
    by = "social-protection"
    dvclt.hears(on("2025-06-30 15:50", said("funeral-allowance.granted", 0, by=by)))
    dvclt.hears(on("2025-06-30 16:00", said("payout.failed", 0, decider=by)))
    dvclt.hears(on(AFTER, said("case.supplement.provided", 0, service="social_allowance")))
    assert dvclt.stages()["social_allowance"] == "unrouted_paying_again"
    dvclt.hears(on("2025-07-02 08:00", said("case.withdrawal.requested", 0)))
    dvclt.fires("social_allowance")
    assert dvclt.state["waiting"]["social_allowance"]["reason"] == "overdue_receiving_unit"


def test_a_retry_tries_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Still unknown: it goes on waiting. Known meanwhile: the request is sent, and all goes on."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", GONE))
    dvclt.hears(on("2025-06-30 16:30", said("supplement.requested", 0, by="civil-status")))
    dvclt.hears(on(AFTER, said("case.supplement.provided", 0, service="birth")))
    since = dvclt.state["services"]["birth"]["since"]
    assert dvclt.hears(retried("birth", "2025-07-02 09:00")) == []
    assert dvclt.stages()["birth"] == "unrouted_resubmitted"
    assert dvclt.state["services"]["birth"]["since"] == since
    assert dvclt.manual == ["unit_unmapped", "unit_unmapped"]
    monkeypatch.setattr(
        "hub.orchestrator.case.competent_commune", lambda code, day: competent_commune("00691", day)
    )
    sent = dvclt.hears(retried("birth", "2025-07-03 09:00"))
    assert sent == ["birth.registration.requested"]
    assert place(dvclt.sent("birth.registration.requested").data) == SUCCESSOR
    assert dvclt.stages()["birth"] == "resubmitted"
    assert dvclt.state["waiting"]["birth"]["reason"] == "birth_decision"
    assert len(dvclt.state["actions"]) == 2


def test_a_retry_of_what_an_agency_has_leaves_it_there() -> None:
    """It was asked in time, and may still answer."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", GONE), retried("birth", AFTER))
    assert dvclt.stages()["birth"] == "requested"
    assert dvclt.manual == ["unit_unmapped"]
    dvclt.hears(on("2025-07-01 09:00", said("birth.registered", 0)))
    assert dvclt.stages()["birth"] == "registered"


@pytest.mark.parametrize("chain", CHAINS)
def test_who_withdraws_has_withdrawn(chain: str) -> None:
    """Nothing was asked for, so there is no answer to wait for: the whole case is over."""
    dvclt = Dvclt()
    dvclt.hears(on(AFTER, filed(chain, GONE)))
    dvclt.hears(on("2025-07-01 10:00", said("case.withdrawal.requested", 0)))
    [first, *_] = dvclt.state["services"]
    dvclt.fires(first)
    assert dvclt.ended
    assert dvclt.statuses() == ["processing", "withdrawn"]
    assert dvclt.state["ended"].startswith("2025-07-01T10:00")


def test_a_withdrawal_that_was_heard_first_ends_it_as_well() -> None:
    """dvclt hears of the registration after the withdrawal that came an hour later."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", GONE, services=["birth", "residence"]))
    dvclt.hears(on("2025-07-01 10:00", said("case.withdrawal.requested", 0)))
    dvclt.hears(on("2025-07-01 09:00", said("birth.registered", 0)))
    assert dvclt.stages()["residence"] == "unrouted"
    dvclt.fires("residence")
    assert dvclt.stages()["residence"] == "withdrawn"
    assert dvclt.state["ended"].startswith("2025-07-01T10:00")


def test_an_officer_can_end_it() -> None:
    """It was dealt with outside the system."""
    dvclt = Dvclt()
    dvclt.hears(on(AFTER, filed("birth", GONE)))
    close = said("case.action.taken", 0, action="close", service="birth", why="…")
    dvclt.hears(on("2025-07-02 09:00", close))
    assert dvclt.ended
    assert dvclt.stages()["birth"] == "closed"


def test_it_becomes_overdue_and_stays_the_officer_s() -> None:
    """It has a date like every wait."""
    dvclt = Dvclt()
    dvclt.hears(on(AFTER, filed("birth", GONE, services=["birth", "health_card"])))
    dvclt.fires("birth")
    assert dvclt.state["waiting"]["birth"]["reason"] == "overdue_receiving_unit"
    dvclt.fires("birth")
    assert dvclt.manual == ["unit_unmapped", "overdue"]


def test_in_strict_sequence_the_card_waits_for_the_residence() -> None:
    """Which nobody is known to receive: both wait, by name."""
    dvclt = Dvclt("strict")
    dvclt.hears(filed("birth", GONE), on(AFTER, said("birth.registered", 0)))
    waiting = {name: wait["reason"] for name, wait in dvclt.state["waiting"].items()}
    assert waiting == {"residence": "receiving_unit", "health_card": "residence_first"}


@pytest.mark.parametrize("service", TABLES)
def test_every_request_has_a_state_in_its_place(service: str) -> None:
    """By itself, in every table: with a way to it, one back by a retry, and one out."""
    table = TABLES[service]
    moves = {(name, to) for name, _, to in table.moves()}
    asked = {state.name: state.unrouted for state in table.states.values() if state.unrouted}
    assert asked.keys() >= {"requested", "resubmitted", "resubmitted_again"}
    for name, place in asked.items():
        assert table.states[place].waits == "receiving_unit"
        assert {(place, name), (place, "closed")} <= moves
        assert all(place in by_state for by_state in table.cells.values())


def test_it_is_told_in_both_languages() -> None:
    """Why it waits, also when that is overdue, and why an officer has it."""
    for text in (WAITING["receiving_unit"], WAITING["overdue_receiving_unit"]):
        assert text.vi != text.en
    assert PARKING["unit_unmapped"].vi
