"""An agency in process: its register on its own SQLite file, behind the agency port.

A `Register` takes requests, waits out their service time and hands over outcomes; a `Desk` is
what differs between agencies: its natural tables and how it decides. A service time passes while
the agency is at work, so a decision is dated within its hours. In event time (no clock) a request
is decided as soon as it is taken, dated after its service time; with a clock it is decided when
the clock gets there. Both on the caller's event loop, one transaction a batch.
"""

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar, Final, Literal

from connectors.runtime.agency import AgencyUnavailable, Request, RequestFailed
from connectors.runtime.handling import FAILED, Outcome
from schemas.event import VN
from schemas.working_days import Hours, worked_after
from simulators.agencies.documents import Documents
from simulators.agencies.dossiers import Dossiers
from simulators.world import World, draw

Clock = Callable[[], datetime]
Synchronous = Literal["FULL", "NORMAL", "OFF"]
_ServiceTime = tuple[int, Hours]

SILENT: Final = "silent"
"""The result of a request that nobody ever answers: it is on file, and has no outcome."""
BATCH: Final = 500
"""At most so many requests are decided in one transaction when their time has come."""
RECORD_INVALID: Final = "record_invalid"
STEP_UNKNOWN: Final = "step_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a desk decided: a result that the connector knows, in the agency's own record."""

    result: str
    record: Mapping[str, Any]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """What chance has in store for one request; rules and natural keys go before it."""

    refusal: str | None = None
    """Why it refuses."""
    missing: tuple[str, ...] = ()
    """What it finds missing in the dossier, in the agency's codes."""
    silent: bool = False
    """Nobody ever answers."""


class Desk(ABC):
    """Who decides at an agency, and the natural tables it keeps."""

    system: ClassVar[str]
    one_way: ClassVar[frozenset[str]] = frozenset()
    """Steps that take effect when they arrive and have no outcome."""
    documents: Documents = Documents()
    """Makes out what it hands to citizens; the register may set another one."""

    @abstractmethod
    def __init__(self, connection: sqlite3.Connection, dossiers: Dossiers, world: World) -> None:
        """Make the natural tables that do not exist."""

    @abstractmethod
    def decide(self, request: Request, decided: datetime, chance: Chance) -> Verdict:
        """Decide a request and write the natural tables.

        `decided` is the moment of the decision in Vietnam's time. A request that nobody answers
        does not come here.
        """


class Register:
    """An agency behind the port of `connectors.runtime.agency`."""

    def __init__(
        self,
        desk: type[Desk],
        path: Path | None,
        *,
        seed: int,
        world: World,
        now: Clock | None = None,
        synchronous: Synchronous = "FULL",
        documents: Documents | None = None,
    ) -> None:
        """Open the register at `path`, or one in memory.

        `now` is the run's clock; without it the agency works in event time. `documents` makes out
        its documents; without it they are hashes of what they say.
        """
        self._connection = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute(f"PRAGMA synchronous = {synchronous}")
        self._synchronous = synchronous
        self._dossiers = Dossiers(self._connection)
        self._desk = desk(self._connection, self._dossiers, world)
        if documents is not None:
            self._desk.documents = documents
        self._seed = seed
        self._steps = world.steps_of(self._desk.system)
        self._arranged = world.arranged
        self._now = now

    async def submit(self, requests: Sequence[Request]) -> None:
        """See `Agency.submit`; all of it is one transaction.

        Raises:
            RequestFailed: `step_unknown`; or `record_invalid`, where it is decided at once.
        """
        with _in_reach(), self._transaction():
            asked = {request.key: request for request in requests}
            known = self._dossiers.decided(list(asked))
            taken = [key for key, new in asked.items() if key not in known and self._take(new)]
            self._dossiers.announce(key for key in taken if self._has_outcome(asked[key]))
            again = [
                key
                for key, result in known.items()
                if result != SILENT and self._has_outcome(asked[key])
            ]
            self._dossiers.announce_again(again)

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        """See `Agency.collect`; requests whose time has come are decided first."""
        with _in_reach():
            if self._now is not None:
                self._decide_ready(self._now())
            return self._dossiers.unread(cursor, limit)

    async def ack(self, cursor: int) -> None:
        """See `Agency.ack`.

        Not synced to disk: what a power cut brings back is only read and acknowledged again.
        """
        with _in_reach():
            self._connection.execute("PRAGMA synchronous = NORMAL")
            try:
                with self._transaction():
                    self._dossiers.forget(cursor)
            finally:
                self._connection.execute(f"PRAGMA synchronous = {self._synchronous}")

    def next_ready(self) -> datetime | None:
        """When the earliest waiting request will be decided; None when none waits."""
        return self._dossiers.next_ready()

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def _has_outcome(self, request: Request) -> bool:
        return request.step not in self._desk.one_way

    def _take(self, request: Request) -> bool:
        """Decide a new request or put it off; whether it is decided."""
        if not self._has_outcome(request):
            self._decide(request, request.time, Chance())
            return True
        ready, chance = self._chance(request)
        if chance.silent:
            self._keep(request, request.time, Verdict(result=SILENT, record={}))
            return False
        if self._now is not None:
            self._dossiers.put_off(request, ready)
            return False
        self._decide(request, ready, chance)
        return True

    def _decide_ready(self, now: datetime) -> None:
        ready = self._dossiers.next_ready()
        if ready is None or ready > now:
            return
        with self._transaction():
            requests = self._dossiers.take_ready(now, BATCH)
            for request in requests:
                self._decide_or_fail(request, *self._chance(request))
            self._dossiers.announce([request.key for request in requests])

    def _decide(self, request: Request, decided: datetime, chance: Chance) -> None:
        decided = decided.astimezone(VN)
        try:
            verdict = self._desk.decide(request, decided, chance)
        except (sqlite3.OperationalError, OSError):
            raise
        except Exception as error:  # a record may be wrong in any way; its neighbours are not
            text = f"{type(error).__name__}: {error}"
            raise RequestFailed(text, code=RECORD_INVALID, key=request.key) from error
        self._keep(request, decided, verdict)

    def _decide_or_fail(self, request: Request, decided: datetime, chance: Chance) -> None:
        """Decide a request that was taken long ago: one that can't be decided is an outcome too."""
        self._connection.execute("SAVEPOINT one")
        try:
            self._decide(request, decided, chance)
        except RequestFailed as error:
            self._connection.execute("ROLLBACK TO one")
            failed = Verdict(result=FAILED, record={"loi": str(error)}, reason=error.code)
            self._keep(request, decided.astimezone(VN), failed)
        self._connection.execute("RELEASE one")

    def _keep(self, request: Request, decided: datetime, verdict: Verdict) -> None:
        self._dossiers.decide(
            request,
            decided=decided,
            result=verdict.result,
            reason=verdict.reason,
            record=verdict.record,
        )

    def _chance(self, request: Request) -> tuple[datetime, Chance]:
        """When the request is decided, and what chance has in store for it."""
        system, step = self._desk.system, self._steps.get(request.step)
        if step is None:
            text = f"{system} has no step {request.step!r}; there are {', '.join(self._steps)}"
            raise RequestFailed(text, code=STEP_UNKNOWN, key=request.key)
        drawn = draw(self._seed, request.subject, system, request.step, request.attempt)
        time: _ServiceTime = (step.service_seconds(drawn), step.hours)
        chance = Chance(
            refusal=step.refusal_reason(drawn),
            missing=step.missing(drawn, request.attempt),
            silent=step.silent(drawn),
        )
        if self._arranged:
            time, chance = self._arrange(request, time, chance)
        return worked_after(request.time, *time), chance

    def _arrange(
        self, request: Request, time: _ServiceTime, chance: Chance
    ) -> tuple[_ServiceTime, Chance]:
        """What is arranged for a request, over what chance says."""
        key = f"{request.subject}/{self._desk.system}/{request.step}/{request.attempt}"
        arranged = self._arranged.get(key)
        if arranged is None:
            return time, chance
        if arranged.seconds is not None:
            time = (arranged.seconds, "any_hour")
        if arranged.result is not None:
            silent = arranged.result == "silent"
            chance = Chance(refusal=arranged.reason, missing=arranged.missing, silent=silent)
        return time, chance

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise


@contextmanager
def _in_reach() -> Iterator[None]:
    """Where register or documents cannot be read or written now, the agency does not answer."""
    try:
        yield
    except (sqlite3.OperationalError, OSError) as error:
        raise AgencyUnavailable(str(error)) from error
