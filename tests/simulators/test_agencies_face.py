"""The HTTP face of the agencies against whatever may come in over a network."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.runtime.agency import AgencyUnavailable
from connectors.runtime.agency_http import HttpAgency, open_client
from connectors.runtime.agency_wire import MAX_BODY_BYTES, MAX_REQUESTS, PROBLEM, submission_of
from simulators.agencies import open_agencies
from simulators.agencies.http.face import face_of
from simulators.agencies.http.problems import KINDS
from simulators.agencies.http.serving import listening
from simulators.agencies.register import Register
from tests.simulators.agencies.asking import CASE, opened, request, rows, world

ASKED = request("civil-status", "birth.entry.requested")
GOOD = submission_of([ASKED])


@pytest.fixture
def agencies(tmp_path: Path) -> Iterator[dict[str, Register]]:
    opened = open_agencies(tmp_path, seed=1, world=world())
    yield opened
    for agency in opened.values():
        agency.close()


@pytest.fixture
def client(agencies: dict[str, Register]) -> httpx.AsyncClient:
    return client_of(agencies)


def client_of(agencies: dict[str, Register]) -> httpx.AsyncClient:
    """A client of these agencies' face; an exception that the face lets through is a 500."""
    transport = httpx.ASGITransport(face_of(agencies), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://agencies.test")


def told(answer: httpx.Response) -> tuple[int, str]:
    """Status and code of a problem, which must look like one."""
    assert answer.headers["content-type"] == PROBLEM, answer.text
    problem = answer.json()
    assert problem["status"] == answer.status_code == KINDS[problem["code"]].status
    assert problem["type"] == f"urn:lienthong:agency:{problem['code']}"
    assert " · " in problem["title"], "in Vietnamese and English"
    return answer.status_code, problem["code"]


async def test_a_request_is_taken_and_its_outcome_waits(client: httpx.AsyncClient) -> None:
    """The whole round by hand: submit, collect, acknowledge, nothing left."""
    taken = await client.post("/civil-status/requests", json=GOOD)
    assert (taken.status_code, taken.json()) == (202, {"taken": 1})
    (outcome,) = (await client.get("/civil-status/outcomes")).json()["outcomes"]
    assert (outcome["subject"], outcome["step"], outcome["result"]) == (CASE, "enter", "done")
    acknowledged = await client.put(
        "/civil-status/acknowledgement", json={"cursor": outcome["cursor"]}
    )
    assert (acknowledged.status_code, acknowledged.content) == (204, b"")
    assert (await client.get("/civil-status/outcomes")).json() == {"outcomes": []}


async def test_sent_again_it_is_one_request(client: httpx.AsyncClient, tmp_path: Path) -> None:
    """The key is dossier, step and attempt, whatever else differs."""
    later = submission_of([replace(ASKED, cause="another", record={**ASKED.record, "so_gcs": "X"})])
    for body in (GOOD, GOOD, later):
        assert (await client.post("/civil-status/requests", json=body)).status_code == 202
    assert len(rows(tmp_path / "civil-status.db", "so_khai_sinh")) == 1
    assert len((await client.get("/civil-status/outcomes")).json()["outcomes"]) == 1


async def test_health_names_the_agencies(client: httpx.AsyncClient) -> None:
    """Of all, and of each."""
    served = (await client.get("/health")).json()["agencies"]
    assert "residence" in served
    for system in served:
        assert (await client.get(f"/{system}/health")).json() == {"agency": system}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", (400, "body_not_json")),
        (b"\xff", (400, "body_not_json")),
        (b'{"requests": [NaN]}', (400, "body_not_json")),
        (b'{"requests": [1e400]}', (400, "body_not_json")),
        (b'{"requests": ["\\ud800"]}', (400, "body_not_json")),
        (b"[" * 10_000, (400, "body_not_json")),
        (b"null", (422, "body_invalid")),
        (b"{}", (422, "body_invalid")),
        (b'{"requests": [], "more": 1}', (422, "body_invalid")),
        (b" " * (MAX_BODY_BYTES + 1), (413, "body_too_large")),
        (orjson.dumps({"requests": [None] * (MAX_REQUESTS + 1)}), (422, "body_invalid")),
    ],
)
async def test_a_body_that_is_none_is_told_by_its_code(
    client: httpx.AsyncClient, body: bytes, expected: tuple[int, str]
) -> None:
    """Each kind has a code of its own."""
    assert told(await client.post("/civil-status/requests", content=body)) == expected


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"attempt": 0}, "/requests/1/attempt"),
        ({"attempt": 2**60}, "/requests/1/attempt"),
        ({"attempt": True}, "/requests/1/attempt"),
        ({"time": "2023-07-10T08:00:00"}, "/requests/1/time"),
        ({"time": "0001-01-01T00:00:00+14:00"}, "/requests/1/time"),
        ({"time": "9999-12-31T23:59:59+07:00"}, "/requests/1/time"),
        ({"time": 1}, "/requests/1/time"),
        ({"record": []}, "/requests/1/record"),
        ({"subject": "a/b"}, "/requests/1/subject"),
        ({"subject": ""}, "/requests/1/subject"),
        ({"step": "\x00"}, "/requests/1/step"),
        ({"extra": 1}, "/requests/1/extra"),
    ],
)
async def test_a_request_of_the_wrong_form_is_told_by_place_and_key(
    client: httpx.AsyncClient, tmp_path: Path, changes: dict[str, Any], pointer: str
) -> None:
    """The first one in the batch is named, and nothing of the batch was taken."""
    (good,) = GOOD["requests"]
    wrong = {**good, "attempt": 2, **changes}
    answer = await client.post("/civil-status/requests", json={"requests": [good, wrong]})
    assert told(answer) == (422, "body_invalid")
    key = f"{wrong['subject']}/{wrong['step']}/{wrong['attempt']}"
    assert (answer.json()["pointer"], answer.json()["key"]) == (pointer, key)
    assert rows(tmp_path / "civil-status.db", "dossiers") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"step": "marry"}, "step_unknown"), ({"record": {}}, "record_invalid")],
)
async def test_what_the_agency_can_not_do_is_told_with_the_key(
    client: httpx.AsyncClient, changes: dict[str, Any], code: str
) -> None:
    """So that the rest of the batch can go on without it."""
    (good,) = GOOD["requests"]
    answer = await client.post("/civil-status/requests", json={"requests": [{**good, **changes}]})
    assert told(answer) == (422, code)
    assert answer.json()["key"] == f"{CASE}/{changes.get('step', 'enter')}/1"


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/", (404, "not_found")),
        ("GET", "/police/outcomes", (404, "not_found")),
        ("DELETE", "/residence/outcomes", (405, "method_not_allowed")),
        ("GET", "/residence/outcomes?after=-1", (422, "query_invalid")),
        ("GET", "/residence/outcomes?after=99999999999999999999", (422, "query_invalid")),
        ("GET", "/residence/outcomes?limit=0", (422, "query_invalid")),
        ("GET", "/residence/outcomes?limit=ten", (422, "query_invalid")),
    ],
)
async def test_every_other_mistake_is_a_problem_too(
    client: httpx.AsyncClient, method: str, path: str, expected: tuple[int, str]
) -> None:
    """No page of a web framework, nothing without a code."""
    assert told(await client.request(method, path)) == expected


async def test_an_agency_that_can_not_serve_says_when_to_come_again() -> None:
    """503 with Retry-After; an error that nobody foresaw is a 500 that tells nothing of itself."""

    class Closed(Register):
        def __init__(self, error: Exception) -> None:
            self._error = error

        async def collect(self, cursor: int, limit: int) -> Any:
            raise self._error

    away = Closed(AgencyUnavailable("disk full at /srv/secret", retry_after=2.5))
    client = client_of({"vneid": away, "residence": Closed(RuntimeError("/srv/secret"))})
    answer = await client.get("/vneid/outcomes")
    assert (told(answer), answer.headers["retry-after"]) == ((503, "unavailable"), "3")
    defect = await client.get("/residence/outcomes")
    assert told(defect) == (500, "internal")
    assert "secret" not in answer.text + defect.text


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**80), 2**80)
    | st.floats()
    | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)
FIELDS = sorted(set(ASKED.record) | {"ma_ho_so", "dong_y", "so_dinh_danh", "so_gcs"})
STEPS = [name.split("/") for name in world().steps]
WRONG = st.fixed_dictionaries(
    {"subject": st.just(CASE) | JSON, "attempt": st.just(1) | JSON, "cause": st.just("c") | JSON},
    optional={"time": st.just("2023-07-10T08:00:00+07:00") | JSON, "more": JSON},
)


@settings(max_examples=200)
@given(
    where=st.sampled_from(STEPS),
    frame=WRONG,
    record=st.dictionaries(st.sampled_from(FIELDS) | st.text(max_size=8), JSON, max_size=6) | JSON,
    good=st.booleans(),
)
async def test_no_request_makes_an_error_inside(
    where: list[str], frame: dict[str, Any], record: Any, good: bool
) -> None:
    """Any JSON anywhere in a request: taken or refused by a code, and the agency still serves."""
    system, step = where
    base = dict(ASKED.record) if good and isinstance(record, dict) else {}
    sent = {"time": "2023-07-10T08:00:00+07:00", "step": step, **frame}
    sent["record"] = {**base, **record} if isinstance(record, dict) else record
    try:
        body = orjson.dumps({"requests": [sent]})
    except (TypeError, ValueError):  # no JSON that can be written
        body = repr(sent).encode(errors="replace")
    with closing(opened(system)) as agency:
        client = client_of({system: agency})
        answer = await client.post(f"/{system}/requests", content=body)
        assert answer.status_code in (202, 400, 422), answer.text
        if answer.status_code != 202:
            told(answer)
        assert (await client.get(f"/{system}/outcomes")).status_code == 200


@settings(max_examples=100)
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"]),
    path=st.sampled_from(["requests", "outcomes", "acknowledgement", "health", "%00", "..", "é"]),
    query=st.dictionaries(st.sampled_from(["after", "limit", "x"]), st.text(max_size=25)),
    body=st.binary(max_size=200) | JSON.map(lambda value: repr(value).encode(errors="replace")),
)
async def test_no_call_makes_an_error_inside(
    method: str, path: str, query: dict[str, str], body: bytes
) -> None:
    """Any method, path, query and body."""
    with closing(opened("vneid")) as agency:
        client = client_of({"vneid": agency})
        try:
            url = httpx.URL(f"http://agencies.test/vneid/{path}", params=query)
        except UnicodeEncodeError:  # a lone surrogate can't stand in a URL
            return
        answer = await client.request(method, url, content=body)
    assert answer.status_code < 500, answer.text


async def test_over_a_socket_it_is_the_same(agencies: dict[str, Register]) -> None:
    """uvicorn on a loopback port, reached by the connector's own adapter and client."""
    async with listening(face_of(agencies)) as url, open_client() as client:
        port = HttpAgency(client, "civil-status", lambda: url)
        await port.submit([ASKED])
        (answer,) = await port.collect(0, 500)
        assert list(await agencies["civil-status"].collect(0, 500)) == [answer]
        await port.ack(answer.cursor)
    assert list(await agencies["civil-status"].collect(0, 500)) == []
    with pytest.raises(AgencyUnavailable):
        await HttpAgency(open_client(), "civil-status", lambda: url).collect(0, 500)


async def test_the_faces_contract_can_be_read(client: httpx.AsyncClient) -> None:
    """OpenAPI with every agency's paths and the bodies' schemas."""
    document = (await client.get("/openapi.json")).json()
    assert set(document["paths"]["/residence/requests"]) == {"post"}
    body = document["paths"]["/residence/requests"]["post"]["requestBody"]
    schema = body["content"]["application/json"]["schema"]
    fields = schema["properties"]["requests"]["items"]["properties"]
    assert set(fields) == {"subject", "step", "attempt", "time", "record", "cause"}
