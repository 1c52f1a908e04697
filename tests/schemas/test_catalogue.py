"""The catalogue of event types and the rights table fit each other."""

import re

import pytest

from schemas.catalogue import CATALOGUE
from schemas.systems import RIGHTS

BOTH_CHAINS = {
    *("case.submitted", "case.supplement.provided", "case.withdrawal.requested"),
    *("case.status.changed", "case.supplement.requested", "birth.registration.requested"),
    *("dossier.progressed", "birth.entry.requested", "personal-id.requested", "personal-id.issued"),
    *("birth.registered", "birth.registration.refused", "residence.registration.requested"),
    *("consent.requested", "consent.given", "consent.declined", "residence.registered"),
    *("residence.registration.refused", "health-card.requested", "health-card.issued"),
    *("health-card.refused", "supplement.requested", "delivery.rejected", "case.action.taken"),
    *("death.registration.requested", "death.entry.requested", "death.registered"),
    *("death.registration.refused", "residence.removal.requested", "residence.removed"),
    *("residence.removal.refused", "funeral-allowance.requested", "funeral-allowance.granted"),
    *("funeral-allowance.refused", "payout.requested", "payout.made", "payout.failed"),
}


def test_the_catalogue_has_every_type_of_both_chains() -> None:
    """All that the two linked chains say."""
    assert set(CATALOGUE) >= BOTH_CHAINS


def test_every_type_has_rights_except_the_hubs_own() -> None:
    """A type without a row in the rights table could never pass; the hub needs no right."""
    assert set(CATALOGUE) - set(RIGHTS) == {"delivery.rejected"}
    assert set(RIGHTS) <= set(CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_names_follow_the_contract(name: str) -> None:
    """`vn.lienthong.<noun>.<past verb>.v<major>`, with titles in both languages."""
    kind = CATALOGUE[name]
    assert kind.name == name
    assert re.fullmatch(r"vn\.lienthong\.[a-z-]+(\.[a-z-]+){1,2}\.v1", kind.full)
    assert kind.dataschema == f"urn:lienthong:schema:{name}:v1"
    assert kind.vi
    assert kind.en


def test_each_full_name_is_one_type() -> None:
    """The router looks types up by the name on the wire."""
    assert len({kind.full for kind in CATALOGUE.values()}) == len(CATALOGUE)
