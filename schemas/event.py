"""The one thing that travels: a CloudEvents 1.0 event.

`Event` is the value; how it is written on a Kafka record or an HTTP request stands in
`schemas.bindings`. Pure: an event's time and id are given to it, never made here.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any

import orjson

_OFFSET = timedelta(hours=7)
VN = timezone(_OFFSET, "+07:00")
"""Vietnam's time; the country has one zone and no daylight saving."""

TYPE_PREFIX = "vn.lienthong."
SYSTEM_PREFIX = "/systems/"
MAX_PAYLOAD_BYTES = 64 * 1024
"""Documents travel as a reference with a hash (claim check), so a payload stays small."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A CloudEvents 1.0 event whose payload is the untouched bytes of a JSON object.

    `(source, id)` is the event's identity. `subject` is the case code, or the personal ID
    for queries without a case.
    """

    id: str
    source: str
    type: str
    time: datetime
    subject: str
    payload: bytes
    dataschema: str | None = None
    causationid: str | None = None
    traceparent: str | None = None
    partitionkey: str | None = None

    @property
    def key(self) -> str:
        """The partition key: CloudEvents `partitionkey`, by default the subject."""
        return self.partitionkey or self.subject

    @property
    def name(self) -> str:
        """The type without prefix and version: `birth.registered`."""
        return short_name(self.type)

    @property
    def system(self) -> str:
        """The publisher: `civil-status`."""
        return self.source.removeprefix(SYSTEM_PREFIX)

    def data(self) -> Any:
        """The decoded payload, a dict for every type in the catalogue."""
        return orjson.loads(self.payload)


def full_type(name: str, version: int = 1) -> str:
    """`birth.registered` → `vn.lienthong.birth.registered.v1`."""
    return f"{TYPE_PREFIX}{name}.v{version}"


def short_name(event_type: str) -> str:
    """`vn.lienthong.birth.registered.v1` → `birth.registered`."""
    return event_type.removeprefix(TYPE_PREFIX).rpartition(".v")[0]


def source_of(system: str) -> str:
    """`civil-status` → `/systems/civil-status`."""
    return SYSTEM_PREFIX + system


def to_text(moment: datetime) -> str:
    """A moment as RFC 3339 with milliseconds in Vietnam's time."""
    local = moment if moment.utcoffset() == _OFFSET else moment.astimezone(VN)
    return local.isoformat(timespec="milliseconds")


def from_text(text: str) -> datetime:
    """The moment that an RFC 3339 text names, in Vietnam's time.

    Raises:
        ValueError: not a date and time, without an offset from UTC, or outside the calendar.
    """
    moment = datetime.fromisoformat(text)
    if moment.utcoffset() == _OFFSET:
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"time {text!r} has no offset from UTC")
    try:
        return moment.astimezone(VN)
    except OverflowError:
        raise ValueError(f"time {text!r} is outside the years 1 to 9999") from None


def payload_hash(payload: bytes) -> str:
    """16 hex digits of SHA-256 over the payload bytes: equal bytes, equal hash."""
    return hashlib.sha256(payload).hexdigest()[:16]


def derived_id(cause: str, kind: str, ordinal: int = 0) -> str:
    """The id of something made from `cause`: the same cause gives the same id after a replay.

    A UUID version 5 (RFC 9562, section 5.5) of the three parts in a namespace of our own.
    """
    digest = bytearray(hashlib.sha1(_NAMESPACE + f"{cause}|{kind}|{ordinal}".encode()).digest())
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest[:16].hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


# uuid5(NAMESPACE_URL, "urn:lienthong:events"), written out: the namespace of our own
_NAMESPACE = bytes.fromhex("179adf3fea8c564d9cbacde949620138")
