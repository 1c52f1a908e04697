"""The story of one case: what happened to it in every system, in order, and what it waits for."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An event that the hub took from `system` and delivered to `to`."""

    at: str
    system: str
    event: str
    to: Sequence[str]
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """Where one of the asked services stands; `status` is 1-10 of the national portal."""

    service: str
    state: str
    status: int
    asked: str | None
    """When its agency was asked; None before that."""
    due: str | None
    since: str
    reason: str | None
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What a service waits for, and until when."""

    service: str
    reason: str
    until: str
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A request that lies with an agency, which will decide at `ready`."""

    system: str
    step: str
    received: str
    ready: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that an officer of `system` has to look at."""

    at: str | None
    system: str
    reason: str
    detail: str
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All of it. Times are RFC 3339 texts of the run's own time."""

    case: str
    chain: str
    status: str | None
    """None until dvclt has the case."""
    text_vi: str
    text_en: str
    child: Mapping[str, Any] | None
    """Of a birth: name, sex and moment of birth."""
    deceased: Mapping[str, Any] | None
    """Of a death: name, sex, day of birth and moment of death."""
    resident: Mapping[str, Any] | None
    """Of a stay: name, sex and day of birth."""
    requester: str | None
    place: str | None
    places: Mapping[str, Mapping[str, str]]
    """`province` and `commune` of each place that the case names beside its own."""
    submitted: str | None
    due: str | None
    ended: str | None
    services: Sequence[Service]
    results: Mapping[str, Any]
    steps: Sequence[Step]
    waiting: Sequence[Waiting]
    pending: Sequence[Pending]
    troubles: Sequence[Trouble]

    def to_json(self) -> dict[str, Any]:
        """The story as JSON values."""
        return asdict(self)
