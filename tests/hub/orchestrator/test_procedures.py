"""A case under a procedure code that was not in force on its day is refused at intake."""

from datetime import datetime

import pytest

from schemas.reasons import REFUSALS
from tests.hub.orchestrator.country import Dvclt, filed_at
from tests.hub.orchestrator.test_wrong_place import filed

MINUTES_TO_JUNE_2024 = 336 * 24 * 60
"""From the submission of the stories, on 10 July 2023, to 10 June 2024."""
_ENDED = [("birth", "2.000986"), ("death", "1.006714")]


@pytest.mark.parametrize(("chain", "code"), _ENDED)
def test_a_code_that_has_ended_refuses_every_service_at_once(chain: str, code: str) -> None:
    """Both codes ended with 9 June 2024; the reason says in Vietnamese what to do."""
    dvclt = Dvclt()
    event = filed(chain, MINUTES_TO_JUNE_2024, procedure=code)
    assert dvclt.hears(event) == ["case.status.changed"]
    told = dvclt.sent("case.status.changed").data
    reason = "procedure_not_in_force"
    assert (told["status"], told["reason"], told["due"]) == ("refused", reason, None)
    assert {(one["status"], one["reason"]) for one in told["services"]} == {(3, reason)}
    assert dvclt.ended
    assert "Chọn thủ tục đang có hiệu lực" in REFUSALS[reason].remedy_vi


@pytest.mark.parametrize("chain", ["birth", "death"])
@pytest.mark.parametrize("code", ["2.002621", "2.002622"])
def test_the_codes_that_local_catalogues_swap_are_both_taken(chain: str, code: str) -> None:
    """Since 10 June 2024; which of the two is whose differs."""
    dvclt = Dvclt()
    dvclt.hears(filed(chain, MINUTES_TO_JUNE_2024, procedure=code))
    assert dvclt.statuses() == ["processing"]
    early = Dvclt()
    early.hears(filed(chain, procedure=code))
    assert early.statuses() == ["refused"], "it began on 10 June 2024"


def test_the_place_comes_first() -> None:
    """Who filed in the wrong province hears that, whatever the code."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", province="01", commune="26740", procedure="9.999999"))
    assert dvclt.sent("case.status.changed").data["reason"] == "wrong_place"


HA_NOI, HA_NAM, HCM = ("01", "00001"), ("35", "13285"), ("79", "26740")


@pytest.mark.parametrize("chain", ["birth", "death"])
@pytest.mark.parametrize(
    ("day", "place", "taken"),
    [
        ("2022-11-20", HA_NOI, False),
        ("2022-11-21", HA_NOI, True),
        ("2022-12-05", HA_NAM, True),
        ("2022-12-05", HCM, False),
        ("2023-07-09", HCM, False),
        ("2023-07-10", HCM, True),
    ],
)
def test_linked_cases_are_taken_where_they_are_offered(
    chain: str, day: str, place: tuple[str, str], taken: bool
) -> None:
    """First nowhere, then in the two provinces of the pilot, then nationwide."""
    dvclt = Dvclt()
    moment = datetime.fromisoformat(f"{day}T08:00:00+07:00")
    dvclt.hears(filed_at(filed(chain, province=place[0], commune=place[1]), moment))
    reason = dvclt.sent("case.status.changed").data["reason"]
    assert reason == (None if taken else "linked_not_offered")
    told = REFUSALS["linked_not_offered"]
    for text in (told.vi, told.en):
        assert "10/07/2023" in text, "the day from which it is offered"
        assert "21/11/2022" in text


@pytest.mark.parametrize(
    ("services", "reason"),
    [
        (["birth"], "birth_alone"),
        (["birth", "residence"], "procedure_without_residence"),
        (["birth", "residence", "health_card"], "procedure_without_residence"),
        (["birth", "health_card"], None),
    ],
)
def test_a_procedure_is_refused_what_it_does_not_include(
    services: list[str], reason: str | None
) -> None:
    """2.001023 is birth and health card; a birth alone is 1.001193, which no linked case is."""
    dvclt = Dvclt()
    dvclt.hears(filed("birth", procedure="2.001023", services=services))
    assert dvclt.sent("case.status.changed").data["reason"] == reason
    assert "1.001193" in REFUSALS["birth_alone"].remedy_vi
    assert "2.001023" in REFUSALS["procedure_without_residence"].vi
