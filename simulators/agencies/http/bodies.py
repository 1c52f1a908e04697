"""Reads the body of a request: bounded, strict JSON, and of its schema."""

from collections.abc import Sequence
from typing import Any, Final, TypeVar

import orjson
from fastapi import Request
from pydantic import BaseModel, ValidationError

from connectors.runtime.agency_wire import MAX_BODY_BYTES

Body = TypeVar("Body", bound=BaseModel)

TOO_LARGE: Final = 413
TOO_LARGE_VI: Final = f"Nội dung gửi lên quá lớn, tối đa {MAX_BODY_BYTES // 2**20} MB"
_READ_AT_MOST: Final = 64 * MAX_BODY_BYTES
"""A larger body is read no further; nothing of what is too large is kept."""


class BadBody(Exception):
    """The body can't be taken: `code` of `problems.KINDS`, and where it is wrong."""

    def __init__(
        self, code: str, detail: str, *, pointer: str | None = None, key: str | None = None
    ) -> None:
        super().__init__(detail)
        self.code = code
        self.pointer = pointer
        self.key = key


async def read(request: Request, model: type[Body]) -> Body:
    """The body as a value of the model.

    Raises:
        BadBody: it is too large, no JSON or not of the schema.
    """
    raw = await bytes_of(request)
    try:
        values = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise BadBody("body_not_json", str(error)) from error
    try:
        return model.model_validate(values)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        raise BadBody(
            "body_invalid",
            first["msg"],
            pointer=pointer_of(first["loc"]),
            key=_key_at(values, first["loc"]),
        ) from error


def pointer_of(place: Sequence[int | str]) -> str:
    """A place in a JSON value as a JSON pointer."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in place)


async def bytes_of(request: Request) -> bytes:
    """The whole body.

    Raises:
        BadBody: it is too large.
    """
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > _READ_AT_MOST:
            break
        # Who is answered before the end of what it sends often sees a broken connection instead.
        if size <= MAX_BODY_BYTES:
            parts.append(part)
    if size > MAX_BODY_BYTES:
        raise BadBody("body_too_large", f"at most {MAX_BODY_BYTES} bytes")
    return b"".join(parts)


def _key_at(values: Any, place: Sequence[int | str]) -> str | None:
    """The key of the one request that is wrong, so that its sender can go on with the others."""
    if len(place) < 2 or place[0] != "requests" or not isinstance(place[1], int):
        return None
    wrong = values["requests"][place[1]]
    parts = [wrong.get(part) for part in ("subject", "step", "attempt")] if _is_map(wrong) else []
    return "/".join(map(str, parts)) if parts and None not in parts else None


def _is_map(value: Any) -> bool:
    return isinstance(value, dict)
