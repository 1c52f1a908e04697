"""What the hub and the runtime do around a handler, in a few lines: cut, deliver, check."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson

from connectors.agencies import CONNECTORS
from connectors.runtime.handling import Call, Decision, Outcome, State
from schemas.catalogue import CATALOGUE
from schemas.event import Event, from_text
from schemas.examples import example
from schemas.payloads import canonical, encode
from schemas.systems import RIGHTS, Fields

DECIDED = from_text("2023-07-10T10:30:00.250+07:00")


def cut(data: Mapping[str, Any], fields: Fields) -> dict[str, Any]:
    """The part of a payload that these rights allow."""
    if fields is None:
        return dict(data)
    seen: dict[str, Any] = {}
    for field in fields:
        whole, part = data, seen
        *parents, leaf = field.split(".")
        for parent in parents:
            whole, part = whole[parent], part.setdefault(parent, {})
        part[leaf] = whole[leaf]
    return seen


def delivered(
    name: str, system: str, *, data: Mapping[str, Any] | None = None, **changes: Any
) -> Event:
    """An example event, with some of its data changed, as the hub delivers it to a system.

    `changes` are attributes of the event, such as `time` and `subject`.
    """
    sent = example(name)
    payload = encode(CATALOGUE[name].model, {**sent.data(), **(data or {})})
    receivers = RIGHTS[name].receivers if name in RIGHTS else {}
    seen = cut(orjson.loads(payload), receivers.get(system))
    attributes = {
        "id": sent.id,
        "source": sent.source,
        "type": sent.type,
        "time": sent.time,
        "subject": sent.subject,
        **changes,
    }
    return Event(payload=orjson.dumps(seen), **attributes)


def told(system: str, event: Event, state: State | None = None) -> Decision:
    """What a system's connector decides on an event."""
    return CONNECTORS[system].handle(state or {}, event)


def answered(
    system: str,
    step: str,
    record: Mapping[str, Any],
    *,
    state: State | None = None,
    result: str = "done",
    time: datetime = DECIDED,
) -> Decision:
    """What a system's connector decides on its agency's answer."""
    outcome = Outcome(
        subject=example("case.submitted").subject,
        step=step,
        attempt=1,
        time=time,
        result=result,
        record=record,
        cause="cause",
        cursor=1,
    )
    return CONNECTORS[system].handle(state or {}, outcome)


def said(decision: Decision) -> dict[str, Any]:
    """What a decision publishes, by type, each checked against its contract.

    A connector writes its fields in the contract's order and its moments to the second, so that
    the hub finds the bytes canonical at first sight.
    """
    for emit in decision.events:
        payload = CATALOGUE[emit.name].model.model_validate_json(orjson.dumps(emit.data))
        assert orjson.dumps(emit.data) == canonical(payload), emit.name
    return {emit.name: emit.data for emit in decision.events}


def asked(decision: Decision) -> Call:
    """The one call that a decision makes."""
    (call,) = decision.calls
    return call
