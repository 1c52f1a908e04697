"""How a story and the ledger's findings are told on the screen."""

from io import StringIO

from rich.console import Console

from hub.cli.telling import tell, tell_findings
from hub.ledger.report import Finding, Report
from simulators.runs.story import Step, Story


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


def test_a_year_is_told_where_it_is_not_the_cases() -> None:
    """A notice of years ago would stand as a day before the case's."""
    moments = ("2017-07-10T08:00:00.000+07:00", "2023-07-12T09:30:00.000+07:00")
    steps = [
        Step(at=at, system="portal", event="e", to=(), text_vi="vi", text_en="en") for at in moments
    ]

    def printed(steps: list[Step]) -> list[str]:
        nothing = dict.fromkeys(("child", "deceased", "resident", "requester", "place"))
        nothing |= dict.fromkeys(("chain", "status", "due", "ended"))
        story = Story(
            case="c",
            **nothing,  # type: ignore[arg-type]
            text_vi="",
            text_en="",
            places={},
            submitted=moments[1],
            results={},
            steps=steps,
            services=[],
            waiting=[],
            pending=[],
            troubles=[],
        )
        screen = Console(file=StringIO(), width=200)
        tell(screen, story)
        assert isinstance(screen.file, StringIO)
        return screen.file.getvalue().splitlines()[1:]

    assert printed(steps) == [
        "  10/07/2017 08:00:00  portal            vi · en",
        "       12/07 09:30:00  portal            vi · en",
    ]
    assert printed(steps[1:]) == ["  12/07 09:30:00  portal            vi · en"]
