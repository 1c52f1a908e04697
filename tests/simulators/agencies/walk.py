"""A country in one loop: the chain's data without the hub's and the runtime's machinery."""

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson

from connectors.agencies import CONNECTORS
from connectors.runtime.agency import Request
from connectors.runtime.handling import Decision, Input, State
from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id, full_type, source_of
from schemas.examples import DEATH_SUBMISSION, TEMPORARY_SUBMISSION, example
from schemas.payloads import encode
from schemas.systems import NAMED, RIGHTS
from simulators.agencies import open_agencies
from simulators.agencies.register import Register
from tests.connectors.agencies.delivery import cut
from tests.simulators.agencies.asking import reached, world

SUBMISSION = example("case.submitted").data()
DUE = "2023-07-13T17:00:00+07:00"
FIRST_REQUESTS = {
    "birth": "birth.registration.requested",
    "death": "death.registration.requested",
    "temporary_residence": "residence.temporary.requested",
}
ACCOUNT_CLOSED = {"pointer": "/payout/account", "vi": "Tài khoản đã đóng.", "en": "It is closed."}


class Walk:
    """A hub and all systems in one loop: cut by the rights table, deliver, ask, collect.

    dvclt asks for everything at once and sums up when it has what the citizen wants most, the card,
    the money or the stay: all that the walk needs.
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
        """File a birth and walk until nothing moves."""
        await self._file(case, {**SUBMISSION, **changes})

    async def submit_death(self, case: str, **changes: Any) -> None:
        """File a death and walk until nothing moves; the walk knows one decider a case."""
        await self._file(case, {**DEATH_SUBMISSION, **changes})

    async def submit_stay(self, case: str, **changes: Any) -> None:
        """File a temporary residence and walk until nothing moves."""
        await self._file(case, {**TEMPORARY_SUBMISSION, **changes})

    async def _file(self, case: str, submission: dict[str, Any]) -> None:
        self._submitted[case] = submission
        filed = replace(example("case.submitted"), id=f"filed-{case}", subject=case)
        self._publish("portal", filed, "case.submitted", submission)
        while self._inputs or await self._collect():
            while self._inputs:
                await self._deliver(*self._inputs.popleft())

    def _publish(self, publisher: str, cause: Input, name: str, data: dict[str, Any]) -> None:
        """Check a payload, keep it, and hand each receiver the part that it may see."""
        right = RIGHTS[name]
        assert publisher in right.publishers
        payload = orjson.loads(encode(CATALOGUE[name].model, data))
        self.story[cause.subject].append(name)
        self.events[cause.subject, name] = payload
        named = payload[right.named_by] if right.named_by else None
        for receiver, fields in right.receivers.items():
            if named is not None and receiver in NAMED and receiver != named:
                continue
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
            assert emit.time == given.time
            self._publish(system, given, emit.name, emit.data)
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
        asked, data = self._submitted[event.subject], event.data()
        if event.name == "case.submitted":
            self._tell_status(event, "processing", 2)
            self._request(event, FIRST_REQUESTS[data["chain"]], asked)
        elif event.name == "birth.registered":
            known = {**asked, "child": data["child"]}
            self._request(event, "residence.registration.requested", known)
            self._request(event, "health-card.requested", known)
        elif event.name == "death.registered":
            asked["deceased"] = data["deceased"]
            self._request(event, "residence.removal.requested", asked)
            self._request(event, "funeral-allowance.requested", asked)
        elif event.name == "payout.failed":
            question = {"service": "insurance_allowance", "defects": [ACCOUNT_CLOSED]}
            self._request(event, "case.supplement.requested", question)
        elif event.name == "case.supplement.provided":
            asked["payout"] = data["payout"]
            self._request(event, "funeral-allowance.requested", asked)
        elif event.name in ("health-card.issued", "payout.made", "residence.temporary.registered"):
            self._tell_status(event, "completed", 10)
        elif event.name == "residence.temporary.refused":
            self._tell_status(event, "refused", 3)

    def _request(self, cause: Event, name: str, known: dict[str, Any]) -> None:
        insured = "insurance" in known.get("groups", ())
        decider = "social-insurance" if insured else "social-protection"
        whole = {"decider": decider, "granted": None, "due": DUE, **known}
        fields = CATALOGUE[name].model.model_fields
        self._publish("dvclt", cause, name, {field: whole[field] for field in fields})

    def _tell_status(self, cause: Event, status: str, service_status: int) -> None:
        asked = self._submitted[cause.subject]
        services = [s for s in asked["services"] if s != "funeral_allowance"]
        data = {
            **example("case.status.changed").data(),
            "chain": asked["chain"],
            "status": status,
            "services": [
                {"service": s, "status": service_status, "reason": None} for s in services
            ],
            "due": DUE,
        }
        self._publish("dvclt", cause, "case.status.changed", data)


@contextmanager
def country(registers: Path, refusals: Mapping[str, float] | None = None) -> Iterator[Walk]:
    """A walk in which chance refuses nothing but these steps."""
    agencies = open_agencies(registers, seed=1, world=world(refusals))
    yield Walk({system: reached(system, agency) for system, agency in agencies.items()})
    for agency in agencies.values():
        agency.close()
