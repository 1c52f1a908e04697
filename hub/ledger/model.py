"""The reference model: all that must come of one submission, and when.

From the seed, the world's rates and one submission it follows the birth chain to its end, drawing
each outcome as the agencies do (a hash of seed, case, step and attempt). It knows nothing of the
programs that it judges: what they do is written down here a second time, from the design alone.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from hub.ledger.answers import decide, supplement
from hub.ledger.calendar import VN, deadline, full_years
from hub.ledger.course import Course, Decided, End, Said, Submission, Trigger
from hub.ledger.draws import World

SERVICES = ("birth", "residence", "health_card")
PROCESSING_DAYS = 3
REQUESTS = {
    "birth": "birth.registration.requested",
    "residence": "residence.registration.requested",
    "health_card": "health-card.requested",
}


class _Unanswered(Exception):
    """An agency never answers: its service stays open for ever, and so does the case."""


Refusals = Mapping[int, str]
"""Attempt → why civil status refused it whatever the hash says: another case has the birth."""


def follow(world: World, submission: Submission, entry_refused: Refusals | None = None) -> Course:
    """The course of a case; it has no end where an agency never answers."""
    asked = submission.payload["services"]
    course = Course(submission, tuple(name for name in SERVICES if name in asked))
    start = Trigger(submission.id, submission.time, submission.id)
    course.events.append(
        Said("case.submitted", "portal", submission.time, (submission.id,), (None,), {})
    )
    if wish := submission.withdrawal:
        name = "case.withdrawal.requested"
        course.events.append(Said(name, "portal", wish.time, (wish.id,), (None,), {}))
    if refusal := _intake(submission):
        course.status, course.reason, course.ended = "refused", refusal, submission.time
        course.say("dvclt", "case.status.changed", start)
        return course
    course.dues = dict.fromkeys(course.services, deadline(submission.time, PROCESSING_DAYS))
    course.say("dvclt", "case.status.changed", start, due=course.due)
    return _Walk(world, course, entry_refused or {}).to_the_end(start)


def consent_needed(payload: Mapping[str, Any]) -> bool:
    """Whether the household head is somebody else and has not signed."""
    household = payload["household"]
    other = household["head"]["personal_id"] != payload["requester"]["personal_id"]
    return other and not household["consent_signed"]


def _intake(submission: Submission) -> str | None:
    asked = submission.payload["services"]
    if "birth" not in asked:
        return "birth_not_asked"
    born = datetime.fromisoformat(submission.payload["child"]["born"]).astimezone(VN).date()
    if "health_card" in asked and full_years(born, submission.time.astimezone(VN).date()) >= 6:
        return "over_six"
    return None


class _Walk:
    """One case on its way through the agencies."""

    def __init__(self, world: World, course: Course, entry_refused: Refusals) -> None:
        self._world = world
        self._course = course
        self._entry_refused = entry_refused
        self._attempts = {
            "birth": self._register,
            "residence": self._reside,
            "health_card": self._insure,
        }

    def to_the_end(self, start: Trigger) -> Course:
        course = self._course
        birth = self._serve("birth", start)
        if birth is not None and birth.done:
            begin: Trigger | None = birth.trigger
            for service in course.services[1:]:
                end = self._serve(service, begin) if begin is not None else None
                if self._world.strict:
                    begin = end and end.trigger
        if birth is None or (birth.done and len(course.ends) < len(course.services)):
            return course
        if birth.done:
            done = all(end.done for end in course.ends.values())
            course.status = "completed" if done else "partly_completed"
        else:
            course.status = "withdrawn" if birth.kind == "withdrawn" else "refused"
            course.reason = birth.reason
        ends = [*course.ends.values()]
        last = ends[-1:] if self._world.strict else ends[1:] or ends
        causes = dict.fromkeys(end.trigger for end in last)
        course.ended = max(end.time for end in ends)
        course.say("dvclt", "case.status.changed", *causes, time=course.ended, due=course.due)
        return course

    def _serve(self, service: str, cause: Trigger) -> End | None:
        """Ask for a service until it ends; None where it never does."""
        try:
            end = self._course.ends[service] = self._ask(service, cause)
        except _Unanswered:
            return None
        return end

    def _ask(self, service: str, cause: Trigger) -> End:
        """Ask for a service, again after each supplement, until it ends."""
        world, course, attempt = self._world, self._course, 1
        not_yet = world.strict and "withdrawn" in [end.kind for end in course.ends.values()]
        if not_yet or course.withdrawn_before(cause.time):
            return End("withdrawn", "withdrawn", cause)
        while True:
            due = course.dues[service]
            request = course.say("dvclt", REQUESTS[service], cause, service=service, due=due)
            decided = self._attempts[service](request, attempt)
            if isinstance(decided, End):
                return decided
            answer = supplement(world, course, service, decided, attempt)
            if isinstance(answer, End):
                return answer
            cause, attempt = answer, attempt + 1

    def _decide(self, step: str, request: Said | Trigger, *more: Any) -> Decided:
        decided = decide(self._world, self._course, step, request, *more)
        if decided.result == "silent" and step != "vneid/consent":
            raise _Unanswered
        return decided

    def _end(self, decided: Decided, done: str, refused: str) -> End:
        name = done if decided.result == "done" else refused
        said = self._course.say(decided.step.partition("/")[0], name, decided.outcome)
        return End("done" if name == done else "refused", decided.reason, said.trigger)

    def _register(self, asked: Said, attempt: int) -> Decided | End:
        """Stage 1, from one-stop to certificate."""
        course = self._course
        received = self._decide("one-stop/receive", asked, attempt).outcome
        if attempt == 1:
            course.say("one-stop", "dossier.progressed", received, codes=[1, 3, 7])
        wish = course.say("one-stop", "birth.entry.requested", received)
        taken = self._entry_refused.get(attempt)
        entered = self._decide(
            "civil-status/enter", wish, attempt, "refused" if taken else None, taken
        )
        if entered.result == "supplement":
            return entered
        if entered.result == "refused":
            end, codes, step = self._end(entered, "", "birth.registration.refused"), [6], "close"
        else:
            wish = course.say("civil-status", "personal-id.requested", entered.outcome)
            given = self._decide("population/allocate", wish)
            issued = course.say("population", "personal-id.issued", given.outcome)
            certified = self._decide("civil-status/certify", issued)
            end, codes, step = self._end(certified, "birth.registered", ""), [4, 5], "return"
        over = self._decide(f"one-stop/{step}", end.trigger)
        course.say("one-stop", "dossier.progressed", over.outcome, codes=[1, 3, 7, *codes])
        return end

    def _reside(self, asked: Said, attempt: int) -> Decided | End:
        """Stage 2, with the household head's consent where it is needed."""
        course, step = self._course, "residence/register"
        drawn = self._world.draw(course.case, step, attempt)
        if drawn.missing or drawn.silent or not consent_needed(course.submission.payload):
            last = self._decide(step, asked, attempt)
        else:
            first = self._decide(step, asked, attempt, "consent_needed")
            expires = deadline(first.time, self._world.consent_days)
            wish = course.say("residence", "consent.requested", first.outcome, expires=expires)
            answer = self._decide("vneid/consent", wish)
            verdict: tuple[str | None, str | None] = (None, None)
            said: Said | Trigger = course.timer("consent", expires)
            if answer.result == "silent":
                verdict = ("refused", "consent_expired")
            else:
                given = answer.result == "done"
                name = "consent.given" if given else "consent.declined"
                said = course.say("vneid", name, answer.outcome)
                verdict = (None, None) if given else ("refused", "consent_declined")
            last = self._decide("residence/decide", said, attempt, *verdict)
        if last.result == "supplement":
            return last
        return self._end(last, "residence.registered", "residence.registration.refused")

    def _insure(self, asked: Said, attempt: int) -> Decided | End:
        """Stage 3."""
        card = self._decide("social-insurance/card", asked, attempt)
        if card.result == "supplement":
            return card
        return self._end(card, "health-card.issued", "health-card.refused")
