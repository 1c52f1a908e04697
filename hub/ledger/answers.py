"""What agencies decide and citizens answer: the parts of the reference model that draw."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hub.ledger.calendar import deadline
from hub.ledger.course import Course, Decided, End, Question, Said, Trigger
from hub.ledger.draws import World

SUPPLEMENT_DAYS = 7


def decide(
    world: World,
    course: Course,
    step: str,
    request: Said | Trigger,
    attempt: int = 1,
    result: str | None = None,
    reason: str | None = None,
    also: tuple[str, ...] = (),
) -> Decided:
    """A dossier as drawn, unless a rule beats the hash, or misses something `also`."""
    draw = world.draw(course.case, step, attempt)
    result = result or draw.result
    return course.decide(
        step,
        attempt,
        request.trigger if isinstance(request, Said) else request,
        request.time if result == "silent" else draw.after(request.time),
        result,
        reason=(reason or draw.reason) if result == "refused" else None,
        missing=(*draw.missing, *also) if result == "supplement" else (),
        due=request.told.get("due") if isinstance(request, Said) else None,
    )


def supplement(world: World, course: Course, service: str, decided: Decided) -> Trigger | End:
    """An agency has the citizen asked: the answer that leads on, or how the service ends."""
    due = deadline(decided.time, SUPPLEMENT_DAYS, decided.system)
    told: dict[str, Any] = {"missing": decided.missing, "due": due}
    said = course.say(decided.system, "supplement.requested", decided.outcome, **told)
    if course.withdrawn_before(said.time):
        return End("withdrawn", "withdrawn", said.trigger)
    wish = course.submission.withdrawal
    provided, last = ask(world, course, service, said.trigger, told, wish and wish.time)
    if provided is not None:
        return provided
    timer = course.timer(service, last)
    if wish is not None and wish.time <= last:
        return End("withdrawn", "withdrawn", timer)
    return End("expired", "supplement_expired", timer)


def ask(
    world: World,
    course: Course,
    service: str,
    cause: Trigger,
    told: Mapping[str, Any],
    until: datetime | None,
) -> tuple[Trigger | None, datetime]:
    """dvclt asks the citizen, and waits `until` then at most: the answer if it comes in time, and
    when the wait ends."""
    known = course.questions.get(service)
    number = known.number + 1 if known else 1
    due = told["due"]
    asked = course.say("dvclt", "case.supplement.requested", cause, service=service, **told)
    answer = decide(world, course, f"portal/{service}", asked, number)
    then = None if answer.result == "silent" else answer.time
    course.questions[service] = Question(number, due, asked.time, then)
    last = due if until is None else min(due, until)
    if then is None:
        return None, last
    more: dict[str, Any] = {"service": service, "number": number, "payout": told.get("payout")}
    provided = course.say("portal", "case.supplement.provided", answer.outcome, **more)
    return (provided.trigger if then <= last else None), last
