"""Vietnamese names: family name, then middle name, then given name.

The tables beside this module are the project's own, assumed from common knowledge: family names
weigh differently north and south of the Hải Vân pass, middle and given names by sex and generation.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from schemas.identifiers import Sex
from simulators.draws import Draws, Weighted
from simulators.people.tables import rows

Generation = Literal["elder", "parent", "child"]

_FIRST_SOUTHERN_PROVINCE = "48"
"""Đà Nẵng: statistical codes run from north to south."""
_HALF = 1 << 31
_WORD = (1 << 32) - 1


@dataclass(frozen=True, slots=True)
class Names:
    """The middle and given names that one sex of one generation bears."""

    middle: Weighted[str]
    given: Weighted[str]

    def after(self, family: str, middle_word: int, given_word: int) -> str:
        """The full name that two words of chance pick; a name is not its own middle name."""
        middle = self.middle.values[self.middle.index(middle_word)]
        index = self.given.index(given_word)
        if middle.endswith(self.given.values[index]):
            index -= 1
        return f"{family} {middle} {self.given.values[index]}"


@cache
def names(sex: Sex, generation: Generation) -> Names:
    """The names of that sex and generation."""
    return Names(
        middle=_table("middle_names.csv", generation, sex),
        given=_table("given_names.csv", generation, sex),
    )


@cache
def family_names(province: str) -> Weighted[str]:
    """The family names of the half of the country that a province lies in."""
    return _table("family_names.csv", "south" if province >= _FIRST_SOUTHERN_PROVINCE else "north")


def full_name(draws: Draws, family: str, sex: Sex, generation: Generation) -> str:
    """A name for someone of that family."""
    return names(sex, generation).after(family, draws.word(), draws.word())


def sibling_word(word: int) -> int:
    """The word that picks a given name far from the one that `word` picks, for a twin."""
    return word + _HALF & _WORD


@cache
def _table(file: str, weight: str, sex: str | None = None) -> Weighted[str]:
    found = [row for row in rows(file) if sex is None or row["sex"] == sex]
    return Weighted([row["name"] for row in found], [int(row[weight]) for row in found])
