"""An officer acts by hand: what is done is kept with who and why, and leads on."""

import pytest

from hub.orchestrator.chains import TABLES
from schemas.event import Event, from_text
from tests.hub.orchestrator.country import Dvclt, at, died, said, submitted

DAY = 24 * 60
LATE = 40 * DAY
BY, WHY = "Trần Quốc Huy", "Công an xã báo chưa nhận được hồ sơ."


def act(action: str, service: str | None, minutes: float) -> Event:
    """What dvclt's console says of an officer's action."""
    return said("case.action.taken", minutes, action=action, service=service, why=WHY)


def stalled(service: str) -> Dvclt:
    """A case with a service that an officer has, long overdue."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "residence"))
    if service == "residence":
        dvclt.hears(said("birth.registered", 120))
    dvclt.fires(service)
    dvclt.fires(service)
    assert dvclt.manual == ["overdue"]
    return dvclt


@pytest.mark.parametrize("service", ["birth", "residence"])
def test_a_request_is_sent_again(service: str) -> None:
    """The same request, at the officer's time; the service waits anew and is no officer's."""
    dvclt = stalled(service)
    request = f"{service}.registration.requested"
    first = dvclt.sent(request).data
    assert dvclt.hears(act("retry", service, LATE)) == [request]
    again = dvclt.sent(request)
    assert (again.data, again.time) == (first, from_text(at(LATE)))
    wait = dvclt.state["waiting"][service]
    assert "manual" not in wait
    assert wait["until"] > at(LATE)
    assert dvclt.timers[service] == from_text(wait["until"])
    assert dvclt.state["services"][service]["asked"] == at(LATE)
    assert dvclt.state["actions"] == [
        {"at": at(LATE), "action": "retry", "service": service, "by": BY, "why": WHY}
    ]


def test_a_retried_service_goes_on_as_any() -> None:
    """The agency's answer counts, and so does a late one to the first request."""
    dvclt = stalled("birth")
    dvclt.hears(act("retry", "birth", LATE), said("birth.registered", LATE + 60))
    assert dvclt.hears(said("birth.registered", LATE + 70)) == []
    dvclt.hears(said("residence.registered", LATE + 90))
    assert dvclt.statuses() == ["processing", "processing", "completed"], "with an apology"


def test_a_retry_asks_the_household_head_again() -> None:
    """The police have the case anew, and ask until another date."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "residence"), said("birth.registered", 120))
    dvclt.hears(said("consent.requested", 480), act("retry", "residence", LATE))
    assert dvclt.stages()["residence"] == "requested"
    dvclt.hears(said("consent.requested", LATE + 60, expires="2023-09-01T17:00:00+07:00"))
    assert dvclt.state["waiting"]["residence"] == {
        "reason": "household_consent",
        "until": "2023-09-01T17:00:00.000+07:00",
    }


def test_a_retry_while_the_draft_is_out_asks_the_one_stop_again() -> None:
    """The requester may have to check it again, until another date; the answer to the first draft
    changes nothing any more."""
    dvclt = Dvclt()
    dvclt.hears(
        submitted("birth", "health_card"), said("certificate.drafted", 180, expires=at(180 + DAY))
    )
    assert dvclt.hears(act("retry", "birth", 200)) == ["birth.registration.requested"]
    assert dvclt.stages()["birth"] == "requested"
    dvclt.hears(said("certificate.drafted", 300, expires=at(300 + DAY)))
    assert dvclt.state["waiting"]["birth"] == {"reason": "draft_answer", "until": at(300 + DAY)}
    dvclt.hears(said("birth.registered", 400), said("health-card.issued", 500))
    assert dvclt.ended


@pytest.mark.parametrize("stage", ["drafted", "checked"])
def test_a_birth_is_ended_by_hand_while_its_certificate_waits(stage: str) -> None:
    """What civil status then says is an officer's."""
    dvclt = Dvclt()
    dvclt.hears(
        submitted("birth", "health_card"), said("certificate.drafted", 180, expires=at(180 + DAY))
    )
    if stage == "checked":
        dvclt.fires("birth")
    assert dvclt.stages()["birth"] == stage
    dvclt.hears(act("close", "birth", 2 * DAY))
    assert dvclt.state["reason"] == "closed_by_officer"
    dvclt.hears(said("birth.registered", 3 * DAY))
    assert dvclt.manual == ["contradicts_decision"]


def test_a_granted_allowance_is_paid_again() -> None:
    """The agency hears the request again, and knows that it has decided."""
    dvclt = Dvclt()
    dvclt.hears(died("death", "funeral_allowance"), said("death.registered", 120))
    dvclt.hears(said("funeral-allowance.granted", 200))
    assert dvclt.hears(act("retry", "insurance_allowance", 400)) == ["funeral-allowance.requested"]
    assert dvclt.stages()["insurance_allowance"] == "granted"


@pytest.mark.parametrize(
    ("service", "events"),
    [
        ("residence", ()),
        ("birth", (said("supplement.requested", 60),)),
        ("birth", (said("birth.registered", 60),)),
    ],
)
def test_there_is_nothing_to_retry_where_no_agency_has_it(
    service: str, events: tuple[Event, ...]
) -> None:
    """Not yet asked for, with the citizen, or decided: the action is kept, and no more."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "residence"), *events)
    before = dvclt.state["waiting"]
    assert dvclt.hears(act("retry", service, 90)) == []
    assert dvclt.state["waiting"] == before
    assert len(dvclt.state["actions"]) == 1


def test_a_retry_that_comes_again_sends_nothing_more() -> None:
    """Neither while the case is open nor after its end; it is kept once."""
    dvclt, retry = stalled("birth"), act("retry", "birth", LATE)
    dvclt.hears(retry)
    assert dvclt.hears(retry) == []
    dvclt.hears(said("birth.registered", LATE + 60), said("residence.registered", LATE + 90))
    assert dvclt.hears(retry) == []
    assert len(dvclt.state["actions"]) == 1


def test_a_service_is_ended_by_force() -> None:
    """Stopped, with the reason for the citizen; what was done stands."""
    dvclt = stalled("residence")
    assert dvclt.hears(act("close", "residence", LATE)) == ["case.status.changed"]
    entry = dvclt.state["services"]["residence"]
    assert (entry["state"], entry["status"]) == ("closed", 8)
    assert (entry["reason"], entry["since"]) == ("closed_by_officer", at(LATE))
    assert dvclt.statuses() == ["processing", "processing", "partly_completed"], "with an apology"
    assert dvclt.state["actions"][0]["why"] == WHY


def test_what_waited_for_a_service_that_was_ended_stops() -> None:
    """Stage 1 was done outside the system: the rest is filed separately."""
    dvclt = stalled("birth")
    dvclt.hears(act("close", "birth", LATE))
    assert dvclt.stages() == {"birth": "closed", "residence": "stopped"}
    final = dvclt.sent("case.status.changed").data
    assert (final["status"], final["reason"]) == ("refused", "closed_by_officer")


def test_a_result_after_the_end_by_force_is_an_officer_s() -> None:
    """It contradicts what the officer did, and undoes nothing."""
    dvclt = stalled("residence")
    dvclt.hears(act("close", "residence", LATE), said("residence.registered", LATE + 5))
    assert dvclt.stages()["residence"] == "closed"
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["contradicts_decision"]


@pytest.mark.parametrize("withdrawn", [True, False])
def test_an_allowance_follows_one_that_was_ended(withdrawn: bool) -> None:
    """The other agency is asked, unless the citizen has withdrawn."""
    dvclt = Dvclt()
    dvclt.hears(died("death", "funeral_allowance", groups=["insurance", "merit"]))
    dvclt.hears(said("death.registered", 120))
    if withdrawn:
        dvclt.hears(said("case.withdrawal.requested", 200))
    dvclt.hears(act("close", "insurance_allowance", 300))
    stage = "withdrawn" if withdrawn else "requested"
    assert dvclt.stages()["social_allowance"] == stage


def test_in_strict_sequence_the_card_follows_a_residence_that_was_ended() -> None:
    """As after any end of the residence."""
    dvclt = Dvclt("strict")
    dvclt.hears(submitted(), said("birth.registered", 120))
    assert dvclt.hears(act("close", "residence", 300)) == ["health-card.requested"]


@pytest.mark.parametrize("action", ["supplement", "consent", "withdraw"])
@pytest.mark.parametrize("service", ["residence", None])
def test_what_is_done_in_a_citizen_s_stead_is_only_kept(action: str, service: str | None) -> None:
    """Its effect comes as the citizen's own event, beside it."""
    dvclt = Dvclt()
    dvclt.hears(submitted(), said("birth.registered", 120))
    stages = dvclt.stages()
    assert dvclt.hears(act(action, service, 300)) == []
    assert dvclt.stages() == stages
    assert dvclt.state["actions"] == [
        {"at": at(300), "action": action, "service": service, "by": BY, "why": WHY}
    ]


def test_actions_are_kept_in_their_order_also_after_the_end() -> None:
    """Whichever the store was told first."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "health_card"), said("birth.registered", 120))
    dvclt.hears(said("health-card.issued", 200))
    dvclt.hears(act("close", "birth", 400), act("consent", None, 300))
    assert [action["at"] for action in dvclt.state["actions"]] == [at(300), at(400)]
    assert dvclt.statuses() == ["processing", "completed"]


def test_an_action_on_a_service_that_the_case_has_not_is_an_officer_s() -> None:
    """Nothing is sent, and the case goes on."""
    dvclt = Dvclt()
    dvclt.hears(submitted("birth", "residence"), act("retry", "health_card", 60))
    assert [entry["reason"] for entry in dvclt.state["parked"]] == ["not_expected"]
    assert "actions" not in dvclt.state


@pytest.mark.parametrize("service", TABLES)
def test_every_open_service_can_be_ended(service: str) -> None:
    """Whatever it waits for; and nothing that has ended."""
    table = TABLES[service]
    closed = table.cells[f"case.action.taken/close/{service}"]
    for name, state in table.states.items():
        ends = getattr(closed[name], "to", None) == "closed"
        assert ends == (state.waits is not None), name
