"""Somebody whom the population database knows, and numbers that nobody else has."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

from schemas.identifiers import Sex, personal_id_text
from simulators.draws import Draws
from simulators.people import places

_ID_SERIALS = 1_000_000
_ID_STEP = 387_917
_ROLES = 3
"""So many people of one ordinal have a number of their own."""
_NOTICE_SERIALS = 36**5
_NOTICE_STEP = 23_456_789
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Someone whom the population database knows."""

    name: str
    sex: Sex
    born: date
    personal_id: str


class Family(NamedTuple):
    """The seed's stream of chance for one family, and what numbers its people."""

    draws: Draws
    seed: int
    ordinal: int
    province: str

    def person(self, role: int, name: str, sex: Sex, born: date, from_elsewhere: float) -> Person:
        """One of the family: roles 0 to 2 have numbers that nobody else of the seed has.

        `from_elsewhere` is how likely the person's own birth was registered in another province.
        """
        registered = self.province
        if self.draws.chance(from_elsewhere):
            registered = self.draws.pick(places.provinces())
        index = self.ordinal * _ROLES + role
        serial = (index * _ID_STEP + _offset(self.seed, "id", _ID_SERIALS)) % _ID_SERIALS
        personal_id = personal_id_text(registered, sex, born.year, serial)
        return Person(name=name, sex=sex, born=born, personal_id=personal_id)


def notice_serial(seed: int, ordinal: int) -> str:
    """Five characters that no other ordinal of the seed has, of 60 million consecutive ones."""
    rest = (ordinal * _NOTICE_STEP + _offset(seed, "notice", _NOTICE_SERIALS)) % _NOTICE_SERIALS
    characters = []
    for _ in range(5):
        rest, digit = divmod(rest, 36)
        characters.append(_ALPHABET[digit])
    return "".join(characters)


@cache
def _offset(seed: int, purpose: str, limit: int) -> int:
    return Draws(seed, purpose).below(limit)
