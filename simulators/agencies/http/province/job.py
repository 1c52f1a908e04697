"""The job of a province's dossier system: fetch, open, acknowledge; collect, report, synchronise.

At least once, and so often as it takes: what is told already is told so, which is success. A result
that can't be reported is an outcome that failed, and an officer's.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from connectors.agencies.dvclt.messages import Block, request_of
from connectors.agencies.lgsp.messages import BLOCK
from connectors.runtime.agency import Agency, AgencyUnavailable, Request, RequestFailed
from connectors.runtime.dispatcher import POLL_SECONDS, QUIET_POLLS, QUIET_SECONDS
from connectors.runtime.handling import FAILED, Outcome
from simulators.agencies.http.books import Books
from simulators.agencies.http.province.dvclt import DvcltClient, Unreadable
from simulators.agencies.http.province.portal import PortalClient, Told, said_of
from simulators.agencies.http.province.reports import (
    codes_from_the_first,
    codes_of,
    meaning,
    report,
    text_of,
    together,
)

log = logging.getLogger(__name__)

Row = dict[str, Any]

BATCH: Final = 100
"""So many dossiers are fetched, and so many outcomes told, before the other work has its turn."""
TRIES: Final = 4
"""So often is a status sent in one go whose answer asks for a repetition."""


class Province:
    """Works for the one-stops of a register, which nobody else may collect from.

    `books` reads that register.
    """

    def __init__(
        self, register: Agency, books: Books, dvclt: DvcltClient, portal: PortalClient
    ) -> None:
        self._register = register
        self._books = books
        self.dvclt = dvclt
        self._portal = portal
        self._cursor = 0
        self._acknowledged = 0
        self._late: list[Outcome] = []
        """What DVCLT asked to be told again later."""

    async def run(self) -> None:
        """Work until cancelled; wait for who does not answer."""
        quiet = away = 0
        while True:
            try:
                quiet = 0 if await self.step() else quiet + 1
                away = 0
            except AgencyUnavailable as error:
                quiet, away = quiet + 1, away + 1
                if away == 1:  # once, not at each try
                    log.warning("province.unavailable why=%s", error)
            if quiet:
                await asyncio.sleep(POLL_SECONDS if quiet < QUIET_POLLS else QUIET_SECONDS)

    async def settle(self) -> None:
        """Work until nothing is left to do now."""
        while await self.step():
            pass

    async def step(self) -> int:
        """Fetch what waits and tell what is decided; how much was done.

        Raises:
            AgencyUnavailable: DVCLT, the portal or the register can't be reached; nothing is lost.
        """
        return await self._fetch() + await self._take_results() + await self._tell_news()

    async def _fetch(self) -> int:
        """Open what waits at DVCLT, and acknowledge it."""
        identities = (await self.dvclt.listed())[:BATCH]
        return await self._open(identities)

    async def _open(self, identities: Sequence[str]) -> int:
        requests: list[Request] = []
        unread: list[Request] = []
        for identity in identities:
            try:
                found = await self.dvclt.dossier(identity)
            except Unreadable as error:
                await self.dvclt.undone(_failed(error.request, str(error)))
                unread.append(error.request)
            else:
                requests += [found] if found is not None else []
        await self._hand_over(requests)
        for request in (*requests, *unread):
            await self.dvclt.acknowledge(request.subject, request.attempt)
        return len(requests) + len(unread)

    async def _take_results(self) -> int:
        """Hand the results that wait to the register, and see to dossiers that left the list."""
        waiting = (await self.dvclt.waiting())[:BATCH]
        if not waiting:
            return 0
        done = await self._open([one["id"] for one in waiting if one["id"]])
        requests = [_result(one) for one in waiting if not one["id"]]
        await self._hand_over(requests)
        if requests:
            await self.dvclt.received([request.key for request in requests])
        return done + len(requests)

    async def _hand_over(self, requests: Sequence[Request]) -> None:
        """Give requests to the register; one that it can't read is told at once."""
        left = list(requests)
        while left:
            try:
                await self._register.submit(left)
            except RequestFailed as error:
                guilty = [request for request in left if request.key == error.key]
                if error.retryable or not guilty:
                    raise AgencyUnavailable(str(error)) from error
                await self.dvclt.undone(_failed(guilty[0], f"{error.code}: {error}"))
                left = [request for request in left if request is not guilty[0]]
            else:
                return

    async def _tell_news(self) -> int:
        """Tell DVCLT and the portal what the register has decided."""
        news = await self._register.collect(self._cursor, BATCH)
        if not news and not self._late:
            return 0
        outcomes = [*self._late, *news]
        late = await self._tell(outcomes)
        self._late = late
        if news:
            self._cursor = news[-1].cursor
        safe = min((one.cursor - 1 for one in late), default=self._cursor)
        if safe > self._acknowledged:
            await self._register.ack(safe)
            self._acknowledged = safe
        return len(outcomes) - len(late)

    async def _tell(self, outcomes: Sequence[Outcome]) -> list[Outcome]:
        """Tell of outcomes in their order; those that have to be told again later."""
        dossiers = {one.subject: self._dossier(one.subject) for one in outcomes}
        done = [Told(one, dossiers[one.subject]) for one in outcomes if one.result != FAILED]
        refused = {one.outcome.id: why for one in done if (why := _unspeakable(one))}
        refused |= await self._portal.tell([one for one in done if one.outcome.id not in refused])
        late: list[Outcome] = []
        for group in together(one for one, _ in done if one.id not in refused):
            late += await self._report(group, dossiers)
        for one in outcomes:
            if one.result == FAILED:
                await self.dvclt.undone(one)
            elif one.id in refused:
                await self.dvclt.undone(_in_vain(one, refused[one.id]))
        return late

    async def _report(
        self, outcomes: Sequence[Outcome], dossiers: Mapping[str, Row]
    ) -> list[Outcome]:
        """Report the codes of outcomes; those of which some have to be sent again later."""
        left = [(one, list(codes_of(one))) for one in outcomes]
        left = await self._report_once(left, dossiers)
        for _ in range(1, TRIES):
            left = [more for one in left for more in await self._report_once([one], dossiers)]
        return [one for one, _ in left]

    async def _report_once(
        self, wanted: Sequence[tuple[Outcome, list[int]]], dossiers: Mapping[str, Row]
    ) -> list[tuple[Outcome, list[int]]]:
        """Send codes in one array; what of them has to be sent again."""
        if not wanted:
            return []
        answers = iter(await self.dvclt.report(_statuses(wanted, dossiers)))
        left = []
        for outcome, codes in wanted:
            said = [next(answers) for _ in codes]
            at = next((n for n, one in enumerate(said) if meaning(one) != "success"), None)
            if at is None:
                continue
            made = meaning(said[at])
            if made == "acknowledge":
                await self.dvclt.acknowledge(outcome.subject)
            if made != "wrong":
                left.append((outcome, codes[at:]))
            elif len(codes) < len(whole := list(codes_from_the_first(outcome))):
                left.append((outcome, whole))  # somebody else reported of it: from the first again
            else:
                await self.dvclt.undone(_in_vain(outcome, text_of(said[at])))
        return left

    def _dossier(self, case: str) -> Row:
        return next(self._books.rows("ho_so", ma_lien_thong=case), {})


def _statuses(
    wanted: Sequence[tuple[Outcome, list[int]]], dossiers: Mapping[str, Row]
) -> list[Row]:
    return [
        report(outcome, dossiers[outcome.subject], code, last=place == len(codes))
        for outcome, codes in wanted
        for place, code in enumerate(codes, start=1)
    ]


def _unspeakable(told: Told) -> str:
    """Why nothing can be told of an outcome: its dossier lacks what every dossier has."""
    outcome, dossier = told
    try:
        said_of(told)
        for code in codes_from_the_first(outcome):
            report(outcome, dossier, code, last=True)
    except (LookupError, TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def _result(waiting: Mapping[str, Any]) -> Request:
    return request_of(waiting["maHoSoLT"], Block.model_validate(waiting[BLOCK]))


def _failed(request: Request, why: str) -> Outcome:
    return Outcome(
        subject=request.subject,
        step=request.step,
        attempt=request.attempt,
        time=request.time,
        result=FAILED,
        record={"loi": why},
        cause=request.cause,
        cursor=0,
    )


def _in_vain(outcome: Outcome, why: str) -> Outcome:
    """An outcome that can't be told, as one that failed."""
    return replace(outcome, result=FAILED, record={"loi": why})
