"""The agency port over HTTP: what each answer of an agency means to the dispatcher."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest

from connectors.runtime.agency import AgencyUnavailable, Request, RequestFailed
from connectors.runtime.agency_address import address_in, announce
from connectors.runtime.agency_http import HttpAgency, retry_after
from connectors.runtime.agency_wire import MAX_BODY_BYTES, PROBLEM, outcomes_of
from connectors.runtime.handling import Outcome
from tests.connectors.runtime.toy import START, case

REQUEST = Request(
    subject=case(2), step="register", attempt=1, time=START, record={"xa": "28333"}, cause="c"
)
OUTCOME = Outcome(
    subject=case(2),
    step="register",
    attempt=1,
    time=START,
    result="done",
    record={"so": 1},
    cause="c",
    cursor=7,
)

Answering = Callable[[httpx.Request], httpx.Response]


def agency(answering: Answering) -> HttpAgency:
    """An agency whose other side is a function."""
    client = httpx.AsyncClient(transport=httpx.MockTransport(answering))
    return HttpAgency(client, "residence", lambda: "http://agencies.test")


def always(status: int, body: Any = None, **headers: str) -> HttpAgency:
    """An agency that always answers the same."""
    content = body if isinstance(body, bytes) else orjson.dumps(body)
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return agency(lambda request: httpx.Response(status, content=content, headers=headers))


async def test_requests_outcomes_and_acknowledgements_travel_whole() -> None:
    """Method, path and body are those of the wire's documentation."""
    seen: list[tuple[str, str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        body = orjson.loads(request.content) if request.content else None
        seen.append((request.method, request.url.raw_path.decode(), body))
        if request.method == "GET":
            return httpx.Response(200, content=orjson.dumps(outcomes_of([OUTCOME])))
        return httpx.Response(204)

    port = agency(answer)
    await port.submit([REQUEST])
    assert await port.collect(6, 500) == [OUTCOME]
    await port.ack(7)
    sent = {
        "subject": case(2),
        "step": "register",
        "attempt": 1,
        "time": "2023-07-10T08:00:00.000+07:00",
        "record": {"xa": "28333"},
        "cause": "c",
    }
    sent["time"] = seen[0][2]["requests"][0]["time"]
    assert seen == [
        ("POST", "/residence/requests", {"requests": [sent]}),
        ("GET", "/residence/outcomes?after=6&limit=500", None),
        ("PUT", "/residence/acknowledgement", {"cursor": 7}),
    ]


@pytest.mark.parametrize("status", [400, 409, 422])
async def test_an_error_code_of_the_agency_is_a_refusal(status: int) -> None:
    """For good, with the code and the request that it names."""
    problem = {"code": "record_invalid", "key": REQUEST.key, "detail": "no commune"}
    with pytest.raises(RequestFailed) as refused:
        await always(status, problem, content_type=PROBLEM).submit([REQUEST])
    assert (refused.value.code, refused.value.key) == ("record_invalid", REQUEST.key)
    assert not refused.value.retryable
    assert str(refused.value) == f"HTTP {status} no commune"


async def test_a_batch_too_large_for_somebody_on_the_way_is_the_batchs_fault() -> None:
    """Whoever answers 413, a proxy too: smaller batches may pass."""
    with pytest.raises(RequestFailed) as refused:
        await always(413, b"<html>").submit([REQUEST])
    assert (refused.value.code, refused.value.key) == ("http_413", None)


async def test_a_body_over_the_limit_is_not_even_sent() -> None:
    """The agency would hang up amid it, which looks like an agency that is down."""
    large = replace(REQUEST, record={"text": "x" * MAX_BODY_BYTES})
    with pytest.raises(RequestFailed) as refused:
        await always(204).submit([large])
    assert (refused.value.code, refused.value.retryable) == ("body_too_large", False)


async def test_an_error_inside_the_agency_is_worth_another_try() -> None:
    """Perhaps one request is at fault, perhaps the next try succeeds."""
    with pytest.raises(RequestFailed) as failed:
        await always(500, b"oops").submit([REQUEST])
    assert (failed.value.code, failed.value.retryable) == ("http_500", True)


@pytest.mark.parametrize("status", [301, 400, 401, 403, 404, 408, 422, 429, 502, 503, 504])
async def test_what_is_not_about_the_requests_is_about_the_agency(status: int) -> None:
    """No case is given up for a wrong address, a proxy's page or a missing right."""
    with pytest.raises(AgencyUnavailable, match=f"HTTP {status}"):
        await always(status, b"<html>").submit([REQUEST])


@pytest.mark.parametrize("status", [400, 404, 422, 429, 500, 503])
async def test_collecting_and_acknowledging_can_only_wait(status: int) -> None:
    """Neither has a request that could be given up."""
    problem = {"code": "query_invalid"}
    with pytest.raises(AgencyUnavailable):
        await always(status, problem).collect(0, 500)
    with pytest.raises(AgencyUnavailable):
        await always(status, problem).ack(1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"outcomes": [{}]}',
        b'{"outcomes": 1}',
        orjson.dumps(outcomes_of([replace(OUTCOME, cursor=0)])),
        orjson.dumps(outcomes_of([OUTCOME])).replace(b"+07:00", b""),
    ],
)
async def test_an_answer_that_is_no_outcomes_is_taken_for_none(body: bytes) -> None:
    """It is asked for again, and the personal data in it goes into no error text."""
    with pytest.raises(AgencyUnavailable) as unavailable:
        await always(200, body).collect(0, 500)
    assert str(unavailable.value).endswith("answered what is no outcomes")


@pytest.mark.parametrize(
    "error", [httpx.ConnectError, httpx.ReadTimeout, httpx.RemoteProtocolError, httpx.PoolTimeout]
)
async def test_no_answer_is_an_agency_that_is_away(error: type[httpx.TransportError]) -> None:
    """Refused, silent, cut off: the call may succeed later."""

    def answer(request: httpx.Request) -> httpx.Response:
        raise error("gone")

    with pytest.raises(AgencyUnavailable, match=error.__name__):
        await agency(answer).submit([REQUEST])


async def test_an_agency_that_moved_is_found_again(tmp_path: Path) -> None:
    """After a connection failed, its address is read anew; before there is one, it is away."""
    file = tmp_path / "agencies.json"
    hosts: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        hosts.append(request.url.host)
        if request.url.host == "old":
            raise httpx.ConnectError("refused")
        return httpx.Response(204)

    client = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    port = HttpAgency(client, "residence", address_in(file))
    with pytest.raises(AgencyUnavailable):
        await port.ack(1)
    for name in ("old", "new"):
        announce(file, f"http://{name}")
        if name == "old":
            with pytest.raises(AgencyUnavailable):
                await port.ack(1)
    await port.ack(1)
    assert hosts == ["old", "new"]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0.0),
        ({"retry-after": "7"}, 7.0),
        ({"retry-after": " 7 "}, 7.0),
        ({"retry-after": "9" * 400}, 300.0),
        ({"retry-after": "-1"}, 0.0),
        ({"retry-after": "soon"}, 0.0),
        (
            {
                "date": "Mon, 10 Jul 2023 01:00:00 GMT",
                "retry-after": "Mon, 10 Jul 2023 01:00:20 GMT",
            },
            20.0,
        ),
        (
            {
                "date": "Mon, 10 Jul 2023 01:00:00 GMT",
                "retry-after": "Mon, 10 Jul 2023 00:59:00 GMT",
            },
            0.0,
        ),
        ({"retry-after": "Mon, 10 Jul 2023 01:00:20 GMT"}, 0.0),
    ],
)
def test_retry_after_is_read_in_both_its_forms(headers: dict[str, str], seconds: float) -> None:
    """Seconds or a date; what is neither is no wish."""
    assert retry_after(httpx.Response(503, headers=headers)) == seconds


async def test_the_wish_to_be_left_alone_reaches_the_dispatcher() -> None:
    """A 429 with Retry-After."""
    with pytest.raises(AgencyUnavailable) as unavailable:
        await always(429, retry_after="12").submit([REQUEST])
    assert unavailable.value.retry_after == 12.0
