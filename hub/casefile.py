"""What an officer sees of one case; `hub.casework` reads it from a run."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One asked service: its status on the national portal, and its state in the chain."""

    service: str
    status: int
    """1 to 10, told by `status_vi` and `status_en`."""
    status_vi: str
    status_en: str
    state: str
    state_vi: str
    state_en: str
    since: str
    due: str | None
    """When it has to be decided; a wait for a supplement puts it off."""
    reason: str | None
    """Why it was refused: a code of `schemas.reasons.REFUSALS`."""
    overdue: bool
    """It counts as overdue whenever it ends: a supplement was asked for a second time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """What an open service waits for, and until when."""

    service: str
    reason: str
    text_vi: str
    text_en: str
    until: str
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked:
    """An event that dvclt keeps for an officer."""

    name: str
    title_vi: str
    title_en: str
    source: str
    id: str
    time: str
    reason: str
    text_vi: str
    text_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What an officer did to the case by hand."""

    at: str
    action: str
    text_vi: str
    text_en: str
    service: str | None
    by: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manual:
    """An item in the manual queue of one system."""

    system: str
    reason: str
    text_vi: str
    text_en: str
    detail: str
    input: str
    """The input that put it there: an event as `source:id`, or an outcome or timer."""
    at: str
    service: str | None
    """The service that it is about, where it is about one."""
    open: bool
    """An officer still has to look at it; not, once one has acted or what was missing came."""
    settled: Action | None
    """What an officer did about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A case as it stands. Times are RFC 3339 texts of the run's own time."""

    case: str
    chain: str | None
    """None, like `status` and the dates, where dvclt has no such case yet."""
    procedure: str | None
    province: str | None
    commune: str | None
    places: Mapping[str, Mapping[str, str]]
    """`province` and `commune` of each place that the case names beside its own, by its field."""
    status: str | None
    status_vi: str
    status_en: str
    reason: str | None
    submitted: str | None
    due: str | None
    ended: str | None
    dossier: str | None
    """The one-stop's own code."""
    services: Sequence[Service]
    waiting: Sequence[Wait]
    parked: Sequence[Parked]
    manual: Sequence[Manual]
    actions: Sequence[Action]
    apology: Mapping[str, Any] | None
    """Where one was given: the late `service`, its `agency` and the `due` promised before."""
    results: Mapping[str, Any]

    @property
    def needs_officer(self) -> bool:
        """Whether something of it still waits in a manual queue."""
        return any(item.open for item in self.manual)

    def to_json(self) -> dict[str, Any]:
        """The case as JSON values."""
        return asdict(self)
