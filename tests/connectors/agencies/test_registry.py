"""All connectors together."""

import pytest

from connectors.agencies import CONNECTORS
from connectors.runtime.handling import State
from schemas.systems import RIGHTS, SYSTEMS
from tests.connectors.agencies.delivery import delivered, told
from tests.connectors.agencies.test_certificate_drafts import OUT

FROM_THE_MIDDLE: dict[tuple[str, str], State] = {
    ("one-stop", "birth.registered"): {"maHoSo": "H29.760.26740-230710-0001"},
    ("one-stop", "birth.registration.refused"): {"maHoSo": "H29.760.26740-230710-0001"},
    ("one-stop", "death.registered"): {"maHoSo": "H29.760.26740-230710-0002"},
    ("one-stop", "death.registration.refused"): {"maHoSo": "H29.760.26740-230710-0002"},
    ("civil-status", "personal-id.issued"): {"trangThai": 3, "soGcs": "00A1Z.GCS.79024.23"},
    ("residence", "consent.given"): {"trangThai": "CHO_DONG_Y", "traLoi": 0},
    ("residence", "consent.declined"): {"trangThai": "CHO_DONG_Y", "traLoi": 0},
    **{
        (decider, name): {
            "soDinhDanh": "079050001873",
            "soQuyetDinh": "1/QĐ-BHXH-79",
            "ngayQuyetDinh": day,
            "lanChi": 1,
        }
        for decider, day in (("social-insurance", "20230712"), ("social-protection", "12/07/2023"))
        for name in ("payout.made", "payout.failed")
    },
    ("civil-status", "certificate.draft.answered"): OUT,
}
"""The state that an event of the middle of the chain needs."""

IN_THE_CHAIN = [
    (system, name)
    for name, right in RIGHTS.items()
    for system in right.receivers
    if system != "dvclt" and not name.startswith(("case.supplement", "supplement"))
]


def test_every_system_but_the_orchestrator_has_a_connector() -> None:
    """The registry holds all the others in the order of the systems table."""
    assert list(CONNECTORS) == [system for system in SYSTEMS if system != "dvclt"]
    assert all(connector.system == system for system, connector in CONNECTORS.items())


@pytest.mark.parametrize(("system", "name"), IN_THE_CHAIN)
def test_every_right_of_the_chains_has_a_handler_that_needs_no_more(system: str, name: str) -> None:
    """A connector works with exactly the fields that the rights table leaves it."""
    told(system, delivered(name, system), FROM_THE_MIDDLE.get((system, name)))
