"""Texts in both languages that stand in tables: every value of a module, looked through."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any, NamedTuple

import connectors
import hub
import schemas
import simulators

DEEP = 8
A_COLUMN = "don_vi"
"""The end of `ma_don_vi`, the code of a unit in agencies' tables: that `vi` is no language."""


class Twins(NamedTuple):
    """A text and its twin, one of which may be missing."""

    place: str
    """`schemas.reasons.REFUSALS['withdrawn'].remedy`."""
    vi: str | None
    en: str | None


def modules(*packages: ModuleType) -> Iterator[ModuleType]:
    """Every module of the packages; by default of the whole project."""
    for package in packages or (schemas, connectors, hub, simulators):
        for found in walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__"):
                yield import_module(found.name)


def twins_in(module: ModuleType) -> Iterator[Twins]:
    """Every text of the module's values that has a field for each language.

    A value that several modules have is looked at in each.
    """
    seen: set[int] = set()
    for name, value in vars(module).items():
        if not name.startswith("__"):
            yield from twins_of(value, f"{module.__name__}.{name}", seen)


def twins_of(value: Any, place: str, seen: set[int], deep: int = 0) -> Iterator[Twins]:
    """Every text in a value, to the depth to which tables go."""
    if deep > DEEP or id(value) in seen or isinstance(value, str | bytes):
        return
    seen.add(id(value))
    named = _named(value)
    yield from _beside(named, place)
    items = named.items() if named else enumerate(value) if _many(value) else ()
    for name, part in items:
        yield from twins_of(part, f"{place}[{name!r}]", seen, deep + 1)


def _named(value: Any) -> Mapping[Any, Any]:
    """The named parts of a value; nothing where they have no names."""
    if isinstance(value, Mapping):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name, None) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        asdict: Mapping[Any, Any] = value._asdict()
        return asdict
    return {}


def _many(value: Any) -> bool:
    return isinstance(value, Sequence | frozenset | set)


def _beside(parts: Mapping[Any, Any], place: str) -> Iterator[Twins]:
    """Of fields `vi` and `en`, or `title_vi` and `title_en`; one may be missing."""
    heads = {
        name[:-2]
        for name in parts
        if isinstance(name, str)
        and (name in ("vi", "en") or name.endswith(("_vi", "_en")))
        and not name.endswith(A_COLUMN)
    }
    for head in sorted(heads):
        vi, en = (parts.get(f"{head}{language}") for language in ("vi", "en"))
        if all(isinstance(half, str | None) for half in (vi, en)):
            yield Twins(f"{place}.{head}".rstrip("._"), vi, en)
