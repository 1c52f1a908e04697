"""Dead letters: what failed, why, and enough of it to look at or to send again."""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from connectors.runtime.bus import Headers, Message, Record
from schemas.bindings import OPTIONAL, REQUIRED

KEPT_BYTES = 4096
"""A dead letter keeps this much of the payload, with the hash and size of the whole."""
REQUEUE = "lt_requeue"
"""The last header of a dead letter's record that an operator sends again to its one receiver.

It says which dead letter, `partition/offset` on `lt.dlq`. The router lets nobody else send it.
"""
_EVENT_HEADERS = frozenset((*REQUIRED, *OPTIONAL, REQUEUE))
_KEPT_HEADERS, _KEPT_TEXT = 40, 500
"""Headers of others that are kept, and bytes of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A record that no broker would take, so that it stands nowhere: its offset is -1."""

    topic: str
    partition: int
    key: bytes | None
    value: bytes | None
    headers: Headers
    offset: int = -1
    timestamp: int = 0


def dead_letter(
    record: Record, *, by: str, reason: str, pointer: str = "", detail: str = ""
) -> Message:
    """The message for `lt.dlq` about a record that `by` could not take.

    Its key is the record's; its value is JSON: reason code, JSON pointer or header name, where
    the record stood, the event's id, its headers, and the first 4 KiB of its payload in base64.
    Key and headers are cut short as well.
    """
    payload, key = record.value or b"", _cut(record.key)
    body = {
        "by": by,
        "reason": reason,
        "pointer": pointer,
        "detail": detail[:500],
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "event": event_of(record),
        "key": _text(key),
        "headers": _readable(record.headers),
        "payload": base64.b64encode(payload[:KEPT_BYTES]).decode(),
        "hash": hashlib.sha256(payload).hexdigest(),
        "size": len(payload),
    }
    return key, orjson.dumps(body), [("reason", reason.encode())]


def place_of(record: Record) -> str:
    """Where a record stands: `topic/partition/offset`."""
    return f"{record.topic}/{record.partition}/{record.offset}"


def event_of(record: Record) -> str:
    """The id of the event on a record as its sender gave it; its place where none can be read."""
    return readable(dict(record.headers), "ce_id") or place_of(record)


def readable(headers: Mapping[str, bytes], name: str) -> str:
    """The first 200 characters of a header; empty where it is missing or no UTF-8."""
    try:
        return (headers.get(name) or b"").decode()[:200]
    except UnicodeDecodeError:
        return ""


def _readable(headers: Headers) -> dict[str, str]:
    """The event's own headers, and the first of the others."""
    last = dict(headers)  # of a header that stands twice, the router checked the last one
    own = [name for name in last if name in _EVENT_HEADERS]
    others = [name for name in last if name not in _EVENT_HEADERS]
    kept = (*own, *others[:_KEPT_HEADERS])
    return {name[:_KEPT_TEXT]: _text(_cut(last[name])) for name in kept}


def _cut(raw: bytes | None) -> bytes | None:
    return raw and raw[:_KEPT_TEXT]


def _text(raw: bytes | None) -> str:
    return "" if raw is None else raw.decode("utf-8", errors="backslashreplace")
