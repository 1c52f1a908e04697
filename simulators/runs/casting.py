"""Which cases a demonstration shows: found among a seed's cases by what chance has in store.

What agencies will decide is a hash of seed and case, so a case that will be refused can be looked
for before it is filed. Nothing is arranged: the same cases would end the same way in any run.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from hub.orchestrator.labels import Label
from schemas.payloads import BirthCase, DeathCase
from schemas.regimes import competent_commune, offers_identity_card
from schemas.units import UnknownUnitError
from simulators.arrivals import Arrivals, Submission
from simulators.mix import Mix
from simulators.runs.birth_stories import BIRTHS, WITH_IDENTITY_CARD, birth_story
from simulators.runs.death_stories import DEATHS, death_story, possible_stories
from simulators.runs.foreseeing import Luck
from simulators.world import World

SEARCHED: Final = 200_000
"""Cases looked at before giving up."""

LONGEST: Final = timedelta(days=60)
"""No story takes longer."""


class NothingToShow(ValueError):
    """Chance holds no case of some kind in this world."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One story of the demonstration and the cases that play it."""

    name: str
    title: Label
    cases: tuple[Submission, ...]


def titles(mix: Mix, day: date) -> Mapping[str, Label]:
    """The stories that a mix has people for on a day, in the order in which they are told."""
    births = BIRTHS if mix.deaths < 1 else {}
    if births and offers_identity_card(day) and mix.identity_card > 0:
        births = births | WITH_IDENTITY_CARD
    return births | DEATHS if mix.deaths > 0 else births


def cast(arrivals: Arrivals, world: World) -> list[Part]:
    """The first cases of the seed that play each story.

    Raises:
        NothingToShow: there is none for a story, as in a world without refusals.
    """
    told = titles(arrivals.mix, arrivals.start.date())
    found: dict[str, tuple[Submission, ...]] = {}
    for ordinal in range(SEARCHED):
        missing = told.keys() - found.keys()
        if not missing:
            break
        chain = arrivals.chain(ordinal)
        if chain == "death":
            played = _death(arrivals, ordinal, world, missing & DEATHS.keys())
        elif chain == "birth":
            played = _birth(arrivals, ordinal, world, missing - DEATHS.keys())
        else:
            continue
        if all(_stays_somebodys(case) for cases in played.values() for case in cases):
            found = played | found
    if nobody := ", ".join(name for name in told if name not in found):
        raise NothingToShow(f"no case among the first {SEARCHED} plays: {nobody}")
    return [Part(name=name, title=title, cases=found[name]) for name, title in told.items()]


def _birth(
    arrivals: Arrivals, ordinal: int, world: World, missing: Set[str]
) -> dict[str, tuple[Submission, ...]]:
    """Which of the missing stories a birth plays, alone or with its twin."""
    if not missing or (missing == {"withdrawn"} and not arrivals.withdraws(ordinal)):
        return {}
    cases = _family(arrivals, ordinal)
    stories = {birth_story(one, Luck(arrivals.seed, one.case, world)) for one in cases}
    name = stories.pop() if len(cases) == 1 else "twins" if stories == {"smooth"} else None
    return {} if name is None else {name: cases}


def _family(arrivals: Arrivals, ordinal: int) -> tuple[Submission, ...]:
    """The ordinal's case, with its twin's."""
    odd = ordinal | 1
    twins = arrivals.family(odd) != odd
    return tuple(arrivals.submission(one) for one in ((odd - 1, odd) if twins else (ordinal,)))


def _death(
    arrivals: Arrivals, ordinal: int, world: World, missing: Set[str]
) -> dict[str, tuple[Submission, ...]]:
    """Which of the missing stories a death plays; only one that could is looked at whole."""
    if not missing:
        return {}
    luck = Luck(arrivals.seed, arrivals.case(ordinal), world)
    if not possible_stories(luck, missing):
        return {}
    case = arrivals.submission(ordinal)
    name = None if case.withdrawn is not None else death_story(case.death, luck)
    return {} if name is None else {name: (case,)}


def _stays_somebodys(case: Submission) -> bool:
    """Whether the commune's successor is known, should the case go over 1 July 2025.

    Else it may wait for an officer for ever, and the story has no end.
    """
    payload, day = case.payload, (case.at + LONGEST).date()
    communes = {payload.commune}
    if isinstance(payload, BirthCase):
        communes.add(payload.household.commune)
    if isinstance(payload, DeathCase):
        named = (payload.permanent_residence, payload.allowance_office)
        communes |= {place.commune for place in named if place is not None}
    try:
        return all(competent_commune(code, day) for code in communes)
    except UnknownUnitError:
        return False


def submissions(parts: Sequence[Part]) -> list[Submission]:
    """Every case of the stories."""
    return [case for part in parts for case in part.cases]
