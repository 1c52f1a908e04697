"""Routes: the rights table and the catalogue, prepared once so that the loop only looks up."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from hub.router.quotes import Counter, quotes_of
from hub.router.shapes import Validators
from schemas.catalogue import CATALOGUE
from schemas.event import source_of
from schemas.payloads import tag_of
from schemas.systems import NAMED, RIGHTS, SYSTEMS, Fields, Right, without_others
from schemas.topics import Topics

Cutter = Callable[[dict[str, Any]], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Receivers that may see the same part of a payload, and how that part is made."""

    receivers: tuple[str, ...]
    topics: tuple[str, ...]
    cutter: Cutter


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where one type goes. `senders` are the sources allowed to publish it, as header bytes."""

    name: str
    senders: frozenset[bytes]
    validators: Validators
    quotes: Counter
    """How many quotation marks a payload has in which no key stands twice."""
    whole: tuple[str, ...]
    whole_topics: tuple[str, ...]
    cuts: tuple[Cut, ...]
    tag: str | None
    """See `schemas.payloads.tag_of`."""
    named_by: str | None
    """The field that names one of `NAMED`."""
    named: Mapping[str, "Route"]
    """By its value the route that it leads to."""


def routes(topics: Topics) -> dict[bytes, Route]:
    """The route of every type that a system may publish, by its `ce_type` header."""
    return {
        CATALOGUE[name].full.encode(): _route(name, right, right.receivers, topics)
        for name, right in RIGHTS.items()
    }


def sources(topics: Topics) -> dict[str, tuple[str, bytes]]:
    """System and expected `ce_source` of every `lt.in` topic: the topic is the identity."""
    return {topics.inbox(name): (name, source_of(name).encode()) for name in SYSTEMS}


def _route(
    name: str,
    right: Right,
    receivers: Mapping[str, Fields],
    topics: Topics,
    *,
    chosen: bool = False,
) -> Route:
    model = CATALOGUE[name].model
    named_by = None if chosen else right.named_by
    whole = tuple(system for system, fields in receivers.items() if fields is None)
    return Route(
        name=name,
        senders=frozenset(source_of(system).encode() for system in right.publishers),
        validators=Validators(model),
        quotes=quotes_of(model),
        whole=whole,
        whole_topics=tuple(topics.outbox(system) for system in whole),
        cuts=_cuts(receivers, topics),
        tag=tag_of(model),
        named_by=named_by,
        named={
            system: _route(name, right, without_others(receivers, system), topics, chosen=True)
            for system in NAMED
            if named_by is not None
        },
    )


def _cuts(receivers: Mapping[str, Fields], topics: Topics) -> tuple[Cut, ...]:
    by_fields: dict[tuple[str, ...], list[str]] = {}
    for system, fields in receivers.items():
        if fields is not None:
            by_fields.setdefault(fields, []).append(system)
    return tuple(
        Cut(
            receivers=tuple(systems),
            topics=tuple(topics.outbox(system) for system in systems),
            cutter=cutter(fields),
        )
        for fields, systems in by_fields.items()
    )


def cutter(fields: Sequence[str]) -> Cutter:
    """A function from a decoded payload to the bytes of only these fields.

    `child.personal_id` keeps that one field of the part `child`. A field that the payload lacks
    is left out.
    """
    plain = tuple(field for field in fields if "." not in field)
    nested: dict[str, tuple[str, ...]] = {}
    for field in fields:
        part, dot, inner = field.partition(".")
        if dot:
            nested[part] = (*nested.get(part, ()), inner)

    def cut(data: dict[str, Any]) -> bytes:
        kept = {field: data[field] for field in plain if field in data}
        for part, inner in nested.items():
            if isinstance(value := data.get(part), dict):
                kept[part] = {field: value[field] for field in inner if field in value}
        return orjson.dumps(kept)

    return cut
