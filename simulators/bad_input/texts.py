"""Payloads that are no JSON object of a bearable size, whatever the type of the event."""

from collections.abc import Callable, Iterator

from schemas.catalogue import CATALOGUE
from schemas.event import MAX_PAYLOAD_BYTES, Event
from schemas.payloads import tag_of
from simulators.bad_input.spoiled import Spoiled, spoiled

_SYNTAX: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("cut short", lambda text: text[:-1]),
    ("cut in the middle", lambda text: text[: len(text) // 2]),
    ("one brace", lambda text: b"{"),
    ("garbage behind", lambda text: text + b" x"),
    ("twice", lambda text: text + text),
    ("NUL behind", lambda text: text + b"\x00"),
    ("byte order mark", lambda text: b"\xef\xbb\xbf" + text),
    ("single quotes", lambda text: text.replace(b'"', b"'")),
    ("keys without quotes", lambda text: b"{chain:1}"),
    ("comment", lambda text: b"/* x */" + text),
    ("comma at the end", lambda text: text[:-1] + b",}"),
    ("control character", lambda text: text.replace(b'":', b'\n":', 1)),
    ("unknown escape", lambda text: text.replace(b'{"', b'{"\\x', 1)),
    ("XML", lambda text: b"<case/>"),
    ("form", lambda text: b"chain=birth&province=79"),
    ("Python", lambda text: b"{'chain': None}"),
    ("only spaces", lambda text: b" " * 40),
)
_ENCODING: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("UTF-16", lambda text: text.decode().encode("utf-16")),
    ("UTF-32", lambda text: text.decode().encode("utf-32-le")),
    ("Latin-1 byte", lambda text: text.replace(b'":"', b'":"\xe9', 1)),
    ("no UTF-8 in a key", lambda text: text.replace(b'{"', b'{"\xff', 1)),
    ("surrogate as bytes", lambda text: text.replace(b'{"', b'{"\xed\xa0\x80', 1)),
    ("overlong slash", lambda text: text.replace(b'{"', b'{"\xc0\xaf', 1)),
    ("cut character", lambda text: text.replace(b'{"', b'{"\xe1\xbb', 1)),
    ("only 0xff", lambda text: b"\xff" * 64),
)
_DEPTH = 10_000
_DEEP: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("arrays", lambda text: b"[" * _DEPTH + b"]" * _DEPTH),
    ("objects", lambda text: b'{"a":' * _DEPTH + b"1" + b"}" * _DEPTH),
    ("arrays that never close", lambda text: b"[" * 4 * _DEPTH),
    ("a deep field", lambda text: text[:-1] + b',"x":' + b"[" * _DEPTH + b"]" * _DEPTH + b"}"),
)


def not_json(event: Event) -> Iterator[Spoiled]:
    """Text that no JSON parser takes."""
    return _bent(event, "not JSON", _SYNTAX)


def bad_encoding(event: Event) -> Iterator[Spoiled]:
    """JSON in no UTF-8 (RFC 8259, section 8.1)."""
    return _bent(event, "bad UTF-8", _ENCODING)


def too_deep(event: Event) -> Iterator[Spoiled]:
    """Nesting of ten thousand levels, which ends many a parser."""
    return _bent(event, "too deep", _DEEP)


def _bent(
    event: Event, kind: str, ways: tuple[tuple[str, Callable[[bytes], bytes]], ...]
) -> Iterator[Spoiled]:
    for variant, bend in ways:
        value = bend(event.payload)
        if value != event.payload:
            yield spoiled(event, kind, variant, "payload_not_json", value=value)


def no_payload(event: Event) -> Iterator[Spoiled]:
    """Kafka's null (a tombstone) and a value of no bytes."""
    yield spoiled(event, "no payload", "null", "payload_missing", null=True)
    yield spoiled(event, "no payload", "empty", "payload_missing", value=b"")


def too_large(event: Event) -> Iterator[Spoiled]:
    """More than 64 KiB, up to 2 MB, of good JSON and of none."""
    sizes = {"64 KiB and a byte": MAX_PAYLOAD_BYTES + 1, "2 MB": 2_000_000}
    for name, size in sizes.items():
        text = event.payload.ljust(size)
        yield spoiled(event, "too large", name, "payload_too_large", value=text)
    yield spoiled(event, "too large", "2 MB of zeros", "payload_too_large", value=bytes(2_000_000))


def no_object(event: Event) -> Iterator[Spoiled]:
    """JSON, but no object; and an object without any field."""
    for text in (b"null", b"[]", b"true", b"0", b'"case"', b"[{}]"):
        yield spoiled(event, "no object", text.decode(), "payload_invalid", value=text)
    model = CATALOGUE[event.name].model
    fields = model.model_fields.items()
    first = tag_of(model) or next(name for name, field in fields if field.is_required())
    yield spoiled(event, "no object", "{}", "payload_invalid", f"/{first}", value=b"{}")
