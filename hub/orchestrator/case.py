"""The case document, and what one input makes of it.

A `Draft` is the working copy that an input's cells write to; the document that came in is never
changed. The document holds JSON values only, and times as text that sorts by time.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from connectors.runtime.handling import Decision, Emit
from hub.orchestrator.chain import Apply, State, Table
from hub.orchestrator.labels import OVERDUE
from schemas.event import Event, from_text, to_text

Document = dict[str, Any]
Tables = Mapping[str, Table]
Parked = dict[str, str]

RETURNED = 10
"""The portal's status of a result that the citizen has."""


class Draft:
    """A case under change by one input at `moment` (`at` as text), whose payload is `data`."""

    __slots__ = ("_tables", "at", "data", "doc", "events", "moment")

    def __init__(
        self, tables: Tables, document: Document, moment: datetime, data: dict[str, Any]
    ) -> None:
        self._tables = tables
        self.moment = moment
        self.at = to_text(moment)
        self.data = data
        self.events: list[Emit] = []
        self.doc = {
            **document,
            "services": {**document["services"]},
            "waiting": {**document["waiting"]},
        }

    def apply(self, table: Table, cell: Apply) -> None:
        """Bring one service to the state that a cell names, and do the cell's action."""
        service = table.service
        if cell.to is not None:
            entry = self.doc["services"][service]
            old, new = table.states[entry["state"]], table.states[cell.to]
            self.enter(
                service,
                new,
                # a closed service keeps the time of its decision
                since=self.at if old.result is None else entry["since"],
                reason=entry["reason"],
            )
        if cell.do is not None:
            cell.do(self, service)

    def enter(self, service: str, state: State, *, since: str, reason: str | None) -> None:
        """Put a service into a state, with what it now waits for."""
        self.doc["services"][service] = {
            "state": state.name,
            "status": state.status,
            "since": since,
            "reason": reason,
        }
        if state.waits is None:
            self.doc["waiting"].pop(service, None)
        else:
            self._wait(service, state.waits, self._until(state))

    def emit(self, name: str, data: dict[str, Any]) -> None:
        """Publish something at the time of the input."""
        self.events.append(Emit(name=name, data=data, time=self.moment))

    def learn(self, name: str, value: Any) -> None:
        """Note a result, in the order in which a case comes to its results."""
        known = {**self.doc["results"], name: value}
        self.doc["results"] = {key: known[key] for key in RESULTS if key in known}

    def overdue(self, service: str) -> None:
        """Mark that a service's deadline has passed; the case stays open for a late answer."""
        waiting = self.doc["waiting"]
        entry = waiting[service]
        if entry["until"] <= self.at and not entry["reason"].startswith(OVERDUE):
            waiting[service] = {**entry, "reason": OVERDUE + entry["reason"]}

    def settle(self) -> None:
        """End the case if no service waits any more; forget what no request needs."""
        doc = self.doc
        if not doc["waiting"]:
            if doc["ended"] is None:
                self._end()
        elif "application" in doc and not self._has_pending():
            del doc["application"]

    def _end(self) -> None:
        services = self.doc["services"]
        moment = max(entry["since"] for entry in services.values())
        results = [
            self._tables[service].states[entry["state"]].result
            for service, entry in services.items()
        ]
        self.doc["status"] = roll_up(results)
        self.doc["ended"] = moment
        self.doc.pop("application", None)
        self.events.append(
            Emit(
                name="case.status.changed",
                data=status_message(self._tables, self.doc),
                time=self.moment if moment == self.at else from_text(moment),
            )
        )

    def _has_pending(self) -> bool:
        services = self.doc["services"]
        return any(
            self._tables[service].states[services[service]["state"]].pending
            for service in self.doc["waiting"]
        )

    def _until(self, state: State) -> str:
        if state.until is None:
            due: str = self.doc["due"]
            return due
        return to_text(from_text(self.data[state.until]))

    def _wait(self, service: str, reason: str, until: str) -> None:
        self.doc["waiting"][service] = {
            "reason": OVERDUE + reason if until <= self.at else reason,
            "until": until,
        }


RESULTS = ("personal_id", "entry", "residence", "card")
"""What a case can yield, in the order of the chain."""


def roll_up(results: Sequence[str | None]) -> str:
    """The status of a case whose services all ended, the first service first.

    Refused at stage 1: refused. All done: completed. Else partly completed.
    """
    if results[0] != "done":
        return "refused"
    return "completed" if all(result == "done" for result in results) else "partly_completed"


def status_message(tables: Tables, doc: Document) -> dict[str, Any]:
    """The payload of `case.status.changed` for a case as it stands.

    A done service is told as returned: the citizen has the result with this message, whether or
    not the one-stop has reported the return yet.
    """
    return {
        "chain": doc["chain"],
        "status": doc["status"],
        "services": [
            {
                "service": service,
                "status": RETURNED
                if tables[service].states[entry["state"]].result == "done"
                else entry["status"],
                "reason": entry["reason"],
            }
            for service, entry in doc["services"].items()
        ],
        "province": doc["province"],
        "submitted": doc["submitted"],
        "due": doc["due"],
        "reason": doc["reason"],
    }


def decision(
    doc: Document, events: list[Emit] | tuple[()] = (), *, manual: str | None = None
) -> Decision:
    """The decision that leaves a case with this document, its timers with it."""
    return Decision(
        state=doc,
        events=events,
        timers={
            service: from_text(entry["until"])
            for service, entry in doc["waiting"].items()
            if not entry["reason"].startswith(OVERDUE)
        },
        ended=doc["ended"] is not None,
        manual=manual,
    )


def parked(entries: list[Parked], event: Event, reason: str) -> list[Parked]:
    """The events kept for an officer with one more, by time; a repetition stays once."""
    if any(kept["id"] == event.id and kept["source"] == event.source for kept in entries):
        return entries
    entry = {
        "name": event.name,
        "source": event.source,
        "id": event.id,
        "time": to_text(event.time),
        "reason": reason,
    }
    return sorted([*entries, entry], key=_by_time)


def _by_time(entry: Parked) -> tuple[str, str, str]:
    return entry["time"], entry["source"], entry["id"]
