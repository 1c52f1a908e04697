"""All kinds of bad input in one table."""

from collections.abc import Callable, Iterator, Mapping

from schemas.event import Event
from simulators.bad_input import attributes, texts, values
from simulators.bad_input.spoiled import Spoiled

Kind = Callable[[Event], Iterator[Spoiled]]
"""From a good event to all variants of one kind of bad input that can be made of it."""

KINDS: Mapping[str, Kind] = {
    "not JSON": texts.not_json,
    "bad UTF-8": texts.bad_encoding,
    "too deep": texts.too_deep,
    "no payload": texts.no_payload,
    "too large": texts.too_large,
    "no object": texts.no_object,
    "no number": values.no_numbers,
    "lone surrogate": values.lone_surrogates,
    "duplicate key": values.repeated_keys,
    "unknown field": values.unknown_fields,
    "missing field": values.missing_fields,
    "wrong type": values.wrong_types,
    "out of range": values.numbers_out_of_range,
    "no time": values.times_without_zone,
    "impossible ID": values.impossible_ids,
    "contradiction": values.contradictions,
    "missing header": attributes.missing_headers,
    "wrong header": attributes.wrong_headers,
    "repeated header": attributes.repeated_headers,
    "forged requeue": attributes.forged_requeue,
    "foreign source": attributes.foreign_source,
    "unknown type": attributes.unknown_type,
    "not allowed": attributes.not_allowed,
}
"""By name. What a reused id and a repetition are follows from the good event beside them: see
`simulators.bad_input.mixing`."""


def corpus(event: Event) -> Iterator[Spoiled]:
    """Every bad input that can be made of a good event."""
    for kind in KINDS.values():
        yield from kind(event)
