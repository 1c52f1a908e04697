"""What the reference model says of a case: its events, its dossiers, its ends."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from hub.ledger.calendar import VN

_EVENTS = uuid5(NAMESPACE_URL, "urn:lienthong:events").bytes


def derived_id(cause: str, kind: str, ordinal: int = 0) -> str:
    """The id of whatever a system makes from a cause: a UUID version 5 of the three."""
    name = f"{cause}|{kind}|{ordinal}".encode()
    return str(UUID(bytes=hashlib.sha1(_EVENTS + name).digest()[:16], version=5))


class Submission(NamedTuple):
    """One line of the submissions file."""

    case: str
    id: str
    time: datetime
    payload: Mapping[str, Any]

    @classmethod
    def parse(cls, line: Mapping[str, Any]) -> "Submission":
        """The submission in a line's JSON."""
        time = datetime.fromisoformat(line["time"]).astimezone(VN)
        return cls(line["case"], line["id"], time, line["payload"])


class Trigger(NamedTuple):
    """An input of a system: what it makes takes its id, time and causation from here."""

    id: str
    time: datetime
    causation: str


class Said(NamedTuple):
    """An event that the hub must have accepted, once."""

    name: str
    system: str
    time: datetime
    ids: tuple[str, ...]
    """One id, or several where it depends on which of two inputs a system took last."""
    causations: tuple[str | None, ...]

    @property
    def trigger(self) -> Trigger:
        """The event as an input of those who receive it."""
        return Trigger(self.ids[0], self.time, self.ids[0])


class Decided(NamedTuple):
    """A dossier of an agency: one request and its outcome."""

    step: str
    request: Trigger
    time: datetime
    result: str
    reason: str | None
    outcome: Trigger
    """The outcome as an input of the agency's connector."""


class End(NamedTuple):
    """How one service of a case ended; `event` closed it."""

    done: bool
    reason: str | None
    event: Said

    @property
    def time(self) -> datetime:
        """When."""
        return self.event.time


@dataclass(slots=True)
class Course:
    """The whole course of one case."""

    submission: Submission
    services: tuple[str, ...]
    due: datetime | None = None
    events: list[Said] = field(default_factory=list)
    dossiers: dict[str, Decided] = field(default_factory=dict)
    """By step: `civil-status/enter`."""
    ends: dict[str, End] = field(default_factory=dict)
    """By service."""
    status: str = ""
    reason: str | None = None
    ended: datetime | None = None
    _made: Counter[tuple[str, str]] = field(default_factory=Counter)

    @property
    def case(self) -> str:
        """The case code."""
        return self.submission.case

    def say(self, system: str, name: str, *causes: Trigger, time: datetime | None = None) -> Said:
        """Add an event that a system makes of one of these inputs, at that input's time.

        What a system makes of one input is counted in the order in which it is added.
        """
        ids = []
        for cause in causes:
            made = system, cause.id
            ids.append(derived_id(cause.id, name, self._made[made]))
            self._made[made] += 1
        causations = tuple(cause.causation for cause in causes)
        event = Said(name, system, time or causes[0].time, tuple(ids), causations)
        self.events.append(event)
        return event

    def decide(
        self, step: str, request: Trigger, time: datetime, result: str, reason: str | None
    ) -> Decided:
        """Add a dossier."""
        kind = f"outcome/{step.partition('/')[2]}/{result}"
        outcome = Trigger(derived_id(self.case, kind, 1), time, request.causation)
        dossier = Decided(step, request, time, result, reason, outcome)
        self.dossiers[step] = dossier
        return dossier
