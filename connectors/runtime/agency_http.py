"""The agency port over HTTP: the adapter for an agency that runs in another process.

What the agency answers becomes the port's own errors, so that the dispatcher knows whether to
leave the whole agency alone, to look for the request at fault, or to give that one up.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

import httpx
import orjson
from pydantic import ValidationError

from connectors.runtime.agency import AgencyUnavailable, Request, RequestFailed
from connectors.runtime.agency_wire import MAX_BODY_BYTES, Outcomes, submission_of
from connectors.runtime.handling import Outcome

TIMEOUT: Final = httpx.Timeout(30.0, connect=3.0)
LIMITS: Final = httpx.Limits(max_connections=20, max_keepalive_connections=20, keepalive_expiry=30)
LONGEST_RETRY_AFTER_S: Final = 300.0
"""An agency that asks to be left alone for longer is asked again after this."""
_REFUSALS: Final = frozenset({400, 409, 413, 422})
"""Statuses that speak of the requests. Any other speaks of the agency, or of a wrong address."""
_TOO_LARGE: Final = 413
_GATEWAYS: Final = frozenset({502, 503, 504})


def open_client() -> httpx.AsyncClient:
    """A client for agencies: HTTP/1.1, kept connections, no proxy, no redirects. Close it."""
    return httpx.AsyncClient(
        timeout=TIMEOUT,
        limits=LIMITS,
        trust_env=False,
        headers={"content-type": "application/json", "accept": "application/json"},
    )


class Door:
    """Where an agency answers: asks at `{address}/{path}`.

    `address` is asked again after a connection failed: an agency that was started again may listen
    elsewhere. It may raise OSError where there is no address yet.
    """

    def __init__(self, client: httpx.AsyncClient, system: str, address: Callable[[], str]) -> None:
        self._client = client
        self._system = system
        self._address = address
        self._base: str | None = None

    async def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Whatever is answered, an error too.

        Raises:
            AgencyUnavailable: nobody answered.
        """
        try:
            if self._base is None:
                self._base = self._address()
            url = f"{self._base}/{path}"
            return await self._client.request(method, url, content=body, headers=headers)
        except (OSError, httpx.TransportError) as error:
            self._base = None
            raise AgencyUnavailable(f"{self._system}: {type(error).__name__} {error}") from error


class HttpAgency:
    """An agency at `{address}/{system}`, in the first form of `agency_wire`."""

    def __init__(self, client: httpx.AsyncClient, system: str, address: Callable[[], str]) -> None:
        """`address`: see `Door`."""
        self._door = Door(client, system, lambda: f"{address()}/{system}")

    async def submit(self, requests: Sequence[Request]) -> None:
        """See `Agency.submit`."""
        body = orjson.dumps(submission_of(requests))
        if len(body) > MAX_BODY_BYTES:  # the agency would hang up before the end of it
            raise RequestFailed(f"more than {MAX_BODY_BYTES} bytes", code="body_too_large")
        answer = await self._door.ask("POST", "requests", body)
        if not answer.is_success:
            raise failed(answer)

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        """See `Agency.collect`."""
        answer = await self._door.ask("GET", f"outcomes?after={cursor}&limit={limit}")
        if not answer.is_success:
            raise unavailable(answer)
        try:
            read = Outcomes.model_validate(orjson.loads(answer.content))
        except (orjson.JSONDecodeError, ValidationError) as error:
            raise AgencyUnavailable(f"{answer.url} answered what is no outcomes") from error
        return [one.outcome() for one in read.outcomes]

    async def ack(self, cursor: int) -> None:
        """See `Agency.ack`."""
        answer = await self._door.ask("PUT", "acknowledgement", orjson.dumps({"cursor": cursor}))
        if not answer.is_success:
            raise unavailable(answer)


def failed(answer: httpx.Response) -> AgencyUnavailable | RequestFailed:
    """What a batch of requests met with that was not taken."""
    status, problem = answer.status_code, _problem(answer)
    code = problem.get("code")
    text = f"HTTP {status} {problem.get('detail') or problem.get('title') or ''}".rstrip()
    key = problem.get("key")
    if status in _REFUSALS and (code or status == _TOO_LARGE):
        return RequestFailed(text, code=str(code or f"http_{status}"), key=key)
    if answer.is_server_error and status not in _GATEWAYS:
        return RequestFailed(text, code=str(code or f"http_{status}"), key=key, retryable=True)
    return unavailable(answer)


def unavailable(answer: httpx.Response) -> AgencyUnavailable:
    """The agency answered with a status that speaks of itself, not of a request."""
    text = f"{answer.request.method} {answer.url} was answered with HTTP {answer.status_code}"
    return AgencyUnavailable(text, retry_after=retry_after(answer))


def retry_after(answer: httpx.Response) -> float:
    """The seconds that an answer's Retry-After asks for: a number, or a date (RFC 9110, 10.2.3)."""
    text = answer.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:9]), LONGEST_RETRY_AFTER_S)
    until, said = _date(text), _date(answer.headers.get("date", ""))
    if until is None or said is None:
        return 0.0
    return min(max((until - said).total_seconds(), 0.0), LONGEST_RETRY_AFTER_S)


def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        problem = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return {}
    return problem if isinstance(problem, dict) else {}
