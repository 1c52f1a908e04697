"""docs/scenarios.md tells of every scenario as the table has it."""

from pathlib import Path

from simulators.scenarios import SCENARIOS
from simulators.scenarios.document import PATH, scenarios_document

ROOT = Path(__file__).parents[3]


def test_the_list_of_scenarios_is_current() -> None:
    """If this fails, run `python -m simulators.scenarios.document`."""
    assert (ROOT / PATH).read_text(encoding="utf-8") == scenarios_document()


def test_every_scenario_stands_there_with_its_source() -> None:
    """Name, story and source, in both languages."""
    document = scenarios_document()
    for one in SCENARIOS.values():
        assert f"## `{one.name}`" in document
        for text in (one.title, one.story, one.source):
            assert text.vi in document
            assert text.en in document
