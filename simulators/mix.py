"""How often what happens among the people who submit: every rate a named parameter."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Final, Self

from schemas.identifiers import Chain

_GROUPS = (
    "group_insurance",
    "group_social_protection",
    "group_merit",
    "group_veterans",
    "group_social_pension",
)


_OF_CHAINS: Final[Mapping[Chain, str]] = {"death": "deaths", "temporary_residence": "stays"}
"""The share of each chain but births, which are the rest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """Shares between 0 and 1. None is published, unless a source is named: they are assumptions."""

    deaths: float = 0.33
    """Of cases, those about a death, as many as people die for births; a pair is of one kind."""
    stays: float = 0.0
    """Of cases, those about a stay (*tạm trú*)."""
    twins: float = 0.012
    """Of births, those that bring two children."""
    twins_of_one_name: float = 0.0
    """Of twins, those whose family gives both one name, so that civil status suspects a duplicate;
    by default each has its own."""
    birth_and_card_only: float = 0.10
    """Of cases, those that ask for no residence."""
    birth_and_residence_only: float = 0.05
    """Of cases, those that ask for no health card; the rest ask for all three services."""
    identity_card: float = 0.60
    """Of births filed since linked cases offer it, those that ask for the child's identity card."""
    consent_needed: float = 0.10
    """Of cases, those whose household head must still agree to the residence."""
    consent_signed: float = 0.15
    """Of cases, those whose household head, not the requester, has signed form CT01 already."""
    grandparent_heads: float = 0.70
    """Of heads who are not the requester, grandparents; the rest are the other parent."""
    father_known: float = 0.93
    """Of births, those with a father on the declaration."""
    father_requests: float = 0.55
    """Of births with a known father, those that he declares; the mother declares the rest."""
    parents_from_elsewhere: float = 0.15
    """Of parents, those whose own birth was registered in another province."""
    born_elsewhere: float = 0.05
    """Of births, those in a health facility of another province."""
    boys: float = 0.528
    """Of children. Source: General Statistics Office, 2023: about 112 boys to 100 girls."""
    online: float = 0.715
    """Of cases, those filed online. Source: Hòa Bình, 15/8–14/9/2023: 32,144 of 44,938."""
    by_post: float = 0.01
    """Of cases, those that come by public post; the rest are brought to the one-stop."""
    withdrawn: float = 0.005
    """Of families, those that withdraw."""
    withdrawal_hours: float = 24.0
    """Within so many hours after the submission they do so."""

    died_young: float = 0.15
    """Of deaths, those of people from 18 to 59 years; the rest are 60 to 98."""
    men_among_the_dead: float = 0.55
    """Of deaths."""
    deceased_from_elsewhere: float = 0.15
    """Of the dead and their relatives, those whose birth was registered in another province."""
    died_at_home: float = 0.35
    """Of deaths, those at home, whose notice the commune's health station makes out."""
    died_elsewhere: float = 0.12
    """Of deaths in a hospital, those in another province than that of the last residence."""
    permanent_residence_elsewhere: float = 0.03
    """Of deaths, those of people who were registered as permanent residents in another commune
    than that of their last residence."""
    allowance_office_elsewhere: float = 0.03
    """Of deaths with an allowance, those where whoever paid or insured the deceased is elsewhere
    than the last residence."""
    group_insurance: float = 0.45
    """Of deaths, those whose family ticks the funeral allowance of social insurance."""
    group_social_protection: float = 0.20
    """Of deaths, those for which it ticks that of social protection."""
    group_merit: float = 0.05
    """Of deaths, those for which it ticks that of people of merit."""
    group_veterans: float = 0.02
    """Of deaths, those for which it ticks that of veterans."""
    group_social_pension: float = 0.08
    """Of deaths, those for which it ticks that of social pensioners; before there was one, none."""
    second_group: float = 0.03
    """Of deaths with social insurance, those that tick merit or veterans as well."""
    requester_is_paid: float = 0.85
    """Of allowances, those whose payee is the requester; else another relative."""
    paid_into_account: float = 0.66
    """Of allowances, those asked for into an account."""
    paid_by_post: float = 0.10
    """Of allowances, those asked for by post; the rest are fetched at the cash desk."""

    stayers_from_elsewhere: float = 0.85
    """Of those who stay, the ones whose birth was registered in another province."""
    landlord_files: float = 0.20
    """Of stays, those that the landlord files; the rest are filed by who stays."""

    def shares(self) -> dict[Chain, float]:
        """Of cases, how many each chain has that has any; the rest are births."""
        found = {chain: getattr(self, name) for chain, name in _OF_CHAINS.items()}
        return {chain: share for chain, share in found.items() if share}

    def only(self, chain: Chain) -> Self:
        """The mix with nothing but this chain; then there are no twins."""
        shares = {name: float(chain == other) for other, name in _OF_CHAINS.items()}
        return replace(self, twins=0.0, **shares)

    def __post_init__(self) -> None:
        for name in (field.name for field in fields(self) if field.name != "withdrawal_hours"):
            share = getattr(self, name)
            if not 0 <= share <= 1:
                raise ValueError(f"{name} is {share}, not a share between 0 and 1")
        if self.withdrawal_hours <= 0:
            raise ValueError(f"withdrawal_hours is {self.withdrawal_hours}, not a time to withdraw")
        for one, other in (
            ("birth_and_card_only", "birth_and_residence_only"),
            ("consent_needed", "consent_signed"),
            ("online", "by_post"),
            ("paid_into_account", "paid_by_post"),
            ("deaths", "stays"),
        ):
            if getattr(self, one) + getattr(self, other) > 1:
                raise ValueError(f"{one} and {other} are more than 1 together")
        if sum(getattr(self, name) for name in _GROUPS) > 1 + 1e-9:
            raise ValueError(f"{', '.join(_GROUPS)} are more than 1 together")
