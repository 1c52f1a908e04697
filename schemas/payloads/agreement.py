"""What a submission says twice has to agree, or one of its fields is wrong.

Only what cannot be true is refused: a name in another spelling is for the agency to judge, and so
is the year in a birth notice's number, of which no source says what it is the year of.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from schemas.event import VN, from_text
from schemas.identifiers import Sex, sex_and_birth_year

Contradiction = Literal[
    "id_of_other_sex",
    "id_of_other_year",
    "id_of_deceased",
    "parent_too_young",
    "died_before_birth",
    "notice_of_other_facility",
]
"""The type of the fault in pydantic's error."""

PARENT_FROM_AGE: Final = 12
"""How many years a parent is older than a child at least; assumed, since no law says it."""
_MESSAGES: Final[Mapping[Contradiction, str]] = {
    "id_of_other_sex": "The personal ID is one of the other sex",
    "id_of_other_year": "The personal ID is one of another year of birth",
    "id_of_deceased": "The personal ID is that of the deceased",
    "parent_too_young": "A parent is at least {years} years older than the child",
    "died_before_birth": "The death lies before the birth",
    "notice_of_other_facility": "The birth notice is another facility's",
}
_Found = tuple[tuple[str, ...], Contradiction]


def agreed(case: dict[str, Any]) -> dict[str, Any]:
    """The case, whose fields are of their form, if nothing in it contradicts itself.

    Raises:
        ValidationError: something does, at each of the places it names.
    """
    faults = [
        InitErrorDetails(
            type=PydanticCustomError(what, _MESSAGES[what], {"years": PARENT_FROM_AGE}),
            loc=place,
            input=None,  # the number of a person stays out of every message
        )
        for place, what in _contradictions(case)
    ]
    if faults:
        raise ValidationError.from_exception_data("case.submitted", faults)
    return case


def _contradictions(case: Mapping[str, Any]) -> Iterator[_Found]:
    match case["chain"]:
        case "birth":
            yield from _of_birth(case)
        case "death":
            yield from _of_death(case)
        case "temporary_residence":
            yield from _of_person(case, "resident", case["resident"]["sex"])


def _of_birth(case: Mapping[str, Any]) -> Iterator[_Found]:
    child = case["child"]
    born = _day(child["born"])
    parents: tuple[tuple[str, Sex], ...] = (("mother", "female"), ("father", "male"))
    for name, sex in parents:
        parent = case[name]
        if parent is None:
            continue
        yield from _of_person(case, name, sex)
        if _full_years(date.fromisoformat(parent["born"]), born) < PARENT_FROM_AGE:
            yield (name, "born"), "parent_too_young"
    if child["notice"].split(".")[2] != child["facility"]:
        yield ("child", "notice"), "notice_of_other_facility"


def _of_death(case: Mapping[str, Any]) -> Iterator[_Found]:
    deceased, payee = case["deceased"], case["payee"]
    if _day(deceased["died"]) < date.fromisoformat(deceased["born"]):
        yield ("deceased", "died"), "died_before_birth"
    yield from _of_person(case, "deceased", deceased["sex"])
    if case["requester"]["personal_id"] == deceased["personal_id"]:
        yield ("requester", "personal_id"), "id_of_deceased"
    if payee is not None and payee["personal_id"] == deceased["personal_id"]:
        yield ("payee", "personal_id"), "id_of_deceased"


def _of_person(case: Mapping[str, Any], name: str, sex: Sex) -> Iterator[_Found]:
    person = case[name]
    of_sex, of_year = sex_and_birth_year(person["personal_id"])
    if of_sex != sex:
        yield (name, "personal_id"), "id_of_other_sex"
    if of_year != int(person["born"][:4]):
        yield (name, "personal_id"), "id_of_other_year"


def _day(moment: str) -> date:
    return from_text(moment).astimezone(VN).date()


def _full_years(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
