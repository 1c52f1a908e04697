"""The SDK: handlers looked up by event, outcome or timer."""

import pytest

from connectors.runtime.errors import UnhandledInput
from connectors.runtime.handling import Decision, Input, Outcome, State, TimerFired
from connectors.runtime.sdk import Connector
from schemas.examples import example
from tests.connectors.runtime.toy import START, case


def answer(name: str) -> Decision:
    return Decision(state={"by": name})


@pytest.fixture
def connector() -> Connector:
    """A residence connector with a handler of each kind."""
    made = Connector("residence")

    @made.on("consent.given", "consent.declined")
    def consent(state: State, given: Input) -> Decision:
        return answer("consent")

    @made.on("delivery.rejected")
    def rejected(state: State, given: Input) -> Decision:
        return answer("rejected")

    @made.on_outcome("register")
    def decided(state: State, given: Input) -> Decision:
        return answer("outcome")

    @made.on_timer("late")
    def late(state: State, given: Input) -> Decision:
        return answer("timer")

    return made


def outcome(step: str) -> Outcome:
    return Outcome(
        subject=case(1),
        step=step,
        attempt=1,
        time=START,
        result="done",
        record={},
        cause="",
        cursor=1,
    )


@pytest.mark.parametrize(
    ("given", "by"),
    [
        (example("consent.given"), "consent"),
        (example("consent.declined"), "consent"),
        (example("delivery.rejected"), "rejected"),
        (outcome("register"), "outcome"),
        (TimerFired(subject=case(1), name="late", time=START), "timer"),
    ],
    ids=["given", "declined", "rejected", "outcome", "timer"],
)
def test_an_input_goes_to_its_handler(connector: Connector, given: Input, by: str) -> None:
    """One lookup, and the handler's decision comes back."""
    assert connector.handle({}, given).state == {"by": by}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (example("residence.registration.requested"), "residence.registration.requested"),
        (outcome("decide"), "outcome of decide"),
        (TimerFired(subject=case(1), name="early", time=START), "timer early"),
    ],
    ids=["event", "outcome", "timer"],
)
def test_an_input_without_a_handler_is_an_error_that_names_it(
    connector: Connector, given: Input, named: str
) -> None:
    """The processor dead-letters it; nothing passes in silence."""
    with pytest.raises(UnhandledInput, match=named):
        connector.handle({}, given)


def test_a_handler_for_what_never_comes_is_refused_at_once(connector: Connector) -> None:
    """A typo, or a type that the rights table doesn't give this system."""
    for name in ("birth.registered", "consent.gvien"):
        with pytest.raises(ValueError, match=r"receives no .*it receives .*consent\.given"):
            connector.on(name)


def test_a_connector_of_one_handler_is_a_few_lines() -> None:
    """What the documentation shows works as it stands there."""
    connector = Connector("notification")

    @connector.on("case.status.changed")
    def tell(state: State, event: Input) -> Decision:
        return Decision(state={**state, "told": event.time.year})

    assert connector.handle({}, example("case.status.changed")).state == {"told": 2023}
