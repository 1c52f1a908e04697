"""The reference model of a birth: all that must come of one submission, and when."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from hub.ledger.birth import drafts
from hub.ledger.calendar import VN, deadline, full_years
from hub.ledger.course import Decided, End, Said, Submission, Trigger
from hub.ledger.draws import World
from hub.ledger.procedures import WITHOUT_RESIDENCE, in_force, offers_identity_card, offers_linked
from hub.ledger.walk import Walk

PROCESSING_DAYS = 3
VERIFIED_DAYS = 5
"""For a birth that is filed too late, in a run in which that has to be verified."""
IDENTITY_CARD_DAYS = 7
"""For a case that asks for one: it is promised when its slowest service is."""
CARD_BELOW_AGE = 6
CARDS = {
    "health_card": ("social-insurance/card", "health-card.issued", "health-card.refused"),
    "identity_card": ("population/identity_card", "identity-card.issued", "identity-card.refused"),
}
"""By service, the step that decides, and what is said of it."""


def consent_needed(payload: Mapping[str, Any]) -> bool:
    """Whether the household head is somebody else and has not signed."""
    household = payload["household"]
    other = household["head"]["personal_id"] != payload["requester"]["personal_id"]
    return other and not household["consent_signed"]


class BirthWalk(Walk):
    """One birth on its way through the agencies."""

    requests: ClassVar[Mapping[str, str]] = {
        "birth": "birth.registration.requested",
        "residence": "residence.registration.requested",
        "health_card": "health-card.requested",
        "identity_card": "identity-card.requested",
    }

    registered_within: ClassVar[tuple[str, str, int] | None] = ("child", "born", 60)

    @classmethod
    def services_of(cls, payload: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(name for name in cls.requests if name in payload["services"])

    @classmethod
    def intake(cls, submission: Submission) -> str | None:
        payload, today = submission.payload, submission.time.astimezone(VN).date()
        asked = payload["services"]
        if "birth" not in asked:
            return "birth_not_asked"
        if not offers_linked(payload["province"], today):
            return "linked_not_offered"
        if set(asked) == {"birth"}:
            return "birth_alone"
        if "identity_card" in asked and not offers_identity_card(today):
            return "identity_card_not_offered"
        code = payload["procedure"]
        if "residence" in asked and code == WITHOUT_RESIDENCE and in_force("birth", code, today):
            return "procedure_without_residence"
        born = datetime.fromisoformat(payload["child"]["born"]).astimezone(VN).date()
        too_old = full_years(born, today) >= CARD_BELOW_AGE
        return "over_six" if too_old and not CARDS.keys().isdisjoint(asked) else None

    @classmethod
    def days(cls, submission: Submission, world: World) -> int:
        if "identity_card" in submission.payload["services"]:
            return IDENTITY_CARD_DAYS
        verified = world.late_verified and cls.last_day_missed(submission)
        return VERIFIED_DAYS if verified else PROCESSING_DAYS

    def commune(self, service: str) -> str | None:
        if service != "residence":
            return super().commune(service)
        commune: str | None = self.course.submission.payload["household"].get("commune")
        return commune

    def excused(self, service: str) -> datetime | None:
        asks = {"birth": drafts.DRAFTED, "residence": "consent.requested"}.get(service)
        wishes = (said.time for said in self.course.events if said.name == asks)
        return next((time for time in wishes if time >= self.asked[service]), None)

    def moved_along(self, service: str) -> Iterable[str]:
        services = self.course.services
        all_wait = service == "birth" or (service == "residence" and self.world.strict)
        return services[services.index(service) + 1 :] if all_wait else ()

    def to_the_end(self, start: Trigger) -> None:
        course, strict = self.course, self.world.strict
        birth = self.serve("birth", start)
        first = 1
        if birth is not None and birth.done:
            before: End | None = birth
            if strict and "residence" in course.services:
                before, first = self._after("residence", birth), 2
            if before is not None:
                for service in course.services[first:]:
                    self._after(service, before)
        ends = [*course.ends.values()]
        self.conclude(ends[first:] or ends[-1:])

    def _after(self, service: str, before: End) -> End | None:
        if before.kind != "withdrawn":
            return self.serve(service, before.trigger)
        end = self.course.ends[service] = before
        return end

    def attempt(self, service: str, request: Said, number: int) -> Decided | End:
        if service == "birth":
            return self.enter(
                request,
                number,
                wish="birth.entry.requested",
                step="civil-status/enter",
                refused="birth.registration.refused",
                registered=self._registered,
            )
        if service == "residence":
            return self._reside(request, number)
        step, issued, refused = CARDS[service]
        card = self.decide(step, request, number)
        if card.result == "supplement":
            return card
        return self.end(card, issued, refused)

    def _registered(self, entered: Decided) -> End:
        """The entry stands; now the number, and with it the certificate."""
        wish = self.course.say("civil-status", "personal-id.requested", entered.outcome)
        given = self.decide("population/allocate", wish)
        issued = self.course.say("population", "personal-id.issued", given.outcome)
        step = drafts.CERTIFY
        checked = self.world.drafts and not self.world.draw(self.course.case, step).silent
        last = self.decide(step, issued, 1, "draft" if checked else None)
        if checked:
            last = self._checked(last)
        return self.end(last, "birth.registered", "")

    def _checked(self, draft: Decided) -> Decided:
        """The requester checks the draft; then, or without an answer, the certificate is issued."""
        course, expires = self.course, drafts.expires(draft.time)
        asked = course.say("civil-status", drafts.DRAFTED, draft.outcome, expires=expires)
        answer = self.decide("portal/certificate", asked)
        if answer.result == "silent":
            return self.decide(drafts.ISSUE, course.timer("draft", expires))
        said = course.say("portal", drafts.ANSWERED, answer.outcome, wrong=answer.reason)
        return self.decide(drafts.MEND if answer.reason else drafts.ISSUE, said)

    def _reside(self, asked: Said, number: int) -> Decided | End:
        """Stage 2, with the household head's consent where it is needed."""
        course, step = self.course, "residence/register"
        drawn = self.world.draw(course.case, step, number)
        if drawn.missing or drawn.silent or not consent_needed(course.submission.payload):
            last = self.decide(step, asked, number)
        else:
            first = self.decide(step, asked, number, "consent_needed")
            expires = deadline(first.time, self.world.consent_days, first.system)
            wish = course.say("residence", "consent.requested", first.outcome, expires=expires)
            answer = self.decide("vneid/consent", wish)
            verdict: tuple[str | None, str | None] = (None, None)
            said: Said | Trigger = course.timer("consent", expires)
            if answer.result == "silent":
                verdict = ("refused", "consent_expired")
            else:
                given = answer.result == "done"
                name = "consent.given" if given else "consent.declined"
                said = course.say("vneid", name, answer.outcome)
                verdict = (None, None) if given else ("refused", "consent_declined")
            last = self.decide("residence/decide", said, number, *verdict)
        if last.result == "supplement":
            return last
        return self.end(last, "residence.registered", "residence.registration.refused")
