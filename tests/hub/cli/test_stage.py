"""The demonstration on a terminal: a line a case, with what each has come to."""

from datetime import datetime, timedelta
from io import StringIO

from rich.console import Console

from hub.cli.stage import LiveStage
from hub.orchestrator.labels import Label
from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs.casting import Part
from simulators.runs.following import Passed
from simulators.runs.live import OPENING


def shown(part: Part, *events: str) -> str:
    """What stands on the screen after these events of the part's case."""
    screen = Console(file=StringIO(), force_terminal=True, width=120, color_system=None)
    case = part.cases[0].case
    with LiveStage(screen, [part]) as stage:
        for place, name in enumerate(events):
            at = OPENING + timedelta(hours=place)
            stage.passed(Passed(case=case, event=name, system="hub", time=at))
    assert isinstance(screen.file, StringIO)
    return screen.file.getvalue()


def part_of(**shares: float) -> Part:
    """One case of such people."""
    return part_at(OPENING, **shares)


def part_at(start: datetime, **shares: float) -> Part:
    """One that files then."""
    case = Arrivals(seed=1, start=start, mix=Mix(**shares)).submission(0)
    return Part(name="one", title=Label("Một hồ sơ", "One case"), cases=(case,))


INSURED = {"group_insurance": 1.0, "group_social_protection": 0.0, "group_merit": 0.0}
NOBODY = dict.fromkeys((*INSURED, "group_veterans", "group_social_pension"), 0.0)
REST = {"group_veterans": 0.0, "group_social_pension": 0.0, "deaths": 1.0}


def test_a_birth_is_shown_from_the_submission_to_what_is_under_way() -> None:
    """Who it is about, what is done, what is asked for, and what happened last."""
    part = part_of(deaths=0.0, birth_and_card_only=1.0, birth_and_residence_only=0.0)
    text = shown(
        *(part, "case.submitted", "birth.entry.requested", "personal-id.requested"),
        *("personal-id.issued", "birth.registered", "health-card.requested"),
    )
    assert part.cases[0].birth.child.name in text
    assert "● ● ● ● ● – ◐" in text, "no residence was asked for"
    assert "Yêu cầu cấp thẻ BHYT" in text
    assert "khai sinh → thường trú → thẻ BHYT" in text


def test_an_identity_card_is_a_scene_where_somebody_asks_for_one() -> None:
    """From September 2026 on; before, nobody is shown what nobody can have."""
    wishes = {"deaths": 0.0, "birth_and_card_only": 0.0, "birth_and_residence_only": 0.0}
    first = OPENING.replace(year=2026, month=9, day=1)
    part = part_at(first, **wishes, identity_card=1.0)
    text = shown(part, "case.submitted", "identity-card.requested", "identity-card.issued")
    assert "● ○ ○ ○ ○ ○ ○ ●" in text
    assert "thẻ BHYT → thẻ căn cước" in text
    assert "thẻ căn cước" not in shown(part_of(**wishes), "case.submitted")


def test_a_death_has_scenes_of_its_own() -> None:
    """Money that came back and was paid in the end is paid."""
    part = part_of(**INSURED, **REST)
    begun = ("case.submitted", "death.entry.requested", "death.registered")
    asked = ("residence.removal.requested", "funeral-allowance.requested")
    decided = ("residence.removed", "funeral-allowance.granted", "payout.requested")
    assert "● ● ● ◐ ◐ ○" in shown(part, *begun, *asked)
    assert "● ● ● ● ● ✗" in shown(part, *begun, *asked, *decided, "payout.failed")
    text = shown(part, *begun, *asked, *decided, "payout.failed", "payout.requested", "payout.made")
    assert "● ● ● ● ● ●" in text
    assert part.cases[0].death.deceased.name in text
    assert "khai tử → xóa thường trú → quyết định trợ cấp → chi trả" in text


def test_an_allowance_that_stands_is_not_struck_out_by_a_second_one_refused() -> None:
    """Only one is paid: the refusal of the other is nothing amiss."""
    part = part_of(**INSURED, **REST)
    text = shown(part, "funeral-allowance.granted", "funeral-allowance.refused")
    assert "○ ○ ○ ○ ● ○" in text


def test_a_death_without_an_allowance_has_none_to_wait_for() -> None:
    """What was not asked for is no scene of it."""
    part = part_of(**NOBODY, deaths=1.0)
    assert "● ○ ○ ○ – –" in shown(part, "case.submitted")
