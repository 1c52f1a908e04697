"""Letting time pass in a run in event time, where no clock does.

A deadline that ends something (a supplement that does not come, a household head who does not
answer) may come due only where no answer dated before it can still come. Whoever drives the run
knows when that is: everything is handed in, and nothing is under way, on the broker or in a store.
Then the earliest such deadline passes, for all cases; what follows from it is dated later.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from connectors.runtime.clock import pass_to
from connectors.runtime.manifest import RunFolder
from connectors.runtime.store import reading
from hub.orchestrator import Orchestrator
from hub.orchestrator.chains import TABLES
from schemas.event import from_text
from schemas.systems import SYSTEMS
from simulators.runs.live import LiveRun
from simulators.runs.submitting import Watch

_STEP_S = 0.05
"""Without news for so long, it is worth asking whether anything is under way: while there is, the
first row that is found says so, in about a millisecond."""


async def until_all_ended(
    run: LiveRun,
    watch: Watch,
    cases: int,
    *,
    handed_in: Callable[[], bool],
    silence: float,
    on_news: Callable[[], None] = lambda: None,
    on_pass: Callable[[], None] = lambda: None,
) -> bool:
    """Follow a run until so many cases have ended, letting time pass where it must.

    `on_pass` is called before a deadline passes: what ends from then on ends because of it. False
    when for `silence` seconds no status was heard, nobody wrote anything to the hub, and no
    deadline is left to pass.
    """
    heard, written = time.monotonic(), 0
    while len(watch.final) < cases:
        told = await watch.step(_STEP_S)
        on_news()
        if told or (handed_in() and await let_pass(run, on_pass)):
            heard = time.monotonic()
        elif time.monotonic() - heard > silence:
            before, written = written, await run.records()
            if written == before:
                return False
            heard = time.monotonic()
    return True


async def let_pass(run: LiveRun, on_pass: Callable[[], None] = lambda: None) -> bool:
    """Let the earliest deadline pass that ends something, if nothing is under way; whether it did.

    Only in event time: elsewhere the clock does it.
    """
    if run.manifest.speed is not None or not await run.resting():
        return False
    due = next_deadline(run.folder)
    if due is None or due == run.manifest.clock(run.folder.passed).past():
        return False
    on_pass()
    pass_to(due, run.folder.passed)
    return True


def next_deadline(folder: RunFolder) -> datetime | None:
    """When the earliest of the deadlines comes that end something."""
    dues = (due for system in SYSTEMS for due in _deadlines(folder, system))
    return min(map(from_text, dues), default=None)


def _deadlines(folder: RunFolder, system: str) -> Iterator[str]:
    for state, timers in reading.timers_of(folder.stores / f"{system}.db"):
        for name, due in timers.items():
            if system != Orchestrator.system or _ends_a_service(state, name):
                yield due


def _ends_a_service(state: dict[str, Any], service: str) -> bool:
    """Whether the chain's timer does more than to mark a service overdue."""
    return TABLES[service].states[state["services"][service]["state"]].expires
