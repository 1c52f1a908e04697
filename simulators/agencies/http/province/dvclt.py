"""DVCLT as a province asks it: by name and password for a token, then dossier by dossier."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote
from xml.etree import ElementTree

import orjson

from connectors.agencies.dvclt.messages import (
    CONTEXT,
    REFUSED,
    WAITING,
    Block,
    beside,
    request_of,
)
from connectors.agencies.lgsp.messages import BLOCK
from connectors.runtime.agency import AgencyUnavailable, Request
from connectors.runtime.agency_http import Door, unavailable
from connectors.runtime.handling import Outcome
from simulators.agencies.http.dvclt.hotich import read

Row = dict[str, Any]

_TOKENS: Final = "api/tokens"
_LIST: Final = f"{CONTEXT}/hosolienthong"
_RECEIPT: Final = f"{CONTEXT}/capNhatDaNhanHoSo"
_REPORT: Final = f"{CONTEXT}/capNhatTrangThaiHoSoDVCLTHoTich"


class Unreadable(Exception):
    """A dossier can't be read; `request` is what was asked with it, without its record."""

    def __init__(self, request: Request, why: object) -> None:
        super().__init__(f"hoTich: {why}")
        self.request = request


class DvcltClient:
    """Asks DVCLT at a door; `user` and `password` are the province's.

    Whatever it does may raise AgencyUnavailable: nobody answers, or the gateway says so.
    """

    def __init__(self, door: Door, user: str, password: str) -> None:
        self._door = door
        self._credentials = {"userName": user, "password": password}
        self._token: str | None = None

    async def listed(self) -> list[str]:
        """The ids of the dossiers that wait, oldest first."""
        found = await self._ask("GET", _LIST)
        return [one["id"] for one in found["data"]]

    async def dossier(self, identity: str) -> Request | None:
        """What is asked of the one-stop with a dossier; None where the hub did not leave it.

        Raises:
            Unreadable: its fields are not those of a birth or a death.
        """
        answer = await self._ask("GET", f"{_LIST}/{quote(identity)}")
        inner = orjson.loads(answer["data"]["data"])
        if BLOCK not in inner:
            return None
        case, block = inner["maHoSo"], Block.model_validate(inner[BLOCK])
        try:
            return request_of(case, block, (inner["module"], inner["maTTHC"], read(inner["data"])))
        except (KeyError, ValueError, ElementTree.ParseError) as error:
            raise Unreadable(request_of(case, block), error) from error

    async def acknowledge(self, case: str, attempt: int | None = None) -> None:
        """`daNhan`: the dossier is safe in the register; `attempt` tells the hub which one."""
        block = {} if attempt is None else {BLOCK: {"lan": attempt}}
        await self._ask("PUT", _RECEIPT, {"maHoSo": case, "daNhan": True, **block})

    async def report(self, statuses: Sequence[Row]) -> list[Row]:
        """Tell at most twenty statuses; the answer to each."""
        answers = await self._ask("POST", _REPORT, statuses)
        if not isinstance(answers, list) or len(answers) != len(statuses):
            raise AgencyUnavailable(f"{_REPORT} answered what is no answers")
        return answers

    async def waiting(self) -> list[Row]:
        """What waits beside the list: results, and dossiers that somebody else acknowledged."""
        found: list[Row] = (await self._ask("GET", WAITING))["data"]
        return found

    async def received(self, keys: Sequence[str]) -> None:
        """These are safe in the register."""
        await self._ask("PUT", WAITING, {"daNhan": list(keys)})

    async def undone(self, outcome: Outcome) -> None:
        """Tell what can't be done: an outcome that failed."""
        await self._ask("POST", REFUSED, {"maHoSoLT": outcome.subject, BLOCK: beside(outcome)})

    async def _ask(self, method: str, path: str, body: Any = None) -> Any:
        if self._token is None:
            self._token = await self._log_in()
        content = None if body is None else orjson.dumps(body)
        headers = {"authorization": f"Bearer {self._token}"}
        answer = await self._door.ask(method, path, content, headers)
        if not answer.is_success:
            self._token = None
            raise unavailable(answer)
        return orjson.loads(answer.content)

    async def _log_in(self) -> str:
        answer = await self._door.ask("POST", _TOKENS, orjson.dumps(self._credentials))
        if not answer.is_success:
            raise unavailable(answer)
        found: Mapping[str, str] = orjson.loads(answer.content)
        return found["token"]
