"""Civil status over the messages of the real system, without a socket, and what hinders that.

An interface turns its caller away in a few well-known ways. Each is brought about as in life and
answered by the face itself, so that the texts are those of the real system.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Final, Literal, Self

import httpx

from connectors.agencies.lgsp.agency import LgspCivilStatus
from connectors.runtime.agency_http import Door, HttpAgency
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.face import face_of
from simulators.agencies.http.interfaces import Interfaces
from simulators.agencies.register import Register

Hindrance = Literal["token", "address", "unit", "server_error", "soap_fault"]
"""The caller's token is not the account's; it comes from an address without access; the account is
another province's, so that the unit's code is not known; the gateway fails before it asks the
system; or after the system has answered."""

SYSTEM: Final = "civil-status"
_ANYWHERE: Final = "http://lgsp.test"
_ELSEWHERE: Final = ("203.0.113.7", 40_001)
"""An address of the block that is kept for examples (RFC 5737)."""
_SOAP_FAULT: Final = (
    b'<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body><soap:Fault>'
    b"<faultcode>soap:Server</faultcode><faultstring>Client received SOAP Fault from server"
    b"</faultstring></soap:Fault></soap:Body></soap:Envelope>"
)


def unhindered() -> Hindrance | None:
    """Nothing is in the way."""
    return None


class Passage:
    """The way to the register of civil status through its real interface.

    Use as a context manager; `hindrance` is asked at each call.
    """

    def __init__(
        self,
        agency: Register,
        registers: Path,
        opening: date,
        hindrance: Callable[[], Hindrance | None] = unhindered,
    ) -> None:
        self._agency = agency
        self._registers = registers
        self._opening = opening
        self._hindrance = hindrance
        self._account = Account.fresh("lienthong")
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        agencies = {SYSTEM: self._agency}
        # An account of Cà Mau (96), at the other end of the country.
        accounts = {"unit": replace(self._account, province="96"), None: self._account}
        faces = {}
        for name, account in accounts.items():
            interfaces = Interfaces(
                agencies=agencies,
                registers=self._registers,
                account=account,
                opening=self._opening,
            )
            faces[name] = face_of(agencies, self._closing.enter_context(interfaces))
        ways = {
            None: httpx.ASGITransport(faces[None]),
            "unit": httpx.ASGITransport(faces["unit"]),
            "address": httpx.ASGITransport(faces[None], client=_ELSEWHERE),
        }
        client = httpx.AsyncClient(transport=_Gateway(ways, self._hindrance))
        others = HttpAgency(client, SYSTEM, lambda: _ANYWHERE)
        door = Door(client, SYSTEM, lambda: _ANYWHERE)
        self.adapter = LgspCivilStatus(door, self._token, others)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._closing.close()

    def _token(self) -> str:
        return "expired" if self._hindrance() == "token" else self._account.token


class _Gateway(httpx.AsyncBaseTransport):
    """What stands between a province and the system: it may fail before or after the call."""

    def __init__(
        self,
        ways: dict[str | None, httpx.ASGITransport],
        hindrance: Callable[[], Hindrance | None],
    ) -> None:
        self._ways = ways
        self._hindrance = hindrance

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        hindrance = self._hindrance()
        if hindrance == "server_error":
            return httpx.Response(500, content=b"Internal Server Error")
        way = self._ways.get(hindrance) or self._ways[None]
        answer = await way.handle_async_request(request)
        if hindrance == "soap_fault":
            await answer.aread()
            return httpx.Response(500, content=_SOAP_FAULT)
        return answer
