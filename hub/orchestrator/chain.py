"""A chain is a table: for every state of a service and everything that can arrive, a cell.

A cell says apply (go to a state, do something), ignore, or park for an officer. A service is
written by column, one for each input, as `{"some states": cell, OTHERWISE: cell}`; a column without
`OTHERWISE` must name every state. `hub.orchestrator.building` makes a chain of its services, and
refuses one with a missing cell.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from hub.orchestrator.labels import Label
from schemas.event import Event
from schemas.regimes import Office

Action = Callable[[Any, str], None]
"""What a cell does besides changing the state: `action(draft, service)`."""
Request = Callable[[Any, str, Office], None]
"""Asks the agency for a service: `request(draft, service, office)`, with who is competent."""


@dataclass(frozen=True, slots=True)
class Apply:
    """Go to the state `to` (`None`: stay) and do the action."""

    to: str | None
    do: Action | None = None


@dataclass(frozen=True, slots=True)
class Ask(Apply):
    """Do that, and send the service's request to whoever is competent on that day.

    Where no unit is known to receive it, the service goes to the `unrouted` state of `to` instead
    (or stays), and an officer gets the case.
    """


@dataclass(frozen=True, slots=True)
class Ignore:
    """It changes nothing here."""


@dataclass(frozen=True, slots=True)
class Park:
    """Keep the event for an officer; other services of the case go on."""

    reason: str


Cell = Apply | Ignore | Park
Column = Mapping[str, Cell]

IGNORE = Ignore()
OTHERWISE = "*"
"""In a column: every state that it does not name."""

DEADLINE = "deadline"
"""The column of a service's timer, where the service goes on when its deadline has passed."""
EXPIRED, WITHDRAWN = "expired", "withdrawn"
"""Where a deadline ends a service, its timer is a column of all tables: `expired/birth`, or
`withdrawn/birth` once the citizen has withdrawn."""


def always(cell: Cell) -> Column:
    """A column that is the same in every state."""
    return {OTHERWISE: cell}


@dataclass(frozen=True, slots=True)
class State:
    """A state of one service.

    An open state says what it waits for (`waits`); a closed one how the service ended (`result`).
    """

    name: str
    vi: str
    en: str
    status: int | None
    """The status 1-10 on the national portal; `None` where the service was not asked for."""
    waits: str | None = None
    until: str | None = None
    """The field of the event that says until when; `None`: until the case is due."""
    after: str | None = None
    """The service that this one waits for; its own request was not sent yet."""
    expires: bool = False
    """The citizen is asked, and silence until the deadline ends the service."""
    excused: bool = False
    """Its agency asked somebody else, whose answer may be late: it owes nobody an apology."""
    polled: bool = False
    """An agency's result is asked for again and again; after so many times in vain an officer gets
    the case."""
    result: Literal["done", "refused", "stopped", "withdrawn", "not_asked"] | None = None
    unrouted: str | None = None
    """Of a state to which a request leads: the one in its place while nobody is known to receive
    the request. `hub.orchestrator.unrouted` adds it."""

    @property
    def with_agency(self) -> bool:
        """Whether its agency has it, and nobody else has to answer first."""
        return self.waits is not None and not (self.after or self.expires or self.excused)


def commune_of_case(document: Mapping[str, Any]) -> str:
    """The commune in which a case was filed."""
    return str(document["commune"])


def commune_of(place: str) -> Callable[[Mapping[str, Any]], str]:
    """The commune of a place that a case can name beside its own; its own where it names none."""
    return lambda document: str(document.get("places", {}).get(place, document)["commune"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """A service as the author of a chain writes it."""

    name: str
    vi: str
    en: str
    states: tuple[State, ...]
    starts: tuple[str, ...]
    """The states in which a submission can leave the service."""
    columns: Mapping[str, Column]
    request: Request
    """Asks the agency, at first and again."""
    commune: Callable[[Mapping[str, Any]], str] = commune_of_case
    """Whose affair the service is, by the case's document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One service's complete table, checked."""

    service: str
    vi: str
    en: str
    states: Mapping[str, State]
    starts: tuple[str, ...]
    cells: Mapping[str, Mapping[str, Cell]]
    """Column → state → cell."""
    request: Request
    commune: Callable[[Mapping[str, Any]], str]
    expired: frozenset[str]
    """The states to which only the citizen's silence brings it, and a withdrawal would not have."""
    silenced: frozenset[str]
    """All states in which it ends while the citizen is asked."""

    def moves(self) -> Iterator[tuple[str, str, str]]:
        """Every (state, column, next state) that changes the state."""
        for column, by_state in self.cells.items():
            for name, cell in by_state.items():
                yield from ((name, column, to) for to in self._reached(cell) if to != name)

    def gives_up(self, state: str) -> bool:
        """Whether the service ends in this state once the citizen has withdrawn."""
        return isinstance(self.cells[f"{WITHDRAWN}/{self.service}"][state], Apply)

    def _reached(self, cell: Cell) -> Iterator[str]:
        if not isinstance(cell, Apply) or cell.to is None:
            return
        yield cell.to
        if isinstance(cell, Ask) and (place := self.states[cell.to].unrouted) is not None:
            yield place


Document = Mapping[str, Any]
Splitter = Callable[["Chain", Document, Event, Mapping[str, Any]], str]
"""Which variant of its type an event is: `split(chain, document, event, payload)`."""


@dataclass(frozen=True, slots=True)
class Variants:
    """A type whose meaning depends on more than the state: a column `type/variant` for each."""

    names: tuple[str, ...]
    """`""` is the plain type, whose column has no variant."""
    of: Splitter


Sequencing = Literal["parallel", "strict"]
"""Whether services that can go side by side do, or one after the other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """A submission that dvclt accepts."""

    starts: Mapping[str, str]
    """The asked services, each with the state in which it begins, in the chain's order."""
    due: datetime
    application: dict[str, Any]
    """Whatever later requests need."""
    filed_late: date | None = None
    """The last day on which the registration would have been asked for in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A submission that dvclt itself refuses."""

    services: tuple[str, ...]
    reason: str
    """A code of `schemas.reasons.REFUSALS`."""


Intake = Callable[[Mapping[str, Any], datetime, Sequencing], Admission | Refusal]
"""What becomes of a submission: `intake(payload, submitted, sequence)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The tables of a chain's services in their order, and what the runner needs beside them."""

    name: str
    vi: str
    en: str
    tables: Mapping[str, Table]
    deciding: Mapping[str, str]
    """The agency that decides on a service, and so may ask for a supplement → the service."""
    foreign: frozenset[str]
    """What belongs to other chains, and is parked in every state of this one."""
    split: Mapping[str, Splitter]
    intake: Intake
    results: tuple[str, ...]
    """What a case can yield, in the order of the chain."""
    waits: Mapping[str, Label]
    """Why a service of this chain waits."""
    parks: Mapping[str, Label]
    """Why an event of this chain is parked, beside the reasons that all chains share."""

    def agency(self, service: str) -> str:
        """The agency that decides on a service."""
        [agency] = (agency for agency, decides in self.deciding.items() if decides == service)
        return agency


class ChainError(Exception):
    """A table that is not complete or not sound; it lists every fault."""
