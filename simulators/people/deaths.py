"""A death and the family that files it, made from a seed and an ordinal alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

from schemas.amounts import Group, amount
from schemas.identifiers import Sex
from schemas.rules import NoRuleError
from simulators.draws import Draws, Weighted
from simulators.mix import Mix
from simulators.people import places
from simulators.people.names import family_names, full_name
from simulators.people.person import Family, Person, notice_serial
from simulators.people.relatives import OLD, YEAR, Relation, generation, relation_of, relative
from simulators.people.tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """The death notice that a health facility made out."""

    number: str
    facility: str
    """Five digits, the first two the province, which need not be that of the residence."""
    place: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Who is to be paid a funeral allowance, and how."""

    payee: Person
    relation: Relation
    method: Literal["account", "post", "cash"]
    bank: str | None
    """Where the account is; None, like its number, where it is not paid into one."""
    number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A commune other than that of the last residence."""

    province: str
    commune: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeathApplication:
    """What a family brings when it files a death."""

    deceased: Person
    died: datetime
    notice: Notice
    requester: Person
    groups: tuple[Group, ...]
    """The allowances that the family ticks; none where it asks for none."""
    payment: Payment | None
    """There where a group is ticked."""
    address: str
    commune: str
    province: str
    permanent_residence: Elsewhere | None
    """Where the deceased was registered, if elsewhere."""
    allowance_office: Elsewhere | None
    """Where whoever paid or insured the deceased is, if elsewhere and a group is ticked."""


def death_application(seed: int, ordinal: int, filed: datetime, mix: Mix) -> DeathApplication:
    """The application of the ordinal's death, 1 to 14 days before `filed`.

    Deaths are told to the minute, and registered where the person last lived. Numbers of notices
    and people are unique like those of births.
    """
    draws = Draws(seed, "death", ordinal)
    home = places.home(draws, filed.date(), places.offering(filed.date()))
    family = Family(draws, seed, ordinal, home.province)
    minutes = 24 * 60 + draws.below(13 * 24 * 60)
    died = filed.replace(second=0, microsecond=0) - timedelta(minutes=minutes)
    age = 18 + draws.below(42)
    if not draws.chance(mix.died_young):
        age = OLD + draws.below(20) + draws.below(20)
    deceased = _deceased(family, died.date(), age, mix)
    relation = relation_of(draws, age)
    requester = relative(*(family, 1, relation, deceased, died.date()), mix.deceased_from_elsewhere)
    address = places.address(draws, home.office)
    notice = _notice(family, ordinal, died, age, (home.office.commune, address), mix)
    groups = _groups(draws, died.date(), mix)
    payment = _payment(family, deceased, (requester, relation), died.date(), mix)
    registered, insured = (
        _elsewhere(Draws(seed, purpose, ordinal), share, home.office.commune, filed.date())
        for purpose, share in (
            ("death/permanent_residence", mix.permanent_residence_elsewhere),
            ("death/allowance_office", mix.allowance_office_elsewhere),
        )
    )
    return DeathApplication(
        deceased=deceased,
        died=died,
        notice=notice,
        requester=requester,
        groups=groups,
        payment=payment if groups else None,
        address=address,
        commune=home.office.commune,
        province=home.office.province,
        permanent_residence=registered,
        allowance_office=insured if groups else None,
    )


def _elsewhere(draws: Draws, share: float, commune: str, day: date) -> Elsewhere | None:
    """As often as the share says, another commune, of whichever province."""
    if not draws.chance(share):
        return None
    _, office = places.home(draws, day)
    if office.commune == commune:
        return None
    address = places.address(draws, office)
    return Elsewhere(province=office.province, commune=office.commune, address=address)


def _deceased(family: Family, died: date, age: int, mix: Mix) -> Person:
    draws = family.draws
    sex: Sex = "male" if draws.chance(mix.men_among_the_dead) else "female"
    born = died - timedelta(days=int(age * YEAR) + draws.below(365))
    surname = draws.pick(family_names(family.province))
    name = full_name(draws, surname, sex, generation(born, died))
    return family.person(0, name, sex, born, mix.deceased_from_elsewhere)


def _notice(
    family: Family,
    ordinal: int,
    died: datetime,
    age: int,
    home: tuple[str, str],
    mix: Mix,
) -> Notice:
    """From a hospital, maybe of another province, or from the station of the commune."""
    draws, (commune, address) = family.draws, home
    at_home, elsewhere = draws.chance(mix.died_at_home), draws.chance(mix.died_elsewhere)
    province = draws.pick(places.provinces()) if elsewhere else family.province
    facility, place = places.hospital(draws, province), ""
    if at_home:
        facility, place = places.health_station(commune), f"Tại nhà, {address}"
    number = f"{notice_serial(family.seed, ordinal)}.GBT.{facility}.{died.year % 100:02}"
    return Notice(
        number=number,
        facility=facility,
        place=place or places.hospital_name(facility),
        cause=draws.pick(_causes("old" if age >= OLD else "young")),
    )


def _groups(draws: Draws, died: date, mix: Mix) -> tuple[Group, ...]:
    """What the family ticks; a group that had no allowance on that day counts to none."""
    first, second = draws.pick(_shares(mix)), draws.chance(mix.second_group)
    beside: Group = "veterans" if draws.chance(0.5) else "merit"
    if first is None or not _pays(first, died):
        return ()
    return (first, beside) if first == "insurance" and second else (first,)


@cache
def _shares(mix: Mix) -> Weighted[Group | None]:
    shares: dict[Group | None, float] = {
        "insurance": mix.group_insurance,
        "social_protection": mix.group_social_protection,
        "merit": mix.group_merit,
        "veterans": mix.group_veterans,
        "social_pension": mix.group_social_pension,
    }
    shares[None] = max(0.0, 1 - sum(shares.values()))
    return Weighted(shares.keys(), shares.values())


@cache
def _pays(group: Group, died: date) -> bool:
    try:
        amount(group, died)
    except NoRuleError:
        return False
    return True


def _payment(
    family: Family, deceased: Person, requester: tuple[Person, Relation], died: date, mix: Mix
) -> Payment:
    """Mostly the requester has seen to the funeral, else another relative."""
    draws, (payee, relation) = family.draws, requester
    if not draws.chance(mix.requester_is_paid):
        relation = "child" if died - deceased.born > timedelta(days=OLD * YEAR) else "sibling"
        payee = relative(family, 2, relation, deceased, died, mix.deceased_from_elsewhere)
    bank, digits = draws.pick(_banks())
    number = "".join(str(draws.below(10)) for _ in range(digits))
    if draws.chance(mix.paid_into_account):
        return Payment(payee=payee, relation=relation, method="account", bank=bank, number=number)
    rest = 1 - mix.paid_into_account
    by_post = rest and draws.chance(mix.paid_by_post / rest)
    method: Literal["post", "cash"] = "post" if by_post else "cash"
    return Payment(payee=payee, relation=relation, method=method, bank=None, number=None)


@cache
def _causes(age: Literal["old", "young"]) -> Weighted[str]:
    table = rows("causes_of_death.csv")
    return Weighted([row["cause"] for row in table], [int(row[age]) for row in table])


@cache
def _banks() -> Weighted[tuple[str, int]]:
    """Names of banks, and how many digits their accounts have."""
    table = rows("banks.csv")
    banks = [(row["bank"], int(row["digits"])) for row in table]
    return Weighted(banks, [int(row["weight"]) for row in table])
