"""Dead letters: what failed, why, and enough of it to look at or to send again."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from connectors.runtime.bus import Headers, Message, Record

KEPT_BYTES = 4096
"""A dead letter keeps this much of the payload, with the hash and size of the whole."""
REQUEUE = "lt_requeue"
"""The last header of a dead letter's record that an operator sends again to its one receiver.

It says which dead letter, `partition/offset` on `lt.dlq`. The router lets nobody else send it.
"""
_KEPT_HEADERS, _KEPT_TEXT = 40, 500


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
    the record stood, its headers, and the first 4 KiB of its payload in base64. Key and headers
    are cut short as well.
    """
    payload, key = record.value or b"", record.key and record.key[:_KEPT_TEXT]
    body = {
        "by": by,
        "reason": reason,
        "pointer": pointer,
        "detail": detail[:500],
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "key": _text(key),
        "headers": _readable(record.headers),
        "payload": base64.b64encode(payload[:KEPT_BYTES]).decode(),
        "hash": hashlib.sha256(payload).hexdigest(),
        "size": len(payload),
    }
    return key, orjson.dumps(body), [("reason", reason.encode())]


def _readable(headers: Headers | Sequence[tuple[str, bytes | None]]) -> dict[str, str]:
    kept = headers[:_KEPT_HEADERS]
    return {name[:_KEPT_TEXT]: _text(value and value[:_KEPT_TEXT]) for name, value in kept}


def _text(raw: bytes | None) -> str:
    return "" if raw is None else raw.decode("utf-8", errors="backslashreplace")
