"""What a system decides: the values that go into a pure handler and come out of it.

A handler is `(state, input) → Decision`. It makes no call, reads no clock and draws nothing at
random: its time is `input.time`, the ids of what it emits derive from the input's id. So the same
input on the same state is the same decision, before and after a crash.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from schemas.event import Event, derived_id

State = dict[str, Any]
"""What a system remembers of one subject: JSON values only; `{}` for a new one."""

FAILED: Final = "failed"
"""The result of a request that an agency took, and could not decide when its time had come."""


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What an agency decided of one request, in that agency's own record format."""

    subject: str
    step: str
    attempt: int
    time: datetime
    """When the agency decided: request time + service time, on the run's clock."""
    result: str
    """`done`, `refused`, or an intermediate answer that the step names (`consent_needed`); `failed`
    where the agency could not decide: no handler sees that, an officer does."""
    record: Mapping[str, Any]
    cause: str
    """The id of the event that led to the request."""
    cursor: int
    """Where this outcome stands in the agency's queue of outcomes."""

    @property
    def id(self) -> str:
        """Derived from cause, step and attempt: collecting twice gives one input, and two agencies
        that know a step by one name give two."""
        return derived_id(self.cause, f"outcome/{self.step}/{self.result}", self.attempt)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimerFired:
    """A timer that a decision set has come due."""

    subject: str
    name: str
    time: datetime

    @property
    def id(self) -> str:
        """Derived from subject, name and due time: firing twice gives one input."""
        return derived_id(self.subject, f"timer/{self.name}/{self.time.isoformat()}")


Input = Event | Outcome | TimerFired


@dataclass(frozen=True, slots=True, kw_only=True)
class Emit:
    """An event to publish about the same subject; `data` holds JSON values of its contract."""

    name: str
    data: dict[str, Any]
    time: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request to the system's own agency, made after the transaction that records it.

    `attempt` counts business attempts (after a supplement, say), never re-sends.
    """

    step: str
    record: dict[str, Any]
    time: datetime
    attempt: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """All that one input changes. `timers` is the subject's whole set: name → due."""

    state: State
    events: Sequence[Emit] = ()
    calls: Sequence[Call] = ()
    timers: Mapping[str, datetime] = field(default_factory=dict)
    ended: bool = False
    """The case is over: its seen ids may go, the chain's table answers what still comes."""
    manual: str | None = None
    """Why an officer must look at the case because of this input; None: nobody must."""


Handler = Callable[[State, Input], Decision]
