"""The agency port over the paths of the real civil-status system: one request each.

What a province sends and polls, this sends and polls, with its token; what it takes for success and
what it sends again are a province's too, by the texts of the answers. Two things a province does
not do, because it keeps its own list of open dossiers and the population database answers the
ministry by itself: it asks for the dossiers that have news (an empty list of codes, and `sau` in
the block), and it hands over the child's number (`nhanSoDinhDanh`).
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

import orjson

from connectors.agencies.lgsp.forms import BIRTH, BY_STEP
from connectors.agencies.lgsp.messages import BLOCK, asking, handing_over, outcome_of
from connectors.agencies.people import Record
from connectors.runtime.agency import Agency, AgencyUnavailable, Request, RequestFailed
from connectors.runtime.agency_http import Door, retry_after, unavailable
from connectors.runtime.handling import Outcome

CONTEXT: Final = "apiLienThongKSKT/1.0"
HAND_OVER: Final = f"{CONTEXT}/nhanHoSoDKHT"
POLL: Final = f"{CONTEXT}/layKetQuaDKHT"
NUMBER: Final = f"{CONTEXT}/nhanSoDinhDanh"
DONE: Final = "1"
TAKEN: Final = (
    "đã được tiếp nhận",
    "đã tồn tại",
    "bị từ chối",
    "đã có kết quả",
    "đã trả kết quả",
)
"""What is answered to a dossier that is there already: success. Its result comes by polling."""
_AGAIN: Final = ("chưa được gửi", "có lỗi trong quá trình thêm mới")
"""What is answered where a dossier did not get in this time: it is sent again."""
_AWAY: Final = ("client received soap fault", "server error")
"""What a gateway answers that could not ask the system behind it, whoever asks for whatever."""
_GATE: Final = frozenset({"100", "101"})
"""Codes that speak of who asks, not of a dossier."""


class LgspCivilStatus:
    """The civil-status system behind an LGSP.

    `token` may raise OSError where there is none yet; `others` takes the steps for which the real
    system has no known message.
    """

    def __init__(self, door: Door, token: Callable[[], str], others: Agency) -> None:
        self._door = door
        self._token = token
        self._others = others

    async def submit(self, requests: Sequence[Request]) -> None:
        """See `Agency.submit`; those before the one that fails are taken, and are known later."""
        for request in requests:
            form = BY_STEP.get(request.step)
            if form is not None and request.step == form.enters:
                await self._hand_over(HAND_OVER, handing_over(request), request.key)
            elif request.step == BIRTH.completes:
                number = request.record["so_dinh_danh"]
                body = {
                    "maGCS": request.record["so_gcs"],
                    "soDinhDanh": number,
                    BLOCK: asking(request),
                }
                await self._hand_over(NUMBER, body, request.key)
            else:
                await self._others.submit([request])

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        """See `Agency.collect`; asks for three dossiers at a time until there are no more."""
        found: list[Outcome] = []
        while len(found) < limit:
            after = found[-1].cursor if found else cursor
            news = _news(await self._poll({"sau": after}), after)
            if not news:
                break
            found += news
        return found[:limit]

    async def ack(self, cursor: int) -> None:
        """See `Agency.ack`."""
        await self._poll({"daNhan": cursor})

    async def _poll(self, block: Record) -> Record:
        body = {"maDinhDanhHoSo": [], "maTinh": "", "module": BIRTH.module, BLOCK: block}
        return await self._ask(POLL, body)

    async def _hand_over(self, path: str, body: Record, key: str) -> None:
        answer = await self._ask(path, body)
        if str(answer.get("status")) == DONE:
            return
        code = str(answer.get("errorCode"))
        text = str(answer.get("errorDescription") or answer.get("statusDescription"))
        if _says(text, TAKEN):
            return
        raise RequestFailed(text, code=code, key=key, retryable=bool(_says(text, _AGAIN)))

    async def _ask(self, path: str, body: Any) -> Record:
        try:
            headers = {"authorization": f"Bearer {self._token()}"}
        except OSError as error:
            raise AgencyUnavailable(f"no token: {error}") from error
        answer = await self._door.ask("POST", path, orjson.dumps(body), headers)
        try:
            said = orjson.loads(answer.content)
        except orjson.JSONDecodeError:
            said = None
        if isinstance(said, dict) and str(said.get("errorCode")) in _GATE:
            raise AgencyUnavailable(str(said.get("errorDescription")))
        served: Record | None = said if isinstance(said, dict) and answer.is_success else None
        if served is not None and str(served.get("status")) == DONE:
            return served
        if found := _says(answer.text, _AWAY):
            raise AgencyUnavailable(found, retry_after=retry_after(answer))
        if served is None:
            raise unavailable(answer)
        return served


def _says(text: str, known: Sequence[str]) -> str:
    """Which of the known phrases stands in a text; nothing where none does."""
    lower = text.lower()
    return next((phrase for phrase in known if phrase in lower), "")


def _news(answer: Record, after: int) -> list[Outcome]:
    """The outcomes in a poll's answer, all of them behind a place."""
    try:
        news = [outcome_of(item) for item in answer["value"]]
    except (KeyError, TypeError, ValueError) as error:
        raise AgencyUnavailable(f"{POLL} answered what is no results") from error
    if any(one.cursor <= after for one in news):
        raise AgencyUnavailable(f"{POLL} answered no results behind {after}")
    return news
