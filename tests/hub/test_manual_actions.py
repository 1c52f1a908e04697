"""What an officer may do with a case as it stands, and the events that say so."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from hub.manual_actions import events_of
from hub.manual_checks import ActionName, ActionRefused, Brought, Order, check_queued
from hub.orchestrator.chains import TABLES
from schemas.catalogue import CATALOGUE
from schemas.event import Event
from schemas.payloads import DocumentRef, Payout
from schemas.systems import RIGHTS
from tests.hub.orchestrator.country import CASE, SUBMITTED, Dvclt, died, said, submitted

PAPER = DocumentRef(kind="other", uri="doc:scan/17", sha256="a" * 64)
CASH = Payout(method="cash", account=None)
REGISTERED = (submitted(), said("birth.registered", 100))
ASKED = (*REGISTERED, said("supplement.requested", 200, by="residence"))
CONSENT = (*REGISTERED, said("consent.requested", 200))
UNPAID = (
    died("death", "funeral_allowance"),
    said("death.registered", 100),
    said("funeral-allowance.granted", 200),
    said("payout.failed", 300),
)


def at(minutes: float) -> datetime:
    return SUBMITTED + timedelta(minutes=minutes)


def order(
    action: ActionName, service: str | None = None, *, why: str = "công dân đề nghị", **given: Any
) -> Order:
    return Order(
        action=action, service=service, by="Trần Quốc Huy", why=why, brought=Brought(**given)
    )


def acted(dvclt: Dvclt, wanted: Order, minutes: float = 400, earlier: int = 0) -> list[Event]:
    """The events of an order, each of which its publisher may say in its contract's words."""
    events = events_of(wanted, CASE, dvclt.state, at(minutes), lambda service: earlier)
    for event in events:
        assert event.system in RIGHTS[event.name].publishers
        CATALOGUE[event.name].model.model_validate_json(event.payload)
        assert (event.subject, event.time) == (CASE, at(minutes))
    return events


def told(*events: Event) -> Dvclt:
    dvclt = Dvclt()
    dvclt.hears(*events)
    return dvclt


def refusal(dvclt: Dvclt, wanted: Order, minutes: float = 400) -> ActionRefused:
    with pytest.raises(ActionRefused) as refused:
        acted(dvclt, wanted, minutes)
    assert refused.value.vi, "every refusal is told in both languages"
    return refused.value


def test_a_request_goes_out_again() -> None:
    """The action alone, with who and why; the chain sends the request by itself."""
    dvclt = told(*REGISTERED)
    [action] = acted(dvclt, order("retry", "residence"))
    assert action.system == "dvclt"
    assert action.data() == {
        "action": "retry",
        "service": "residence",
        "by": "Trần Quốc Huy",
        "why": "công dân đề nghị",
    }
    assert dvclt.hears(action) == ["residence.registration.requested"]


def test_what_has_ended_can_be_noted_as_dealt_with_and_nothing_else() -> None:
    """The action alone, of a service or of the whole case."""
    dvclt = told(submitted("birth", "health_card"), said("birth.registration.refused", 100))
    for service in ("birth", None):
        [action] = acted(dvclt, order("settle", service))
        assert (action.data()["action"], action.data()["service"]) == ("settle", service)
        assert dvclt.hears(action) == []
    assert [one["service"] for one in dvclt.state["actions"]] == ["birth", None]
    refusal(dvclt, order("settle", "residence"))
    refusal(dvclt, order("retry", "birth"))
    refusal(Dvclt(), order("settle"))


@pytest.mark.parametrize(
    ("service", "queued", "fits"),
    [
        (None, {"residence"}, True),
        (None, {None}, True),
        (None, set(), False),
        ("residence", {"residence"}, True),
        ("residence", {None}, True),
        ("residence", {"birth"}, False),
    ],
)
def test_what_is_dealt_with_is_in_a_queue(
    service: str | None, queued: set[str | None], fits: bool
) -> None:
    """Something about the service, or about none; of the whole case whatever there is."""
    wanted = order("settle", service)
    if fits:
        check_queued(wanted, CASE, queued)
        return
    with pytest.raises(ActionRefused, match="in any manual queue") as refused:
        check_queued(wanted, CASE, queued)
    assert "hàng đợi thủ công" in refused.value.vi


def test_papers_are_handed_in_for_the_citizen() -> None:
    """The portal says so beside the action, and the agency is asked again."""
    dvclt = told(*ASKED)
    action, provided = acted(dvclt, order("supplement", documents=(PAPER,)))
    assert (provided.system, provided.name) == ("portal", "case.supplement.provided")
    assert provided.causationid == action.id
    assert provided.data() == {
        "service": "residence",
        "documents": [PAPER.model_dump()],
        "payout": None,
        "note": "công dân đề nghị",
    }
    assert dvclt.hears(action, provided) == ["residence.registration.requested"]
    assert dvclt.stages()["residence"] == "resubmitted"


def test_another_way_to_be_paid_is_handed_in() -> None:
    """After a payment that failed only that helps, and it helps nowhere else."""
    dvclt = told(*UNPAID)
    dvclt.hears(*acted(dvclt, order("supplement", payout=CASH)))
    asked = dvclt.sent("funeral-allowance.requested").data
    assert asked["payout"] == {"method": "cash", "account": None}
    assert "--payout" in str(refusal(told(*UNPAID), order("supplement", documents=(PAPER,))))
    assert "--document" in str(refusal(told(*ASKED), order("supplement", payout=CASH)))


@pytest.mark.parametrize(
    ("agreed", "name", "stage"),
    [(True, "consent.given", "consented"), (False, "consent.declined", "consent_declined")],
)
def test_the_household_head_signs_on_paper(agreed: bool, name: str, stage: str) -> None:
    """VNeID says it in its own name, by whom and that it was signed."""
    dvclt = told(*CONSENT)
    head = dvclt.state["application"]["household"]["head"]["personal_id"]
    action, answer = acted(dvclt, order("consent", agreed=agreed))
    assert (answer.system, answer.name) == ("vneid", name)
    assert answer.data() == {"by": head, "method": "signed"}
    dvclt.hears(action, answer)
    assert dvclt.stages()["residence"] == stage


def test_a_case_is_withdrawn_for_the_citizen_once() -> None:
    """In the requester's name; a second withdrawal says when the first one was."""
    dvclt = told(submitted())
    action, wish = acted(dvclt, order("withdraw"), 30)
    assert action.data()["service"] is None
    assert wish.data()["requester"] == dvclt.state["application"]["requester"]
    dvclt.hears(action, wish)
    assert "10/07/2023 08:30" in str(refusal(dvclt, order("withdraw"), 40))
    dvclt.hears(said("birth.registered", 100))
    assert dvclt.statuses() == ["processing", "partly_completed"]


def test_a_service_is_ended_by_force() -> None:
    """Because it was dealt with outside; status 8, and the reason is there."""
    dvclt = told(*REGISTERED)
    dvclt.hears(*acted(dvclt, order("close", "residence")))
    entry = dvclt.state["services"]["residence"]
    assert (entry["status"], entry["reason"]) == (8, "closed_by_officer")


def test_the_service_needs_a_name_only_where_it_could_be_several() -> None:
    """Card and residence are both open; when the card is issued, only one is."""
    dvclt = told(*REGISTERED)
    assert "residence, health_card" in str(refusal(dvclt, order("retry")))
    dvclt.hears(said("health-card.issued", 200))
    [action] = acted(dvclt, order("retry"))
    assert action.data()["service"] == "residence"


@pytest.mark.parametrize(
    ("events", "wanted", "en", "vi"),
    [
        ((), order("close"), "dvclt does not have case", "chưa có hồ sơ"),
        (
            (submitted("birth", "health_card"), said("birth.registration.refused", 100)),
            order("retry"),
            "ended at 10/07/2023 09:40 (refused)",
            "đã kết thúc lúc 10/07/2023 09:40 (Từ chối giải quyết)",
        ),
        (
            REGISTERED,
            order("close", "birth"),
            "birth: it is not open any more (registered)",
            "birth: không còn mở (Đã đăng ký khai sinh)",
        ),
        (
            (submitted("birth", "health_card"),),
            order("close", "residence"),
            "did not ask for 'residence'; it has birth",
            "không có thủ tục 'residence'; chỉ có: birth",
        ),
        (
            (submitted(),),
            order("retry", "residence"),
            "it was not sent yet (waits for the birth)",
            "chưa được gửi đi (Chờ khai sinh)",
        ),
        (
            ASKED,
            order("retry", "residence"),
            "it waits for the citizen, not for an agency",
            "đang chờ công dân, không chờ cơ quan",
        ),
        (
            REGISTERED,
            order("supplement", "residence", documents=(PAPER,)),
            "it is not waiting for a supplement (with the commune police)",
            "không chờ công dân bổ sung (Công an xã đang xử lý)",
        ),
        (
            REGISTERED,
            order("consent", "residence", agreed=True),
            "it is not waiting for the household head",
            "không chờ chủ hộ đồng ý",
        ),
        (
            REGISTERED,
            order("consent", agreed=True),
            "has no service that waits for a consent:\n  birth: it is not open any more",
            "không có thủ tục nào đang chờ chủ hộ đồng ý: birth: không còn mở",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    events: tuple[Event, ...], wanted: Order, en: str, vi: str
) -> None:
    """With the state that forbids it, in both languages."""
    refused = refusal(told(*events), wanted)
    assert en in str(refused)
    assert vi in refused.vi


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        (ASKED, order("supplement", documents=(PAPER,))),
        (CONSENT, order("consent", agreed=True)),
    ],
)
def test_an_answer_after_its_time_is_refused(events: tuple[Event, ...], wanted: Order) -> None:
    """dvclt would keep it for an officer, or not take it for an answer at all."""
    refused = refusal(told(*events), wanted, minutes=60 * 24 * 30)
    assert "the time to answer ended at" in str(refused)


def test_the_same_order_is_the_same_events() -> None:
    """Ids derive from the words of the order and from how often it was given, not from the time."""
    dvclt = told(*CONSENT)
    signed = order("consent", agreed=True)
    first, later = acted(dvclt, signed), acted(dvclt, signed, 500)
    assert [event.id for event in first] == [event.id for event in later]
    others = [
        acted(dvclt, signed, earlier=1),
        acted(dvclt, order("consent", agreed=False)),
        acted(dvclt, order("consent", agreed=True, why="khác")),
        acted(dvclt, order("close", "residence")),
    ]
    ids = [event.id for events in (first, *others) for event in events]
    assert len(set(ids)) == len(ids), "two events of different orders have one id"


def test_the_chains_and_the_orders_agree_on_what_can_be_sent_again() -> None:
    """A retry that dvclt would only note is refused, and any other is not."""
    for service, table in TABLES.items():
        column = table.cells[f"case.action.taken/retry/{service}"]
        noted = table.cells["case.action.taken/noted"]["refused"]
        for name, state in table.states.items():
            if state.waits is None:
                continue
            document = {
                "chain": "any",
                "ended": None,
                "services": {service: {"state": name}},
                "withdrawn": None,
                "application": {},
            }
            try:
                events_of(order("retry", service), CASE, document, at(0), lambda _: 0)
                sent = True
            except ActionRefused:
                sent = False
            assert sent == (column[name] != noted), f"{service} in state {name}"
