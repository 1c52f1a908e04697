"""Synthetic people: families, their names and numbers, and the births that they file."""

from simulators.people.births import (
    BirthApplication,
    HouseholdHead,
    Newborn,
    Person,
    application,
    family_of,
)

__all__ = [
    "BirthApplication",
    "HouseholdHead",
    "Newborn",
    "Person",
    "application",
    "family_of",
]
