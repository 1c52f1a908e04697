"""A birth and the family that files it, made from a seed and an ordinal alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from schemas.identifiers import Sex
from simulators.draws import Draws
from simulators.mix import Mix
from simulators.people import places
from simulators.people.names import family_names, full_name, names, sibling_word
from simulators.people.person import Family, Person, notice_serial

Relation = Literal["parent", "grandparent"]

_TWENTY_YEARS = 7_310
"""Days, and a few more, so that a parent is 20 at the birth by any reckoning."""
_FORTY_YEARS = 14_600


@dataclass(frozen=True, slots=True, kw_only=True)
class Newborn:
    """A child as its birth notice describes it."""

    name: str
    sex: Sex
    born: datetime
    facility: str
    """Where it was born: five digits, the first two the province."""
    notice: str
    """The number of the birth notice, one a child."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdHead:
    """Who heads the household that the child will live in."""

    person: Person
    relation: Relation
    """What the head is to the child."""
    signed: bool
    """Whether the head, not being the requester, has already agreed on form CT01."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BirthApplication:
    """What a family brings when it files a birth."""

    child: Newborn
    mother: Person
    father: Person | None
    requester: Person
    head: HouseholdHead
    address: str
    commune: str
    province: str
    treatment_facility: str


def family_of(seed: int, ordinal: int, mix: Mix) -> int:
    """The ordinal of the family that the child of an ordinal is born to.

    Twins stand at an even ordinal and the next one, and both have the even one's family.
    """
    even = ordinal & ~1
    # A birth of twins gives two children, so among children twins are more frequent.
    among_children = 2 * mix.twins / (1 + mix.twins)
    return even if Draws(seed, "twins", even).chance(among_children) else ordinal


def application(
    seed: int, ordinal: int, family: int, filed: datetime, mix: Mix
) -> BirthApplication:
    """The application of the ordinal's child, born 1 to 30 days before `filed`.

    `family` is the ordinal's family and `filed` the moment when that family comes, so that twins
    are born on one day. Birth notices are unique within 60 million consecutive ordinals, personal
    IDs within 333,000.
    """
    draws = Draws(seed, "family", family)
    home = places.home(draws, filed.date(), places.offering(filed.date()))
    people = Family(draws, seed, family, home.province)
    born = _birth_moment(draws, filed)
    mother, father = _parents(people, born.date(), mix)
    requester = father if father and draws.chance(mix.father_requests) else mother
    return BirthApplication(
        mother=mother,
        father=father,
        requester=requester,
        head=_head(people, mother, father, requester, mix),
        address=places.address(draws, home.office),
        commune=home.office.commune,
        province=home.office.province,
        treatment_facility=places.health_station(home.office.commune),
        child=_child(people, ordinal, born, (father or mother).name.partition(" ")[0], mix),
    )


def _birth_moment(draws: Draws, filed: datetime) -> datetime:
    """A minute 1 to 30 days earlier, with room for a twin half an hour later."""
    minutes = 24 * 60 + 30 + draws.below(28 * 24 * 60)
    return filed.replace(second=0, microsecond=0) - timedelta(minutes=minutes)


def _parents(family: Family, birth: date, mix: Mix) -> tuple[Person, Person | None]:
    """The mother, and the father where he is known; both between 20 and 40."""
    draws = family.draws
    surnames = family_names(family.province)
    age = _TWENTY_YEARS + draws.below(3_600) + draws.below(3_600)
    mother = family.person(
        0,
        full_name(draws, draws.pick(surnames), "female", "parent"),
        "female",
        birth - timedelta(days=age),
        mix.parents_from_elsewhere,
    )
    if not draws.chance(mix.father_known):
        return mother, None
    age = min(max(age + draws.below(3_300) - 900, _TWENTY_YEARS), _FORTY_YEARS)
    father = family.person(
        1,
        full_name(draws, draws.pick(surnames), "male", "parent"),
        "male",
        birth - timedelta(days=age),
        mix.parents_from_elsewhere,
    )
    return mother, father


def _head(
    family: Family, mother: Person, father: Person | None, requester: Person, mix: Mix
) -> HouseholdHead:
    draws = family.draws
    must_agree = draws.chance(mix.consent_needed)
    signed = not must_agree and draws.chance(mix.consent_signed / (1 - mix.consent_needed))
    if not (must_agree or signed):
        return HouseholdHead(person=requester, relation="parent", signed=False)
    other = mother if requester is father else father
    if other is not None and not draws.chance(mix.grandparent_heads):
        return HouseholdHead(person=other, relation="parent", signed=signed)
    grandparent = _grandparent(family, father or mother)
    return HouseholdHead(person=grandparent, relation="grandparent", signed=signed)


def _grandparent(family: Family, parent: Person) -> Person:
    draws = family.draws
    sex: Sex = "male" if draws.chance(0.65) else "female"
    surname = parent.name.partition(" ")[0]
    if sex == "female":
        surname = draws.pick(family_names(family.province))
    born = parent.born - timedelta(days=_TWENTY_YEARS + draws.below(5_000))
    return family.person(2, full_name(draws, surname, sex, "elder"), sex, born, 0)


def _child(family: Family, ordinal: int, born: datetime, surname: str, mix: Mix) -> Newborn:
    """The ordinal's child; the second of twins is born some minutes later.

    Twins bear two names, unless their family gives them one.
    """
    draws = family.draws
    # Every draw is made for both twins, so that what follows is the same for the second.
    is_boy, unlike_twins = draws.chance(mix.boys), draws.chance(1 / 3)
    middle, given = draws.word(), draws.word()
    minutes_later = 3 + draws.below(25)
    elsewhere = draws.chance(mix.born_elsewhere)
    where = draws.pick(places.provinces()) if elsewhere else family.province
    facility = places.hospital(draws, where)
    sex = _sex(is_boy)
    name = names(sex, "child").after(surname, middle, given)
    if ordinal != family.ordinal:
        sex = _sex(is_boy is not unlike_twins)
        if not Draws(family.seed, "one name", family.ordinal).chance(mix.twins_of_one_name):
            name = names(sex, "child").after(surname, middle, sibling_word(given))
        born += timedelta(minutes=minutes_later)
    return Newborn(
        name=name,
        sex=sex,
        born=born,
        facility=facility,
        notice=f"{notice_serial(family.seed, ordinal)}.GCS.{facility}.{born.year % 100:02}",
    )


def _sex(is_boy: bool) -> Sex:
    return "male" if is_boy else "female"
