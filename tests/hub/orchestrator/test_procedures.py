"""A case under a procedure code that was not in force on its day is refused at intake."""

import pytest

from schemas.reasons import REFUSALS
from tests.hub.orchestrator.country import Dvclt
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
