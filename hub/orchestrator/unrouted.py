"""A request that nobody is known to receive: what a service waits in until somebody is.

Since 1 July 2025 many communes are gone, and no published table says which one succeeds each of
them. A case of such a commune must not vanish: its service waits, and an officer has it.

Every state to which a request leads has such a state in its place. It has the same cells, so that
what agencies say all the same counts as ever, but for these: an officer's `retry` tries to send the
request again, since the table may have been extended meanwhile; and who withdraws, has withdrawn,
since nothing was asked for.
"""

from collections.abc import Mapping
from dataclasses import replace

from hub.orchestrator import actions as act
from hub.orchestrator.chain import WITHDRAWN, Apply, Ask, Cell, State
from hub.orchestrator.labels import UNIT_WAIT

Cells = Mapping[str, Mapping[str, Cell]]
"""Column → state → cell."""

NEWLY_FILED = 1
_FIRST = "requested"


def name_of(state: str) -> str:
    """The name of the state in a state's place."""
    return "unrouted" if state == _FIRST else f"unrouted_{state}"


def with_unrouted(
    service: str, starts: tuple[str, ...], states: Mapping[str, State], cells: Cells
) -> tuple[dict[str, State], dict[str, dict[str, Cell]]]:
    """A service's states and cells, with those of the requests that nobody is known to receive.

    A column that names such a state has its own cell for it.
    """
    asked = {c.to for by_state in cells.values() for c in by_state.values() if isinstance(c, Ask)}
    asked |= {name for name in starts if name in states and states[name].after is None}
    all_states: dict[str, State] = {}
    all_cells = {column: dict(by_state) for column, by_state in cells.items()}
    for name, state in states.items():
        if name not in asked or state.waits is None:
            all_states[name] = state
            continue
        place = _in_place_of(state)
        all_states |= {name: replace(state, unrouted=place.name), place.name: place}
        for by_state in all_cells.values():
            if name in by_state:
                by_state.setdefault(place.name, by_state[name])
        _own_cells(service, state, place, cells, all_cells)
    return all_states, all_cells


def _in_place_of(state: State) -> State:
    """A dossier that was never made stays newly filed; one that an agency had, what it was."""
    if state.name == _FIRST:
        vi, en = "Chưa xác định được đơn vị tiếp nhận", "no unit is known to receive it"
        return State(name_of(state.name), vi, en, NEWLY_FILED, waits=UNIT_WAIT, excused=True)
    vi, en = "Chưa xác định được đơn vị giải quyết tiếp", "no unit is known to go on with it"
    return State(name_of(state.name), vi, en, state.status, waits=UNIT_WAIT, excused=True)


def _own_cells(
    service: str, state: State, place: State, given: Cells, cells: dict[str, dict[str, Cell]]
) -> None:
    withdrawn = f"{WITHDRAWN}/{service}"
    own: dict[str, Cell] = {
        f"case.action.taken/retry/{service}": Ask(state.name, act.retry),
        withdrawn: Apply("withdrawn", act.withdraw),
    }
    if place.name not in given.get(withdrawn, ()):
        own["case.withdrawal.requested/first"] = Apply(None, act.stop_looking)
    for column, cell in own.items():
        if column in cells and place.name not in given[column]:
            cells[column][place.name] = cell
