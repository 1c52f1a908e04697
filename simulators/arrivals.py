"""Who submits when, and for what: the cases that the portal files."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from schemas.identifiers import Chain, case_code_text
from schemas.payloads import (
    BirthCase,
    BirthService,
    Channel,
    Child,
    DeathCase,
    Deceased,
    SubmittedCase,
)
from simulators.draws import Draws
from simulators.forms import birth_case, death_case
from simulators.mix import Mix
from simulators.people import application, death_application, family_of

ALL_SERVICES: tuple[BirthService, ...] = ("birth", "residence", "health_card")
BIRTH_AND_CARD: tuple[BirthService, ...] = ("birth", "health_card")
BIRTH_AND_RESIDENCE: tuple[BirthService, ...] = ("birth", "residence")


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
            TypeError: the case is about a death.
        """
        if isinstance(self.payload, BirthCase):
            return self.payload
        raise TypeError(f"{self.case} is not about a birth")

    @property
    def death(self) -> DeathCase:
        """The payload of a death case.

        Raises:
            TypeError: the case is about a birth.
        """
        if isinstance(self.payload, DeathCase):
            return self.payload
        raise TypeError(f"{self.case} is not about a death")

    @property
    def person(self) -> Child | Deceased:
        """Whom the case is about."""
        return self.birth.child if self.payload.chain == "birth" else self.death.deceased


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """The cases of one seed, about births and deaths. Each is made from its ordinal alone.

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
        deaths = self.mix.deaths
        death = deaths and Draws(self.seed, "chain", ordinal & ~1).chance(deaths)
        return "death" if death else "birth"

    def family(self, ordinal: int) -> int:
        """The ordinal of the family that files the case of an ordinal: a twin's is the even one."""
        if self.chain(ordinal) == "death":
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
            payload=self._payload(ordinal, family, chain),
            withdrawn=self.withdrawn(ordinal, family),
        )

    def _payload(self, ordinal: int, family: int, chain: Chain) -> SubmittedCase:
        day, wishes = self.at(ordinal).date(), Draws(self.seed, "wishes", family)
        if chain == "death":
            death = death_application(self.seed, ordinal, self.at(ordinal), self.mix)
            return death_case(death, _channel(wishes, self.mix), day)
        birth = application(self.seed, ordinal, family, self.at(family), self.mix)
        services = _services(wishes, self.mix)
        return birth_case(birth, services, _channel(wishes, self.mix), day)

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
