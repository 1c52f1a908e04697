"""`lienthong scenario`: lists the library, plays from it, and says in its exit code what came."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest
from typer.testing import CliRunner

from hub.cli.app import app
from hub.cli.faults import UsageFault
from simulators.scenarios import SCENARIOS

NAME = "late-personal-id"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIENTHONG_HOME", str(tmp_path))


def test_the_list_has_every_scenario_with_its_source() -> None:
    """On the screen and as JSON."""
    told = CliRunner().invoke(app, ["scenario", "list"]).output
    listed = orjson.loads(CliRunner().invoke(app, ["scenario", "list", "--json"]).output)
    assert [one["scenario"] for one in listed["scenarios"]] == list(SCENARIOS)
    for one in SCENARIOS.values():
        assert one.name in told
        assert one.source.vi in told
        assert one.source.en in told


def test_a_scenario_is_told_and_checked() -> None:
    """The story, a mark for everything that was expected, and the run that it left."""
    done = CliRunner().invoke(app, ["scenario", "run", NAME])
    assert done.exit_code == 0, done.output
    assert "✓ (12/07/2023 12:00) Giấy khai sinh · birth certificate: không có" in done.output
    assert "Personal ID issued: 001323" in done.output
    assert "✗" not in done.output
    assert f"Lượt chạy · run: scenario-{NAME}-" in done.output


def test_a_scenario_as_json_holds_every_check() -> None:
    """And the ledger's report, and the case's story."""
    done = CliRunner().invoke(app, ["scenario", "run", NAME, "--json"])
    told = orjson.loads(done.output)
    assert told["ok"] is True
    (one,) = told["scenarios"]
    checks = {check["fact"]: check for check in one["cases"][0]["checks"]}
    assert checks["promised"]["expected"] == "2023-07-13 17:00"
    assert one["ledger"]["ok"]
    assert one["stories"][0]["status"] == "completed"


def test_every_view_of_a_case_names_the_place_of_each_agency() -> None:
    """Of a death in three provinces: `case show`, `trace` and `explain`, which also says why."""
    done = CliRunner().invoke(app, ["scenario", "run", "three-provinces", "--json"])
    (one,) = orjson.loads(done.output)["scenarios"]
    run = one["run"]
    insured, protected = (story["case"] for story in one["stories"])
    for words in (["case", "show"], ["trace"]):
        told = CliRunner().invoke(app, [*words, insured, "--run", run]).output
        assert "permanent residence: Phường Hà Huy Tập, Thành phố Vinh, Nghệ An (16666)" in told
        assert "allowance decided in: Phường Bến Nghé, Quận 1, Hồ Chí Minh (26740)" in told
    explained: dict[str, dict[str, Any]] = {}
    for case in (insured, protected):
        answers = CliRunner().invoke(app, ["explain", case, "--json", "--run", run]).output
        for answer in orjson.loads(answers)["answers"]:
            if answer["matter"] == "unit":
                explained |= dict.fromkeys(answer["services"], answer)
    units = {name: answer["value_en"] for name, answer in explained.items()}
    assert "Phường Phúc Xá (00001)" in units["death"]
    assert "Phường Hà Huy Tập (16666)" in units["residence_removal"]
    assert "Quận 1 (760), thành phố Hồ Chí Minh" in units["insurance_allowance"]
    assert "people's committee of Quận 1 (760)" in units["social_allowance"]
    why = {name: answer["why_en"] for name, answer in explained.items()}
    assert not why["death"]
    assert "permanent resident" in str(why["residence_removal"])
    assert "paid or insured" in str(why["social_allowance"])


def test_an_expectation_that_fails_is_told_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both what was expected and what came."""
    one = SCENARIOS[NAME]
    wrong = replace(one, expected=[{**one.expected[0], "promised": "2023-07-12 17:00"}])
    monkeypatch.setattr("simulators.scenarios.SCENARIOS", {NAME: wrong})
    done = CliRunner().invoke(app, ["scenario", "run", NAME])
    assert done.exit_code == 1
    assert "phải là · expected 12/07/2023 17:00; 13/07/2023 17:00" in done.output


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("twin", "twins"),
        ("lost-result", "result-lost-after-merger"),
        ("token", "token-refused"),
        ("SOAP_fault", "soap-fault"),
        ("refused-token", "token-refused"),
    ],
)
def test_a_name_that_nothing_has_is_a_usage_fault(name: str, meant: str) -> None:
    """With the one that was meant: by a slip of the pen, or by words in another order."""
    done = CliRunner().invoke(app, ["scenario", "run", name])
    assert isinstance(done.exception, UsageFault)
    assert f"did you mean {meant}" in str(done.exception)
    assert f"ý bạn là {meant}" in done.exception.vi


def test_all_are_summed_up_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line each, and the sum."""
    two = dict(list(SCENARIOS.items())[:2])
    monkeypatch.setattr("simulators.scenarios.SCENARIOS", two)
    done = CliRunner().invoke(app, ["scenario", "run", "all"])
    assert done.exit_code == 0, done.output
    assert "2 trong 2 tình huống đúng" in done.output
