"""Personal IDs of people who can't exist yet: their year of birth lies behind the event's.

The form of an ID is its field's pattern. Whether its year is possible depends on the day.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from hub.router.rejected import pointer
from hub.router.shapes import Shape
from schemas.fields import PersonalIdText

_PATTERN = get_args(PersonalIdText)[1].pattern

Search = Callable[[Shape, bytes], str | None]
"""From a validated payload and its `ce_time` to the pointer of an impossible personal ID."""


def impossible_ids(model: type[BaseModel]) -> Search | None:
    """A search for one of these models, None if it holds no personal ID."""
    getters = [(path, _getter(path)) for path in _paths(model, ())]
    if not getters:
        return None

    def search(payload: Shape, time: bytes) -> str | None:
        known = _century_and_year(time[:4])
        for path, get in getters:
            text = get(payload)
            if text is not None and text[3:6] not in known:
                return pointer(*path)
        return None

    return search


def _getter(path: tuple[str, ...]) -> Callable[[Shape], str | None]:
    """Reads one ID; None where the event names no such person."""
    first, *rest = path
    if not rest:
        return itemgetter(first)
    inner = _getter((*rest,))
    return lambda payload: None if (part := payload[first]) is None else inner(part)


@lru_cache(maxsize=64)
def _century_and_year(year: bytes) -> frozenset[str]:
    """Digits 4 to 6 of the IDs of all who are born by the end of the year after (in UTC it may
    still be the old year): century and sex, then the last two digits of the year."""
    last = int(year) + 1
    return frozenset(
        f"{(born - 1900) // 100 * 2 + sex}{born % 100:02}"
        for born in range(1900, min(last, 2399) + 1)
        for sex in (0, 1)
    )


def _paths(model: type[BaseModel], path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for name, field in model.model_fields.items():
        kind = _plain(field.annotation)
        if any(getattr(part, "pattern", None) == _PATTERN for part in field.metadata):
            yield (*path, name)
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from _paths(kind, (*path, name))
        elif get_origin(kind) is not None and any(
            getattr(part, "pattern", None) == _PATTERN for part in get_args(kind)
        ):
            yield (*path, name)


def _plain(kind: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        return next(part for part in get_args(kind) if part is not NoneType)
    return kind
