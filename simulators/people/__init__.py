"""Synthetic people: families, their names and numbers, the births, deaths and stays they file."""

from simulators.people.births import (
    BirthApplication,
    HouseholdHead,
    Newborn,
    application,
    family_of,
)
from simulators.people.deaths import (
    DeathApplication,
    Elsewhere,
    Notice,
    Payment,
    death_application,
)
from simulators.people.person import Person
from simulators.people.stays import StayApplication, stay_application

__all__ = [
    "BirthApplication",
    "DeathApplication",
    "Elsewhere",
    "HouseholdHead",
    "Newborn",
    "Notice",
    "Payment",
    "Person",
    "StayApplication",
    "application",
    "death_application",
    "family_of",
    "stay_application",
]
