"""Anything may come in at the real paths: it is answered, and nothing breaks inside."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import orjson
import pytest
from fastapi import FastAPI
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulators.agencies.http.alone import Setting, alone
from simulators.agencies.http.exchanges import Exchange
from simulators.agencies.http.samples import STORIES
from simulators.agencies.http.stories import ACCOUNT, BEARER, OPENING
from tests.simulators.agencies.http.test_samples import documented

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=20)
    | st.sampled_from(["79", "26740", "KS", "LTKS", "LTKT", "10.07.2023", "<hotich/>", "{}", "1"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
KNOWN = sorted(
    {
        (one.method, one.path): one
        for story in STORIES
        for _, one in documented(story)
        if isinstance(one.body, dict)
    }.items()
)
"""One documented exchange of each method and path with a body."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """One face for all examples: what one leaves behind must not break the next."""
    setting = Setting(account=ACCOUNT, start=OPENING)
    with alone(tmp_path_factory.mktemp("face"), setting, now=lambda: OPENING) as found:
        yield found


async def sent(app: FastAPI, method: str, path: str, content: bytes) -> httpx.Response:
    """The answer; an exception inside is a 500."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://face.test") as client:
        headers = {**BEARER, "dstcode": "VN:GOV:000.00.00.G22:dvcqg"}
        return await client.request(method, path, content=content, headers=headers)


def test_every_path_with_a_body_is_documented(app: FastAPI) -> None:
    """So that the examples below reach all of them, under one of their contexts."""
    paths = app.openapi()["paths"]
    served = {
        (method.upper(), re.sub("^/hotich/1.0|^/apiHoTichTuPhap", "", path).lower())
        for path, methods in paths.items()
        for method in methods
        if method in ("post", "put") and not re.match("/[a-z-]+/(requests|acknowledgement)", path)
    }
    known = {
        (method, re.sub("^/hotich/1.0|^/apiHoTichTuPhap", "", path).lower())
        for (method, path), _ in KNOWN
    }
    assert served == known


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.sampled_from(KNOWN), changes=st.data())
async def test_no_value_of_a_field_makes_an_error_inside(
    app: FastAPI, place: tuple[tuple[str, str], Exchange], changes: st.DataObject
) -> None:
    """A documented request with some of its values replaced, left out or added."""
    (method, path), one = place
    body: dict[str, Any] = dict(one.body)
    names = st.sampled_from([*sorted(body), "moPhong", "data", "x"])
    for name in changes.draw(st.lists(names, max_size=3, unique=True)):
        body[name] = changes.draw(JSON)
    for name in changes.draw(st.lists(st.sampled_from(sorted(body)), max_size=1)):
        del body[name]
    answer = await sent(app, method, path, orjson.dumps(body))
    assert answer.status_code < 500, (body, answer.text)
    assert orjson.loads(answer.content) is not None


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from([path for (_, path), _ in KNOWN]),
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE"]),
    content=st.binary(max_size=50) | JSON.map(orjson.dumps),
)
async def test_no_body_makes_an_error_inside(
    app: FastAPI, path: str, method: str, content: bytes
) -> None:
    """Bytes that are no JSON, JSON that is no object, methods that are not there."""
    answer = await sent(app, method, path, content)
    assert answer.status_code < 500, answer.text
