"""The strict reading of a payload: JSON in which two readers can't see two values.

Only what already looks wrong comes here, so that it may take its time: bytes that failed their
validation, have escapes, or more quotation marks than the validated payload accounts for.
"""

import json
import math
from collections.abc import Callable, Iterator
from typing import Any

import orjson

from hub.router.rejected import Rejected, pointer

_NO_NUMBER = object()
_LARGEST = 308
"""Digits of an integer that a double can hold."""


class _Pairs(list[tuple[str, Any]]):
    """An object with all its keys, also those that stand twice."""


def strict_json(value: bytes) -> None:
    """Pass if the bytes are JSON in which no object repeats a key and every number is finite.

    Raises:
        Rejected: `payload_not_json` or `duplicate_key`, with the place where it can be told.
    """
    try:
        orjson.loads(value)  # takes no NaN, no infinite number, no lone surrogate: json does
    except ValueError as error:
        raise no_json(value, str(error)) from None
    try:
        json.loads(value, object_pairs_hook=_unique, parse_int=len)
    except _KeyTwice as twice:
        place = _place(value, _repeated_key)
        raise Rejected("duplicate_key", place, f"key {twice.key[:80]!r} stands twice") from None
    except (ValueError, RecursionError) as error:
        raise no_json(value, str(error)) from None


def no_json(value: bytes, detail: str) -> Rejected:
    """`payload_not_json`, with the place of a value that a lenient reader would have taken."""
    return Rejected("payload_not_json", _place(value, _no_json), detail)


class _KeyTwice(Exception):
    def __init__(self, key: str) -> None:
        self.key = key


def _unique(pairs: list[tuple[str, Any]]) -> None:
    found = set()
    for key, _ in pairs:
        if key in found:
            raise _KeyTwice(key)
        found.add(key)


def _place(value: bytes, search: Callable[[Any, tuple[Any, ...]], Iterator[str]]) -> str:
    """The first place that a search finds, in the order of the text; empty where it finds none."""
    try:
        tree = json.loads(
            value.decode(),
            object_pairs_hook=_Pairs,
            parse_constant=lambda name: _NO_NUMBER,
            parse_float=lambda text: text if math.isfinite(float(text)) else _NO_NUMBER,
            parse_int=lambda text: None if len(text) <= _LARGEST else _NO_NUMBER,
        )
        return next(search(tree, ()), "")
    except (ValueError, RecursionError):
        return ""


def _repeated_key(tree: Any, path: tuple[Any, ...]) -> Iterator[str]:
    found = set()
    for key, inner in _parts(tree):
        if isinstance(tree, _Pairs):
            if key in found:
                yield pointer(*path, key)
            found.add(key)
        yield from _repeated_key(inner, (*path, key))


def _no_json(tree: Any, path: tuple[Any, ...]) -> Iterator[str]:
    if tree is _NO_NUMBER or (isinstance(tree, str) and _halved(tree)):
        yield pointer(*path)
    for key, inner in _parts(tree):
        if isinstance(key, str) and _halved(key):
            yield pointer(*path)
        yield from _no_json(inner, (*path, key))


def _parts(tree: Any) -> Iterator[tuple[Any, Any]]:
    if isinstance(tree, _Pairs):
        return iter(tree)
    return enumerate(tree) if isinstance(tree, list) else iter(())


def _halved(text: str) -> bool:
    """Whether it holds a surrogate without its other half."""
    return any("\ud800" <= character <= "\udfff" for character in text)
