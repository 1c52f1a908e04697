"""How the ledger's findings are told on the screen."""

from io import StringIO

from rich.console import Console

from hub.cli.telling import tell_findings
from hub.ledger.report import Finding, Report


def test_a_finding_says_what_was_expected_and_what_was_found() -> None:
    """Each in a line of its own; nothing at all is said in words."""
    row = Finding("lost", "G22.99.08-230710-1234", "log", "log", "a[b]", None, "event", None)
    screen = Console(file=StringIO(), width=200)
    tell_findings(screen, Report(run="r", findings=[row]))
    assert isinstance(screen.file, StringIO)
    assert screen.file.getvalue().splitlines() == [
        "✗ thất lạc · lost  G22.99.08-230710-1234  log log a[b]",
        "    phải có · expected: event",
        "    thấy · found: không có · nothing",
    ]
