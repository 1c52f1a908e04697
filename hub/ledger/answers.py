"""What agencies decide and citizens answer: the parts of the reference model that draw."""

from datetime import datetime, timedelta
from typing import Any

from hub.ledger.calendar import deadline, resumed
from hub.ledger.course import Course, Decided, End, Question, Said, Trigger
from hub.ledger.draws import World

SUPPLEMENT_DAYS = 7
DECIDING = {"birth": "civil-status", "residence": "residence", "health_card": "social-insurance"}


def decide(
    world: World,
    course: Course,
    step: str,
    request: Said | Trigger,
    attempt: int = 1,
    result: str | None = None,
    reason: str | None = None,
) -> Decided:
    """A dossier as drawn, unless a rule beats the hash."""
    draw = world.draw(course.case, step, attempt)
    result = result or draw.result
    wait = timedelta(seconds=0 if result == "silent" else draw.seconds)
    return course.decide(
        step,
        attempt,
        request.trigger if isinstance(request, Said) else request,
        request.time + wait,
        result,
        reason=(reason or draw.reason) if result == "refused" else None,
        missing=draw.missing if result == "supplement" else (),
        due=request.told.get("due") if isinstance(request, Said) else None,
    )


def supplement(
    world: World, course: Course, service: str, decided: Decided, number: int
) -> Trigger | End:
    """The citizen is asked: the answer that leads on, or how the service ends."""
    wish = course.submission.withdrawal
    due = deadline(decided.time, SUPPLEMENT_DAYS)
    told: dict[str, Any] = {"missing": decided.missing, "due": due}
    said = course.say(DECIDING[service], "supplement.requested", decided.outcome, **told)
    if course.withdrawn_before(said.time):
        return End("withdrawn", "withdrawn", said.trigger)
    told["service"] = service
    asked = course.say("dvclt", "case.supplement.requested", said.trigger, **told)
    answer = decide(world, course, f"portal/{service}", asked, number)
    then = None if answer.result == "silent" else answer.time
    course.questions[service] = Question(number, due, asked.time, then)
    last = due if wish is None else min(due, wish.time)
    if then is not None:
        told = {"service": service, "number": number}
        provided = course.say("portal", "case.supplement.provided", answer.outcome, **told)
        if then <= last:
            if number == 1:
                _move_dues(world, course, service, said.time, then)
            return provided.trigger
    timer = course.timer(service, last)
    if wish is not None and wish.time <= last:
        return End("withdrawn", "withdrawn", timer)
    return End("expired", "supplement_expired", timer)


def _move_dues(
    world: World, course: Course, service: str, asked: datetime, answered: datetime
) -> None:
    """The first wait does not count, for the service and for those that wait for it."""
    along = service == "birth" or (service == "residence" and world.strict)
    for name in course.services[course.services.index(service) :]:
        if along or name == service:
            course.dues[name] = resumed(course.dues[name], asked, answered)
