"""The one-stops over DVCLT, without a socket: the hub's adapter, the face, and a province between.

For runs in event time or on a clock that stands still: the province works whenever the hub comes.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import httpx

from connectors.agencies.dvclt.agency import DvcltOneStop
from connectors.runtime.agency import Request
from connectors.runtime.agency_http import Door
from connectors.runtime.handling import Outcome
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.face import face_of
from simulators.agencies.http.interfaces import Interfaces
from simulators.agencies.http.province.opening import SYSTEM, province_at, tray_in
from simulators.agencies.register import Register

_ANYWHERE: Final = "http://dvclt.test"


class OneStopPassage:
    """The way to the register of the one-stops over DVCLT. Use as a context manager.

    `unsteady`: see `Tray`. `face` and `account` let somebody else in as well.
    """

    def __init__(
        self,
        register: Register,
        registers: Path,
        opening: date,
        *,
        unsteady: frozenset[tuple[str, int]] = frozenset(),
    ) -> None:
        self._register = register
        self._registers = registers
        self._opening = opening
        self._unsteady = unsteady
        self.account = Account.fresh("lienthong")
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        interfaces = Interfaces(
            agencies={SYSTEM: self._register},
            registers=self._registers,
            account=self.account,
            opening=self._opening,
            tray=self._closing.enter_context(tray_in(self._registers, unsteady=self._unsteady)),
        )
        self.face = face_of({}, self._closing.enter_context(interfaces))
        client = httpx.AsyncClient(transport=httpx.ASGITransport(self.face))
        door = Door(client, SYSTEM, lambda: _ANYWHERE)
        self.province = self._closing.enter_context(
            province_at(door, self.account, self._register, self._registers)
        )
        self.hub = DvcltOneStop(door, lambda: self.account.token)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._closing.close()

    async def submit(self, requests: Sequence[Request]) -> None:
        """See `Agency.submit`."""
        await self.hub.submit(requests)
        await self.province.settle()

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        """See `Agency.collect`."""
        await self.province.settle()
        return await self.hub.collect(cursor, limit)

    async def ack(self, cursor: int) -> None:
        """See `Agency.ack`."""
        await self.hub.ack(cursor)
