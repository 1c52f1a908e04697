"""Who submits when, and for what: the cases that the portal files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Final

from schemas.identifiers import Chain, case_code_text
from schemas.payloads import (
    BirthCase,
    BirthService,
    Channel,
    Child,
    DeathCase,
    Deceased,
    Resident,
    SubmittedCase,
    TemporaryResidenceCase,
)
from schemas.regimes import offers_identity_card
from simulators.draws import Draws
from simulators.forms import birth_case, death_case, stay_case
from simulators.mix import Mix
from simulators.people import application, death_application, family_of, stay_application

ALL_SERVICES: tuple[BirthService, ...] = ("birth", "residence", "health_card")
BIRTH_AND_CARD: tuple[BirthService, ...] = ("birth", "health_card")
BIRTH_AND_RESIDENCE: tuple[BirthService, ...] = ("birth", "residence")
IDENTITY_CARD: tuple[BirthService, ...] = ("identity_card",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One case as it is filed: its code, the moment, and the payload of `case.submitted`.

    A family that will withdraw decides that when it submits; `withdrawn` is when.
    """

    ordinal: int
    case: str
    at: datetime
    payload: SubmittedCase
    withdrawn: datetime | None = None

    @property
    def birth(self) -> BirthCase:
        """The payload of a birth case.

        Raises:
            TypeError: the case is not about a birth.
        """
        if isinstance(self.payload, BirthCase):
            return self.payload
        raise TypeError(f"{self.case} is not about a birth")

    @property
    def death(self) -> DeathCase:
        """The payload of a death case.

        Raises:
            TypeError: the case is not about a death.
        """
        if isinstance(self.payload, DeathCase):
            return self.payload
        raise TypeError(f"{self.case} is not about a death")

    @property
    def person(self) -> Child | Deceased | Resident:
        """Whom the case is about."""
        match self.payload:
            case BirthCase(child=person):
                return person
            case DeathCase(deceased=person):
                return person
            case TemporaryResidenceCase(resident=person):
                return person


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """The cases of one seed, of every chain in the mix. Each is made from its ordinal alone.

    Twins stand at an even ordinal and the next one: two cases with two birth notices, one mother,
    and the same wishes.
    """

    seed: int
    start: datetime
    """When the first case is filed."""
    per_second: float | None = None
    """How many are filed each second, whatever becomes of them; None: all at `start`."""
    mix: Mix = field(default_factory=Mix)

    def at(self, ordinal: int) -> datetime:
        """When the case is filed, to the millisecond."""
        if self.per_second is None:
            return self.start
        return self.start + timedelta(milliseconds=int(ordinal * 1000 / self.per_second))

    def chain(self, ordinal: int) -> Chain:
        """What the case of an ordinal is about: a pair that could be twins is about one thing."""
        if shares := self.mix.shares():
            draws, left = Draws(self.seed, "chain", ordinal & ~1), 1.0
            for chain, share in shares.items():
                if draws.chance(share / left):
                    return chain
                left -= share
        return "birth"

    def family(self, ordinal: int) -> int:
        """The ordinal of the family that files the case of an ordinal: a twin's is the even one."""
        if self.chain(ordinal) != "birth":
            return ordinal
        return family_of(self.seed, ordinal, self.mix)

    def case(self, ordinal: int) -> str:
        """The code of the case of an ordinal."""
        number = _first_number(self.seed) + ordinal
        return case_code_text(self.chain(ordinal), self.at(ordinal).date(), number)

    def submission(self, ordinal: int) -> Submission:
        """The case of an ordinal, from 0."""
        chain, family = self.chain(ordinal), self.family(ordinal)
        return Submission(
            ordinal=ordinal,
            case=self.case(ordinal),
            at=self.at(ordinal),
            payload=_FILED[chain](self, ordinal, family),
            withdrawn=self.withdrawn(ordinal, family),
        )

    def withdraws(self, ordinal: int) -> bool:
        """Whether the family of an ordinal's case will withdraw it."""
        return self.withdrawn(ordinal, self.family(ordinal)) is not None

    def withdrawn(self, ordinal: int, family: int) -> datetime | None:
        """When a family withdraws the case of an ordinal; None if it never does."""
        wish = Draws(self.seed, "withdrawal", family)
        if not wish.chance(self.mix.withdrawn):
            return None
        return self.at(ordinal) + timedelta(
            seconds=1 + wish.below(int(self.mix.withdrawal_hours * 3600))
        )


def _birth(made: Arrivals, ordinal: int, family: int) -> BirthCase:
    wishes = Draws(made.seed, "wishes", family)
    birth = application(made.seed, ordinal, family, made.at(family), made.mix)
    services, day = _services(wishes, made.mix), made.at(ordinal).date()
    if offers_identity_card(day) and _wants_identity_card(made, family):
        services += IDENTITY_CARD
    return birth_case(birth, services, _channel(wishes, made.mix), day)


def _wants_identity_card(made: Arrivals, family: int) -> bool:
    return Draws(made.seed, "identity card", family).chance(made.mix.identity_card)


def _death(made: Arrivals, ordinal: int, family: int) -> DeathCase:
    channel, at = _channel(Draws(made.seed, "wishes", family), made.mix), made.at(ordinal)
    return death_case(death_application(made.seed, ordinal, at, made.mix), channel, at.date())


def _stay(made: Arrivals, ordinal: int, family: int) -> TemporaryResidenceCase:
    channel, at = _channel(Draws(made.seed, "wishes", family), made.mix), made.at(ordinal)
    return stay_case(stay_application(made.seed, ordinal, at, made.mix), channel, at.date())


_FILED: Final[Mapping[Chain, Callable[[Arrivals, int, int], SubmittedCase]]] = {
    "birth": _birth,
    "death": _death,
    "temporary_residence": _stay,
}
"""What is filed in each chain, by ordinal and family."""


@cache
def _first_number(seed: int) -> int:
    """Six digits from which the seed's case codes count on, so that seeds differ in codes."""
    return 100_000 + Draws(seed, "case codes").below(900_000)


def _services(wishes: Draws, mix: Mix) -> tuple[BirthService, ...]:
    if wishes.chance(mix.birth_and_card_only):
        return BIRTH_AND_CARD
    rest = 1 - mix.birth_and_card_only
    if rest and wishes.chance(mix.birth_and_residence_only / rest):
        return BIRTH_AND_RESIDENCE
    return ALL_SERVICES


def _channel(wishes: Draws, mix: Mix) -> Channel:
    if wishes.chance(mix.online):
        return "online"
    rest = 1 - mix.online
    return "post" if rest and wishes.chance(mix.by_post / rest) else "direct"
