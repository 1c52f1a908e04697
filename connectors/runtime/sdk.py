"""The SDK: an engineer writes handlers, the runtime does the rest.

    connector = Connector("notification")

    @connector.on("case.status.changed")
    def tell(state: State, event: Event) -> Decision:
        return Decision(state={**state, "told": event.data()["status"]})

Identity, deduplication, outbox, order, dead letters and replay come from the processor that runs
the connector; a handler is pure (see `connectors.runtime.handling`).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from connectors.runtime.errors import AgencyGaveUp, UnhandledInput
from connectors.runtime.handling import FAILED, Decision, Input, Outcome, State
from schemas.event import Event, full_type
from schemas.systems import may_receive

F = TypeVar("F", bound=Callable[..., Decision])


class Connector:
    """The handlers of one system, looked up by event type, agency step or timer name."""

    def __init__(self, system: str) -> None:
        self.system = system
        self._events: dict[str, Callable[[State, Any], Decision]] = {
            full_type("delivery.rejected"): _rejected
        }
        self._outcomes: dict[str, Callable[[State, Any], Decision]] = {}
        self._timers: dict[str, Callable[[State, Any], Decision]] = {}

    def on(self, *names: str) -> Callable[[F], F]:
        """Register a handler for event types, by short name.

        Raises:
            ValueError: the rights table gives this system no such type.
        """
        allowed = {*may_receive(self.system), "delivery.rejected"}
        for name in names:
            if name not in allowed:
                raise ValueError(
                    f"{self.system} receives no {name!r}; it receives {sorted(allowed)}"
                )

        def register(handler: F) -> F:
            self._events.update((full_type(name), handler) for name in names)
            return handler

        return register

    def on_outcome(self, *steps: str) -> Callable[[F], F]:
        """Register a handler for what the agency decided of a step."""

        def register(handler: F) -> F:
            self._outcomes.update((step, handler) for step in steps)
            return handler

        return register

    def on_timer(self, *names: str) -> Callable[[F], F]:
        """Register a handler for timers that come due."""

        def register(handler: F) -> F:
            self._timers.update((name, handler) for name in names)
            return handler

        return register

    def handle(self, state: State, given: Input) -> Decision:
        """The decision on one input.

        Raises:
            UnhandledInput: there is no handler for it.
            AgencyGaveUp: it is the outcome of a request that the agency could not decide.
        """
        if isinstance(given, Event):
            handler = self._events.get(given.type)
            what = given.type
        elif isinstance(given, Outcome):
            handler = self._outcomes.get(given.step)
            what = f"outcome of {given.step}"
            if given.result == FAILED:
                raise AgencyGaveUp(str(given.record.get("loi") or what))
        else:
            handler = self._timers.get(given.name)
            what = f"timer {given.name}"
        if handler is None:
            raise UnhandledInput(f"{self.system} has no handler for {what}")
        return handler(state, given)


def _rejected(state: State, event: Event) -> Decision:
    """The hub refused an event of ours: unless the connector knows better, an officer looks."""
    return Decision(state=state, manual=event.data()["reason"])
