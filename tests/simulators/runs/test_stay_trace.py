"""A stay's story as `lienthong trace` and `case show` tell it."""

from dataclasses import replace
from io import StringIO

import pytest
from rich.console import Console

from connectors.runtime.manifest import RunFolder
from hub.cli.telling import tell
from hub.orchestrator.chains import CHAINS
from schemas.event import from_text
from schemas.examples import SUBMISSIONS
from schemas.payloads import CaseSubmitted
from simulators.arrivals import Submission
from simulators.runs import wording
from simulators.runs.storyteller import story_of
from simulators.world import World
from tests.hub.ledger.country import START, manifest, play

CASE, PAYLOAD = SUBMISSIONS["temporary_residence"]
CODES = (CASE, f"{CASE}1")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> RunFolder:
    """A run in which the example of the contract was filed, and again for too long."""
    told = [{**PAYLOAD}, {**PAYLOAD, "until": "2033-07-10"}]
    cases = [
        Submission(
            ordinal=place,
            case=CODES[place],
            at=from_text(START),
            payload=CaseSubmitted.model_validate(payload, strict=False).root,
        )
        for place, payload in enumerate(told)
    ]
    plan = replace(manifest("stay", seed=1), world=World.default().to_json())
    return RunFolder(play(tmp_path_factory.mktemp("home"), plan, cases))


def shown(folder: RunFolder, case: str) -> list[str]:
    """What stands on the screen."""
    screen = Console(file=StringIO(), width=300)
    tell(screen, story_of(folder, case))
    assert isinstance(screen.file, StringIO)
    return screen.file.getvalue().splitlines()


def test_a_stay_is_told_from_filing_to_notice(folder: RunFolder) -> None:
    """Who stays where, what each system said, and what the citizen has in hand."""
    lines = shown(folder, CASE)
    assert lines[0] == f"{CASE}  Hoàn thành · completed"
    assert lines[1] == "  Phạm Thu Trang, nữ · female, sinh · born 05/09/2003"
    assert lines[2] == f"  {PAYLOAD['address']}"
    steps = [" ".join(line.split()[2:]) for line in lines if "/07 " in line and "  dvclt" in line]
    assert any("Yêu cầu đăng ký tạm trú · Temporary residence requested" in s for s in steps)
    number = "1/CT08-TT-26740, đến hết 30/06/2025 · "
    (registered,) = [line for line in lines if "Đã đăng ký tạm trú" in line]
    assert f"thông báo CT08 số {number}" in registered
    assert registered.endswith("notice CT08 no. 1/CT08-TT-26740, until 30/06/2025")
    assert lines[-1] == (
        f"  ✓ Thông báo CT08 (tạm trú) · stay notice CT08: số {number}"
        "no. 1/CT08-TT-26740, until 30/06/2025"
    )


def test_a_stay_that_is_too_long_says_what_to_do(folder: RunFolder) -> None:
    """The reason and the remedy, in both languages."""
    lines = "\n".join(shown(folder, CODES[1]))
    assert "Từ chối giải quyết · refused" in lines
    assert "Thời hạn tạm trú vượt quá thời hạn tối đa hoặc đã hết." in lines
    assert "Submit again with a shorter stay; it can be renewed." in lines


def test_whatever_a_chain_brings_has_a_name() -> None:
    """Of each chain that there is: a result without one would not be shown."""
    brought = {name for chain in CHAINS.values() for name in chain.results}
    assert brought <= wording.RESULTS.keys()
