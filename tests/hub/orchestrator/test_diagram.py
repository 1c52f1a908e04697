"""docs/chains.md shows the tables as they are."""

from pathlib import Path

from hub.orchestrator.chains import TABLES
from hub.orchestrator.diagram import PATH, chains_document, state_diagram

ROOT = Path(__file__).parents[3]


def test_the_drawn_chains_are_current() -> None:
    """If this fails, run `python -m hub.orchestrator.diagram`."""
    assert (ROOT / PATH).read_text(encoding="utf-8") == chains_document()


def test_a_diagram_draws_every_state_and_every_move() -> None:
    """Mermaid source with the states by name, and both languages."""
    table = TABLES["residence"]
    drawn = state_diagram(table)
    assert drawn.startswith("stateDiagram-v2\n")
    assert 'state "Chờ chủ hộ đồng ý<br/>the household head is asked" as awaiting_consent' in drawn
    for name, column, to in table.moves():
        assert f"    {name} --> {to} : {column}\n" in drawn
