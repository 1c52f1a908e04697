"""Who submits when, and for what: the cases that the portal files."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from schemas.identifiers import case_code_text
from schemas.payloads import BirthCase, BirthService, Child, DeathCase, Deceased, SubmittedCase
from schemas.procedures import procedure
from simulators.draws import Draws
from simulators.mix import Mix
from simulators.people import BirthApplication, Person, application, family_of

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
    """The cases of one seed. Each is made from its ordinal alone, by whoever needs it.

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

    def submission(self, ordinal: int) -> Submission:
        """The case of an ordinal, from 0."""
        at = self.at(ordinal)
        family = family_of(self.seed, ordinal, self.mix)
        birth = application(self.seed, ordinal, family, self.at(family), self.mix)
        return Submission(
            ordinal=ordinal,
            case=case_code_text("birth", at.date(), _first_number(self.seed) + ordinal),
            at=at,
            payload=_payload(birth, at.date(), Draws(self.seed, "wishes", family), self.mix),
            withdrawn=self.withdrawn(ordinal, family),
        )

    def withdraws(self, ordinal: int) -> bool:
        """Whether the family of an ordinal's case will withdraw it."""
        return self.withdrawn(ordinal, family_of(self.seed, ordinal, self.mix)) is not None

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


def _channel(wishes: Draws, mix: Mix) -> str:
    if wishes.chance(mix.online):
        return "online"
    rest = 1 - mix.online
    return "post" if rest and wishes.chance(mix.by_post / rest) else "direct"


def _payload(birth: BirthApplication, day: date, wishes: Draws, mix: Mix) -> BirthCase:
    # One validation of nested dicts costs half of what building each part's model does.
    return BirthCase.model_validate(
        {
            "chain": "birth",
            "procedure": procedure("linked_birth", day).code,
            "services": _services(wishes, mix),
            "channel": _channel(wishes, mix),
            "province": birth.province,
            "commune": birth.commune,
            "requester": _reference(birth.requester),
            "child": {
                "name": birth.child.name,
                "sex": birth.child.sex,
                "born": birth.child.born.isoformat(),
                "notice": birth.child.notice,
                "facility": birth.child.facility,
            },
            "mother": _parent(birth.mother),
            "father": _parent(birth.father) if birth.father else None,
            "household": {
                "head": _reference(birth.head.person),
                "relation": birth.head.relation,
                "address": birth.address,
                "commune": birth.commune,
                "consent_signed": birth.head.signed,
            },
            "treatment_facility": birth.treatment_facility,
            "documents": _documents(birth),
        }
    )


def _reference(person: Person) -> dict[str, Any]:
    return {"name": person.name, "personal_id": person.personal_id}


def _parent(person: Person) -> dict[str, Any]:
    return {"name": person.name, "personal_id": person.personal_id, "born": person.born.isoformat()}


def _documents(birth: BirthApplication) -> tuple[dict[str, Any], ...]:
    notice = _document("birth_notice", birth.child.notice)
    if birth.head.signed:
        return notice, _document("ct01", birth.child.notice)
    return (notice,)


def _document(kind: str, name: str) -> dict[str, Any]:
    uri = f"doc:{kind}/{name}"
    return {"kind": kind, "uri": uri, "sha256": hashlib.sha256(uri.encode()).hexdigest()}
