"""Which cases a demonstration shows: found among a seed's cases by what chance has in store.

What agencies will decide is a hash of seed and case, so a case that will be refused can be looked
for before it is filed. Nothing is arranged: the same cases would end the same way in any run.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from hub.orchestrator.labels import Label
from simulators.arrivals import BIRTH_AND_CARD, Arrivals, Submission
from simulators.people import family_of
from simulators.world import QUESTIONS, Draw, World, draw

LONGEST_S: Final = 54_000
"""Of simulated time: nobody wants to watch a case that takes longer."""
SEARCHED: Final = 20_000
"""Cases looked at before giving up."""


class NothingToShow(ValueError):
    """Chance holds no case of some kind in this world."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One story of the demonstration and the cases that play it."""

    name: str
    title: Label
    cases: tuple[Submission, ...]


TITLES: Final = {
    "smooth": Label("Suôn sẻ, đủ ba dịch vụ", "Smooth, all three services"),
    "twins": Label("Sinh đôi: hai hồ sơ, một mẹ", "Twins: two cases, one mother"),
    "consent": Label("Chủ hộ phải đồng ý trên VNeID", "The household head has to consent"),
    "birth_and_card": Label("Chỉ khai sinh và thẻ BHYT", "Birth and health card only"),
    "refused": Label("Từ chối đăng ký khai sinh", "The birth registration is refused"),
    "declined": Label("Chủ hộ không đồng ý", "The household head declines"),
    "supplement": Label("Công dân phải bổ sung hồ sơ", "The citizen has to send a supplement"),
    "withdrawn": Label("Công dân rút hồ sơ giữa chừng", "The family withdraws on the way"),
}
"""The stories in the order in which they are told."""


def cast(arrivals: Arrivals, world: World) -> list[Part]:
    """The first cases of the seed that play each story.

    Raises:
        NothingToShow: there is none for a story, as in a world without refusals.
    """
    found: dict[str, tuple[Submission, ...]] = {}
    for ordinal in range(SEARCHED):
        if TITLES.keys() - found.keys() == {"withdrawn"} and not arrivals.withdraws(ordinal):
            continue
        cases = _family(arrivals, ordinal)
        names = {_story(arrivals.seed, case, world) for case in cases}
        name = names.pop() if len(cases) == 1 else "twins" if names == {"smooth"} else None
        if name is not None:
            found.setdefault(name, cases)
        if len(found) == len(TITLES):
            return [
                Part(name=name, title=title, cases=found[name]) for name, title in TITLES.items()
            ]
    missing = ", ".join(name for name in TITLES if name not in found)
    raise NothingToShow(f"no case among the first {SEARCHED} plays: {missing}")


def _family(arrivals: Arrivals, ordinal: int) -> tuple[Submission, ...]:
    """The ordinal's case, with its twin's."""
    odd = ordinal | 1
    twins = family_of(arrivals.seed, odd, arrivals.mix) != odd
    return tuple(arrivals.submission(one) for one in ((odd - 1, odd) if twins else (ordinal,)))


def _story(seed: int, case: Submission, world: World) -> str | None:
    """Which story a case plays by itself, None for one that shows nothing or takes too long."""
    luck, asked = _Luck(seed, case, world), case.payload.services
    birth = luck.serve("birth", "one-stop/receive", "civil-status/enter")
    if birth is None:
        return None
    first = birth.seconds + luck.seconds("population/allocate", "civil-status/certify")
    if case.withdrawn is not None:
        on_the_way = case.withdrawn < case.at + timedelta(seconds=first) <= _latest(case)
        smooth = len(asked) == 3 and birth.attempt == 1 and not birth.refused
        return "withdrawn" if smooth and on_the_way else None
    if birth.refused:
        return "refused" if birth.attempt == 1 else None
    parts: list[_Part | None] = [birth]
    name = "birth_and_card" if asked == BIRTH_AND_CARD else "smooth" if len(asked) == 3 else None
    if "health_card" in asked:
        parts.append(luck.serve("health_card", "social-insurance/card"))
    if "residence" in asked:
        residence = luck.serve("residence", "residence/register")
        if residence is not None and luck.asks_the_head():
            residence = luck.consent(residence)
            if name is not None:
                declined = residence is not None and residence.declined
                name = "declined" if declined else "consent"
        parts.append(residence)
    return _shown(name, first, parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """How one service goes: how long it takes, at which attempt it is decided, and how."""

    seconds: int
    attempt: int
    refused: bool
    declined: bool = False


def _shown(name: str | None, first: int, parts: Sequence[_Part | None]) -> str | None:
    """The story of a case whose birth takes so long, and whose services go like this."""
    told = [part for part in parts if part is not None]
    if len(told) < len(parts) or any(part.refused and not part.declined for part in told[1:]):
        return None
    if first + max((part.seconds for part in told[1:]), default=0) > LONGEST_S:
        return None
    asked_again = sum(part.attempt - 1 for part in told)
    if asked_again:
        return "supplement" if name == "smooth" and asked_again == 1 else None
    return name


def _latest(case: Submission) -> datetime:
    return case.at + timedelta(seconds=LONGEST_S)


@dataclass(frozen=True, slots=True)
class _Luck:
    """What chance has in store for one case."""

    seed: int
    case: Submission
    world: World

    def serve(self, service: str, *steps: str) -> _Part | None:
        """How a service goes, whose last step decides; None where a citizen never answers."""
        total = 0
        for attempt in range(1, QUESTIONS + 2):
            total += self.seconds(*steps, attempt=attempt)
            drawn, step = self._draw(steps[-1], attempt), self.world.steps[steps[-1]]
            if not step.missing(drawn, attempt):
                refused = step.refusal_reason(drawn) is not None
                return _Part(seconds=total, attempt=attempt, refused=refused)
            answer = f"portal/{service}"
            if self.world.steps[answer].silent(self._draw(answer, attempt)):
                return None
            total += self.seconds(answer, attempt=attempt)
        return None

    def asks_the_head(self) -> bool:
        """Whether the household head is somebody else who has not signed."""
        payload = self.case.birth
        stranger = payload.household.head.personal_id != payload.requester.personal_id
        return stranger and not payload.household.consent_signed

    def consent(self, asked: _Part) -> _Part | None:
        """How a residence goes on when the head is asked; None for one who never answers."""
        head, drawn = self.world.steps["vneid/consent"], self._draw("vneid/consent", 1)
        if head.silent(drawn):
            return None
        declined = head.refusal_reason(drawn) is not None
        decides, decided = "residence/decide", self.world.steps["residence/decide"]
        refused = decided.refusal_reason(self._draw(decides, asked.attempt)) is not None
        wait = self.seconds("vneid/consent") + self.seconds(decides, attempt=asked.attempt)
        return replace(
            asked, seconds=asked.seconds + wait, refused=declined or refused, declined=declined
        )

    def seconds(self, *names: str, attempt: int = 1) -> int:
        """How long these steps take together."""
        return sum(
            self.world.steps[name].service_seconds(self._draw(name, attempt)) for name in names
        )

    def _draw(self, name: str, attempt: int) -> Draw:
        system, _, step = name.partition("/")
        return draw(self.seed, self.case.case, system, step, attempt)


def submissions(parts: Sequence[Part]) -> list[Submission]:
    """Every case of the stories."""
    return [case for part in parts for case in part.cases]
