"""A chain is a module that is found: nothing that moves events around knows it by name."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from hub.orchestrator import Orchestrator, chains
from hub.orchestrator.chain import Chain
from hub.orchestrator.chains import CHAINS, TABLES
from schemas.event import Event, full_type
from schemas.systems import RIGHTS
from tests.hub.orchestrator.country import SUBMITTED

ROOT = Path(chains.__file__).parents[3]
CARRIERS = (
    *(ROOT / "hub" / "router").rglob("*.py"),
    *(ROOT / "hub" / "orchestrator").glob("*.py"),
    *(ROOT / "connectors" / "runtime").rglob("*.py"),
    *(ROOT / "hub" / name for name in ("bootstrap.py", "roles.py", "requeues.py")),
)
"""Router, runner, bus, store, processor, dispatcher, and what starts them."""
SHARED = ("case.", "supplement.", "dossier.", "delivery.", "notice.")
"""Types of any case begin so."""


def words(path: Path) -> Iterator[str]:
    """Every name and every text of a module but what its docstrings say."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str() as text) if id(node) not in told:
                yield text
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                yield name
            case ast.ImportFrom(module=str() as name):
                yield name


def test_every_module_of_the_chains_is_a_chain() -> None:
    """Found by looking: one CHAIN a module or package, and each is run."""
    folder = Path(chains.__file__).parent
    modules = {path.stem for path in folder.iterdir() if path.stem.isidentifier()} - {"__init__"}
    modules = {name for name in modules if not name.startswith("__")}
    assert {chain.name for chain in CHAINS.values()} == modules
    assert "temporary_residence" in modules


def test_what_carries_events_names_no_stay() -> None:
    """Not in a name, not in a text, not even in a comment."""
    assert len(CARRIERS) > 40, "the modules are found"
    for path in CARRIERS:
        text = path.read_text(encoding="utf-8").lower()
        for word in ("temporary", "tam_tru", "tạm trú", "register_stay"):
            assert word not in text, f"{path.relative_to(ROOT)} names {word!r}"


def test_what_carries_events_names_no_chain_service_or_type_of_one() -> None:
    """Births and deaths neither: what a module says is true of any chain."""
    types = {name for name in RIGHTS if not name.startswith(SHARED)}
    known = {*CHAINS, *TABLES, *types, *(full_type(name) for name in types)}
    known |= {f"hub.orchestrator.chains.{name}" for name in CHAINS}
    for path in CARRIERS:
        named = known & set(words(path))
        assert not named, f"{path.relative_to(ROOT)} names {sorted(named)}"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Chain]:
    """One more module among the chains, with a chain that the project has never heard of."""
    source = "from tests.hub.orchestrator.test_chain import chain\n\nCHAIN = chain()\n"
    (tmp_path / "house.py").write_text(source, encoding="utf-8")
    monkeypatch.setattr(chains, "__path__", [*chains.__path__, str(tmp_path)])
    found = {chain.name: chain for chain in chains._discovered()}
    monkeypatch.setitem(CHAINS, "house", found["house"])
    yield found["house"]
    sys.modules.pop(f"{chains.__name__}.house")


def test_one_more_module_is_one_more_chain(house: Chain) -> None:
    """A file in the folder is enough for dvclt to run its cases."""
    filed = {"chain": "house", "procedure": "1.000000", "province": "79", "commune": "26740"}
    event = Event(
        id="1",
        source="/systems/portal",
        type=full_type("case.submitted"),
        time=SUBMITTED,
        subject="G22.99.99-230710-0001",
        payload=orjson.dumps(filed),
    )
    decision = Orchestrator().handle({}, event)
    assert [said.name for said in decision.events] == [
        "case.status.changed",
        "residence.removal.requested",
    ]
    assert decision.state["waiting"]["door"]["reason"] == "porter"
    assert list(house.tables) == ["door"]
