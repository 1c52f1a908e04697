"""The paths by which the hub and the simulated provinces leave things at DVCLT: none of them real.

In reality the hub is DVCLT's own software, and a province keeps its own list of open dossiers.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Query, Request, Response

from connectors.agencies.dvclt.messages import (
    UNDONE,
    HandedIn,
    Heard,
    Received,
    Undone,
    placed,
    reported,
)
from connectors.runtime.agency_wire import MAX_CURSOR, MAX_OUTCOMES
from schemas.units import UnknownUnitError
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.bodies import BadBody, read
from simulators.agencies.http.dvclt.gate import check, json_of
from simulators.agencies.http.dvclt.mailbox import Mailbox
from simulators.agencies.http.jurisdiction import Jurisdiction

PREFIX: Final = "/moPhong"

After = Annotated[int, Query(ge=0, le=MAX_CURSOR)]
Limit = Annotated[int, Query(ge=1)]


class HubSide:
    """The paths on one mailbox."""

    def __init__(self, mailbox: Mailbox, account: Account, where: Jurisdiction) -> None:
        self._mailbox = mailbox
        self._account = account
        self._where = where

    def routes(self) -> APIRouter:
        """The paths, without their context."""
        router = APIRouter(prefix=PREFIX, tags=["dvclt: simulation"])
        router.post("/yeuCau")(self.hand_in)
        router.get("/dangCho")(self.waiting)
        router.put("/dangCho")(self.received)
        router.post("/khongXuLyDuoc")(self.undone)
        router.get("/baoCao")(self.news)
        router.put("/baoCao")(self.heard)
        return router

    async def hand_in(self, request: Request) -> Response:
        """Take requests for provinces, all of them or none; one that is known is taken again."""
        check(request, self._account)
        asked = (await read(request, HandedIn)).yeuCau
        for one in asked:
            try:
                seen = one.hoSo is None or self._where.sees(one.hoSo.maDonVi)
            except UnknownUnitError as error:
                raise BadBody("record_invalid", str(error), key=one.key) from error
            if not seen:
                raise BadBody("record_invalid", "another province's dossier", key=one.key)
        self._mailbox.take(asked)
        return json_of({"daNhan": len(asked)})

    async def waiting(self, request: Request) -> Response:
        """What waits for the provinces beside DVCLT's list."""
        check(request, self._account)
        return json_of({"data": self._mailbox.waiting()})

    async def received(self, request: Request) -> Response:
        """These are with their one-stop."""
        check(request, self._account)
        self._mailbox.received((await read(request, Received)).daNhan)
        return json_of({})

    async def undone(self, request: Request) -> Response:
        """A province can't do what is asked; `boSung.loi` says why."""
        check(request, self._account)
        body = await read(request, Undone)
        block = body.moPhong
        report = reported(body.maHoSoLT, "", UNDONE, "", block.model_dump())
        self._mailbox.tell(body.maHoSoLT, block, report)
        return json_of({})

    async def news(self, request: Request, sau: After = 0, toiDa: Limit = MAX_OUTCOMES) -> Response:
        """What the provinces reported, as outcomes, oldest first. Reading forgets nothing."""
        check(request, self._account)
        found = self._mailbox.news(sau, min(toiDa, MAX_OUTCOMES))
        return json_of({"data": [placed(report, place) for place, report in found]})

    async def heard(self, request: Request) -> Response:
        """The hub has every outcome up to a place."""
        check(request, self._account)
        self._mailbox.forget((await read(request, Heard)).daNhan)
        return json_of({})
