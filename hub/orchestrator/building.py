"""Makes a chain of its services, or says everything that is missing or wrong in their tables.

What a chain receives is what its tables name, beside what concerns any case. What only another
service of the chain names, and the service's own agency never says, is that one's affair, and
ignored. Whatever else the rights let dvclt receive belongs to other chains: for a case of this one
it is parked, in every state.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from hub.orchestrator.chain import (
    DEADLINE,
    EXPIRED,
    IGNORE,
    OTHERWISE,
    WITHDRAWN,
    Apply,
    Cell,
    Chain,
    ChainError,
    Column,
    Intake,
    Park,
    Service,
    State,
    Table,
    Variants,
    always,
)
from hub.orchestrator.columns import CASE, officer_columns
from hub.orchestrator.labels import PARKING, SUPPLEMENT_WAITS, UNIT_WAITS, Label, with_overdue
from hub.orchestrator.unrouted import with_unrouted
from hub.orchestrator.variants import case_variants
from schemas.systems import RIGHTS, may_receive

SYSTEM = "dvclt"
HUB_REJECTION = "delivery.rejected"
_IGNORED, _UNEXPECTED = always(IGNORE), always(Park("not_expected"))
_OF_EACH = {*CASE, DEADLINE}
"""Columns that every service has itself."""


def build_chain(
    *,
    name: str,
    vi: str,
    en: str,
    services: Sequence[Service],
    deciding: Mapping[str, str],
    variants: Mapping[str, Variants],
    intake: Intake,
    results: tuple[str, ...],
    waits: Mapping[str, Label],
    parks: Mapping[str, Label] | None = None,
) -> Chain:
    """The chain, with a cell for every state of its services and everything that can arrive.

    `variants` are those of the chain's own types.

    Raises:
        ChainError: a table has no cell for a state, or names a state, input or reason that does
            not exist; a state can't be reached, or is neither waiting nor closed.
    """
    of_any_case = case_variants([s.name for s in services])
    split = {**of_any_case, **variants}
    own = {column.partition("/")[0] for service in services for column in service.columns}
    own |= {*of_any_case, HUB_REJECTION}
    foreign = [kind for kind in receivable() if kind not in own]
    needed = _inputs(split, [service.name for service in services], foreign)
    waits = with_overdue({**SUPPLEMENT_WAITS, **UNIT_WAITS, **waits})
    parks = dict(parks or {})
    columns = _columns(services, deciding, foreign)
    tables = {service.name: _table(service, columns[service.name]) for service in services}
    faults = [
        f"{service}: {fault}"
        for service, table in tables.items()
        for fault in _faults(table, columns[service], needed, waits, PARKING | parks, tables)
    ]
    if sorted(deciding.values()) != sorted(tables):
        faults.append(f"{name}: each service needs the one agency that decides on it")
    if faults:
        raise ChainError("\n".join(faults))
    return Chain(
        name=name,
        vi=vi,
        en=en,
        tables=tables,
        deciding=deciding,
        foreign=frozenset(foreign),
        split={kind: split[kind].of for kind in split if kind not in foreign},
        intake=intake,
        results=results,
        waits=waits,
        parks=parks,
    )


def receivable() -> tuple[str, ...]:
    """Every type that can reach dvclt: what the rights give it, and the hub's own rejections."""
    return (*may_receive(SYSTEM), HUB_REJECTION)


def _inputs(
    split: Mapping[str, Variants], services: Sequence[str], foreign: Collection[str]
) -> list[str]:
    """Every column that a table of the chain needs."""
    names: list[str] = []
    for name in receivable():
        variants = ("",) if name in foreign or name not in split else split[name].names
        names += [f"{name}/{v}" if v else name for v in variants]
    ends = [f"{end}/{service}" for end in (EXPIRED, WITHDRAWN) for service in services]
    return [*names, *ends, DEADLINE]


def _columns(
    services: Sequence[Service], deciding: Mapping[str, str], foreign: Collection[str]
) -> dict[str, dict[str, Column]]:
    """By service, its columns and those that are not its affair."""
    own = {s.name: {**officer_columns(s.name, s.states), **s.columns} for s in services}
    named = {name: _IGNORED for columns in own.values() for name in columns if name not in _OF_EACH}
    agencies = {service: agency for agency, service in deciding.items()}
    found = {}
    for service, columns in own.items():
        others = {n: c for n, c in named.items() if not _says(agencies.get(service), n)}
        rest = {**others, **dict.fromkeys(foreign, _UNEXPECTED)}
        found[service] = columns | {name: rest[name] for name in rest if name not in columns}
    return found


def _says(agency: str | None, column: str) -> bool:
    """Whether it is an event of this agency, of which a variant is not another service's."""
    return column in RIGHTS and agency in RIGHTS[column].publishers


def _table(service: Service, columns: Mapping[str, Column]) -> Table:
    states = {state.name: state for state in service.states}
    cells = {name: _spread(column, states) for name, column in columns.items()}
    states, cells = with_unrouted(service.name, service.starts, states, cells)
    expired, withdrawn = (
        _targets(cells.get(f"{end}/{service.name}", {})) for end in (EXPIRED, WITHDRAWN)
    )
    return Table(
        service=service.name,
        vi=service.vi,
        en=service.en,
        states=states,
        starts=tuple(_starts(service.starts, states)),
        cells=cells,
        request=service.request,
        commune=service.commune,
        expired=expired - withdrawn,
        silenced=expired | withdrawn,
    )


def _starts(names: Iterable[str], states: Mapping[str, State]) -> Iterator[str]:
    """Those states, and the one in the place of each whose request nobody is known to receive."""
    for name in names:
        yield name
        if name in states and (place := states[name].unrouted) is not None:
            yield place


def _targets(cells: Mapping[str, Cell]) -> frozenset[str]:
    return frozenset(c.to for c in cells.values() if isinstance(c, Apply) and c.to is not None)


def _spread(column: Column, states: Mapping[str, State]) -> dict[str, Cell]:
    named = {name: cell for names, cell in column.items() for name in names.split()}
    rest = named.pop(OTHERWISE, None)
    cells = {**dict.fromkeys(states, rest), **named}
    return {name: cell for name, cell in cells.items() if cell is not None}


def _faults(
    table: Table,
    columns: Mapping[str, Column],
    needed: Collection[str],
    waits: Collection[str],
    parking: Collection[str],
    services: Collection[str],
) -> Iterator[str]:
    yield from _missing(table, needed)
    yield from _unknown(table, columns, needed, parking)
    yield from _unsound_states(table, waits, services)


def _missing(table: Table, needed: Collection[str]) -> Iterator[str]:
    places = {state.unrouted for state in table.states.values()}  # their cells are other states'
    for column in needed:
        for state in table.states.keys() - places:
            if state not in table.cells.get(column, {}):
                yield f"no cell for state {state!r} on {column!r}"


def _unknown(
    table: Table,
    columns: Mapping[str, Column],
    needed: Collection[str],
    parking: Collection[str],
) -> Iterator[str]:
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
            if isinstance(cell, Park) and cell.reason not in parking:
                yield f"column {column!r} parks for an unknown reason {cell.reason!r}"


def _unsound_states(
    table: Table, waits: Collection[str], services: Collection[str]
) -> Iterator[str]:
    for state in table.states.values():
        if (state.waits is None) == (state.result is None):
            yield f"state {state.name!r} must either wait for something or be closed"
        elif state.waits is not None and state.waits not in waits:
            yield f"state {state.name!r} waits for an unknown reason {state.waits!r}"
        if state.after is not None and state.after not in services:
            yield f"state {state.name!r} waits for an unknown service {state.after!r}"
    reached = set(table.starts)
    while more := {to for name, _, to in table.moves() if name in reached} - reached:
        reached |= more
    for name in table.states:
        if name not in reached:
            yield f"state {name!r} cannot be reached"
