"""How many quotation marks a payload must have: the quick way to see that no key stands twice.

A JSON text without escapes has two quotation marks for each key and each string value, so a key
that stands twice makes more of them than the validated payload can account for. Counting costs a
tenth of writing the payload again and comparing.
"""

from collections.abc import Callable
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from schemas.payloads import shapes_of, tag_of

Counter = Callable[[Any], int]
"""From a validated value to its quotation marks."""


def quotes_of(model: type[BaseModel]) -> Counter:
    """A function that counts the quotation marks of the JSON text of one of these models."""
    counted = _union(model) if issubclass(model, RootModel) else _model(model)
    return counted if callable(counted) else lambda value: counted


def _union(model: type[RootModel[Any]]) -> Counter:
    """Of a union, the model that the discriminator names counts."""
    tag = str(tag_of(model))
    counters = {value: quotes_of(shape) for value, shape in shapes_of(model).items()}
    return lambda value: counters[value[tag]](value)


def _model(model: type[BaseModel]) -> int | Counter:
    fixed = 0
    varying: list[tuple[str, Counter]] = []
    absent: list[tuple[str, int | Counter]] = []
    for name, field in model.model_fields.items():
        counted = _quotes(field.annotation)
        if not field.is_required():
            absent.append((name, counted))
        elif callable(counted):
            fixed += 2
            varying.append((name, counted))
        else:
            fixed += 2 + counted
    if not varying and not absent:
        return fixed

    def count(value: Any) -> int:
        total = fixed
        for name, counter in varying:
            total += counter(value[name])
        for name, counted in absent:
            if name in value:
                total += 2 + (counted(value[name]) if callable(counted) else counted)
        return total

    return count


def _quotes(kind: Any) -> int | Counter:
    """The quotation marks of a value of this annotation: always so many, or a way to count."""
    origin, args = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _quotes(args[0])
    if origin is Literal:
        return 2 if all(isinstance(choice, str) for choice in args) else 0
    if origin in (Union, UnionType):
        return _optional(_quotes(next(arg for arg in args if arg is not NoneType)))
    if origin is tuple:
        return _each(_quotes(args[0]))
    if issubclass(kind, BaseModel):
        return _model(kind)
    return 2 if issubclass(kind, str) else 0


def _optional(counted: int | Counter) -> Counter:
    if isinstance(counted, int):
        return lambda value: 0 if value is None else counted
    return lambda value: 0 if value is None else counted(value)


def _each(counted: int | Counter) -> Counter:
    if isinstance(counted, int):
        return lambda values: counted * len(values)
    return lambda values: sum(map(counted, values))
