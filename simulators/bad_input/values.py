"""Payloads that are JSON, or nearly so, with something wrong at one place in them."""

import re
from collections.abc import Iterator
from typing import Any

import orjson

from schemas.event import Event
from simulators.bad_input.places import Place, is_part, objects, places, planted, pointer_of
from simulators.bad_input.spoiled import Spoiled, spoiled

_NO_NUMBERS = (b"NaN", b"Infinity", b"-Infinity", b"1e400", b"-1e999", b"9" * 5000)
_SURROGATES = (rb'"\ud800"', rb'"\udfff"', rb'"Nguy\udc00n"', rb'"\ud800\ud800"')
_STRAYS = {"plain": "khong_co", "with a slash": "a/b", "with a tilde": "a~b", "empty": ""}
_HUGE_KEY = "k" * 3000
_IMPOSSIBLE_IDS = {
    "province 003": "003194012877",
    "province 999": "999194012877",
    "province 79 without its zero": "790194012877",
    "year 2399": "079999012877",
    "year 2199": "079599012877",
    "year 2099": "079399012877",
    "11 digits": "07919401287",
    "13 digits": "0791940128771",
    "a letter": "07919401287O",
    "Arabic digits": "٠٧٩١٩٤٠١٢٨٧٧",
    "a space": " 79194012877",
}
_OF_KNOWN_SEX = ("mother", "father", "deceased", "resident")
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T.*")
_IDENTIFIER = re.compile("0[0-9]{11}")


def no_numbers(event: Event) -> Iterator[Spoiled]:
    """NaN, infinities, and numbers that no double can hold, at every place."""
    for place in _leaves(event):
        for raw in _NO_NUMBERS:
            yield _at(event, "no number", place, raw, "payload_not_json")


def lone_surrogates(event: Event) -> Iterator[Spoiled]:
    """Escapes of half a character, in values and in a key."""
    for place in _leaves(event):
        for raw in _SURROGATES:
            yield _at(event, "lone surrogate", place, raw, "payload_not_json")
    text = b'{"\\ud800":1,' + event.payload[1:]
    yield spoiled(event, "lone surrogate", "in a key", "payload_not_json", value=text)


def repeated_keys(event: Event) -> Iterator[Spoiled]:
    """A key that stands twice, in every object: with another value, the same, and escaped."""
    for path, found in objects(event):
        key, value = next(iter(found.items()))
        whole = orjson.dumps(found)
        escaped = f'{{"\\u{ord(key[0]):04x}{key[1:]}":'.encode()
        for variant, first in (
            ("another value", orjson.dumps({key: None})[:-1]),
            ("equal values", orjson.dumps({key: value})[:-1]),
            ("escaped", escaped + orjson.dumps(value)),
        ):
            text = planted(event, path, first + b"," + whole[1:])
            yield spoiled(
                *(event, "duplicate key", f"{variant} {pointer_of(*path)}", "duplicate_key"),
                pointer_of(*path, key),
                value=text,
            )


def unknown_fields(event: Event) -> Iterator[Spoiled]:
    """A field that no model has, in every object."""
    for path, found in objects(event):
        for variant, name in _STRAYS.items():
            text = planted(event, path, orjson.dumps({**found, name: 1}))
            where = pointer_of(*path, name)
            yield _invalid(event, "unknown field", f"{variant} {where}", where, text)
        text = planted(event, path, orjson.dumps({**found, _HUGE_KEY: 1}))
        where = pointer_of(*path)
        yield _invalid(event, "unknown field", f"huge in {where}", where, text)


def missing_fields(event: Event) -> Iterator[Spoiled]:
    """Every required field left out once."""
    for place in places(event):
        *path, name = place.path
        if place.required and isinstance(name, str):
            whole = dict(objects(event))[tuple(path)]
            rest = {key: value for key, value in whole.items() if key != name}
            text = planted(event, tuple(path), orjson.dumps(rest))
            yield _invalid(event, "missing field", place.pointer, place.pointer, text)


def wrong_types(event: Event) -> Iterator[Spoiled]:
    """Every value once as an object or number that it is not, and as null where it must not be."""
    for place in places(event):
        part = isinstance(place.value, dict | list) or is_part(place.kind)
        raw = b"7.5" if part else b'{"khong":"dung"}'
        yield _at(event, "wrong type", place, raw, "payload_invalid")
        if not place.nullable:
            yield _at(event, "wrong type", place, b"null", "payload_invalid")
        if isinstance(place.value, str):
            yield _at(event, "wrong type", place, b"12", "payload_invalid")
        if isinstance(place.value, bool | int):
            yield _at(event, "wrong type", place, b'"1"', "payload_invalid")


def numbers_out_of_range(event: Event) -> Iterator[Spoiled]:
    """Integers that are too small, too large, or huge."""
    for place in places(event):
        if type(place.value) is int:
            for raw in (b"-1", b"0", b"1234567890123", b"9" * 30, b"-" + b"9" * 300):
                yield _at(event, "out of range", place, raw, "payload_invalid")


def times_without_zone(event: Event) -> Iterator[Spoiled]:
    """A moment that nobody can place, and texts that are none."""
    for place in places(event):
        if isinstance(place.value, str) and _MOMENT.fullmatch(place.value):
            local = str(place.value)[:19]
            for text in (local, "hôm qua", "2023-02-30T08:00:00+07:00", ""):
                yield _at(event, "no time", place, orjson.dumps(text), "payload_invalid")


def impossible_ids(event: Event) -> Iterator[Spoiled]:
    """Personal IDs of provinces that are none, of people not yet born, of another form."""
    for place in places(event):
        if isinstance(place.value, str) and _IDENTIFIER.fullmatch(place.value):
            for text in _IMPOSSIBLE_IDS.values():
                yield _at(event, "impossible ID", place, orjson.dumps(text), "payload_invalid")


def contradictions(event: Event) -> Iterator[Spoiled]:
    """Of a submission, personal IDs of the other sex than that of the person."""
    for place in places(event):
        one, *field = place.path
        if event.name == "case.submitted" and one in _OF_KNOWN_SEX and field == ["personal_id"]:
            text = f"{place.value[:3]}{int(place.value[3]) ^ 1}{place.value[4:]}"
            yield _at(event, "contradiction", place, orjson.dumps(text), "payload_invalid")


def _leaves(event: Event) -> Iterator[Place]:
    return (place for place in places(event) if not isinstance(place.value, dict | list))


def _at(event: Event, kind: str, place: Place, raw: bytes, reason: str) -> Spoiled:
    variant = f"{_brief(raw)} at {place.pointer}"
    text = planted(event, place.path, raw)
    return spoiled(event, kind, variant, reason, place.pointer, value=text)


def _invalid(event: Event, kind: str, variant: str, pointer: str, text: bytes) -> Spoiled:
    return spoiled(event, kind, variant, "payload_invalid", pointer, value=text)


def _brief(raw: bytes) -> Any:
    return raw[:24].decode(errors="backslashreplace")
