"""The reference model of a death: all that must come of one submission, and when."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from hub.ledger.answers import ask
from hub.ledger.calendar import VN, deadline
from hub.ledger.course import Decided, End, Said, Submission, Trigger
from hub.ledger.death import places
from hub.ledger.death.money import DAYS, DAYS_WITHOUT_GROUP, Grant, beside, best
from hub.ledger.draws import World
from hub.ledger.procedures import offers_linked
from hub.ledger.texts import local
from hub.ledger.units import province_then, receiving
from hub.ledger.walk import Unanswered, Walk

DECIDERS = {
    "insurance_allowance": "social-insurance",
    "social_allowance": "social-protection",
}
CLOSED, UNCOLLECTED = "account_closed", "payout_uncollected"
ACCOUNT_DAYS = 7
CASH = {"method": "cash", "account": None}


def groups_of(payload: Mapping[str, Any], service: str) -> list[str]:
    """The ticked groups on which a service's agency decides."""
    insured = service == "insurance_allowance"
    groups = dict.fromkeys(payload["groups"])
    return [group for group in groups if (group == "insurance") == insured]


class DeathWalk(Walk):
    """One death on its way through the agencies."""

    requests: ClassVar[Mapping[str, str]] = {
        "death": "death.registration.requested",
        "residence_removal": "residence.removal.requested",
        "insurance_allowance": "funeral-allowance.requested",
        "social_allowance": "funeral-allowance.requested",
    }
    registered_within: ClassVar[tuple[str, str, int] | None] = ("deceased", "died", 15)
    elsewhere: ClassVar[Mapping[str, str]] = places.WRONG

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.payload = self.course.submission.payload
        self.payouts = dict.fromkeys(DECIDERS, self.payload["payout"])
        """How each allowance is to be paid, as last asked for."""
        self.granted: dict[str, Grant] = {}
        self.unpaid: list[tuple[Said, str]] = []
        """Payments that were asked for and are still to be made."""
        self.failed: set[str] = set()
        """Allowances that came back once."""

    @classmethod
    def services_of(cls, payload: Mapping[str, Any]) -> tuple[str, ...]:
        asked = list(payload["services"])
        if "funeral_allowance" in asked:  # without a group it is refused, as social protection's
            asked += [name for name in DECIDERS if groups_of(payload, name)]
            asked += [] if payload["groups"] else ["social_allowance"]
        return tuple(name for name in cls.requests if name in asked)

    @classmethod
    def intake(cls, submission: Submission) -> str | None:
        payload = submission.payload
        asked, groups, payout = payload["services"], payload["groups"], payload["payout"]
        if "death" not in asked:
            return "death_not_asked"
        if not offers_linked(payload["province"], submission.time.astimezone(VN).date()):
            return "linked_not_offered"
        if set(asked) == {"death"}:
            return "death_alone"
        if "funeral_allowance" not in asked:
            return None
        if not groups or payload["payee"] is None or payout is None:
            return "allowance_incomplete"
        if payout["method"] == "account" and payout["account"] is None:
            return "allowance_incomplete"
        both = {"social_protection", "emergency"}
        return "groups_exclude" if both <= set(groups) else None

    @classmethod
    def days(cls, submission: Submission, world: World) -> int:
        payload = submission.payload
        groups = payload["groups"] if "funeral_allowance" in payload["services"] else ()
        return max((DAYS[group] for group in groups), default=DAYS_WITHOUT_GROUP)

    def commune(self, service: str) -> str | None:
        commune: str | None = places.addressed(self.payload, service).get("commune")
        return commune

    def goes_on(self, service: str, decided: Decided | End) -> bool:
        return service in DECIDERS and isinstance(decided, End) and decided.done

    def moved_along(self, service: str) -> Iterable[str]:
        services, ends = self.course.services, self.course.ends
        if service == "death":
            return services[1:]
        waits = service in DECIDERS and not self.granted
        return [n for n in services if waits and n in DECIDERS and n != service and n not in ends]

    def told(self, service: str) -> dict[str, Any]:
        if service not in DECIDERS:
            return {}
        return {
            "decider": DECIDERS[service],
            "groups": groups_of(self.payload, service),
            "granted": self._elsewhere(service),
            "payout": self.payouts[service],
        }

    def _elsewhere(self, service: str) -> dict[str, Any] | None:
        """What was granted before this service was first asked for."""
        first = next(iter(self.granted), service)
        if first == service:
            return None
        grant = self.granted[first]
        return {"decider": DECIDERS[first], "group": grant.group, "vnd": grant.vnd}

    def to_the_end(self, start: Trigger) -> None:
        death = self.serve("death", start)
        if death is not None and death.done:
            if "residence_removal" in self.course.services:
                self.serve("residence_removal", death.trigger)
            self._allow(death.trigger)
        ends = [*self.course.ends.values()]
        self.conclude(ends[1:] or ends)

    def attempt(self, service: str, request: Said, number: int) -> Decided | End:
        if service == "death":
            return self.enter(
                request,
                number,
                wish="death.entry.requested",
                step="civil-status/enter_death",
                refused="death.registration.refused",
                registered=lambda entered: self.end(entered, "death.registered", ""),
            )
        if service == "residence_removal":
            removed = self.decide("residence/remove", request, number)
            if removed.result == "supplement":
                return removed
            return self.end(removed, "residence.removed", "residence.removal.refused")
        return self._decide_on(service, request, number)

    # --- allowances ----------------------------------------------------------------------------

    def _allow(self, cause: Trigger) -> None:
        """Ask for the allowances, of two the higher first; then have them paid."""
        services = [name for name in self.course.services if name in DECIDERS]
        services.sort(key=self._published, reverse=True)
        for service in services:
            before = [self.course.ends[name] for name in services if name in self.course.ends]
            if before and before[-1].kind == "withdrawn":
                self.course.ends[service] = before[-1]
            elif (end := self.serve(service, cause)) is None:
                break
            else:
                cause = end.trigger
        paid = 0
        while self.unpaid:
            self.unpaid.sort(key=lambda waiting: waiting[0].time)
            paid += 1
            self._pay(*self.unpaid.pop(0), paid)

    def _published(self, service: str) -> int:
        """The sum as it was public on the day of submission."""
        known = self.course.submission.time.astimezone(VN).date()
        office = places.addressed(self.payload, service)["commune"]
        grant = self._best(groups_of(self.payload, service), office, known)
        return grant.vnd if grant else 0

    def _best(self, groups: Iterable[str], commune: str, known_on: date) -> Grant | None:
        died = local(self.payload["deceased"]["died"]).date()
        own = self.world.standards.get(province_then(commune, died) or "", ())
        return best(groups, died, known_on, own)

    def _decide_on(self, service: str, request: Said, number: int) -> Decided | End:
        """The agency decides on entitlement and sum, by the law as known that day."""
        decider, filed = DECIDERS[service], places.addressed(self.payload, service)["commune"]
        step = f"{decider}/allowance"
        drawn = self.world.draw(self.course.case, step, number)
        day = drawn.after(request.time).date()
        asked = receiving(filed, request.time.astimezone(VN).date(), self.world.successors)
        grant = self._best(request.told["groups"], asked.commune if asked else filed, day)
        refusal = None if grant else "not_entitled"
        if grant is not None:
            elsewhere = request.told["granted"] or {"vnd": None}
            grant = beside(grant, elsewhere["vnd"])
            refusal = None if grant else "no_double_benefit"
        beaten = refusal is not None and not drawn.silent
        decided = self.decide(step, request, number, *(("refused", refusal) if beaten else ()))
        if decided.result == "supplement":
            return decided
        if decided.result == "refused":
            return self.end(decided, "", "funeral-allowance.refused")
        assert grant is not None, "who is not entitled is refused"
        self.granted[service] = grant
        told: dict[str, Any] = {"decider": decider, "grant": grant}
        said = self.course.say(decider, "funeral-allowance.granted", decided.outcome, **told)
        self._have_paid(service, decided.outcome)
        return End("done", None, said.trigger)  # until the payment says how it ends

    def _have_paid(self, service: str, cause: Trigger) -> None:
        told: dict[str, Any] = {"decider": DECIDERS[service], "payout": self.payouts[service]}
        said = self.course.say(DECIDERS[service], "payout.requested", cause, **told)
        self.unpaid.append((said, service))

    def _pay(self, request: Said, service: str, number: int) -> None:
        """One payment: made, or the account is closed and the citizen is asked for another way."""
        course, payout = self.course, request.told["payout"]
        drawn = self.world.draw(course.case, "payout/pay", number)
        pays_anyway = drawn.refused and payout["method"] != "account"
        del course.ends[service]
        try:
            paid = self.decide("payout/pay", request, number, *(("done",) if pays_anyway else ()))
        except Unanswered:
            course.let_go(service, self.asked[service], None)
            return
        failed_again = paid.result != "done" and service in self.failed
        course.let_go(service, self.asked[service], None if failed_again else paid.time)
        name = "payout.made" if paid.result == "done" else "payout.failed"
        said = course.say("payout", name, paid.outcome, **request.told)
        if paid.result == "done":
            course.ends[service] = End("done", None, said.trigger)
        elif not failed_again:  # then an officer gets it
            self.failed.add(service)
            self._ask_for_account(service, said)

    def _ask_for_account(self, service: str, failed: Said) -> None:
        """The decision stands, whether the citizen answers, is silent or withdraws."""
        course = self.course
        told = {"missing": (CLOSED,), "due": deadline(failed.time, ACCOUNT_DAYS), "payout": CASH}
        provided, last = ask(self.world, course, service, failed.trigger, told, None)
        if provided is None:
            timer = course.timer(service, last)
            course.ends[service] = End("uncollected", UNCOLLECTED, timer)
            return
        self.move_dues(service, DECIDERS[service], along=False)
        self.payouts[service] = CASH
        if not self.known(service, provided):
            return
        request = self.request(service, provided)
        course.ends[service] = End("done", None, request.trigger)
        self._have_paid(service, request.trigger)
