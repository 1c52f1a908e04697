"""Every place in an event's payload, with what its model says of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import orjson
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas.catalogue import CATALOGUE
from schemas.event import Event
from schemas.payloads import shape_of

_MARK = "~place~"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A value somewhere in a payload."""

    path: tuple[str | int, ...]
    value: Any
    kind: Any
    """What the model wants there, without `None` and `Annotated`."""
    nullable: bool
    required: bool
    metadata: tuple[Any, ...] = ()
    """The constraints of the field."""

    @property
    def pointer(self) -> str:
        """RFC 6901."""
        return pointer_of(*self.path)


def pointer_of(*path: str | int) -> str:
    """The JSON pointer of a path (RFC 6901, section 3)."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)


def places(event: Event) -> Iterator[Place]:
    """Every field of the payload and of its parts, in the order of the model."""
    return _fields((), shape_of(CATALOGUE[event.name].model, event.data()), event.data())


def objects(event: Event) -> Iterator[tuple[tuple[str | int, ...], dict[str, Any]]]:
    """Every JSON object of the payload with its path, the whole one first."""
    yield (), event.data()
    for place in places(event):
        if isinstance(place.value, dict):
            yield place.path, place.value


def planted(event: Event, path: tuple[str | int, ...], raw: bytes) -> bytes:
    """The payload with these bytes in place of one value."""
    data = event.data()
    if not path:
        return raw
    at = data
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = _MARK
    return orjson.dumps(data).replace(orjson.dumps(_MARK), raw)


def is_part(kind: Any) -> bool:
    """Whether the model wants an object or a list."""
    return get_origin(kind) is tuple or (isinstance(kind, type) and issubclass(kind, BaseModel))


def _fields(path: tuple[str | int, ...], model: type[BaseModel], data: Any) -> Iterator[Place]:
    for name, field in model.model_fields.items():
        if name in data:
            yield from _place((*path, name), field.annotation, data[name], field)


def _place(
    path: tuple[str | int, ...], annotation: Any, value: Any, field: FieldInfo | None
) -> Iterator[Place]:
    kind, nullable, metadata = _plain(annotation)
    yield Place(
        path=path,
        value=value,
        kind=kind,
        nullable=nullable,
        required=field is None or field.is_required(),
        metadata=(*metadata, *(() if field is None else field.metadata)),
    )
    if value is None:
        return
    if get_origin(kind) is tuple:
        for index, item in enumerate(value):
            yield from _place((*path, index), get_args(kind)[0], item, None)
    elif isinstance(kind, type) and issubclass(kind, BaseModel):
        yield from _fields(path, kind, value)


def _plain(annotation: Any) -> tuple[Any, bool, tuple[Any, ...]]:
    if get_origin(annotation) is Annotated:
        kind, nullable, metadata = _plain(get_args(annotation)[0])
        return kind, nullable, (*metadata, *get_args(annotation)[1:])
    if get_origin(annotation) in (Union, UnionType):
        kinds = [part for part in get_args(annotation) if part is not NoneType]
        kind, _, metadata = _plain(kinds[0])
        return kind, len(kinds) < len(get_args(annotation)), metadata
    return annotation, False, ()
