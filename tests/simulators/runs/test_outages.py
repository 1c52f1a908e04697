"""An agency that is away for days: its cases are overdue by name, and no call is lost."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from connectors.runtime.agency import Agency, AgencyUnavailable, Request
from connectors.runtime.handling import Outcome
from connectors.runtime.store import reading
from hub.ledger import verify
from hub.orchestrator.labels import OVERDUE
from simulators.agencies.register import Register
from simulators.arrivals import Arrivals
from simulators.mix import Mix
from simulators.runs.in_memory import MemoryCountry
from simulators.runs.live import OPENING
from tests.simulators.runs.runs import folder_of

BACK = OPENING + timedelta(days=12)
"""After the day on which every health card was due, supplements included."""
CASES = 12


class Away:
    """An agency that nobody reaches before it is back; tells `looking` of every attempt."""

    def __init__(
        self, agency: Register, now: Callable[[], datetime], looking: Callable[[], None]
    ) -> None:
        self._agency = agency
        self._now = now
        self._looking = looking

    async def submit(self, requests: Sequence[Request]) -> None:
        self._reach()
        await self._agency.submit(requests)

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        self._reach()
        return await self._agency.collect(cursor, limit)

    async def ack(self, cursor: int) -> None:
        self._reach()
        await self._agency.ack(cursor)

    def _reach(self) -> None:
        if self._now() < BACK:
            self._looking()
            raise AgencyUnavailable("no electricity")


async def test_cases_of_an_agency_that_is_away_are_overdue_and_then_end(tmp_path: Path) -> None:
    """The chain gives the reason, the dispatcher keeps the call, and the ledger finds no fault."""
    folder, manifest = folder_of(tmp_path, seed=4)
    waiting: dict[str, str] = {}

    def reach(system: str, agency: Register) -> Agency:
        if system != "social-insurance":
            return agency
        return Away(agency, lambda: country.clock.now(), note_reasons)

    def note_reasons() -> None:
        if BACK - country.clock.now() > timedelta(hours=1):
            return
        for case, state in reading.states_of(folder.stores / "dvclt.db", ended=False):
            waiting[case] = state["waiting"]["health_card"]["reason"]

    country = MemoryCountry(folder, manifest, reach=reach)
    arrivals = Arrivals(
        seed=4, start=OPENING, mix=Mix(deaths=0.0, twins=0.0, birth_and_residence_only=0.0)
    )
    await country.open()
    await country.play([arrivals.submission(number) for number in range(CASES)])
    await country.close()
    assert waiting, "the outage came after everything was over"
    assert all(reason.startswith(OVERDUE) for reason in waiting.values()), waiting
    report = verify(folder.path)
    assert report.ok, report.findings[:10]
    assert (report.verified, report.open) == (CASES, 0)
