"""Synthetic people: families, their names and numbers, the births and deaths that they file."""

from simulators.people.births import (
    BirthApplication,
    HouseholdHead,
    Newborn,
    application,
    family_of,
)
from simulators.people.deaths import DeathApplication, Notice, Payment, death_application
from simulators.people.person import Person

__all__ = [
    "BirthApplication",
    "DeathApplication",
    "HouseholdHead",
    "Newborn",
    "Notice",
    "Payment",
    "Person",
    "application",
    "death_application",
    "family_of",
]
