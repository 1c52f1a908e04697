"""What one input makes of a case: the working copy of its document that the input's cells write to.

The document that came in is never changed.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from connectors.runtime.handling import Emit
from hub.orchestrator.chain import Apply, Ask, Chain, State, Table
from hub.orchestrator.documents import Document
from hub.orchestrator.labels import OVERDUE, UNIT_UNMAPPED
from hub.orchestrator.messages import roll_up, status_message
from schemas.deadlines import polled_out
from schemas.event import VN, from_text, to_text
from schemas.regimes import Office, competent_commune
from schemas.units import UnknownUnitError
from schemas.working_days import calendar_of, closing_after, resumed

LATE_DAYS = 10
"""Working days that a case waits beyond a deadline before an officer gets it: ours."""


class Draft:
    """A case under change by one input at `moment` (`at` as text), whose payload is `data`."""

    __slots__ = ("_left", "at", "chain", "data", "doc", "events", "manual", "moment")

    def __init__(
        self, chain: Chain, document: Document, moment: datetime, data: dict[str, Any]
    ) -> None:
        self.chain = chain
        self.moment = moment
        self.at = to_text(moment)
        self.data = data
        self.events: list[Emit] = []
        self.manual: str | None = None
        self._left: dict[str, Any] = {}
        self.doc = {
            **document,
            "services": {**document["services"]},
            "waiting": {**document["waiting"]},
        }

    def apply(self, table: Table, cell: Apply) -> None:
        """Bring one service to the state that a cell names, and do the cell's action."""
        service, to = table.service, cell.to
        entry = self.doc["services"][service]
        if to is not None and isinstance(cell, Ask):
            to = self._routed(table, table.states[to]).name
        if to is not None and (to == cell.to or to != entry["state"]):
            self._left = entry
            old, new = table.states[entry["state"]], table.states[to]
            if old.with_agency and (new.expires or new.result is not None):
                self.let_go(service)
            self.enter(
                service,
                new,
                # a closed service keeps the time of its decision
                since=self.at if old.result is None else entry["since"],
                reason=entry["reason"],
            )
        if cell.do is not None:
            cell.do(self, service)
        if cell.to is not None:
            self._poll(service)
        if isinstance(cell, Ask):
            self.send(table)

    def begin(self, table: Table, state: State) -> None:
        """Put a service into the state in which a submission leaves it; `send` does the rest."""
        self.enter(table.service, self._routed(table, state), since=self.at, reason=None)

    def send(self, table: Table) -> None:
        """Ask the service's agency; an officer gets the case where no unit is known for it."""
        office = self._office(table)
        if office is not None:
            table.request(self, table.service, office)
            return
        self.manual = UNIT_UNMAPPED
        withdrawn, state = self.doc["withdrawn"], self._state(table.service)
        if withdrawn is not None and table.gives_up(state.name):
            self.wait(table.service, withdrawn, along=False)

    def _routed(self, table: Table, state: State) -> State:
        """The state, or the one in its place if nobody is known to receive its request."""
        if state.unrouted is None or self._office(table) is not None:
            return state
        return table.states[state.unrouted]

    def _office(self, table: Table) -> Office | None:
        day = self.moment.astimezone(VN).date()
        try:
            return competent_commune(table.commune(self.doc), day)
        except UnknownUnitError:
            return None

    def enter(self, service: str, state: State, *, since: str, reason: str | None) -> None:
        """Put a service into a state, with what it now waits for."""
        known = self.doc["services"].get(service) or {"asked": None, "due": self.doc["due"]}
        self.doc["services"][service] = {
            "state": state.name,
            "status": state.status,
            "since": since,
            "reason": reason,
            "asked": known["asked"],
            "due": known["due"],
        }
        if state.waits is None:
            self.doc["waiting"].pop(service, None)
        elif state.until is None:
            self._wait(service, state.waits, known["due"])
        else:
            self._wait(service, state.waits, to_text(from_text(self.data[state.until])))

    def ask(self, service: str, name: str, data: dict[str, Any]) -> None:
        """Ask an agency, or the citizen, for a service; when, stands with the service."""
        self._change(service, asked=self.at)
        self.emit(name, data)

    def close(self, service: str, reason: str) -> None:
        """Say why a service ended without result; of the first one that is the case's reason."""
        self._change(service, reason=reason)
        if service == next(iter(self.doc["services"])):
            self.doc["reason"] = reason

    def wait(self, service: str, until: str, *, along: bool = True) -> None:
        """Let a service wait until then, and those along that wait for it."""
        for name in self._held_up(service, along):
            state = self._state(name)
            assert state.waits is not None, f"{name} is over and waits for nothing"
            self.doc["waiting"][name] = {"reason": state.waits, "until": until}

    def renew(self, service: str) -> None:
        """Let a service wait as if it had just come to its state; no officer has it any more."""
        entry = self.doc["services"][service]
        self._wait(service, str(self._state(service).waits), entry["due"])
        self._poll(service)

    def resume(self, service: str, *, counts: bool, along: bool = True) -> None:
        """End the wait of the state just left, for the service and those along that wait for it.

        If it does not count, they are due so much later, by the calendar of the agency that asked.
        """
        asked = from_text(self._left["since"])
        calendar = calendar_of(self.chain.agency(service), asked.astimezone(VN).date())
        for name in self._held_up(service, along):
            last = self.doc["services"][name]["due"]
            if not counts:
                last = to_text(resumed(from_text(last), asked, self.moment, calendar))
                self._change(name, due=last)
            self._wait(name, str(self._state(name).waits), last)
        # never earlier than what an apology has promised
        self.doc["due"] = max(
            self.doc["due"], *(entry["due"] for entry in self.doc["services"].values())
        )

    def let_go(self, service: str, *, late: bool = False) -> None:
        """Its agency answers, or `late`: has not answered by now. Note it if it was due before.

        Of several services that were late the one that was due first is kept, until the citizen is
        told (`hub.orchestrator.apologies`).
        """
        entry, order = self.doc["services"][service], list(self.doc["services"])
        asked, due = entry["asked"], entry["due"]
        if "apology" in self.doc or asked is None or asked > due or (self.at <= due and not late):
            return
        known = self.doc.get("late")
        if known is None or (due, order.index(service)) < (
            known["due"],
            order.index(known["service"]),
        ):
            self.doc["late"] = {"service": service, "due": due}

    def _held_up(self, service: str, along: bool) -> Iterator[str]:
        """The service, and `along` those that wait for it, or for one that waits for it."""
        yield service
        for name in [*self.doc["waiting"]] if along else ():
            after = self._state(name).after
            while after not in (None, service):
                after = self._state(str(after)).after
            if after is not None:
                yield name

    def _state(self, service: str) -> State:
        return self.chain.tables[service].states[self.doc["services"][service]["state"]]

    def _change(self, service: str, **fields: str) -> None:
        self.doc["services"][service] = {**self.doc["services"][service], **fields}

    def emit(self, name: str, data: dict[str, Any], *, time: datetime | None = None) -> None:
        """Publish something, at the time of the input where no other is given."""
        self.events.append(Emit(name=name, data=data, time=time or self.moment))

    def learn(self, name: str, value: Any) -> None:
        """Note a result, in the order in which a case comes to its results."""
        known = {**self.doc["results"], name: value}
        self.doc["results"] = {key: known[key] for key in self.chain.results if key in known}

    def overdue(self, service: str) -> None:
        """Mark that a service's deadline has passed; the case stays open for a late answer.

        When the time for a late answer has passed as well, an officer gets the case.
        """
        entry = self.doc["waiting"][service]
        if entry["reason"].startswith(OVERDUE):
            self.doc["waiting"][service] = {**entry, "manual": True}
            self.manual = "overdue"
        else:
            self._wait(service, entry["reason"], entry["until"])
            if "polls" in entry:
                self.doc["waiting"][service]["polls"] = entry["polls"]

    def poll_in_vain(self, service: str) -> None:
        """Give a service to an officer whose result was asked for often enough.

        The wait goes on; where its deadline has passed, nothing more comes of that.
        """
        entry = {**self.doc["waiting"][service]}
        del entry["polls"]
        if entry["reason"].startswith(OVERDUE):
            entry["manual"] = True
        self.doc["waiting"][service] = entry
        self.manual = "no_result_after_polls"

    def settle(self) -> None:
        """End the case if no service waits any more."""
        if not self.doc["waiting"] and self.doc["ended"] is None:
            self._end()

    def _end(self) -> None:
        services = self.doc["services"]
        moment = max(entry["since"] for entry in services.values())
        results = [
            self.chain.tables[service].states[entry["state"]].result
            for service, entry in services.items()
        ]
        self.doc["status"] = roll_up(results)
        self.doc["ended"] = moment
        self.doc.pop("application", None)
        self.events.append(
            Emit(
                name="case.status.changed",
                data=status_message(self.chain, self.doc),
                time=self.moment if moment == self.at else from_text(moment),
            )
        )

    def _poll(self, service: str) -> None:
        """Count from now on how often a result is asked for in vain, where it is asked for."""
        if self._state(service).polled:
            self.doc["waiting"][service]["polls"] = to_text(polled_out(self.moment))

    def _wait(self, service: str, reason: str, until: str) -> None:
        if until <= self.at:
            reason, until = OVERDUE + reason, to_text(closing_after(self.moment, LATE_DAYS))
        self.doc["waiting"][service] = {"reason": reason, "until": until}
