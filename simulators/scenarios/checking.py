"""Holds what a scenario came to against what its source says."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from re import Pattern
from typing import Any

from hub.ledger import Report
from hub.orchestrator.labels import Label
from simulators.scenarios.facts import Facts
from simulators.scenarios.scenario import Expected, Scenario
from simulators.scenarios.wording import label_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that had to be so."""

    fact: str
    label: Label
    expected: Any
    found: Any
    ok: bool
    at: str | None = None
    """When it had to be so; at the end, where nothing is said."""

    def to_json(self) -> dict[str, Any]:
        """The check as JSON values."""
        told = asdict(self)
        del told["label"]
        return told | {"vi": self.label.vi, "en": self.label.en}


def check(facts: Facts, expected: Mapping[str, Expected], at: str | None = None) -> list[Check]:
    """Every expectation about one case, in its order; None: there must be no such fact."""
    checks = (_check(name, wanted, facts.get(name)) for name, wanted in expected.items())
    return [replace(one, at=at) for one in checks]


def check_run(report: Report, heard: tuple[str, ...], scenario: Scenario) -> list[Check]:
    """What is expected of the run as a whole: the ledger's verdict, the cases left open, and what
    agencies were heard to say when they did not serve."""
    found = sorted(f"{one.kind} {one.store} {one.table}" for one in report.findings)
    return [
        _same("ledger", (), tuple(found)),
        _same("open", scenario.open, report.open),
        *([_same("heard", scenario.heard, heard)] if scenario.heard or heard else ()),
    ]


def _check(name: str, wanted: Expected, found: Any) -> Check:
    if isinstance(wanted, Pattern):
        ok = isinstance(found, str) and wanted.fullmatch(found) is not None
        return Check(fact=name, label=label_of(name), expected=wanted.pattern, found=found, ok=ok)
    if found is None and name.startswith("said "):
        found = 0
    return _same(name, wanted, found)


def _same(name: str, wanted: Any, found: Any) -> Check:
    ok = wanted == found
    return Check(fact=name, label=label_of(name), expected=wanted, found=found, ok=ok)
