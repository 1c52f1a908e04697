"""docs/scenarios.md, drawn from the table: `python -m simulators.scenarios.document` writes it."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from re import Pattern
from typing import Any, Final

from simulators.scenarios import SCENARIOS
from simulators.scenarios.scenario import Scenario
from simulators.scenarios.wording import day, label_of, value_of

PATH: Final = Path("docs/scenarios.md")

_HEAD: Final = """\
# Scenarios

*Drawn from the table in `simulators/scenarios` by `python -m simulators.scenarios.document`; change
that, not this file.*

Real failures of the linked services. `lienthong scenario run NAME` plays one on a whole country in
memory, in a fraction of a second, and holds what comes of it against the values below;
`lienthong scenario run all` plays them all. The values are typed by hand from the sources, not
computed by the program. In a scenario nothing goes wrong by chance: what an agency or a citizen
does otherwise than usual is arranged beforehand (`world.arranged` in the run's manifest), and
happens through the same connectors, router and orchestrator as in any run. Where the interface of
civil status turns its caller away, it is reached over the messages of the real system, and what it
said stands at the end. Then the ledger judges the run: it finds nothing, but where a system says
what it must not.

Codes that an agency allocates (a personal ID, a card) are given as a pattern. Moments are in
Vietnam's time; statuses 1–10 are those of the National Public Service Portal.
"""


def scenarios_document() -> str:
    """The whole of docs/scenarios.md."""
    return "\n".join([_HEAD, *(line for one in SCENARIOS.values() for line in _scenario(one))])


def _scenario(one: Scenario) -> Iterator[str]:
    yield f"## `{one.name}`: {one.title.vi} · {one.title.en}\n"
    yield f"{one.story.vi}\n\n{one.story.en}\n"
    yield f"Nguồn · source: {one.source.vi} · {one.source.en}\n"
    several = len(one.filings) > 1
    for number, filing in enumerate(one.filings):
        if several:
            yield f"{filing.title.vi} · {filing.title.en}, {day(filing.at)}:\n"
        else:
            yield f"Nộp lúc · submitted {day(filing.at)}:\n"
        meanwhile = one.meanwhile[number] if one.meanwhile else {}
        yield from _rows(meanwhile, f" ({day(one.glance or '')})")
        yield from _rows(one.expected[number], "")
        yield ""
    if one.heard:
        yield from _rows({"heard": one.heard}, "")
        yield ""


def _rows(expected: Mapping[str, Any], at: str) -> Iterator[str]:
    for fact, value in expected.items():
        label = label_of(fact)
        yield f"- {label.vi} · {label.en}{at}: {_value(fact, value)}"


def _value(fact: str, value: Any) -> str:
    if isinstance(value, Pattern):
        return f"`{value.pattern}`"
    text = value_of(fact, value)
    return text.vi if text.vi == text.en else f"{text.vi} · {text.en}"


if __name__ == "__main__":
    PATH.write_text(scenarios_document(), encoding="utf-8")
    print(PATH, file=sys.stderr)
