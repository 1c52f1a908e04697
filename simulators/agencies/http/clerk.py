"""What happens between the agencies while a province looks on: number, certificate, cards.

A face that somebody starts alone has no hub. The clerk carries what the connectors would say from
one agency to the next: once a birth is entered, population allocates the number, civil status makes
out the certificate, social insurance the card of a child whose case is known, and population the
identity card where the family asked for one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson

from connectors.agencies import CONNECTORS
from connectors.runtime.agency import Agency, Request
from connectors.runtime.handling import Decision, Emit, Outcome, State
from schemas.deadlines import deadline
from schemas.event import Event, derived_id, full_type, source_of, to_text
from schemas.systems import RIGHTS

_BATCH: Final = 100
_ROUTES: Final = {
    "personal-id.requested": ("population",),
    "personal-id.issued": ("civil-status",),
    "birth.registered": ("population",),
    "health-card.requested": ("social-insurance",),
    "identity-card.requested": ("population",),
}
"""Which events go on, and to whom; every other ends here."""
SYSTEMS: Final = ("civil-status", "population", "social-insurance")


class Clerk:
    """Carries events between these agencies; `cases` are payloads of `case.submitted`, by code."""

    def __init__(self, agencies: Mapping[str, Agency], cases: Mapping[str, Mapping[str, Any]]):
        self._agencies = agencies
        self._cases = cases
        self._cursors = dict.fromkeys(SYSTEMS, 0)
        self._states: dict[str, dict[str, State]] = defaultdict(dict)

    async def settle(self) -> None:
        """Carry on until nothing is left to carry; nothing is acknowledged for the province."""
        moved = True
        while moved:
            moved = False
            for system in SYSTEMS:
                outcomes = await self._agencies[system].collect(self._cursors[system], _BATCH)
                for outcome in outcomes:
                    await self._hear(system, outcome)
                    self._cursors[system] = outcome.cursor
                    moved = True

    async def _hear(self, system: str, outcome: Outcome) -> None:
        known = self._states[system].get(outcome.subject)
        if outcome.result == "failed":
            return
        if known is None:
            known = {"maHoSo": outcome.record.get("ma_ho_so"), "lan": outcome.attempt}
            known["soGcs"] = outcome.record.get("so_gcs")
        decision = CONNECTORS[system].handle(known, outcome)
        cause = derived_id(outcome.subject, f"{system}/{outcome.step}", outcome.attempt)
        await self._carry_out(system, outcome.subject, decision, cause)

    async def _carry_out(self, system: str, case: str, decision: Decision, cause: str) -> None:
        self._states[system][case] = decision.state
        for call in decision.calls:
            request = Request(
                subject=case,
                step=call.step,
                attempt=call.attempt,
                time=call.time,
                record=call.record,
                cause=cause,
            )
            await self._agencies[system].submit([request])
        for emit in decision.events:
            await self._publish(case, emit, cause)
            if emit.name == "birth.registered" and case in self._cases:
                for wish in self._cards(case, emit):
                    await self._publish(case, wish, cause)

    async def _publish(self, case: str, emit: Emit, cause: str) -> None:
        publisher, *_ = RIGHTS[emit.name].publishers
        event = Event(
            id=derived_id(cause, emit.name),
            source=source_of(publisher),
            type=full_type(emit.name),
            time=emit.time,
            subject=case,
            payload=orjson.dumps(emit.data),
        )
        for system in _ROUTES.get(emit.name, ()):
            state = self._states[system].get(case, {})
            decision = CONNECTORS[system].handle(state, event)
            await self._carry_out(system, case, decision, event.id)

    def _cards(self, case: str, registered: Emit) -> Iterator[Emit]:
        asked, at = self._cases[case], registered.time
        child = {"child": registered.data["child"]}
        child |= {name: asked[name] for name in ("requester", "province", "commune")}
        health = {
            **child,
            "treatment_facility": asked["treatment_facility"],
            "due": to_text(deadline("birth", at).due),
        }
        yield Emit(name="health-card.requested", data=health, time=at)
        if "identity_card" in asked["services"]:
            identity = {**child, "due": to_text(deadline("identity_card", at).due)}
            yield Emit(name="identity-card.requested", data=identity, time=at)
