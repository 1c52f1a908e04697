"""What the reference model says of a case: its events, its dossiers, its ends."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from hub.ledger.calendar import VN

_EVENTS = uuid5(NAMESPACE_URL, "urn:lienthong:events").bytes


def derived_id(cause: str, kind: str, ordinal: int = 0) -> str:
    """The id of whatever a system makes from a cause: a UUID version 5 of the three."""
    name = f"{cause}|{kind}|{ordinal}".encode()
    return str(UUID(bytes=hashlib.sha1(_EVENTS + name).digest()[:16], version=5))


class Withdrawal(NamedTuple):
    """The citizen's wish to withdraw; `payload` None where nobody wrote it down."""

    id: str
    time: datetime
    payload: Mapping[str, Any] | None


class Notice(NamedTuple):
    """The notice that a health facility made out before a case was filed."""

    id: str
    time: datetime


class Submission(NamedTuple):
    """One line of the submissions file."""

    case: str
    id: str
    time: datetime
    payload: Mapping[str, Any]
    withdrawal: Withdrawal | None = None
    notice: Notice | None = None
    """None where no facility takes part."""

    @classmethod
    def parse(cls, line: Mapping[str, Any]) -> "Submission":
        """The submission in a line's JSON."""
        time = datetime.fromisoformat(line["time"]).astimezone(VN)
        wish = line.get("withdrawal")
        if wish is not None:
            then = datetime.fromisoformat(wish["time"]).astimezone(VN)
            wish = Withdrawal(wish["id"], then, wish["payload"])
        notice = line.get("notice")
        if notice is not None:
            then = datetime.fromisoformat(notice["time"]).astimezone(VN)
            notice = Notice(notice["id"], then)
        return cls(line["case"], line["id"], time, line["payload"], wish, notice)


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
    told: Mapping[str, Any]
    """What it says that the case's submission and codes don't: `service`, `due`, `missing`, …"""

    @property
    def trigger(self) -> Trigger:
        """The event as an input of those who receive it."""
        return Trigger(self.ids[0], self.time, self.ids[0])


class Decided(NamedTuple):
    """A dossier of an agency: one request and its outcome."""

    step: str
    attempt: int
    request: Trigger
    time: datetime
    result: str
    reason: str | None
    missing: tuple[str, ...]
    due: datetime | None
    """Until when the request wanted an answer."""
    outcome: Trigger
    """The outcome as an input of the agency's connector."""

    @property
    def system(self) -> str:
        """The agency."""
        return self.step.partition("/")[0]


Kind = Literal["done", "refused", "expired", "withdrawn", "uncollected"]


class End(NamedTuple):
    """How one service of a case ended; `trigger` closed it, an event or a timer."""

    kind: Kind
    reason: str | None
    trigger: Trigger

    @property
    def done(self) -> bool:
        """Whether the citizen got it."""
        return self.kind == "done"

    @property
    def time(self) -> datetime:
        """When."""
        return self.trigger.time


class Question(NamedTuple):
    """A supplement that the citizen was asked for."""

    number: int
    due: datetime
    asked: datetime
    answered: datetime | None


class Letter(NamedTuple):
    """The letter of apology: who is late, since when, and until when the citizen is put off."""

    service: str
    due: datetime
    new: datetime
    uncertain: bool
    """Whether somebody may have ended, when it was given, without its news having come."""


@dataclass(slots=True)
class Course:
    """The whole course of one case."""

    submission: Submission
    services: tuple[str, ...]
    dues: dict[str, datetime] = field(default_factory=dict)
    """By service; empty for a case that was refused at intake."""
    events: list[Said] = field(default_factory=list)
    files: list[Decided] = field(default_factory=list)
    """Every dossier."""
    questions: dict[str, Question] = field(default_factory=dict)
    """The last one about a service."""
    ends: dict[str, End] = field(default_factory=dict)
    """By service; a service that never began because of stage 1 has none."""
    dated: set[tuple[str, datetime]] = field(default_factory=set)
    """Every date that a service ever had."""
    former_provinces: bool = False
    """Whether personal IDs go on with the codes of provinces that were merged."""
    successors: Mapping[str, str] = field(default_factory=dict)
    """The run's own rows on which commune of today succeeds an old one."""
    unmapped: list[Trigger] = field(default_factory=list)
    """What dvclt would have asked an agency for then, if any table said which one."""
    late: list[tuple[datetime, int, str]] = field(default_factory=list)
    """Services that were late: the date, the service's place in the chain and its name."""
    letter: Letter | None = None
    status: str = ""
    reason: str | None = None
    ended: datetime | None = None
    _made: Counter[tuple[str, Trigger]] = field(default_factory=Counter)

    @property
    def case(self) -> str:
        """The case code."""
        return self.submission.case

    @property
    def due(self) -> datetime | None:
        """When the last of its services is due, or a letter of apology has put it off to."""
        promised = [] if self.letter is None else [self.letter.new]
        return max([*self.dues.values(), *promised], default=None)

    def withdrawn_before(self, time: datetime) -> bool:
        """Whether the citizen had withdrawn by then."""
        wish = self.submission.withdrawal
        return wish is not None and wish.time < time

    @property
    def dossiers(self) -> dict[str, Decided]:
        """The last dossier of each step: `civil-status/enter`."""
        return {one.step: one for one in self.files}

    def hear(self, name: str, identity: str, time: datetime, system: str = "portal") -> None:
        """Add what comes from outside, of which nothing was the cause: what the citizen said
        through the portal, or another system by itself."""
        self.events.append(Said(name, system, time, (identity,), (None,), {}))

    def say(
        self,
        system: str,
        name: str,
        *causes: Trigger,
        time: datetime | None = None,
        **told: Any,
    ) -> Said:
        """Add an event that a system makes of one of these inputs, at that input's time.

        What a system makes of one input is counted in the order in which it is added. Inputs from
        two agencies can have one id: it derives from case, step and attempt.
        """
        ids = []
        for cause in causes:
            made = system, cause
            ids.append(derived_id(cause.id, name, self._made[made]))
            self._made[made] += 1
        causations = tuple(cause.causation for cause in causes)
        event = Said(name, system, time or causes[0].time, tuple(ids), causations, told)
        self.events.append(event)
        return event

    def decide(
        self,
        step: str,
        attempt: int,
        request: Trigger,
        time: datetime,
        result: str,
        *,
        reason: str | None = None,
        missing: tuple[str, ...] = (),
        due: datetime | None = None,
    ) -> Decided:
        """Add a dossier."""
        kind = f"outcome/{step.partition('/')[2]}/{result}"
        outcome = Trigger(derived_id(request.causation, kind, attempt), time, request.causation)
        dossier = Decided(step, attempt, request, time, result, reason, missing, due, outcome)
        self.files.append(dossier)
        return dossier

    def let_go(self, service: str, asked: datetime, until: datetime | None) -> None:
        """Its agency had a service from when it was asked `until` then, or for ever: note whether
        it was late."""
        due = self.dues[service]
        if asked <= due and (until is None or until > due):
            self.late.append((due, self.services.index(service), service))

    def timer(self, name: str, due: datetime) -> Trigger:
        """A timer of a system, as the input that it is when it fires."""
        identity = derived_id(self.case, f"timer/{name}/{due.isoformat()}")
        return Trigger(identity, due, identity)
