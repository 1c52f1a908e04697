"""A country in one loop: the chain's data without the hub's and the runtime's machinery."""

from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import orjson

from connectors.agencies import CONNECTORS
from connectors.runtime.agency import Request
from connectors.runtime.handling import Decision, Input, State
from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id, full_type, source_of
from schemas.examples import example
from schemas.payloads import encode
from schemas.systems import RIGHTS
from simulators.agencies.register import Register
from tests.connectors.agencies.delivery import cut

SUBMISSION = example("case.submitted").data()
DUE = "2023-07-13T17:00:00+07:00"


class Walk:
    """A hub and eleven systems in one loop: cut by the rights table, deliver, ask, collect.

    dvclt asks for everything at once and sums up at the end, which is all that the walk needs.
    """

    def __init__(self, agencies: Mapping[str, Register]) -> None:
        self._agencies = agencies
        self._cursors = dict.fromkeys(agencies, 0)
        self._inputs: deque[tuple[str, Input]] = deque()
        self._submitted: dict[str, dict[str, Any]] = {}
        self.states: dict[str, dict[str, State]] = defaultdict(dict)
        self.story: dict[str, list[str]] = defaultdict(list)
        """The types that a case saw, in their order."""
        self.events: dict[tuple[str, str], dict[str, Any]] = {}
        """The last payload of a case and type."""

    async def submit(self, case: str, **changes: Any) -> None:
        """File a case and walk until nothing moves."""
        self._submitted[case] = {**SUBMISSION, **changes}
        filed = replace(example("case.submitted"), id=f"filed-{case}", subject=case)
        self._publish(filed, "case.submitted", self._submitted[case])
        while self._inputs or await self._collect():
            while self._inputs:
                await self._deliver(*self._inputs.popleft())

    def _publish(self, cause: Input, name: str, data: dict[str, Any]) -> None:
        """Check a payload, keep it, and hand each receiver the part that it may see."""
        publisher, *_ = RIGHTS[name].publishers
        payload = orjson.loads(encode(CATALOGUE[name].model, data))
        self.story[cause.subject].append(name)
        self.events[cause.subject, name] = payload
        for receiver, fields in RIGHTS[name].receivers.items():
            seen = Event(
                id=derived_id(cause.id, name),
                source=source_of(publisher),
                type=full_type(name),
                time=cause.time,
                subject=cause.subject,
                payload=orjson.dumps(cut(payload, fields)),
            )
            self._inputs.append((receiver, seen))

    async def _deliver(self, system: str, given: Input) -> None:
        if system == "dvclt":
            assert isinstance(given, Event)
            self._coordinate(given)
            return
        states = self.states[system]
        before = states.get(given.subject, {})
        decision: Decision = CONNECTORS[system].handle(dict(before), given)
        states[given.subject] = orjson.loads(orjson.dumps(decision.state))
        for emit in decision.events:
            assert system in RIGHTS[emit.name].publishers
            assert emit.time == given.time
            self._publish(given, emit.name, emit.data)
        requests = [
            Request(
                subject=given.subject,
                step=call.step,
                attempt=call.attempt,
                time=call.time,
                record=orjson.loads(orjson.dumps(call.record)),
                cause=given.id,
            )
            for call in decision.calls
        ]
        if requests:
            await self._agencies[system].submit(requests)

    async def _collect(self) -> bool:
        for system, agency in self._agencies.items():
            answers = await agency.collect(self._cursors[system], 100)
            self._inputs.extend((system, answer) for answer in answers)
            if answers:
                self._cursors[system] = answers[-1].cursor
                await agency.ack(answers[-1].cursor)
        return bool(self._inputs)

    def _coordinate(self, event: Event) -> None:
        asked = self._submitted[event.subject]
        if event.name == "case.submitted":
            self._tell_status(event, "processing", 2)
            self._request(event, "birth.registration.requested", asked)
        elif event.name == "birth.registered":
            child = {"child": event.data()["child"]}
            self._request(event, "residence.registration.requested", {**asked, **child})
            self._request(event, "health-card.requested", {**asked, **child})
        elif event.name == "health-card.issued":
            self._tell_status(event, "completed", 10)

    def _request(self, cause: Event, name: str, known: dict[str, Any]) -> None:
        fields = CATALOGUE[name].model.model_fields
        self._publish(cause, name, {field: {**known, "due": DUE}[field] for field in fields})

    def _tell_status(self, cause: Event, status: str, service_status: int) -> None:
        data = example("case.status.changed").data()
        services = [{**service, "status": service_status} for service in data["services"]]
        changes = {"status": status, "services": services, "due": DUE}
        self._publish(cause, "case.status.changed", {**data, **changes})
