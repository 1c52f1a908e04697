"""A table is complete and sound, or it is refused with the name of what is wrong."""

from typing import Any

import pytest

from hub.orchestrator.birth import TABLES
from hub.orchestrator.birth.columns import INPUTS
from hub.orchestrator.chain import (
    IGNORE,
    OTHERWISE,
    Apply,
    ChainError,
    Park,
    State,
    Table,
    always,
    service_table,
)
from schemas.systems import RIGHTS

OPEN = State("open", "Mở", "open", 1, waits="birth_first")
CLOSED = State("closed", "Đóng", "closed", 10, result="done")


def table(**changes: Any) -> Table:
    """A small sound table, or one with the changes."""
    given: dict[str, Any] = {
        "service": "door",
        "vi": "Cửa",
        "en": "Door",
        "states": (OPEN, CLOSED),
        "starts": ("open",),
        "columns": {"shut": {"open": Apply("closed"), OTHERWISE: IGNORE}},
        "needed": ("shut",),
    }
    return service_table(**{**given, **changes})


def test_a_column_spreads_over_the_states() -> None:
    """States that it does not name get the column's default."""
    assert table().cells == {"shut": {"open": Apply("closed"), "closed": IGNORE}}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            {"columns": {"shut": {"open": Apply("closed")}}},
            "door: no cell for state 'closed' on 'shut'",
        ),
        ({"needed": ("shut", "knock")}, "door: no cell for state 'open' on 'knock'"),
        (
            {"columns": {"shut": {"open": Apply("ajar"), OTHERWISE: IGNORE}}},
            "column 'shut' leads to an unknown state 'ajar'",
        ),
        (
            {"columns": {"shut": {"opne": Apply("closed"), OTHERWISE: IGNORE}}},
            "column 'shut' names an unknown state 'opne'",
        ),
        (
            {"columns": {"shut": {"open": Apply("closed"), "open closed": IGNORE}}},
            "column 'shut' names state 'open' twice",
        ),
        (
            {"columns": {"shut": {"open": Apply("closed"), "closed": Park("tired")}}},
            "column 'shut' parks for an unknown reason 'tired'",
        ),
        (
            {
                "columns": {
                    "shut": {"open": Apply("closed"), OTHERWISE: IGNORE},
                    "x": always(IGNORE),
                }
            },
            "column 'x' is nothing that can arrive",
        ),
        ({"columns": {"shut": always(IGNORE)}}, "state 'closed' cannot be reached"),
        (
            {"states": (State("open", "Mở", "open", 1), CLOSED)},
            "state 'open' must either wait for something or be closed",
        ),
        (
            {"states": (State("open", "Mở", "open", 1, waits="rain"), CLOSED)},
            "state 'open' waits for an unknown reason 'rain'",
        ),
    ],
)
def test_a_table_with_a_fault_is_refused_by_name(changes: dict[str, Any], fault: str) -> None:
    """The error says which service, state and column."""
    with pytest.raises(ChainError) as error:
        table(**changes)
    assert fault in str(error.value)


def test_all_faults_are_told_at_once() -> None:
    """One run shows every missing cell."""
    with pytest.raises(ChainError) as error:
        table(needed=("shut", "knock", "ring"))
    assert len(str(error.value).splitlines()) == 4


def test_the_birth_chain_has_a_cell_for_all_that_dvclt_may_receive() -> None:
    """Every type that the rights give dvclt, the hub's rejections, and the services' timers."""
    rights = {name for name, right in RIGHTS.items() if "dvclt" in right.receivers}
    more = {"delivery.rejected", "deadline", "expired", "withdrawn"}
    assert {name.partition("/")[0] for name in INPUTS} == rights | more
    for service in TABLES.values():
        assert set(service.cells) == set(INPUTS)
        for cells in service.cells.values():
            assert cells.keys() == service.states.keys()
