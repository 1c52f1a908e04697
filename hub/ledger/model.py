"""The reference model: all that must come of one submission, and when.

From the seed, the world's rates and one submission it follows the birth chain to its end, drawing
each outcome as the agencies do (a hash of seed, case, step and attempt). It knows nothing of the
programs that it judges: what they do is written down here a second time, from the design alone.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from hub.ledger.calendar import VN, deadline, full_years
from hub.ledger.course import Course, Decided, End, Said, Submission, Trigger

SERVICES = ("birth", "residence", "health_card")
PROCESSING_DAYS = 3


class Draw(NamedTuple):
    """What the hash says of one step."""

    refused: bool
    seconds: int
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What a run was started with: the seed, the rules of each step, the order of services."""

    seed: int
    steps: Mapping[str, Mapping[str, Any]]
    strict: bool = False
    """The health card waits for the end of residence."""

    def draw(self, case: str, step: str, attempt: int = 1) -> Draw:
        """Three numbers of [0, 1) from one digest: outcome, service time, reason."""
        rule = self.steps[step]
        digest = hashlib.sha256(f"{self.seed}|{case}|{step}|{attempt}".encode()).digest()
        u0, u1, u2 = (int.from_bytes(digest[at : at + 8], "big") / 2**64 for at in (0, 8, 16))
        low, high = rule["service"]
        reasons: Sequence[str] = rule["reasons"]
        reason = reasons[int(u2 * len(reasons))] if reasons else None
        return Draw(u0 < rule["refusal"], int(low + u1 * (high - low)), reason)


def follow(world: World, submission: Submission, entry_refused: str | None = None) -> Course:
    """The course of a case.

    `entry_refused`: the birth entry stands under another case, and civil status refused this one
    for that reason.
    """
    asked = submission.payload["services"]
    course = Course(submission, tuple(name for name in SERVICES if name in asked))
    start = Trigger(submission.id, submission.time, submission.id)
    course.events.append(
        Said("case.submitted", "portal", submission.time, (submission.id,), (None,))
    )
    if refusal := _intake(submission):
        course.status, course.reason, course.ended = "refused", refusal, submission.time
        course.say("dvclt", "case.status.changed", start)
        return course
    course.due = deadline(submission.time, PROCESSING_DAYS)
    course.say("dvclt", "case.status.changed", start)
    registered = _register(world, course, start, entry_refused)
    if registered is None:
        course.status, course.reason = "refused", course.ends["birth"].reason
    else:
        _afterwards(world, course, registered.trigger)
        done = all(end.done for end in course.ends.values())
        course.status = "completed" if done else "partly_completed"
    _finish(world, course)
    return course


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


def _decide(
    world: World,
    course: Course,
    step: str,
    request: Said,
    result: str | None = None,
    reason: str | None = None,
) -> Decided:
    """A dossier as drawn, unless a rule beats the hash."""
    draw = world.draw(course.case, step)
    result = result or ("refused" if draw.refused else "done")
    if result == "refused":
        reason = reason or draw.reason
    time = request.time + timedelta(seconds=draw.seconds)
    return course.decide(step, request.trigger, time, result, reason)


def _register(
    world: World, course: Course, start: Trigger, entry_refused: str | None
) -> Said | None:
    """Stage 1, from one-stop to certificate; `birth.registered`, or None after a refusal."""
    asked = course.say("dvclt", "birth.registration.requested", start)
    received = _decide(world, course, "one-stop/receive", asked).outcome
    course.say("one-stop", "dossier.progressed", received)
    wish = course.say("one-stop", "birth.entry.requested", received)
    result = "refused" if entry_refused else None
    entered = _decide(world, course, "civil-status/enter", wish, result, entry_refused)
    if entered.result == "refused":
        refused = course.say("civil-status", "birth.registration.refused", entered.outcome)
        closed = _decide(world, course, "one-stop/close", refused)
        course.say("one-stop", "dossier.progressed", closed.outcome)
        course.ends["birth"] = End(False, entered.reason, refused)
        return None
    wish = course.say("civil-status", "personal-id.requested", entered.outcome)
    given = _decide(world, course, "population/allocate", wish)
    issued = course.say("population", "personal-id.issued", given.outcome)
    certified = _decide(world, course, "civil-status/certify", issued)
    registered = course.say("civil-status", "birth.registered", certified.outcome)
    returned = _decide(world, course, "one-stop/return", registered)
    course.say("one-stop", "dossier.progressed", returned.outcome)
    course.ends["birth"] = End(True, None, registered)
    return registered


def _afterwards(world: World, course: Course, start: Trigger) -> None:
    """Stages 2 and 3: side by side, or the card when residence has ended, however it ended."""
    if "residence" in course.services:
        course.ends["residence"] = end = _reside(world, course, start)
        if world.strict:
            start = end.event.trigger
    if "health_card" in course.services:
        asked = course.say("dvclt", "health-card.requested", start)
        card = _decide(world, course, "social-insurance/card", asked)
        done = card.result == "done"
        name = "health-card.issued" if done else "health-card.refused"
        said = course.say("social-insurance", name, card.outcome)
        course.ends["health_card"] = End(done, card.reason, said)


def _reside(world: World, course: Course, start: Trigger) -> End:
    asked = course.say("dvclt", "residence.registration.requested", start)
    if not consent_needed(course.submission.payload):
        last = _decide(world, course, "residence/register", asked)
    else:
        first = _decide(world, course, "residence/register", asked, "consent_needed")
        wish = course.say("residence", "consent.requested", first.outcome)
        answer = _decide(world, course, "vneid/consent", wish)
        given = answer.result == "done"
        name = "consent.given" if given else "consent.declined"
        said = course.say("vneid", name, answer.outcome)
        verdict = (None, None) if given else ("refused", "consent_declined")
        last = _decide(world, course, "residence/decide", said, *verdict)
    done = last.result == "done"
    name = "residence.registered" if done else "residence.registration.refused"
    return End(done, last.reason, course.say("residence", name, last.outcome))


def _finish(world: World, course: Course) -> None:
    """The last message to the citizen, at the latest time of what it rests on."""
    ends = [end.event.trigger for end in course.ends.values()]
    causes = ends[-1:] if world.strict else ends[1:] or ends
    course.ended = max(end.time for end in course.ends.values())
    course.say("dvclt", "case.status.changed", *causes, time=course.ended)
