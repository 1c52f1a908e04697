"""What the reference models of all chains share: how a service is asked for until it ends.

A model follows one submission to the end of its case. It draws each outcome as the agencies do (a
hash of seed, case, step and attempt), and knows nothing of the programs that it judges: what they
do is written down here a second time, from the design alone.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, NamedTuple

from hub.ledger.answers import decide, supplement
from hub.ledger.calendar import VN, deadline, resumed
from hub.ledger.course import Course, Decided, End, Said, Submission, Trigger
from hub.ledger.defects import SUSPECTED
from hub.ledger.draws import World
from hub.ledger.lateness import NONE, Traces, apologise
from hub.ledger.procedures import in_force
from hub.ledger.units import misplaced, receiving


class Ruled(NamedTuple):
    """What the register decides of an entry whatever the hash says: another case has one."""

    refused: Mapping[int, str] = {}
    """Attempt → why it is refused."""
    suspected: int | None = None
    """At which attempt the family is to explain it."""


_SILENCE_COUNTS = ("vneid/consent", "portal/certificate")
"""Questions after which things go on though nobody answers."""
FREE = Ruled()
"""Nobody else has an entry."""


class Unanswered(Exception):
    """Nobody ever answers: the service stays open for ever, and so does the case."""


class Walk(ABC):
    """One case on its way through the agencies."""

    requests: ClassVar[Mapping[str, str]]
    """The chain's services in their order, with the event that asks for each."""
    elsewhere: ClassVar[Mapping[str, str]] = {}
    """Places that a submission can name beside its own → why one in a wrong province is refused."""
    registered_within: ClassVar[tuple[str, str, int] | None] = None
    """Part and field of the payload that say when it happened, and in how many days it is to be
    registered; None of what is no fact of civil status."""
    clock: ClassVar[str] = "one-stop"
    """By whose days a case is promised."""

    def __init__(self, world: World, course: Course, entry: Ruled) -> None:
        self.world = world
        self.course = course
        self.entry = entry
        self.letter = NONE
        self.asked: dict[str, datetime] = {}
        """By service, when its agency was last asked."""

    @classmethod
    def follow(
        cls,
        world: World,
        submission: Submission,
        entry: Ruled = FREE,
        letter: Traces = NONE,
    ) -> Course:
        """The course of a case; it has no end where an agency never answers."""
        course = Course(submission, cls.services_of(submission.payload))
        course.successors = world.successors
        course.former_provinces = world.former_provinces
        start = Trigger(submission.id, submission.time, submission.id)
        if notice := submission.notice:
            course.hear("notice.issued", notice.id, notice.time, "health-facility")
        course.hear("case.submitted", submission.id, submission.time)
        if wish := submission.withdrawal:
            course.hear("case.withdrawal.requested", wish.id, wish.time)
        if refusal := cls.intake(submission) or cls._not_taken(submission):
            course.status, course.reason, course.ended = "refused", refusal, submission.time
            course.say("dvclt", "case.status.changed", start)
            return course
        due = deadline(submission.time, cls.days(submission, world), cls.clock)
        course.dues = dict.fromkeys(course.services, due)
        course.dated.update(course.dues.items())
        course.say("dvclt", "case.status.changed", start, due=course.due)
        walk = cls(world, course, entry)
        walk.letter = letter
        walk.to_the_end(start)
        return course

    @classmethod
    def _not_taken(cls, submission: Submission) -> str | None:
        """Why dvclt refuses a submission of any chain that the chain's own rules let in."""
        payload, day = submission.payload, submission.time.astimezone(VN).date()
        named = {cls.elsewhere[name]: place for name, place in cls.places(payload).items()}
        for reason, place in {"wrong_place": payload, **named}.items():
            if misplaced(place["commune"], place["province"], day):
                return reason
        code = payload["procedure"]  # None of a case from outside, if dvclt's document is lost
        taken = code is None or in_force(payload["chain"], code, day)
        return None if taken else "procedure_not_in_force"

    @classmethod
    def places(cls, payload: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        """The places that a submission names beside its own."""
        return {name: payload[name] for name in cls.elsewhere if payload.get(name)}

    @classmethod
    @abstractmethod
    def services_of(cls, payload: Mapping[str, Any]) -> tuple[str, ...]:
        """What dvclt will ask for, in the chain's order."""

    @classmethod
    @abstractmethod
    def intake(cls, submission: Submission) -> str | None:
        """Why dvclt itself refuses the submission."""

    @classmethod
    @abstractmethod
    def days(cls, submission: Submission, world: World) -> int:
        """In how many working days a case is promised at its submission."""

    @classmethod
    def last_day_missed(cls, submission: Submission) -> date | None:
        """Until when it was to be filed, if it was filed later."""
        if cls.registered_within is None:
            return None
        part, name, days = cls.registered_within
        happened = datetime.fromisoformat(submission.payload[part][name]).astimezone(VN)
        last = happened.date() + timedelta(days=days)
        return last if submission.time.astimezone(VN).date() > last else None

    @abstractmethod
    def to_the_end(self, start: Trigger) -> None:
        """Ask for everything, and say the last word."""

    @abstractmethod
    def attempt(self, service: str, request: Said, number: int) -> Decided | End:
        """One request to the agencies of a service: its end, or what they find missing."""

    def excused(self, service: str) -> datetime | None:
        """Since when a service's agency waits for somebody else's answer, so that it is not late
        any more; None where it waits for nobody."""
        return None

    def moved_along(self, service: str) -> Iterable[str]:
        """Services that wait for this one, so that its wait for a citizen moves their date too."""
        return ()

    def told(self, service: str) -> dict[str, Any]:
        """What a service's request says besides its date."""
        return {}

    # --- one service ---------------------------------------------------------------------------

    def serve(self, service: str, cause: Trigger) -> End | None:
        """Ask for a service until it ends; None where it never does."""
        try:
            end = self.course.ends[service] = self._ask(service, cause)
        except Unanswered:
            return None
        return end

    def _ask(self, service: str, cause: Trigger) -> End:
        if self.course.withdrawn_before(cause.time):
            return End("withdrawn", "withdrawn", cause)
        number = 1
        while True:
            if not self.known(service, cause):
                return self._given_up(service)
            decided = self._attempt(service, self.request(service, cause), number)
            if isinstance(decided, End):
                return decided
            answer = supplement(self.world, self.course, service, decided)
            if isinstance(answer, End):
                return answer
            if self.course.questions[service].number == 1:
                self.move_dues(service, decided.system)
            cause, number = answer, number + 1

    def known(self, service: str, cause: Trigger) -> bool:
        """Whether a table says who receives a service's request; else an officer has it."""
        commune, day = self.commune(service), cause.time.astimezone(VN).date()
        found = commune is None or receiving(commune, day, self.world.successors) is not None
        if not found:
            self.course.unmapped.append(cause)
        return found

    def commune(self, service: str) -> str | None:
        """Whose affair a service is; None where that was written down nowhere."""
        commune: str | None = self.course.submission.payload.get("commune")
        return commune

    def _given_up(self, service: str) -> End:
        """What nobody receives ends only if the citizen withdraws it."""
        wish = self.course.submission.withdrawal
        if wish is None:
            raise Unanswered
        return End("withdrawn", "withdrawn", self.course.timer(service, wish.time))

    def _attempt(self, service: str, request: Said, number: int) -> Decided | End:
        """The same, and whether the agency was late with it."""
        try:
            decided = self.attempt(service, request, number)
        except Unanswered:
            self.course.let_go(service, request.time, self.excused(service))
            raise
        if not self.goes_on(service, decided):
            self.course.let_go(service, request.time, self.excused(service) or decided.time)
        return decided

    def goes_on(self, service: str, decided: Decided | End) -> bool:
        """Whether an agency has a service still, though it has decided."""
        return False

    def request(self, service: str, cause: Trigger) -> Said:
        """What dvclt asks an agency for."""
        self.asked[service] = cause.time
        told = {"service": service, "due": self.course.dues[service], **self.told(service)}
        return self.course.say("dvclt", self.requests[service], cause, **told)

    def move_dues(self, service: str, who: str, *, along: bool = True) -> None:
        """A wait for the citizen, whom `who` asked, that does not count; nor for those `along` that
        wait too."""
        question, dues = self.course.questions[service], self.course.dues
        assert question.answered is not None, "only an answer ends a wait"
        for name in (service, *(self.moved_along(service) if along else ())):
            dues[name] = resumed(dues[name], question.asked, question.answered, who)
            self.course.dated.add((name, dues[name]))

    def decide(self, step: str, request: Said | Trigger, *more: Any) -> Decided:
        """A dossier; `more` are attempt, result, reason and what is missing as well."""
        decided = decide(self.world, self.course, step, request, *more)
        if decided.result == "silent" and step not in _SILENCE_COUNTS:
            raise Unanswered
        return decided

    def ruled(self, number: int) -> tuple[str | None, str | None, tuple[str, ...]]:
        """What a rule says of an attempt at the entry: result, reason, and what is missing too."""
        reason = self.entry.refused.get(number)
        if reason is not None:
            return "refused", reason, ()
        suspected = number == self.entry.suspected
        return ("supplement", None, (SUSPECTED,)) if suspected else (None, None, ())

    def end(self, decided: Decided, done: str, refused: str) -> End:
        """How a decision ends a service, said by who decided."""
        name = done if decided.result == "done" else refused
        said = self.course.say(decided.system, name, decided.outcome)
        return End("done" if name == done else "refused", decided.reason, said.trigger)

    def enter(
        self,
        asked: Said,
        number: int,
        *,
        wish: str,
        step: str,
        refused: str,
        registered: Callable[[Decided], End],
    ) -> Decided | End:
        """Stage 1, from the one-stop through the register of civil status and back."""
        course, at = self.course, asked.time
        received = self.decide("one-stop/receive", asked, number).outcome
        if number == 1:
            course.say("one-stop", "dossier.progressed", received, asked=at, codes=[1, 3, 7])
        wanted = course.say("one-stop", wish, received, asked=at)
        entered = self.decide(step, wanted, number, *self.ruled(number))
        if entered.result == "supplement":
            return entered
        if entered.result == "refused":
            end, codes, last = self.end(entered, "", refused), [6], "one-stop/close"
        else:
            end, codes, last = registered(entered), [4, 5], "one-stop/return"
        over = self.decide(last, end.trigger)
        codes = [1, 3, 7, *codes]
        course.say("one-stop", "dossier.progressed", over.outcome, asked=end.time, codes=codes)
        return end

    # --- the case ------------------------------------------------------------------------------

    def conclude(self, last: Iterable[End]) -> None:
        """How the case ended, if it did; `last` are the services on whose end it may rest."""
        course = self.course
        first = course.ends.get(course.services[0])
        open_ = first is None or (first.done and len(course.ends) < len(course.services))
        causes = dict.fromkeys(() if open_ else (end.trigger for end in last))
        apologise(course, self.letter, self.days(course.submission, self.world), causes)
        if first is None or open_:
            return
        if first.done:
            done = all(end.done for end in course.ends.values())
            course.status = "completed" if done else "partly_completed"
        else:
            course.status = "withdrawn" if first.kind == "withdrawn" else "refused"
            course.reason = first.reason
        course.ended = max(end.time for end in course.ends.values())
        course.say("dvclt", "case.status.changed", *causes, time=course.ended, due=course.due)
