"""Whoever reads Vietnamese and whoever reads English are told the same: no sentence is alone."""

import ast
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

import simulators.agencies.http
from connectors.agencies.defects import DEFECTS
from hub.cli import describing, document, lawbook, measures, telling
from hub.cli.app import app
from hub.ledger.report import Account
from hub.orchestrator import labels
from hub.orchestrator.chains import CHAINS, PARKING, TABLES, WAITING
from schemas.catalogue import CATALOGUE
from schemas.reasons import REFUSALS, REJECTIONS
from schemas.rules import RULES
from schemas.systems import SYSTEMS
from simulators.documents.references import KINDS
from simulators.runs import wording
from simulators.runs.birth_stories import BIRTHS
from simulators.runs.death_stories import DEATHS
from simulators.scenarios import SCENARIOS
from tests.twins.languages import fault, told
from tests.twins.sources import lone_sentences
from tests.twins.texts import Twins, modules, twins_in, twins_of

ROOT = Path(__file__).parents[2]
SCANNED = (
    *("hub/cli", "simulators/runs"),
    *("hub/explaining", "hub/successors.py", "hub/casework.py", "hub/settling.py"),
    *("hub/manual_actions.py", "hub/manual_checks.py", "hub/manual_orders.py"),
)
NO_SENTENCES_OF_OURS = {
    "simulators.runs.route_events": "what a citizen writes in a made-up event",
}
"""Modules that are not scanned, and why."""
SPEAKS_AS_IT_DOES = simulators.agencies.http.__name__
"""What the real systems say has the language that they say it in."""


def commands(command: Any, *path: str) -> Iterator[tuple[str, str | None]]:
    """Every help text of the command tree, with who has it."""
    name = " ".join(path)
    yield name, command.help
    for parameter in command.params:
        yield f"{name}: {parameter.name}", parameter.help
    for word, part in getattr(command, "commands", {}).items():
        yield from commands(part, *path, word)


def test_every_help_is_told_in_both_languages() -> None:
    """Of each command, group, option and argument."""
    found = dict(commands(get_command(app), "lienthong"))
    assert len(found) > 100, "the tree of commands is walked"
    wrong = {name: said for name, text in found.items() if (said := told(text or ""))}
    assert wrong == {}


def test_every_list_of_commands_is_told_in_both_languages() -> None:
    """A line each, as `lienthong --help` shows them."""

    def lines(command: Any) -> Iterator[tuple[str, str]]:
        for word, part in getattr(command, "commands", {}).items():
            yield word, part.get_short_help_str(1000)
            yield from lines(part)

    wrong = {word: said for word, text in lines(get_command(app)) if (said := told(text))}
    assert wrong == {}


TABLES_OF_TEXTS: Mapping[str, Any] = {
    "refusals": REFUSALS,
    "rejections": REJECTIONS,
    "statuses of a dossier": labels.STATUSES,
    "statuses of a case": labels.CASE_STATUSES,
    "waits": WAITING,
    "parked": PARKING,
    "chains": CHAINS,
    "states of the chains": {name: table.states for name, table in TABLES.items()},
    "event types": CATALOGUE,
    "systems": SYSTEMS,
    "defects": DEFECTS,
    "rules": RULES,
    "scenarios": SCENARIOS,
    "stories of births": BIRTHS,
    "stories of deaths": DEATHS,
    "papers": KINDS,
    "services": wording.SERVICES,
    "results": wording.RESULTS,
    "groups": wording.GROUPS,
    "ways to be paid": wording.METHODS,
}


@pytest.mark.parametrize("table", TABLES_OF_TEXTS)
def test_every_row_of_a_table_has_its_twin(table: str) -> None:
    """A reason, a status, a rule or a story that only one reader understands is found by name."""
    rows = list(twins_of(TABLES_OF_TEXTS[table], table, set()))
    assert len(rows) >= len(TABLES_OF_TEXTS[table]), "each row has a text"
    assert wrong_among(rows) == {}


PAIRS: Mapping[str, Mapping[Any, tuple[Any, ...]]] = {
    "how papers are": document._CONDITIONS,
    "who decides by which date": lawbook._DECIDED_BY,
    "how sure a rule is": lawbook.CONFIDENCE,
    "what the ledger finds": telling._KINDS,
    "headers": {header[0]: header for header in describing.HEADERS},
    "parts of a record": {part[0]: part for part in describing.RECORD},
    "measures": measures.MEASURES,
    "phases": measures.PHASES,
}


@pytest.mark.parametrize("table", PAIRS)
def test_every_pair_is_vietnamese_and_english(table: str) -> None:
    """In tables that have the two side by side, the last two are the twins."""
    rows = [Twins(str(name), *row[-2:]) for name, row in PAIRS[table].items()]
    assert wrong_among(rows) == {}


def test_no_table_of_the_project_has_a_text_alone() -> None:
    """Also those that nobody thought of: whatever has a field for a language has both."""
    found = {
        twins.place: twins
        for module in modules()
        if not module.__name__.startswith(SPEAKS_AS_IT_DOES)
        for twins in twins_in(module)
    }
    assert len(found) > 500, "the tables are looked through"
    assert wrong_among(found.values()) == {}


def wrong_among(rows: Any) -> dict[str, str]:
    """What is wrong, by place."""
    return {row.place: said for row in rows if (said := fault(row.vi, row.en))}


def test_no_sentence_of_the_command_line_is_alone() -> None:
    """Read in the source itself, so that one that is seldom printed is found as well."""
    found_in = {place: sources(ROOT / place) for place in SCANNED}
    assert [place for place, files in found_in.items() if not files] == [], "nothing is there"
    files = [path for paths in found_in.values() for path in paths]
    assert len(files) > 50, "the sources are there"
    found = [
        f"{path.relative_to(ROOT)}:{lone.line}: {lone.said}"
        for path in files
        if ".".join(path.relative_to(ROOT).with_suffix("").parts) not in NO_SENTENCES_OF_OURS
        for lone in lone_sentences(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def sources(place: Path) -> Sequence[Path]:
    """A module, or all of a folder; nothing where there is neither."""
    return [place] if place.is_file() else sorted(place.rglob("*.py"))


def test_every_measure_of_the_benchmarks_has_a_name() -> None:
    """Whatever stands in a report: as JSON by its name alone, on the screen with what it is."""
    reports = {
        "simulators/runs/bench_route.py": {"bench_route"},
        "simulators/runs/bench_chains.py": {"bench_chains", "_report"},
    }
    found = {
        name
        for path, functions in reports.items()
        for name in returned_keys((ROOT / path).read_text(encoding="utf-8"), functions)
    }
    assert {"events_per_s", "cases_per_s", "account_faults"} <= found, "reports are read"
    assert found | Account().to_json().keys() == measures.MEASURES.keys()


def returned_keys(source: str, functions: Set[str]) -> Iterator[str]:
    """The keys of the mappings that the functions return, or join to make them."""
    for function in ast.walk(ast.parse(source)):
        if getattr(function, "name", None) in functions:
            for node in ast.walk(function):
                match node:
                    case ast.Return(value=ast.Dict() as told):
                        yield from keys_of(told)
                    case ast.BinOp(op=ast.BitOr(), right=ast.Dict() as told):
                        yield from keys_of(told)


def keys_of(told: ast.Dict) -> Iterator[str]:
    """The keys of a mapping, with those of the mappings unpacked into it."""
    for key, value in zip(told.keys, told.values, strict=True):
        match key, value:
            case ast.Constant(value=str() as name), _:
                yield name
            case None, ast.Dict() as part:
                yield from keys_of(part)


BITES = {
    'screen.print("The run has ended.")': "alone: The run has ended.",
    'print(f"{name}: nothing to do here", file=sys.stderr)': "alone: {}: nothing to do here",
    'bars.add_task("Đang ghi sự kiện", total=3)': "alone: Đang ghi sự kiện",
    'typer.echo("no such case")': "alone: no such case",
    'raise typer.BadParameter("give a whole number")': "alone: give a whole number",
    'def lines():\n    yield "one more line"': "alone: one more line",
    'both("Không có hồ sơ nào.", "Không có hồ sơ nào.")': "the same in both languages: "
    "Không có hồ sơ nào.",
    'both("No cases.", "Không có hồ sơ nào.")': "not Vietnamese: No cases. "
    "(beside: Không có hồ sơ nào.)",
    'Label("Đã nộp", "")': "no English twin: Đã nộp",
    'UsageFault("no such run", "no such run here")': "not Vietnamese: no such run here "
    "(beside: no such run)",
    'both(reason.vi, "chưa dịch")': "not what `en` says: chưa dịch",
    'vi = "still in English"': "not what `vi` says: still in English",
    '{"title_en": "vẫn là tiếng Việt"}': "not what `title_en` says: vẫn là tiếng Việt",
    'print("đã gửi · đã gửi lại")': "not English: đã gửi lại (beside: đã gửi)",
}


@pytest.mark.parametrize("source", BITES)
def test_a_sentence_without_its_twin_is_found(source: str) -> None:
    """The scan bites: with the line and the sentence."""
    assert [(lone.line, lone.said) for lone in lone_sentences(f"\n{source}")] == [
        (source.count("\n") + 2, BITES[source])
    ]


@pytest.mark.parametrize(
    "source",
    [
        'screen.print(both("Không có hồ sơ nào.", "No cases here."))',
        "screen.print(f\"{both(f'và {more} hồ sơ nữa', f'and {more} more')}: --limit\")",
        'UsageFault("no such run", f"không có lượt chạy {name}")',
        'KINDS = {"whole": ("tệp nguyên vẹn", "the file is whole")}',
        'vi, en = "đã gửi lại", "sent once more"',
        'raise RuntimeFault("the router ended early")',
        '"""What this module is for."""',
        'screen.print("lienthong rules show RULE")',
        'print(f"{at} {case} {count}")',
    ],
)
def test_a_sentence_with_its_twin_is_let_pass(source: str) -> None:
    """And so is what is no sentence for a reader of the screen."""
    assert lone_sentences(source) == []


@pytest.mark.parametrize(
    ("vi", "en", "said"),
    [
        ("Đã nộp", None, "no English twin: Đã nộp"),
        (None, "submitted", "no Vietnamese twin: submitted"),
        ("", "submitted", "no Vietnamese twin: submitted"),
        ("submitted", "submitted", "the same in both languages: submitted"),
        ("submitted", "sent", "not Vietnamese: submitted (beside: sent)"),
        ("Đã nộp", "Đã gửi", "not English: Đã gửi (beside: Đã nộp)"),
        ("Đã nộp", "submitted", None),
        ("Khai sinh", "Birth", None),
        ("Nộp trước Tết tại Hà Giang", "Filed before Tết in Hà Giang", None),
        ("15:01", "15:01", None),
    ],
)
def test_halves_are_judged_by_their_language(
    vi: str | None, en: str | None, said: str | None
) -> None:
    """Names, borrowed words and numbers stand in both."""
    assert fault(vi, en) == said
