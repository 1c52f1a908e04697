"""The checks that every record passes: identity, headers, contract, rights.

`Checks.accept` is the short path and raises one `Rejected` with reason code and JSON pointer.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from connectors.runtime.bus import Record
from connectors.runtime.deadletters import REQUEUE
from hub.router.rejected import Rejected, pointer
from hub.router.routes import Route, routes, sources
from hub.router.shapes import Shape
from hub.router.strict import no_json, strict_json
from schemas.bindings import CONTENT_TYPE, OPTIONAL, REQUIRED, SPEC_VERSION
from schemas.event import MAX_PAYLOAD_BYTES
from schemas.fields import CASE_CODE_PATTERN, TIME_PATTERN
from schemas.topics import Topics

_SPEC_VERSION = SPEC_VERSION.encode()
_CONTENT_TYPE = CONTENT_TYPE.encode()
_SUBJECT_FORM = CASE_CODE_PATTERN.encode()
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
        if len(headers) != len(record.headers):
            _check_repeated(record.headers)
        system, source = self._sources[record.topic]
        if headers.get("ce_source") != source:
            raise _source_fault(headers)
        route = self._routes.get(headers.get("ce_type", b""))
        if route is None:
            raise _type_fault(headers)
        if source not in route.senders:
            raise Rejected("not_allowed", "ce_type")
        if REQUEUE in headers:
            raise Rejected("header_invalid", REQUEUE, "only the hub sends a record again")
        if not _usual_headers(headers):
            _check_each_header(headers)
        value = record.value
        if not value:
            raise Rejected("payload_missing")
        if len(value) > MAX_PAYLOAD_BYTES:
            raise Rejected("payload_too_large")
        try:
            payload = route.validators[headers["ce_time"][:4]](value)
        except ValidationError as error:
            raise _payload_fault(route, value, error) from None
        if b"\\" in value or value.count(b'"') != route.quotes(payload):
            strict_json(value)
        if route.named_by is not None:
            route = route.named[payload[route.named_by]]
        return Accepted(route, system, headers, value, payload)


def _check_repeated(headers: Iterable[tuple[str, bytes]]) -> None:
    """A header of the event that stands twice would let two readers see two events."""
    found = set()
    for name, _ in headers:
        if name in found and (name in REQUIRED or name in OPTIONAL):
            raise Rejected("header_invalid", name, "stands twice")
        found.add(name)


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


def _payload_fault(route: Route, value: bytes, error: ValidationError) -> Rejected:
    """What is wrong first: no JSON, a key that stands twice, then whatever does not fit."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    if first["type"] == "json_invalid":
        return no_json(value, first["msg"])
    strict_json(value)
    place = first["loc"]
    if route.tag is not None:
        place = (route.tag,) if first["type"].startswith("union_tag") else place[1:]
    return Rejected("payload_invalid", pointer(*place), first["msg"])
