"""Which cases a demonstration shows: found among a seed's cases by what chance has in store.

What agencies will decide is a hash of seed and case, so a case that will be refused can be looked
for before it is filed. Nothing is arranged: the same cases would end the same way in any run.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hub.orchestrator.labels import Label
from simulators.arrivals import BIRTH_AND_CARD, Arrivals, Submission
from simulators.people import family_of
from simulators.world import World, draw

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
}
"""The stories in the order in which they are told."""


def cast(arrivals: Arrivals, world: World) -> list[Part]:
    """The first cases of the seed that play each story.

    Raises:
        NothingToShow: there is none for a story, as in a world without refusals.
    """
    found: dict[str, tuple[Submission, ...]] = {}
    for ordinal in range(SEARCHED):
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
    luck = _Luck(seed, case, world)
    if luck.refused("civil-status/enter"):
        return "refused"
    asked, household = case.payload.services, case.payload.household
    first = luck.seconds("one-stop/receive", "civil-status/enter", "population/allocate")
    first += luck.seconds("civil-status/certify")
    ends = [first]
    if "health_card" in asked:
        if luck.refused("social-insurance/card"):
            return None
        ends.append(first + luck.seconds("social-insurance/card"))
    name = "birth_and_card" if asked == BIRTH_AND_CARD else "smooth" if len(asked) == 3 else None
    if "residence" in asked:
        steps = ["residence/register"]
        stranger = household.head.personal_id != case.payload.requester.personal_id
        if stranger and not household.consent_signed:
            if name is not None:
                name = "declined" if luck.refused("vneid/consent") else "consent"
            steps += ["vneid/consent", "residence/decide"]
        if name != "declined" and luck.refused(steps[-1]):
            return None
        ends.append(first + luck.seconds(*steps))
    return name if max(ends) <= LONGEST_S else None


@dataclass(frozen=True, slots=True)
class _Luck:
    """What chance has in store for one case."""

    seed: int
    case: Submission
    world: World

    def refused(self, name: str) -> bool:
        system, _, step = name.partition("/")
        drawn = draw(self.seed, self.case.case, system, step, 1)
        return self.world.steps[name].refusal_reason(drawn) is not None

    def seconds(self, *names: str) -> int:
        total = 0
        for name in names:
            system, _, step = name.partition("/")
            drawn = draw(self.seed, self.case.case, system, step, 1)
            total += self.world.steps[name].service_seconds(drawn)
        return total


def submissions(parts: Sequence[Part]) -> list[Submission]:
    """Every case of the stories."""
    return [case for part in parts for case in part.cases]
