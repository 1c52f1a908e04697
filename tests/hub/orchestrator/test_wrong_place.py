"""A case that was filed in a province where its commune does not lie is refused at intake."""

from collections.abc import Mapping
from typing import Any

import pytest

from schemas.event import Event
from schemas.examples import DEATH_SUBMISSION, TEMPORARY_SUBMISSION
from schemas.reasons import REFUSALS
from tests.hub.orchestrator.country import Dvclt, filed_at, said, submitted

MINUTES_TO_JULY_2025 = 723 * 24 * 60
"""From the submission of the stories, on 10 July 2023, to 2 July 2025."""


def filed(chain: str, minutes: float = 0, **fields: Any) -> Event:
    """A submission of a chain with some fields changed."""
    examples: dict[str, Mapping[str, Any]] = {
        "birth": submitted().data(),
        "death": DEATH_SUBMISSION,
        "temporary_residence": TEMPORARY_SUBMISSION,
    }
    if chain == "temporary_residence" and minutes:
        fields["until"] = "2025-12-31"
    event = said("case.submitted", minutes, **{**examples[chain], **fields})
    return event if "procedure" in fields else filed_at(event, event.time)


@pytest.mark.parametrize(
    ("chain", "services"),
    [
        ("birth", ["birth", "residence", "health_card"]),
        ("death", ["death", "residence_removal", "insurance_allowance"]),
        ("temporary_residence", ["temporary_residence"]),
    ],
)
def test_another_province_refuses_every_service_at_once(chain: str, services: list[str]) -> None:
    """Phường Bến Nghé lies in Hồ Chí Minh (79), and not in Hà Nội (01)."""
    dvclt = Dvclt()
    assert dvclt.hears(filed(chain, province="01", commune="26740")) == ["case.status.changed"]
    told = dvclt.sent("case.status.changed").data
    assert (told["status"], told["reason"], told["due"]) == ("refused", "wrong_place", None)
    assert [one["service"] for one in told["services"]] == services
    assert {(one["status"], one["reason"]) for one in told["services"]} == {(3, "wrong_place")}
    assert dvclt.ended
    assert "Nộp tại tỉnh" in REFUSALS["wrong_place"].remedy_vi


@pytest.mark.parametrize("chain", ["birth", "death", "temporary_residence"])
@pytest.mark.parametrize(
    ("minutes", "province", "status"),
    [
        (0, "74", "processing"),
        (0, "79", "refused"),
        (MINUTES_TO_JULY_2025, "79", "processing"),
        (MINUTES_TO_JULY_2025, "74", "processing"),
        (MINUTES_TO_JULY_2025, "01", "refused"),
    ],
)
def test_the_day_of_submission_decides_where_a_commune_lies(
    chain: str, minutes: float, province: str, status: str
) -> None:
    """Phường Phú Cường lay in Bình Dương (74), which is part of Hồ Chí Minh since 1 July 2025."""
    dvclt = Dvclt()
    dvclt.hears(filed(chain, minutes, province=province, commune="25747"))
    assert dvclt.statuses() == [status]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("permanent_residence", "wrong_place_of_residence"),
        ("allowance_office", "wrong_place_of_allowance"),
    ],
)
def test_a_place_beside_the_case_s_own_is_named_where_it_is_wrong(name: str, reason: str) -> None:
    """Phường Phú Cường lay in Bình Dương (74) until it became Hồ Chí Minh's (79) in July 2025; a
    commune that nobody knows is for an officer here too."""
    heard = []
    for minutes, province, commune in (
        (0, "74", "25747"),
        (0, "79", "25747"),
        (0, "01", "99999"),
        (MINUTES_TO_JULY_2025, "79", "25747"),
        (MINUTES_TO_JULY_2025, "01", "25747"),
    ):
        place = {"province": province, "commune": commune}
        if name == "permanent_residence":
            place["address"] = "Số 7, Phường Phú Cường"
        dvclt = Dvclt()
        dvclt.hears(filed("death", minutes, **{name: place}))
        heard.append(dvclt.sent("case.status.changed").data["reason"])
    assert heard == [None, reason, None, None, reason]
    assert "tỉnh" in REFUSALS[reason].vi


def test_a_commune_that_nobody_knows_is_not_refused() -> None:
    """A typing error is for the officer who would receive it."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", province="01", commune="99999"))
    assert dvclt.statuses() == ["processing"]


def test_a_chains_own_reason_comes_first() -> None:
    """Who did not ask for the registration at all hears that."""
    dvclt = Dvclt()
    dvclt.hears(filed("death", province="01", commune="26740", services=["residence_removal"]))
    assert dvclt.sent("case.status.changed").data["reason"] == "death_not_asked"
