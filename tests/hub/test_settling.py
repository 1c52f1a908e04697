"""What an officer has dealt with leaves the queue; what nobody has, stays."""

import pytest

from connectors.runtime.store import ManualItem
from hub.settling import standing
from tests.hub.orchestrator.country import CASE, Dvclt, at, said
from tests.hub.orchestrator.test_handover import AFTER, GONE, filed, on
from tests.hub.orchestrator.test_officers import act, stalled

DAY = 24 * 60


def item(reason: str, given: str, minutes: float) -> ManualItem:
    return ManualItem(subject=CASE, input=given, reason=reason, detail="", at=at(minutes))


OVERDUE = item("overdue", "timer:residence", 30 * DAY)


@pytest.mark.parametrize("action", ["retry", "close"])
def test_an_officer_who_acts_on_the_service_has_dealt_with_it(action: str) -> None:
    """When, who and why stand with the item; an action before it, or elsewhere, is another's."""
    dvclt = stalled("residence")
    assert standing("dvclt", OVERDUE, dvclt.state) == ("residence", True, None)
    dvclt.hears(act("supplement", "birth", 31 * DAY), act("withdraw", None, 32 * DAY))
    assert standing("dvclt", OVERDUE, dvclt.state).open
    dvclt.hears(act(action, "residence", 40 * DAY))
    service, still, settled = standing("dvclt", OVERDUE, dvclt.state)
    assert (service, still) == ("residence", False)
    assert settled is not None
    assert (settled["action"], settled["at"]) == (action, at(40 * DAY))
    again = item("overdue", "timer:residence", 60 * DAY)
    assert standing("dvclt", again, dvclt.state).open == (action == "retry"), "late once more"


def test_an_answer_that_comes_after_all_leaves_nothing_to_do() -> None:
    """Nobody acted, and nobody has to."""
    dvclt = stalled("residence")
    dvclt.hears(said("residence.registered", 41 * DAY))
    assert standing("dvclt", OVERDUE, dvclt.state) == ("residence", False, None)


def test_what_an_event_put_there_is_about_the_service_of_its_publisher() -> None:
    """Of an agency's own queue the agency's; where that says nothing, any action deals with it."""
    dvclt = stalled("residence")
    parked = item("contradicts_decision", "residence:17", 30 * DAY)
    failed = item("agency_refused", "agency:register/1/error", 30 * DAY)
    rejected = item("delivery_rejected", "hub:18", 30 * DAY)
    dvclt.hears(act("withdraw", None, 32 * DAY))
    assert standing("dvclt", parked, dvclt.state).open
    assert standing("residence", failed, dvclt.state).open
    assert not standing("dvclt", rejected, dvclt.state).open
    dvclt.hears(act("retry", "residence", 33 * DAY))
    assert not standing("dvclt", parked, dvclt.state).open
    assert not standing("residence", failed, dvclt.state).open
    assert standing("residence", failed, {}).open, "a case that dvclt does not have"


def test_what_comes_after_the_end_is_noted_as_dealt_with() -> None:
    """A contradiction of a case that is over; of one service, or of the whole case."""
    dvclt = stalled("residence")
    dvclt.hears(said("residence.registered", 41 * DAY))
    dvclt.hears(said("residence.registration.refused", 42 * DAY))
    assert dvclt.ended
    [kept] = dvclt.state["parked"]
    contradiction = item(kept["reason"], f"residence:{kept['id']}", 42 * DAY)
    assert standing("dvclt", contradiction, dvclt.state).open
    before = dvclt.state
    for service, still in (("birth", True), (None, False)):
        assert dvclt.hears(act("settle", service, 43 * DAY)) == []
        assert standing("dvclt", contradiction, dvclt.state).open == still
    changed = {name for name in before if dvclt.state[name] != before[name]}
    assert (changed, dvclt.ended) == ({"updated"}, True)


def test_what_nobody_is_known_to_receive_waits_until_nothing_does() -> None:
    """Two services wait by one event: an officer who ends one of them leaves the other."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", GONE), on(AFTER, said("birth.registered", 0)))
    unmapped = ManualItem(
        subject=CASE,
        input="civil-status:1",
        reason="unit_unmapped",
        detail="",
        at="2025-07-01T08:30:00.000+07:00",
    )
    for service, still in (("residence", True), ("health_card", False)):
        close = said("case.action.taken", 0, action="close", service=service, why="…")
        dvclt.hears(on("2025-07-02 09:00", close))
        stands = standing("dvclt", unmapped, dvclt.state)
        assert (stands.open, stands.settled is None) == (still, still)
