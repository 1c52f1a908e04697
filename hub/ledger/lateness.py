"""Who was late, and the letter of apology that the citizen is owed for it: once in a case.

*Phiếu xin lỗi và hẹn lại ngày trả kết quả* (Decree 61/2018, article 19). A service is late when its
agency has it at the service's own date: it was asked by then, and said nothing dated until then.
That follows from what the agencies do, so the model knows it. Only a clock can run ahead of an
answer that is still on its way; then the letter is taken as it was given.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import combinations
from typing import TYPE_CHECKING, Any

from hub.ledger.calendar import closing_after, iso
from hub.ledger.course import Course, Letter, Said, Trigger, derived_id
from hub.ledger.rights import AGENCIES
from hub.ledger.texts import local

if TYPE_CHECKING:
    from hub.ledger.hublog import Entry

NAME = "case.status.changed"
_EVENTS_AT_ONCE = 8
"""More than dvclt ever says of one input."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What a run's files say of a case's letter; nothing by default."""

    said: tuple["Entry", ...] = ()
    """What dvclt told the citizen of the case."""
    kept: Mapping[str, Any] = field(default_factory=dict)
    """The letter as dvclt keeps it: `service`, `agency`, `due`."""
    uncertain: bool = False
    """Whether dates came due by a clock, which does not wait for answers; or the case is open, and
    may be held up by what no model knows."""


NONE = Traces()


def overtaken(entries: Sequence["Entry"], due: str) -> bool:
    """Whether news that is dated before a letter was accepted after it: whoever had it was away."""
    at = next((n for n, e in enumerate(entries) if e.name == NAME and e.time == due), None)
    if at is None:
        return False
    return any(e.system in AGENCIES and local(e.time) <= local(due) for e in entries[at:])


def apologise(course: Course, traces: Traces, days: int, last: Iterable[Trigger]) -> None:
    """Add the letter that a case is owed, if it is; `last`: the inputs of which one ended it."""
    late = _late(course, traces)
    if late is None:
        return
    service, due = late
    new = closing_after(due, days)
    course.letter = Letter(service, due, new, traces.uncertain)
    entry = _entry(traces, due)
    causes = tuple(last)
    told: dict[str, Any] = {"letter": course.letter}
    if entry is None:
        course.say("dvclt", NAME, course.timer(service, due), **told)
    elif entry.causation in {cause.id for cause in causes}:
        course.say("dvclt", NAME, *causes, time=due, **told)
    else:  # one of dvclt's timers: whichever came due first after the letter was owed
        ids, causations = (entry.id,), (entry.causation,)
        course.events.append(Said(NAME, "dvclt", due, ids, causations, told))


def _late(course: Course, traces: Traces) -> tuple[str, datetime] | None:
    """The service that was due first of those that were late, and its date."""
    first = min(course.late, default=None)
    owed = first and (first[2], first[0])
    if not traces.uncertain:
        return owed
    given = (traces.kept.get("service"), traces.kept.get("due"))
    known = (dated for dated in course.dated if given == (dated[0], iso(dated[1])))
    return next(known, owed)


def _entry(traces: Traces, due: datetime) -> "Entry | None":
    """The letter in the log: dated when it was due, with an id from what made dvclt give it."""
    for entry in traces.said:
        ids = (derived_id(str(entry.causation), NAME, n) for n in range(_EVENTS_AT_ONCE))
        if entry.time == iso(due) and entry.id in ids:
            return entry
    return None


def ended_by(course: Course, due: datetime) -> list[str]:
    """The services whose end the letter tells."""
    return [name for name, end in course.ends.items() if end.time <= due]


def tellings(course: Course, letter: Letter) -> Iterable[list[str]]:
    """Which ends the letter may tell: all until then, or less where a clock ran ahead of them."""
    told = ended_by(course, letter.due)
    yield told
    for number in range(len(told) if letter.uncertain else 0):
        yield from (list(some) for some in combinations(told, number))
