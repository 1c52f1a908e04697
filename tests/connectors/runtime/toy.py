"""A small system that does everything a system can: a residence register with an agency of its own.

`handle` is its connector, `ToyAgency` the agency behind it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from connectors.runtime.agency import Request
from connectors.runtime.handling import (
    Call,
    Decision,
    Emit,
    Input,
    Outcome,
    State,
)
from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id
from schemas.examples import example
from schemas.payloads import encode

SYSTEM = "residence"
ASKED = example("residence.registration.requested")
START = ASKED.time
ANSWER = timedelta(hours=1)
"""How long the agency takes, on the run's clock."""
CONSENT = timedelta(days=7)
REFUSAL = "residence.registration.refused"
POISON = "Không Xử Lý Được"


def case(number: int) -> str:
    """The code of a case; its last digit says how the agency will answer."""
    return f"G22.99.08-230710-{number:06}"


def asked(number: int, **changes: Any) -> Event:
    """`residence.registration.requested` of a case, as dvclt sends it."""
    return replace(ASKED, subject=case(number), id=derived_id(case(number), ASKED.name), **changes)


def poisoned(number: int) -> Event:
    """A request that the handler can't handle."""
    data = ASKED.data()
    data["child"]["name"] = POISON
    return asked(number, payload=encode(CATALOGUE[ASKED.name].model, data))


def consented(number: int, name: str = "consent.given") -> Event:
    """`consent.given` of a case, as VNeID sends it, an hour after the question."""
    identity = derived_id(case(number), name)
    return replace(example(name), subject=case(number), id=identity, time=START + 2 * ANSWER)


# --- the connector -------------------------------------------------------------------------


def handle(state: State, given: Input) -> Decision:
    """Ask the agency, ask for consent where it wants one, tell the end; remember every input."""
    if state.get("over"):
        return Decision(state=state, ended=True)
    name = _name(given)
    state = {"did": [*state.get("did", ()), name], "over": False}
    if name == "residence.registration.requested":
        return _ask(state, given)
    if name == "register/consent_needed":
        question = Emit(
            name="consent.requested", data=data_of("consent.requested"), time=given.time
        )
        return Decision(state=state, events=[question], timers={"consent": given.time + CONSENT})
    if name in ("consent.given", "consent.declined"):
        call = Call(step="decide", record={"answer": name}, time=given.time)
        return Decision(state=state, calls=[call])
    refused = name in ("timer consent", "decide/refused")
    end = "residence.registration.refused" if refused else "residence.registered"
    told = Emit(name=end, data=data_of(end), time=given.time)
    return Decision(state={**state, "over": True}, events=[told], ended=True)


def _ask(state: State, given: Input) -> Decision:
    assert isinstance(given, Event)
    if given.data()["child"]["name"] == POISON:
        raise RuntimeError("the child's name breaks the handler")
    call = Call(step="register", record={"child": given.data()["child"]}, time=given.time)
    return Decision(state=state, calls=[call])


def _name(given: Input) -> str:
    if isinstance(given, Event):
        return given.name
    if isinstance(given, Outcome):
        return f"{given.step}/{given.result}"
    return f"timer {given.name}"


def data_of(name: str) -> dict[str, Any]:
    """The data of a type's example."""
    data: dict[str, Any] = example(name).data()
    return data


def refusal_of(given: Input) -> Emit:
    """`residence.registration.refused` at the time of the input."""
    return Emit(name=REFUSAL, data=data_of(REFUSAL), time=given.time)


def refuse(state: State, given: Input) -> Decision:
    """A simpler handler: it refuses everything at once, and counts."""
    return Decision(state={"told": state.get("told", 0) + 1}, events=[refusal_of(given)])


# --- the agency ----------------------------------------------------------------------------


@dataclass(slots=True)
class ToyAgency:
    """Decides at once. Even cases are done, odd ones need consent; its memory is another process.

    A key that it knows is answered with what was decided then.
    """

    decided: dict[str, Outcome] = field(default_factory=dict)
    waiting: list[Outcome] = field(default_factory=list)
    submits: list[str] = field(default_factory=list)
    """Every key in the order it arrived, re-sends included."""
    open: bool = True
    """Whether it hands out what it has decided."""
    _last: int = 0

    async def submit(self, requests: Sequence[Request]) -> None:
        for request in requests:
            self.submits.append(request.key)
            if request.key not in self.decided:
                self.decided[request.key] = self._decide(request)
                self.waiting.append(self.decided[request.key])

    async def collect(self, cursor: int, limit: int) -> Sequence[Outcome]:
        ready = self.waiting if self.open else []
        return [outcome for outcome in ready if outcome.cursor > cursor][:limit]

    async def ack(self, cursor: int) -> None:
        self.waiting = [outcome for outcome in self.waiting if outcome.cursor > cursor]

    def _decide(self, request: Request) -> Outcome:
        self._last += 1
        needs_consent = request.step == "register" and int(request.subject[-1]) % 2 == 1
        return Outcome(
            subject=request.subject,
            step=request.step,
            attempt=request.attempt,
            time=request.time + ANSWER,
            result="consent_needed" if needs_consent else "done",
            record={"key": request.key},
            cause=request.cause,
            cursor=self._last,
        )
