"""A service on which one agency decides: asked for, granted or refused, perhaps supplemented."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hub.orchestrator import actions as act
from hub.orchestrator.chain import Action, Column, Request, Service, State, commune_of_case
from hub.orchestrator.columns import (
    CASE,
    NOT_ACCEPTED,
    NOT_ASKED,
    RESUBMITTED,
    SUPPLEMENT_STATES,
    deadline_column,
    done_column,
    refused,
    refused_column,
    supplement_columns,
    supplement_states,
)
from hub.orchestrator.stage_one import StageOne


@dataclass(frozen=True, slots=True)
class Answer:
    """An agency's decision: the event that says so, where it leads, and what is kept of it."""

    event: str
    state: State
    note: Action


def granted(event: str, vi: str, note: Action) -> Answer:
    """What was asked for is done: the state is the last word of the event, `vi` in Vietnamese."""
    name = event.rpartition(".")[2]
    return Answer(event, State(name, vi, name, 10, result="done"), note)


def refusal(event: str, vi: str) -> Answer:
    """It is refused; `vi` says what, as in "Từ chối cấp thẻ BHYT"."""
    return Answer(event, refused(vi), act.note_refusal)


def decided_service(
    name: str,
    *,
    vi: str,
    en: str,
    request: Request,
    asked: tuple[State, ...],
    done: Answer,
    refused: Answer,
    variants: tuple[str, ...] = ("",),
    after: StageOne | None = None,
    later: tuple[State, ...] = (),
    columns: Mapping[str, Column] | None = None,
    commune: Callable[[Mapping[str, Any]], str] = commune_of_case,
) -> Service:
    """The service with the states and columns that any such service has.

    `asked` are the states in which its agency has it for the first time, `requested` before the
    others; `variants` those of its answers. `after`: what it waits for, and `later` the other
    states in which it may have to wait. `columns` are its own, and those in which it differs.
    """
    waiting: tuple[State, ...] = ()
    stopped: tuple[State, ...] = ()
    if after is not None:
        waiting, stopped = (after.waiting, *later), (after.stopped,)
    deciding = _names(asked)
    answers = {
        f"{event}/{variant}" if variant else event: column
        for event, column in _answers(
            done,
            refused,
            undecided=f"{deciding} {RESUBMITTED} {SUPPLEMENT_STATES}",
            never=_names((NOT_ASKED, NOT_ACCEPTED, *waiting, *stopped)),
        )
        for variant in variants
    }
    return Service(
        name=name,
        vi=vi,
        en=en,
        starts=(*(s.name for s in waiting or asked[:1]), "not_accepted", "not_asked"),
        states=(
            *(NOT_ASKED, NOT_ACCEPTED, *waiting, *asked, done.state, refused.state, *stopped),
            *supplement_states(str(asked[0].waits)),
        ),
        columns={
            **CASE,
            **({} if after is None else after.columns(later)),
            **supplement_columns(name, deciding, f"{done.state.name} refused"),
            **answers,
            **deadline_column(f"{_names(waiting)} {deciding} {RESUBMITTED}"),
            **(columns or {}),
        },
        request=request,
        commune=commune,
    )


def _answers(
    done: Answer, refused: Answer, *, undecided: str, never: str
) -> Iterator[tuple[str, Column]]:
    name = done.state.name
    yield done.event, done_column(undecided, name, done.note, never=never)
    yield refused.event, refused_column(undecided, name, never=never)


def _names(states: tuple[State, ...]) -> str:
    return " ".join(state.name for state in states)
