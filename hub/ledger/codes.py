"""Codes that only agencies know: what most places say of them is what all are held against."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

URN = "urn:lienthong:"
"""What the address of every paper begins with."""


@dataclass(slots=True, kw_only=True)
class Codes:
    """Codes that an agency allocates in the order of its work, so that no model knows them.

    Each is what most places say where it is kept; all places are then held against it.
    """

    agency: str | None = None
    """Where the one-stop's dossier was begun."""
    dossier: str | None = None
    """The local code of the one-stop's dossier."""
    number: int | None = None
    """The entry's number in its commune's year."""
    person: str | None = None
    """The child's personal ID."""
    residence: int | None = None
    """The number of the CT08 in its commune's year, of a registration or of a removal."""
    insurance: str | None = None
    """The child's social-insurance number."""
    decisions: Mapping[str, int] = field(default_factory=dict)
    """By agency, the number of its decision on an allowance."""
    papers: Mapping[str, str] = field(default_factory=dict)
    """The SHA-256 of each paper's file by its address; none in a run without files."""


def most(values: Iterable[Any]) -> Any:
    """What most sources say; the first of them where they are even, None where none says it."""
    said = Counter(value for value in values if value is not None)
    return max(said, key=lambda value: said[value]) if said else None
