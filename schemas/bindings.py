"""How an event is written on a Kafka record and on an HTTP request.

CloudEvents 1.0, Kafka protocol binding and HTTP protocol binding, both in binary content mode:
attributes travel in headers and the payload bytes stay untouched. `traceparent` is W3C Trace
Context's own header and has no `ce_` prefix.
"""

from collections.abc import Iterable, Mapping
from urllib.parse import quote, unquote

from schemas.event import Event, from_text, to_text

CONTENT_TYPE = "application/json"
SPEC_VERSION = "1.0"

KafkaHeaders = list[tuple[str, bytes]]

_REQUIRED = ("specversion", "id", "source", "type", "time", "subject")
REQUIRED = tuple(f"ce_{name}" for name in _REQUIRED)
"""Headers that every record on `lt.in` carries, besides `content-type`."""

OPTIONAL = ("content-type", "ce_dataschema", "ce_causationid", "ce_partitionkey", "traceparent")
"""The other headers that a receiver reads."""

_SPECVERSION = ("ce_specversion", SPEC_VERSION.encode())
_CONTENT = ("content-type", CONTENT_TYPE.encode())
_OPTIONAL = ("dataschema", "causationid", "partitionkey")
# Only these are read: a header `source` without the prefix is not the event's source.
_KAFKA_NAMES = {name: name.removeprefix("ce_") for name in REQUIRED}
_KAFKA_NAMES |= {f"ce_{name}": name for name in _OPTIONAL}
_KAFKA_NAMES |= {"content-type": "content-type", "traceparent": "traceparent"}


class BindingError(ValueError):
    """A record or request that carries no readable event; `header` names what is wrong."""

    def __init__(self, header: str, message: str) -> None:
        super().__init__(f"{header}: {message}")
        self.header = header


def to_kafka(event: Event) -> KafkaHeaders:
    """The record headers of an event; its value is `event.payload`, its key `event.key`."""
    headers: KafkaHeaders = [
        _SPECVERSION,
        ("ce_id", event.id.encode()),
        ("ce_source", event.source.encode()),
        ("ce_type", event.type.encode()),
        ("ce_time", to_text(event.time).encode()),
        ("ce_subject", event.subject.encode()),
        _CONTENT,
    ]
    for name in _OPTIONAL:
        value = getattr(event, name)
        if value is not None:
            headers.append((f"ce_{name}", value.encode()))
    if event.traceparent is not None:
        headers.append(("traceparent", event.traceparent.encode()))
    return headers


def from_kafka(headers: Iterable[tuple[str, bytes]], value: bytes | None) -> Event:
    """The event on a Kafka record.

    Raises:
        BindingError: a required header is missing, not UTF-8 or not of its form.
    """
    last = dict(headers)  # of a header that stands twice, the router checked the last one
    try:
        found = {name: v.decode() for n, name in _KAFKA_NAMES.items() if (v := last.get(n))}
    except UnicodeDecodeError as error:
        raise BindingError("headers", f"not UTF-8: {error}") from None
    return _event(found, value or b"", "ce_")


def to_http(event: Event) -> dict[str, str]:
    """The HTTP headers of an event; the body is `event.payload`.

    Values are percent-encoded as the HTTP binding (section 3.1.3.2) asks.
    """
    headers = {
        "ce-specversion": SPEC_VERSION,
        "ce-id": event.id,
        "ce-source": event.source,
        "ce-type": event.type,
        "ce-time": to_text(event.time),
        "ce-subject": event.subject,
    }
    headers.update(
        (f"ce-{name}", value) for name in _OPTIONAL if (value := getattr(event, name)) is not None
    )
    encoded = {name: quote(value, safe=_HTTP_SAFE) for name, value in headers.items()}
    encoded["content-type"] = CONTENT_TYPE
    if event.traceparent is not None:
        encoded["traceparent"] = event.traceparent
    return encoded


def from_http(headers: Mapping[str, str], body: bytes) -> Event:
    """The event on an HTTP request.

    Raises:
        BindingError: a required header is missing or not of its form.
    """
    found = {
        name.lower().removeprefix("ce-"): unquote(value)
        for name, value in headers.items()
        if name.lower().startswith("ce-") or name.lower() in ("content-type", "traceparent")
    }
    return _event(found, body, "ce-")


# printable ASCII but space, double quote and percent sign
_HTTP_SAFE = "".join(chr(c) for c in range(0x21, 0x7F) if chr(c) not in '"%')


def _event(found: Mapping[str, str], payload: bytes, prefix: str) -> Event:
    if not all(map(found.get, _REQUIRED)):
        missing = next(name for name in _REQUIRED if not found.get(name))
        raise BindingError(prefix + missing, "missing")
    if found["specversion"] != SPEC_VERSION:
        raise BindingError(prefix + "specversion", f"expected 1.0, got {found['specversion']!r}")
    if found.get("content-type", "").partition(";")[0].strip() != CONTENT_TYPE:
        raise BindingError("content-type", f"expected {CONTENT_TYPE}")
    try:
        time = from_text(found["time"])
    except ValueError as error:
        raise BindingError(prefix + "time", str(error)) from None
    return Event(
        id=found["id"],
        source=found["source"],
        type=found["type"],
        time=time,
        subject=found["subject"],
        payload=payload,
        dataschema=found.get("dataschema"),
        causationid=found.get("causationid"),
        traceparent=found.get("traceparent"),
        partitionkey=found.get("partitionkey"),
    )
