"""Who is left behind: relatives of somebody who died, grown up and of a fitting age."""

from datetime import date, timedelta
from typing import Literal

from schemas.identifiers import Sex
from simulators.draws import Draws, Weighted
from simulators.people.names import Generation, family_names, full_name
from simulators.people.person import Family, Person

Relation = Literal["spouse", "child", "parent", "sibling", "grandchild", "other"]
"""What somebody is to the deceased."""

YEAR = 365.25
OLD = 60
_GRANDPARENT = 75
"""From this age on a grandchild may be grown up."""
_GROWN_UP = int(18 * YEAR) + 1
_BY_OLD: Weighted[Relation] = Weighted(
    ("child", "spouse", "sibling", "grandchild", "other"), (64, 20, 4, 6, 6)
)
_BY_YOUNG: Weighted[Relation] = Weighted(("spouse", "parent", "sibling", "other"), (38, 34, 22, 6))
"""Who files for somebody of that age; assumed, as nobody publishes it."""
_APART: dict[Relation, tuple[int, int]] = {
    "spouse": (-6, 13),
    "child": (20, 20),
    "parent": (-38, 18),
    "sibling": (-10, 20),
    "grandchild": (42, 14),
    "other": (-15, 45),
}
"""How many years after the deceased somebody was born: the least, and the span from there."""
_BEAR_HIS_NAME = ("child", "grandchild")


def relation_of(draws: Draws, age: int) -> Relation:
    """What somebody who files for a person of that age is to them."""
    relation = draws.pick(_BY_OLD if age >= OLD else _BY_YOUNG)
    return "child" if relation == "grandchild" and age < _GRANDPARENT else relation


def relative(
    family: Family,
    role: int,
    relation: Relation,
    deceased: Person,
    died: date,
    from_elsewhere: float,
) -> Person:
    """Somebody of at least 18 years who is that to the deceased."""
    draws = family.draws
    least, span = _APART[relation]
    years = least + draws.below(span * 100) / 100
    youngest = died - timedelta(days=_GROWN_UP)
    born = min(deceased.born + timedelta(days=int(years * YEAR)), youngest)
    sex: Sex = "male" if draws.chance(0.5) else "female"
    if relation == "spouse":
        sex = "female" if deceased.sex == "male" else "male"
    surname = draws.pick(family_names(family.province))
    if _one_name(relation, sex, deceased):
        surname = deceased.name.partition(" ")[0]
    name = full_name(draws, surname, sex, generation(born, died))
    return family.person(role, name, sex, born, from_elsewhere)


def generation(born: date, on: date) -> Generation:
    """Whose names somebody grown up bears."""
    return "elder" if on - born > timedelta(days=OLD * YEAR) else "parent"


def _one_name(relation: Relation, sex: Sex, deceased: Person) -> bool:
    """Whether the two bear one family name, which goes from father to child."""
    if relation in _BEAR_HIS_NAME:
        return deceased.sex == "male"
    return relation == "sibling" or (relation == "parent" and sex == "male")
