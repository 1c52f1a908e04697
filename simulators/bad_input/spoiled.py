"""One bad input: a record for some `lt.in`, and what the hub must say of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.bindings import to_kafka
from schemas.event import Event

Headers = Sequence[tuple[str, bytes | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiled:
    """A record made of a good event. `system` is the one on whose `lt.in` it is written."""

    kind: str
    variant: str
    system: str
    key: bytes | None
    value: bytes | None
    headers: Headers
    reason: str
    """The expected code of `schemas.reasons.REJECTIONS`; empty: it is absorbed, not refused."""
    pointer: str
    """The expected JSON pointer into the payload, or the name of the header."""


def spoiled(
    event: Event,
    kind: str,
    variant: str,
    reason: str,
    pointer: str = "",
    *,
    value: bytes | None = None,
    null: bool = False,
    headers: Headers | None = None,
    system: str | None = None,
) -> Spoiled:
    """A bad input of an event with another payload (`null`: none), other headers or sender."""
    return Spoiled(
        kind=kind,
        variant=variant,
        system=system or event.system,
        key=event.key.encode(),
        value=None if null else event.payload if value is None else value,
        headers=to_kafka(event) if headers is None else headers,
        reason=reason,
        pointer=pointer,
    )
