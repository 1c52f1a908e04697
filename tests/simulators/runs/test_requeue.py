"""A connector fails on a case, is mended, and an operator sends the event again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from connectors.runtime.handling import Decision, Input, State
from connectors.runtime.requeue import prepared, send
from connectors.runtime.sdk import Connector
from connectors.runtime.store.reading import dead_letters, manual_of, state_of
from hub.ledger import verify
from schemas.event import from_text
from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs.in_memory import MemoryCountry
from simulators.runs.submitting import Submitter
from tests.simulators.runs.runs import folder_of

pytestmark = pytest.mark.timeout(60)


def failing(system: str, broken: Callable[[], bool]) -> Callable[..., Decision]:
    """The handler of every connector, which of one system raises while it is broken."""
    handle = Connector.handle

    def handler(self: Connector, state: State, given: Input) -> Decision:
        if self.system == system and broken():
            raise RuntimeError("the connector has a fault")
        return handle(self, state, given)

    return handler


async def test_a_requeued_event_lets_its_case_go_on_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The case waits in the manual queue; afterwards nobody can tell that there was a fault."""
    folder, manifest = folder_of(tmp_path)
    arrivals = Arrivals(seed=1, start=from_text(manifest.start), mix=Mix(**manifest.mix))
    case = arrivals.submission(0).case
    faults: list[Any] = ["the commune's code is read wrongly"]
    monkeypatch.setattr(Connector, "handle", failing("one-stop", lambda: bool(faults)))
    country = MemoryCountry(folder, manifest)
    await country.open()
    try:
        with Submitter(folder, manifest, await country.bus.producer()) as submitter:
            await submitter.submit([arrivals.submission(0)])
        await country.settle()
        (letter,) = dead_letters(folder.hub_log)
        assert (letter["by"], letter["reason"]) == ("one-stop", "handler_failed")
        assert [item.reason for item in manual_of(folder.stores / "one-stop.db", case)] == [
            "handler_failed"
        ]
        faults.clear()
        await send(country.bus, await prepared(country.bus, manifest.topics, letter))
        country.bus.announce()
        await country.play([])
    finally:
        await country.close()
    assert manual_of(folder.stores / "one-stop.db", case) == []
    assert (state_of(folder.stores / "dvclt.db", case) or {})["ended"] is not None
    report = verify(folder.path)
    assert (report.findings, report.verified) == ([], 1)
    assert report.account.reasons == {"handler_failed": 1}
