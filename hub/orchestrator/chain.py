"""A chain is a table: for every state of a service and everything that can arrive, a cell.

A cell says apply (go to a state, do something), ignore, or park for an officer. The table is
written by column, one for each input, as `{"some states": cell, OTHERWISE: cell}`; a column without
`OTHERWISE` must name every state. `service_table` refuses a table with a missing cell and says
which one.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from hub.orchestrator.labels import PARKING, WAITING
from schemas.event import Event
from schemas.systems import may_receive

Action = Callable[[Any, str], None]
"""What a cell does besides changing the state: `action(draft, service)`."""


@dataclass(frozen=True, slots=True)
class Apply:
    """Go to the state `to` (`None`: stay) and do the action."""

    to: str | None
    do: Action | None = None


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
    pending: bool = False
    """Its request was not sent yet."""
    expires: bool = False
    """Its deadline ends the service."""
    result: Literal["done", "refused", "stopped", "withdrawn", "not_asked"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One service's complete table, checked."""

    service: str
    vi: str
    en: str
    states: Mapping[str, State]
    starts: tuple[str, ...]
    """The states in which a submission can leave the service."""
    cells: Mapping[str, Mapping[str, Cell]]
    """Column → state → cell."""

    def moves(self) -> Iterator[tuple[str, str, str]]:
        """Every (state, column, next state) that changes the state."""
        for column, by_state in self.cells.items():
            for name, cell in by_state.items():
                if isinstance(cell, Apply) and cell.to not in (None, name):
                    yield name, column, str(cell.to)


Splitter = Callable[[Mapping[str, Any], Event, Mapping[str, Any]], str]
"""Which variant of its type an event is: `split(document, event, payload)`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """The tables of a chain's services in their order, and the types that come in variants."""

    name: str
    tables: Mapping[str, Table]
    split: Mapping[str, Splitter]


class ChainError(Exception):
    """A table that is not complete or not sound; it lists every fault."""


def inputs(
    system: str,
    variants: Mapping[str, Collection[str]],
    services: Collection[str],
    foreign: Collection[str] = (),
) -> tuple[str, ...]:
    """Every column that a table of `system` needs: what the rights let it receive, and timers.

    A type in `variants` has a column for each, written `type/variant`; the variant `""` is the
    plain type. `foreign` are types of other chains.
    """
    names: list[str] = []
    for name in (*may_receive(system), "delivery.rejected"):
        if name in foreign:
            continue
        names += [f"{name}/{v}" if v else name for v in variants.get(name, ("",))]
    ends = [f"{end}/{service}" for end in (EXPIRED, WITHDRAWN) for service in services]
    return (*names, *ends, DEADLINE)


def service_table(
    *,
    service: str,
    vi: str,
    en: str,
    states: Collection[State],
    starts: tuple[str, ...],
    columns: Mapping[str, Column],
    needed: Collection[str],
) -> Table:
    """The table of one service.

    Raises:
        ChainError: a cell is missing, or names a state or reason that does not exist; a state
            cannot be reached, or is neither waiting nor closed.
    """
    by_name = {state.name: state for state in states}
    cells = {name: _spread(column, by_name) for name, column in columns.items()}
    table = Table(service=service, vi=vi, en=en, states=by_name, starts=starts, cells=cells)
    faults = [
        *_missing(table, needed),
        *_unknown(table, columns, needed),
        *_unsound_states(table),
    ]
    if faults:
        raise ChainError("\n".join(f"{service}: {fault}" for fault in faults))
    return table


def _spread(column: Column, states: Mapping[str, State]) -> dict[str, Cell]:
    named = {name: cell for names, cell in column.items() for name in names.split()}
    rest = named.pop(OTHERWISE, None)
    cells = {name: named.get(name, rest) for name in states}
    return {name: cell for name, cell in cells.items() if cell is not None}


def _missing(table: Table, needed: Collection[str]) -> Iterator[str]:
    for column in needed:
        for state in table.states:
            if state not in table.cells.get(column, {}):
                yield f"no cell for state {state!r} on {column!r}"


def _unknown(table: Table, columns: Mapping[str, Column], needed: Collection[str]) -> Iterator[str]:
    for column, spec in columns.items():
        if column not in needed:
            yield f"column {column!r} is nothing that can arrive"
        named = [name for names in spec for name in names.split()]
        for name in sorted({n for n in named if named.count(n) > 1}):
            yield f"column {column!r} names state {name!r} twice"
        for name in named:
            if name != OTHERWISE and name not in table.states:
                yield f"column {column!r} names an unknown state {name!r}"
        for cell in spec.values():
            if isinstance(cell, Apply) and cell.to is not None and cell.to not in table.states:
                yield f"column {column!r} leads to an unknown state {cell.to!r}"
            if isinstance(cell, Park) and cell.reason not in PARKING:
                yield f"column {column!r} parks for an unknown reason {cell.reason!r}"


def _unsound_states(table: Table) -> Iterator[str]:
    for state in table.states.values():
        if (state.waits is None) == (state.result is None):
            yield f"state {state.name!r} must either wait for something or be closed"
        elif state.waits is not None and state.waits not in WAITING:
            yield f"state {state.name!r} waits for an unknown reason {state.waits!r}"
    reached = set(table.starts)
    while more := {to for name, _, to in table.moves() if name in reached} - reached:
        reached |= more
    for name in table.states:
        if name not in reached:
            yield f"state {name!r} cannot be reached"
