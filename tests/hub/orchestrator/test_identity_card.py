"""The identity card of a child under 6: from 1 September 2026 on, asked for once the birth is."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.event import VN, Event, from_text
from tests.hub.orchestrator.country import (
    ALL,
    FIRST_CARD,
    Dvclt,
    filed_at,
    filed_with_card,
    said,
    submitted,
)

PROMISED = "2026-09-14T17:00:00.000+07:00"
"""Seven working days after Thursday 3 September 2026."""


def then(name: str, hours: float, **fields: Any) -> Event:
    """What is said so long after the submission."""
    return replace(said(name, hours, **fields), time=FIRST_CARD + timedelta(hours=hours))


def test_all_four_services_are_asked_for_and_done() -> None:
    """Residence and both cards in parallel, once there is a personal ID."""
    dvclt = Dvclt()
    assert dvclt.hears(filed_with_card()) == [
        "case.status.changed",
        "birth.registration.requested",
    ]
    assert dvclt.state["due"] == PROMISED
    assert dvclt.hears(then("birth.registered", 2)) == [
        "residence.registration.requested",
        "health-card.requested",
        "identity-card.requested",
    ]
    asked = dvclt.sent("identity-card.requested").data
    assert list(asked) == ["child", "requester", "province", "commune", "due"]
    assert asked["child"]["personal_id"] == "001323000003"
    assert asked["due"] == PROMISED
    issued = then("identity-card.issued", 30)
    dvclt.hears(issued, then("residence.registered", 8), then("health-card.issued", 9))
    assert dvclt.statuses() == ["processing", "completed"]
    card = issued.data()
    assert dvclt.state["results"]["identity_card"] == {
        "number": card["number"],
        "until": card["valid_to"],
    }


@pytest.mark.parametrize(
    ("event", "day", "services", "reason"),
    [
        (filed_with_card(), "2026-08-31T23:59:59", [*ALL, "identity_card"], "not_offered"),
        (filed_with_card(), "2026-09-01T00:00:00", [*ALL, "identity_card"], None),
        (filed_with_card("residence"), "2026-09-03T08:00:00", ["residence"], "birth_not_asked"),
        (filed_with_card("birth"), "2032-08-19T08:00:00", ["birth"], None),
        (filed_with_card("birth"), "2032-08-20T08:00:00", ["birth"], "over_six"),
    ],
)
def test_the_day_of_submission_decides_what_can_be_asked_for(
    event: Event, day: str, services: list[str], reason: str | None
) -> None:
    """To the second, in Vietnam; a child of six is too old, as for the health card."""
    dvclt = Dvclt()
    dvclt.hears(filed_at(event, datetime.fromisoformat(day).replace(tzinfo=VN)))
    if reason is None:
        assert dvclt.state["status"] == "processing"
        return
    told = "identity_card_not_offered" if reason == "not_offered" else reason
    assert (dvclt.state["status"], dvclt.state["reason"]) == ("refused", told)
    refused = dict.fromkeys([*services, "identity_card"], "not_accepted")
    assert dvclt.stages() == refused


def test_in_strict_sequence_both_cards_follow_the_residence() -> None:
    """They don't wait for each other."""
    dvclt = Dvclt("strict")
    dvclt.hears(filed_with_card())
    assert dvclt.hears(then("birth.registered", 2)) == ["residence.registration.requested"]
    assert dvclt.hears(then("residence.registration.refused", 8)) == [
        "health-card.requested",
        "identity-card.requested",
    ]


def test_a_missing_paper_of_the_card_moves_the_card_s_date_alone() -> None:
    """Two working days of waiting; the other services keep theirs."""
    dvclt = Dvclt()
    dvclt.hears(filed_with_card(), then("birth.registered", 2))
    due = "2026-09-14T17:00:00+07:00"
    dvclt.hears(then("supplement.requested", 6, by="population", due=due))
    assert dvclt.stages()["identity_card"] == "supplement_asked"
    answer = then("case.supplement.provided", 102, service="identity_card")
    assert dvclt.hears(answer) == ["identity-card.requested"]
    dues = {name: entry["due"][:10] for name, entry in dvclt.state["services"].items()}
    assert dues == {**dict.fromkeys(ALL, "2026-09-14"), "identity_card": "2026-09-16"}


def test_a_card_that_is_late_is_apologised_for_with_seven_days_more() -> None:
    """The new date is as many working days later as the case had at first."""
    dvclt = Dvclt()
    dvclt.hears(filed_with_card("birth"), then("birth.registered", 2))
    dvclt.fires("identity_card")
    letter = dvclt.sent("case.status.changed")
    assert letter.data["apology"] == {
        "service": "identity_card",
        "agency": "population",
        "due": PROMISED,
    }
    assert from_text(letter.data["due"]) == datetime(2026, 9, 23, 17, tzinfo=VN)


def test_a_refused_card_leaves_the_rest() -> None:
    """The birth stands; the case is partly completed with the reason at the service."""
    dvclt = Dvclt()
    dvclt.hears(filed_with_card("birth"), then("birth.registered", 2))
    dvclt.hears(then("identity-card.refused", 20))
    assert dvclt.statuses() == ["processing", "partly_completed"]
    assert dvclt.state["services"]["identity_card"]["reason"] == "population_mismatch"


def test_a_birth_without_the_card_is_promised_as_before() -> None:
    """Three working days, also after that day."""
    dvclt = Dvclt()
    dvclt.hears(filed_at(submitted("birth", "health_card"), FIRST_CARD))
    assert dvclt.state["due"] == "2026-09-08T17:00:00.000+07:00"
