"""Who may come in at DVCLT, and how it says no: in the shape that ASP.NET gives problems."""

from collections.abc import Mapping
from typing import Any, Final

import orjson
from fastapi import Request, Response

from simulators.agencies.http.accounts import Account

Row = dict[str, Any]

_TYPE: Final = "https://tools.ietf.org/html/rfc7231#section-6.5.1"


class Denied(Exception):
    """Who asks may not, or the body can't be read; `answer` says it."""

    def __init__(self, status: int, title: str, errors: Mapping[str, list[str]] | None = None):
        super().__init__(title)
        self.answer = problem(status, title, errors)


def check(request: Request, account: Account) -> None:
    """Let a request in.

    Raises:
        Denied: 403 from an address without access, 401 without the token.
    """
    if not account.admits(request):
        raise Denied(403, "Địa chỉ IP không được phép truy cập")
    if not account.holds(request):
        raise Denied(401, "Unauthorized")


def problem(status: int, title: str, errors: Mapping[str, list[str]] | None = None) -> Response:
    """An answer in the shape that ASP.NET gives problems, and DVCLT its successes too."""
    return json_of(said(status, title, errors), status=status)


def said(status: int, title: str, errors: Mapping[str, list[str]] | None = None) -> Row:
    """What such an answer says."""
    return {
        "errors": errors,
        "type": None if status < 400 else _TYPE,
        "title": title,
        "status": status,
        "traceId": None,
    }


def json_of(values: Any, *, status: int = 200) -> Response:
    """An answer of JSON values."""
    return Response(orjson.dumps(values), status, media_type="application/json")
