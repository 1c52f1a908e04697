"""The store port: one transaction a batch holds all that the batch changes.

The same behaviour suite (`tests/connectors/runtime/test_store.py`) runs on `memory` and `sqlite`.
Every transaction checks the lease of each partition that it touches and the version of each row
that it changes; on a mismatch nothing is written.

Rows are values, though not frozen: freezing makes each of them 1 µs dearer, and a case has 60.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol


@dataclass(slots=True, kw_only=True)
class Subject:
    """What a system remembers of one subject. `version` 0 is a row that does not exist yet."""

    subject: str
    partition: int
    version: int
    state: str
    """JSON."""
    seen: str
    """JSON: what was taken in → hash of its payload."""
    timers: str
    """JSON: name → due, RFC 3339 in Vietnam's time."""
    next_due: str | None
    ended: bool


@dataclass(slots=True, kw_only=True)
class Outgoing:
    """An event or dead letter that is decided and not yet known to be on the broker."""

    seq: int
    partition: int
    topic: str
    key: bytes | None
    headers: list[tuple[str, bytes]]
    payload: bytes


@dataclass(slots=True, kw_only=True)
class PendingCall:
    """A request to the agency that is decided and not yet known to be with the agency."""

    key: str
    seq: int
    subject: str
    step: str
    attempt: int
    time: datetime
    record: Mapping[str, Any]
    text: str
    """The record as JSON."""
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualItem:
    """A case that an officer must look at, and the input that put it there."""

    subject: str
    input: str
    reason: str
    detail: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadId:
    """An event that went to the dead letters and is not to be handled when it comes again."""

    source: str
    id: str
    subject: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Where processes began to read a partition, see `connectors.runtime.quarantine`."""

    topic: str
    partition: int
    offset: int
    count: int
    """How many processes in a row began with this record, or tried it alone."""
    alone: bool = False
    """The record was tried by itself: who finds this is told which one ended its reader."""


@dataclass(slots=True, kw_only=True)
class Changes:
    """All that one transaction writes."""

    leases: Mapping[int, int]
    """Partition → epoch under which the batch was read."""
    subjects: list[Subject] = field(default_factory=list)
    """Rows with the version at which they were read; the store writes the next one."""
    outgoing: list[Outgoing] = field(default_factory=list)
    published: int = 0
    """Outgoing rows up to this sequence are acknowledged and may go."""
    calls: list[PendingCall] = field(default_factory=list)
    calls_done: list[str] = field(default_factory=list)
    manual: list[ManualItem] = field(default_factory=list)
    dead: list[DeadId] = field(default_factory=list)
    revived: list[tuple[str, str]] = field(default_factory=list)
    """(source, id) that are dead no more, written before `dead`."""
    settled: list[tuple[str, str]] = field(default_factory=list)
    """(subject, input) that no officer need look at any more, written before `manual`."""
    starts: list[Start] = field(default_factory=list)


class Store(Protocol):
    """The state of one system."""

    async def acquire(self, partitions: Sequence[int]) -> dict[int, int]:
        """Take partitions: their new epochs. Whoever held them is fenced off from now on."""

    async def subjects(self, names: Sequence[str]) -> dict[str, Subject]:
        """The rows that exist, by subject."""

    async def due(self, until: str, limit: int) -> Sequence[Subject]:
        """Rows with a timer due at or before `until`, the earliest first."""

    async def dead(self, ids: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        """Which of these (source, id) are remembered as dead."""

    async def starts(self) -> Sequence[Start]:
        """Where earlier processes began, a partition's last note each."""

    async def outgoing(self) -> Sequence[Outgoing]:
        """What is decided and not known to be published, in sequence."""

    async def calls(self) -> Sequence[PendingCall]:
        """What is decided and not known to be with the agency, in sequence."""

    async def commit(self, changes: Changes) -> None:
        """Write all of it or nothing.

        Raises:
            LeaseLost: an epoch or a version is not the one that was read.
            StoreLocked: the store is busy for a moment; the same changes may be written then.
        """

    async def close(self) -> None: ...
