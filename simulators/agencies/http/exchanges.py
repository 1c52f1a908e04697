"""One request and its answer as a text that people read and that can be sent again.

A file has remarks (`#`), the request and the answer, each as HTTP/1.1 has it; JSON bodies are
indented. What changes from machine to machine is left out: lengths, and the end of a PDF file.
"""

import http
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import orjson
from fastapi import FastAPI

LOCAL: Final = "127.0.0.1"
_PDF: Final = "JVBERi"
"""How every PDF file begins in base64."""
_SHOWN: Final = 16
_HOST: Final = "http://lienthong.test"
_ANSWER: Final = "HTTP/1.1 "


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request at a moment, and what was answered."""

    vi: str
    en: str
    at: str
    """The moment on the simulation's clock, RFC 3339."""
    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    source: str = LOCAL
    """The address from which it comes."""
    status: int
    answer: Any


async def exchange(
    app: FastAPI,
    *,
    vi: str,
    en: str,
    at: str,
    method: str,
    path: str,
    headers: Mapping[str, str],
    body: Any,
    source: str = LOCAL,
) -> Exchange:
    """Send a request to an application in this process, and keep what it answers."""
    transport = httpx.ASGITransport(app, client=(source, 50_000))
    async with httpx.AsyncClient(transport=transport, base_url=_HOST) as client:
        content = None if body is None else orjson.dumps(body)
        sent = {"content-type": "application/json"} if content else {}
        answer = await client.request(method, path, content=content, headers={**headers, **sent})
    return Exchange(
        vi=vi,
        en=en,
        at=at,
        method=method,
        path=path,
        headers=headers,
        body=body,
        source=source,
        status=answer.status_code,
        answer=shortened(orjson.loads(answer.content)),
    )


def shortened(value: Any) -> Any:
    """A JSON value in which files are cut short, also where it stands in a text."""
    if isinstance(value, dict):
        return {name: shortened(part) for name, part in value.items()}
    if isinstance(value, list):
        return [shortened(part) for part in value]
    if isinstance(value, str) and value.startswith(_PDF):
        return f"{value[:_SHOWN]}…"
    return value


def written(one: Exchange) -> str:
    """The text of an exchange."""
    lines = [f"# {one.vi}", f"# {one.en}", f"# at {one.at}"]
    if one.source != LOCAL:
        lines.append(f"# from {one.source}")
    lines += ["", f"{one.method} {one.path} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in one.headers.items()]
    if one.body is not None:
        lines += ["content-type: application/json", "", _indented(one.body)]
    reason = http.HTTPStatus(one.status).phrase
    lines += ["", f"{_ANSWER}{one.status} {reason}", "content-type: application/json", ""]
    return "\n".join([*lines, _indented(one.answer), ""])


def read(text: str) -> Exchange:
    """The exchange in a text, the inverse of `written`."""
    asked, _, answered = text.partition(f"\n\n{_ANSWER}")
    remarks, _, request = asked.partition("\n\n")
    vi, en, at, *source = [line.removeprefix("# ") for line in remarks.splitlines()]
    head, _, body = request.partition("\n\n")
    first, *headers = head.splitlines()
    method, path, _ = first.split(" ")
    named = dict(line.split(": ", 1) for line in headers)
    named.pop("content-type", None)
    return Exchange(
        vi=vi,
        en=en,
        at=at.removeprefix("at "),
        method=method,
        path=path,
        headers=named,
        body=orjson.loads(body) if body else None,
        source=source[0].removeprefix("from ") if source else LOCAL,
        status=int(answered[:3]),
        answer=orjson.loads(answered.partition("\n\n")[2]),
    )


def _indented(value: Any) -> str:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()
