"""A chain is complete and sound, or it is refused with the name of what is wrong."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from hub.orchestrator import actions as act
from hub.orchestrator.building import build_chain, receivable
from hub.orchestrator.case import Draft
from hub.orchestrator.chain import (
    IGNORE,
    OTHERWISE,
    Admission,
    Apply,
    Chain,
    ChainError,
    Column,
    Park,
    Refusal,
    Service,
    State,
    always,
)
from hub.orchestrator.chains import CHAINS, TABLES
from hub.orchestrator.columns import (
    CASE,
    NOT_ACCEPTED,
    NOT_ASKED,
    RESUBMITTED,
    SUPPLEMENT_STATES,
    deadline_column,
    done_column,
    refused_column,
    supplement_columns,
    supplement_states,
)
from hub.orchestrator.labels import Label
from schemas.deadlines import deadline
from schemas.regimes import Office
from schemas.systems import RIGHTS

UNDECIDED = f"requested {RESUBMITTED} {SUPPLEMENT_STATES}"
NEVER = "not_asked not_accepted"


def knock(draft: Draft, service: str, office: Office) -> None:
    """Ask the porter."""
    draft.ask(service, "residence.removal.requested", {})


def admit(data: Any, submitted: datetime, sequence: str) -> Admission | Refusal:
    """Everybody may knock."""
    due = deadline("birth", submitted).due
    return Admission(starts={"door": "requested"}, due=due, application={})


DOOR = Service(
    name="door",
    vi="Cửa",
    en="Door",
    starts=("requested", "not_accepted", "not_asked"),
    states=(
        NOT_ASKED,
        NOT_ACCEPTED,
        State("requested", "Đã gõ", "knocked", 1, waits="porter"),
        State("open", "Mở", "open", 10, result="done"),
        State("refused", "Đóng", "shut", 3, result="refused"),
        *supplement_states("porter"),
    ),
    columns={
        **CASE,
        **supplement_columns("door", deciding="requested", decided="open refused"),
        **deadline_column(f"requested {RESUBMITTED}"),
        "residence.removed": done_column(UNDECIDED, "open", act.note_refusal, never=NEVER),
        "residence.removal.refused": refused_column(UNDECIDED, "open", never=NEVER),
    },
    request=knock,
)


def chain(*, more: tuple[Service, ...] = (), **changes: Any) -> Chain:
    """A small sound chain of one service, or one with the changes to it, and those beside it."""
    return build_chain(
        name="house",
        vi="Nhà",
        en="House",
        services=(replace(DOOR, **changes), *more),
        deciding={"residence": "door"},
        variants={},
        intake=admit,
        results=(),
        waits={"porter": Label("Chờ người gác cửa", "the porter has yet to come")},
    )


def with_column(name: str, column: Column) -> dict[str, Any]:
    """The service with one column more, or another one."""
    return {"columns": {**DOOR.columns, name: column}}


def with_state(**changes: Any) -> dict[str, Any]:
    """The service with its open state changed."""
    states = [replace(s, **changes) if s.name == "requested" else s for s in DOOR.states]
    return {"states": tuple(states)}


def test_a_chain_is_made_of_its_services_alone() -> None:
    """A column spreads over the states, and what no service names is parked in all of them."""
    table = chain().tables["door"]
    assert table.cells["residence.removed"]["requested"] == Apply("open", act.note_refusal)
    assert table.cells["residence.removed"]["open"] == IGNORE
    assert set(table.cells["birth.registered"].values()) == {Park("not_expected")}
    assert table.cells["birth.registered"].keys() == table.states.keys()


def test_what_only_another_service_of_the_chain_names_is_ignored() -> None:
    """It is that one's affair, in every state; what concerns each service has to be named."""
    assert set(TABLES["birth"].cells["health-card.issued"].values()) == {IGNORE}
    assert set(TABLES["health_card"].cells["case.action.taken/retry/birth"].values()) == {IGNORE}
    with pytest.raises(ChainError, match="window: no cell for state 'open' on 'deadline'"):
        columns = {n: c for n, c in DOOR.columns.items() if n != "deadline"}
        chain(more=(replace(DOOR, name="window", columns=columns),))


def test_what_its_own_agency_says_is_never_only_another_service_s_affair() -> None:
    """The police decide on the door: that the window names their refusal too excuses nothing."""
    columns = {n: c for n, c in DOOR.columns.items() if n != "residence.removal.refused"}
    with pytest.raises(ChainError) as error:
        chain(more=(replace(DOOR, name="window"),), columns=columns)
    assert "door: no cell for state 'open' on 'residence.removal.refused'" in str(error.value)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        (
            with_column("residence.removed", {"requested": Apply("open")}),
            "door: no cell for state 'open' on 'residence.removed'",
        ),
        (
            {"columns": {n: c for n, c in DOOR.columns.items() if n != "expired/door"}},
            "door: no cell for state 'requested' on 'expired/door'",
        ),
        (
            with_column("residence.removed", {"requested": Apply("ajar"), OTHERWISE: IGNORE}),
            "column 'residence.removed' leads to an unknown state 'ajar'",
        ),
        (
            with_column("residence.removed", {"reqeusted": Apply("open"), OTHERWISE: IGNORE}),
            "column 'residence.removed' names an unknown state 'reqeusted'",
        ),
        (
            with_column("residence.removed", {"open": IGNORE, "open refused": IGNORE}),
            "column 'residence.removed' names state 'open' twice",
        ),
        (
            with_column("residence.removed", always(Park("tired"))),
            "column 'residence.removed' parks for an unknown reason 'tired'",
        ),
        (
            with_column("door.slammed", always(IGNORE)),
            "column 'door.slammed' is nothing that can arrive",
        ),
        (with_column("residence.removed", always(IGNORE)), "state 'open' cannot be reached"),
        (
            with_state(waits=None),
            "state 'requested' must either wait for something or be closed",
        ),
        (with_state(waits="rain"), "state 'requested' waits for an unknown reason 'rain'"),
        (with_state(after="window"), "state 'requested' waits for an unknown service 'window'"),
        ({"name": "gate"}, "house: each service needs the one agency that decides on it"),
    ],
)
def test_a_table_with_a_fault_is_refused_by_name(changes: dict[str, Any], fault: str) -> None:
    """The error says which service, state and column."""
    with pytest.raises(ChainError) as error:
        chain(**changes)
    assert fault in str(error.value)


def test_all_faults_are_told_at_once() -> None:
    """One run shows every missing cell: of each state, on each column that is left out."""
    gone = ("delivery.rejected", "deadline")
    columns = {name: column for name, column in DOOR.columns.items() if name not in gone}
    with pytest.raises(ChainError) as error:
        chain(columns=columns)
    missing = [line for line in str(error.value).splitlines() if "no cell" in line]
    assert len(missing) == len(gone) * len(DOOR.states)


@pytest.mark.parametrize("name", CHAINS)
def test_a_chain_has_a_cell_for_all_that_dvclt_may_receive(name: str) -> None:
    """Every type that the rights give dvclt, the hub's rejections, and the services' timers."""
    rights = {name for name, right in RIGHTS.items() if "dvclt" in right.receivers}
    assert set(receivable()) == rights | {"delivery.rejected"}
    columns = {column for table in CHAINS[name].tables.values() for column in table.cells}
    kinds = {column.partition("/")[0] for column in columns}
    assert kinds == rights | {"delivery.rejected", "deadline", "expired", "withdrawn"}


@pytest.mark.parametrize(
    ("service", "column"),
    [(service, column) for service, table in TABLES.items() for column in table.cells],
)
def test_every_state_has_a_cell_for_every_event(service: str, column: str) -> None:
    """Of each table of each chain; a chain's tables have the same columns."""
    assert TABLES[service].cells[column].keys() == TABLES[service].states.keys()
    [tables] = [c.tables for c in CHAINS.values() if service in c.tables]
    assert all(column in table.cells for table in tables.values()), "a column that one table lacks"


def test_everything_that_dvclt_may_receive_is_some_chain_s_affair() -> None:
    """A type that every chain parks has no chain that expects it."""
    owned = {
        column.partition("/")[0]
        for table in TABLES.values()
        for column, cells in table.cells.items()
        if set(cells.values()) != {Park("not_expected")}
    }
    assert set(receivable()) - owned == set(), "no chain expects these"
