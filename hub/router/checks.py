"""The checks that every record passes: identity, headers, contract, rights.

`Checks.accept` is the short path and raises one `Rejected` with reason code and JSON pointer.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from pydantic import ValidationError

from connectors.runtime.bus import Record
from hub.router.routes import Route, routes, sources
from hub.router.shapes import Shape
from schemas.bindings import CONTENT_TYPE, REQUIRED, SPEC_VERSION
from schemas.event import MAX_PAYLOAD_BYTES
from schemas.fields import TIME_PATTERN
from schemas.topics import Topics

_SPEC_VERSION = SPEC_VERSION.encode()
_CONTENT_TYPE = CONTENT_TYPE.encode()
_SUBJECT_FORM = rb"G22\.99\.0[89]-[0-9]{6}-[0-9]{4,}"
_ID_FORM = rb"[!-~]{1,200}"
_TIME_FORM = TIME_PATTERN.encode()
_SUBJECT = re.compile(_SUBJECT_FORM).fullmatch
_ID = re.compile(_ID_FORM).fullmatch
_TIME = re.compile(_TIME_FORM).fullmatch
_USUAL_NAMES = (
    *("ce_specversion", "content-type", "ce_id", "ce_subject", "ce_time"),
    *("ce_causationid", "ce_dataschema", "traceparent"),
)
_USUAL = re.compile(
    b"\n".join(
        (
            *(re.escape(_SPEC_VERSION), re.escape(_CONTENT_TYPE)),
            *(_ID_FORM, _SUBJECT_FORM, _TIME_FORM, _ID_FORM, _ID_FORM, _ID_FORM),
        )
    )
).fullmatch
_OPTIONAL = ("ce_partitionkey", "ce_causationid", "ce_dataschema", "traceparent")


class Rejected(Exception):
    """A record that does not pass: `reason` is a code of `schemas.reasons.REJECTIONS`."""

    def __init__(self, reason: str, pointer: str = "", detail: str = "") -> None:
        super().__init__(f"{reason} {pointer} {detail}".strip())
        self.reason = reason
        self.pointer = pointer
        """JSON pointer into the payload, or the name of the header."""


@dataclass(slots=True)
class Accepted:
    """A record that passes, with what the router needs of it."""

    route: Route
    system: str
    headers: Mapping[str, bytes]
    value: bytes
    payload: Shape
    """The value, validated."""


class Checks:
    """All checks, with their tables made ready for one hub's topics."""

    def __init__(self, topics: Topics) -> None:
        self._routes = routes(topics)
        self._sources = sources(topics)

    def system(self, topic: str) -> str:
        """The system whose `lt.in` this is."""
        return self._sources[topic][0]

    def accept(self, record: Record) -> Accepted:
        """The record as an event that may be routed.

        Raises:
            Rejected: it fails a check.
        """
        headers = dict(record.headers)
        system, source = self._sources[record.topic]
        if headers.get("ce_source") != source:
            raise _source_fault(headers)
        route = self._routes.get(headers.get("ce_type", b""))
        if route is None:
            raise _type_fault(headers)
        if source not in route.senders:
            raise Rejected("not_allowed", "ce_type")
        if not _usual_headers(headers):
            _check_each_header(headers)
        value = record.value
        if not value:
            raise Rejected("payload_missing")
        if len(value) > MAX_PAYLOAD_BYTES:
            raise Rejected("payload_too_large")
        try:
            payload = route.validate(value)
        except ValidationError as error:
            raise _payload_fault(error) from None
        if b"\\" in value or value.count(b'"') != route.quotes(payload):
            strict_json(value)
        return Accepted(route, system, headers, value, payload)


def _usual_headers(headers: Mapping[str, bytes]) -> bool:
    """Whether all headers are as nearly every event has them, seen in one look."""
    try:
        return (
            _USUAL(b"\n".join(map(headers.__getitem__, _USUAL_NAMES))) is not None
            and "ce_partitionkey" not in headers
        )
    except (KeyError, TypeError):
        return False


def _check_each_header(headers: Mapping[str, bytes]) -> None:
    get = headers.get
    if get("ce_specversion") != _SPEC_VERSION:
        raise _header_fault(headers, "ce_specversion")
    if get("content-type") != _CONTENT_TYPE:
        _check_content_type(headers)
    if not _ID(get("ce_id") or b""):
        raise _header_fault(headers, "ce_id")
    if not _SUBJECT(get("ce_subject") or b""):
        raise _header_fault(headers, "ce_subject")
    time = get("ce_time") or b""
    if not _TIME(time):
        raise _header_fault(headers, "ce_time")
    for name in _OPTIONAL:
        if (value := get(name)) is not None and not _ID(value):
            raise Rejected("header_invalid", name)


def _check_content_type(headers: Mapping[str, bytes]) -> None:
    media = (headers.get("content-type") or b"").partition(b";")[0].strip().lower()
    if media != _CONTENT_TYPE:
        raise _header_fault(headers, "content-type")


def _header_fault(headers: Mapping[str, bytes], name: str) -> Rejected:
    return Rejected("header_invalid" if headers.get(name) else "header_missing", name)


def _source_fault(headers: Mapping[str, bytes]) -> Rejected:
    if not headers.get("ce_source"):
        return Rejected("header_missing", "ce_source")
    return Rejected("source_mismatch", "ce_source")


def _type_fault(headers: Mapping[str, bytes]) -> Rejected:
    for name in (*REQUIRED, "content-type"):
        if not headers.get(name):
            return Rejected("header_missing", name)
    return Rejected("unknown_type", "ce_type")


def _payload_fault(error: ValidationError) -> Rejected:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return Rejected("payload_not_json", "", first["msg"])
    pointer = "".join(
        f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in first["loc"]
    )
    return Rejected("payload_invalid", pointer, first["msg"])


def strict_json(value: bytes) -> None:
    """Pass if the bytes are JSON in which no object repeats a key and every number is finite.

    Validation takes the last of two equal keys, so bytes with more quotation marks than the
    validated payload accounts for, or with escapes, are read once more, strictly.

    Raises:
        Rejected: `duplicate_key` or `payload_not_json`.
    """
    try:
        orjson.loads(value)  # takes no lone surrogate, which json does
        json.loads(
            value, object_pairs_hook=_unique, parse_constant=_not_finite, parse_float=_finite
        )
    except (ValueError, RecursionError) as error:
        raise Rejected("payload_not_json", "", str(error)) from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        repeated = next(k for i, (k, _) in enumerate(pairs) if k in dict(pairs[:i]))
        raise Rejected("duplicate_key", "", f"key {repeated!r} stands twice")
    return found


def _finite(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _not_finite(text)


def _not_finite(name: str) -> Any:
    raise ValueError(f"{name} is not a finite number")
