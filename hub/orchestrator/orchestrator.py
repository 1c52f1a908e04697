"""The system `dvclt`: looks up what the table of the case's chain says of an input, and does it."""

from collections.abc import Mapping

from connectors.runtime.errors import UnhandledInput
from connectors.runtime.handling import Decision, Input, State, TimerFired
from hub.orchestrator.apologies import when_it_ends, when_time_passes
from hub.orchestrator.building import receivable
from hub.orchestrator.case import Draft
from hub.orchestrator.chain import (
    DEADLINE,
    EXPIRED,
    IGNORE,
    WITHDRAWN,
    Apply,
    Cell,
    Chain,
    Park,
    Sequencing,
    Table,
)
from hub.orchestrator.chains import CHAINS
from hub.orchestrator.documents import Document, Parked, decision, next_of, parked
from hub.orchestrator.intake import open_case
from schemas.catalogue import CATALOGUE
from schemas.event import Event, to_text

Column = tuple[tuple[Table, Mapping[str, Cell]], ...]
"""The tables that a column says anything to, each with its cells by state."""

SUBMITTED = CATALOGUE["case.submitted"].full
REJECTED = CATALOGUE["delivery.rejected"].full


class _Plan:
    """A chain by what comes in: event type (or end) → variant → the tables it says anything to."""

    __slots__ = ("chain", "columns", "ends")

    def __init__(self, chain: Chain) -> None:
        self.chain = chain
        self.columns = {CATALOGUE[name].full: _columns(chain, name) for name in receivable()}
        self.ends = {kind: _columns(chain, kind) for kind in (EXPIRED, WITHDRAWN)}


class Orchestrator:
    """Runs linked cases as the system `dvclt`; the handler is pure.

    `sequence`: whether services that can go side by side do, as health card and residence.
    """

    system = "dvclt"

    def __init__(self, sequence: Sequencing = "parallel") -> None:
        self._sequence: Sequencing = sequence
        self._plans = {name: _Plan(chain) for name, chain in CHAINS.items()}

    def handle(self, state: State, given: Input) -> Decision:
        """The decision on one input.

        Raises:
            UnhandledInput: dvclt has no cell for it: a type that it may not receive, an event of
                a case that was never submitted, a submission of a chain that it does not have, an
                agency's outcome (dvclt has no agency).
        """
        if isinstance(given, Event):
            if "chain" in state:
                return self._advance(state, given)
            return self._begin(state.get("parked", []), given)
        if isinstance(given, TimerFired):
            return self._deadline(state, given)
        raise UnhandledInput(f"dvclt has no agency, so no outcome of {given.step!r}")

    def _begin(self, kept: list[Parked], event: Event) -> Decision:
        if event.type == SUBMITTED:
            data = event.data()
            plan = self._plans.get(data["chain"])
            if plan is None:
                raise UnhandledInput(
                    f"no chain {data['chain']!r}: hub/orchestrator/chains has no module for it"
                )
            return open_case(plan.chain, data, event.time, self._sequence, kept)
        if event.type == REJECTED:
            # a case of which dvclt has nothing but what the hub refused to route
            kept = parked(kept, event, "delivery_rejected")
            return Decision(state={"parked": kept}, manual="delivery_rejected")
        raise UnhandledInput(f"{event.name} of case {event.subject}, which was never submitted")

    def _advance(self, document: Document, event: Event) -> Decision:
        plan = self._plans[document["chain"]]
        columns = plan.columns.get(event.type)
        if columns is None:
            raise UnhandledInput(f"dvclt receives no {event.type!r}")
        data = event.data()
        chain = plan.chain
        split = chain.split.get(event.name)
        column = columns["" if split is None else split(chain, document, event, data)]
        services = document["services"]
        cells: list[tuple[Table, Apply]] = []
        for table, by_state in column:
            entry = services.get(table.service)
            cell = by_state["not_asked" if entry is None else entry["state"]]
            if isinstance(cell, Apply):
                cells.append((table, cell))
            elif isinstance(cell, Park):
                kept = parked(document["parked"], event, cell.reason)
                return decision({**document, "parked": kept}, manual=cell.reason)
        return self._apply(Draft(chain, document, event.time, data), cells)

    def _deadline(self, document: Document, timer: TimerFired) -> Decision:
        plan = self._plans.get(document.get("chain", ""))
        table = None if plan is None else plan.chain.tables.get(timer.name)
        if plan is None or table is None:
            raise UnhandledInput(f"timer {timer.name!r} of {timer.subject} belongs to no service")
        services, at = document["services"], to_text(timer.time)
        wait = document["waiting"].get(timer.name)
        if wait is None or "manual" in wait or next_of(wait) > at:
            return decision(document)  # of a state that the service has left
        draft = Draft(plan.chain, document, timer.time, {})
        if next_of(wait) < wait["until"]:
            draft.poll_in_vain(timer.name)
            return decision(draft.doc, manual=draft.manual)
        state, withdrawn = services[timer.name]["state"], document["withdrawn"]
        gone = withdrawn is not None and withdrawn <= at
        if not (table.states[state].expires or (gone and table.gives_up(state))):
            cell = table.cells[DEADLINE][state]
            if isinstance(cell, Apply):
                draft.apply(table, cell)
            when_time_passes(draft)
            return decision(draft.doc, draft.events, manual=draft.manual)
        kind = WITHDRAWN if gone else EXPIRED
        cells = [
            (other, cell)
            for other, by_state in plan.ends[kind][timer.name]
            if other.service in services
            and isinstance(cell := by_state[services[other.service]["state"]], Apply)
        ]
        return self._apply(draft, cells)

    def _apply(self, draft: Draft, cells: list[tuple[Table, Apply]]) -> Decision:
        draft.doc["updated"] = max(draft.doc["updated"], draft.at)
        for table, cell in cells:
            draft.apply(table, cell)
        when_it_ends(draft)
        draft.settle()
        return decision(draft.doc, draft.events, manual=draft.manual)


def _columns(chain: Chain, name: str) -> dict[str, Column]:
    """By variant (`""` where the type has none), the tables that have something to do."""
    found: dict[str, list[tuple[Table, Mapping[str, Cell]]]] = {}
    for table in chain.tables.values():
        for column, cells in table.cells.items():
            of, _, variant = column.partition("/")
            if of == name:
                tables = found.setdefault(variant, [])
                if any(cell is not IGNORE for cell in cells.values()):
                    tables.append((table, cells))
    return {variant: tuple(tables) for variant, tables in found.items()}
