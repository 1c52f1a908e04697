"""The agency port of the one-stops over DVCLT: their dossiers wait there, their codes come back.

In reality DVCLT is where the hub is, so that leaving a dossier there and reading what was reported
are paths of the simulation's own (`moPhong`). All between is the province's: it fetches the
dossier, acknowledges it, and reports its status codes.
"""

from collections.abc import Callable, Sequence
from typing import Any

import orjson

from connectors.agencies.dvclt.messages import HAND_IN, NEWS, asked, outcome_of
from connectors.runtime.agency import AgencyUnavailable, Request, RequestFailed
from connectors.runtime.agency_http import Door, failed, unavailable
from connectors.runtime.agency_wire import MAX_BODY_BYTES
from connectors.runtime.handling import Outcome


class DvcltOneStop:
    """The one-stops behind DVCLT; `token` may raise OSError where there is none yet."""

    def __init__(self, door: Door, token: Callable[[], str]) -> None:
        self._door = door
        self._token = token

    async def submit(self, requests: Sequence[Request]) -> None:
        """See `Agency.submit`; when it returns, DVCLT has them, and provinces will come for them.

        What a province can't do with one of them comes as an outcome.
        """
        body = orjson.dumps({"yeuCau": [asked(request) for request in requests]})
        if len(body) > MAX_BODY_BYTES:  # the face would hang up before the end of it
            raise RequestFailed(f"more than {MAX_BODY_BYTES} bytes", code="body_too_large")
        answer = await self._door.ask("POST", HAND_IN, body, self._headers())
        if not answer.is_success:
            raise failed(answer)

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        """See `Agency.collect`."""
        path = f"{NEWS}?sau={cursor}&toiDa={limit}"
        found = await self._ask("GET", path)
        try:
            return [outcome_of(item) for item in found["data"]]
        except (KeyError, TypeError, ValueError) as error:
            raise AgencyUnavailable(f"{NEWS} answered what is no reports") from error

    async def ack(self, cursor: int) -> None:
        """See `Agency.ack`."""
        await self._ask("PUT", NEWS, {"daNhan": cursor})

    async def _ask(self, method: str, path: str, body: Any = None) -> Any:
        content = None if body is None else orjson.dumps(body)
        answer = await self._door.ask(method, path, content, self._headers())
        if not answer.is_success:
            raise unavailable(answer)
        try:
            return orjson.loads(answer.content)
        except orjson.JSONDecodeError as error:
            raise unavailable(answer) from error

    def _headers(self) -> dict[str, str]:
        try:
            return {"authorization": f"Bearer {self._token()}"}
        except OSError as error:
            raise AgencyUnavailable(f"no token: {error}") from error
