"""Times at which an agency's interface turns its caller away, or an agency can't write its papers.

While a scenario has outages of its interface, civil status is reached over the messages of the real
system; whatever an adapter is told stands in `heard`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from datetime import datetime
from errno import ENOSPC
from os import strerror
from pathlib import Path
from typing import TYPE_CHECKING, Any

from connectors.runtime.agency import Agency, AgencyUnavailable, Request, RequestFailed
from connectors.runtime.handling import Outcome
from simulators.agencies.documents import Documents, Paper
from simulators.agencies.register import Register
from simulators.scenarios.scenario import Outage, Unwritten, moment

if TYPE_CHECKING:
    from simulators.agencies.http.passage import Hindrance

CIVIL_STATUS = "civil-status"
Clock = Callable[[], datetime]


class Outages:
    """The way to civil status in a scenario whose interface fails now and then."""

    def __init__(
        self, outages: Sequence[Outage], registers: Path, opening: datetime, now: Clock
    ) -> None:
        self._outages = outages
        self._registers = registers
        self._opening = opening
        self._now = now
        self._closing = ExitStack()
        self.heard: dict[str, None] = {}
        """What connectors were told instead of an answer, `<system>: <text>`, in order."""

    def reach(self, system: str, agency: Agency, register: Register) -> Agency:
        """`agency`, or the real interface before `register`; what it says when it fails is kept."""
        if system == CIVIL_STATUS and self._outages:
            from simulators.agencies.http.passage import Passage

            passage = Passage(register, self._registers, self._opening.date(), self._hindrance)
            agency = self._closing.enter_context(passage).adapter
        return _Listened(agency, system, self.heard)

    def close(self) -> None:
        """Close what was opened on the way."""
        self._closing.close()

    def _hindrance(self) -> "Hindrance | None":
        now = self._now()
        return next((one.answer for one in self._outages if _during(one, now)), None)


class PapersUnwritten(Documents):
    """Papers of which some can't be made out at some times."""

    def __init__(self, papers: Documents, unwritten: Sequence[Unwritten], now: Clock) -> None:
        self._papers = papers
        self._unwritten = unwritten
        self._now = now

    def make_out(self, paper: Paper, row: Mapping[str, Any], columns: Iterable[str]) -> str:
        """See `Documents.make_out`.

        Raises:
            OSError: the disk is full.
            RuntimeError: the form can't be filled in.
        """
        now = self._now()
        for one in self._unwritten:
            if one.paper == paper and _during(one, now):
                if one.why == "disk":
                    raise OSError(ENOSPC, strerror(ENOSPC))
                raise RuntimeError("the form can't be filled in")
        return self._papers.make_out(paper, row, columns)


class _Listened:
    """An agency, and a note of what it said when it did not do as it was asked."""

    def __init__(self, agency: Agency, system: str, heard: dict[str, None]) -> None:
        self._agency = agency
        self._system = system
        self._heard = heard

    async def submit(self, requests: Sequence[Request]) -> None:
        try:
            await self._agency.submit(requests)
        except (AgencyUnavailable, RequestFailed) as error:
            self._note(error)
            raise

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        try:
            return await self._agency.collect(cursor, limit)
        except AgencyUnavailable as error:
            self._note(error)
            raise

    async def ack(self, cursor: int) -> None:
        await self._agency.ack(cursor)

    def _note(self, error: Exception) -> None:
        self._heard[f"{self._system}: {error}"] = None


def _during(one: Outage | Unwritten, now: datetime) -> bool:
    return moment(one.since) <= now < moment(one.until)
