"""Stateful agencies in process: each decides by its register, its rules and seeded chance.

`register` is an agency behind the port (its queue, its clock), `dossiers` the part that every
register has, `tables` the natural tables, `natural_keys` and `incomplete` what desks decide alike,
`documents` the papers that they make out. `funeral_allowance` is the desk that two agencies have,
`residence_applications` what can be asked of the police; every other module is one agency's desk.
"""

from pathlib import Path
from typing import Final

from simulators.agencies.citizens import Citizens
from simulators.agencies.civil_status import CivilStatus
from simulators.agencies.documents import Documents
from simulators.agencies.one_stop import OneStop
from simulators.agencies.payout import Payments
from simulators.agencies.population import Population
from simulators.agencies.register import Clock, Desk, Register, Synchronous
from simulators.agencies.residence import Residence
from simulators.agencies.social_insurance import SocialInsurance
from simulators.agencies.social_protection import SocialProtection
from simulators.agencies.vneid import VNeID
from simulators.world import World

DESKS: Final[dict[str, type[Desk]]] = {
    desk.system: desk
    for desk in (
        Citizens,
        OneStop,
        CivilStatus,
        Population,
        Residence,
        VNeID,
        SocialInsurance,
        SocialProtection,
        Payments,
    )
}
"""Every agency's desk by its system; at the portal it is the citizens who answer."""


def open_agencies(
    folder: Path | None,
    *,
    seed: int,
    world: World,
    now: Clock | None = None,
    synchronous: Synchronous = "FULL",
    documents: Documents | None = None,
) -> dict[str, Register]:
    """Every agency on its register `<folder>/<system>.db`, or in memory without a folder.

    `now` is the run's clock; without it agencies work in event time. `documents` makes out their
    documents; without it they are hashes. Close each at the end.
    """
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return {
        system: Register(
            desk,
            None if folder is None else folder / f"{system}.db",
            seed=seed,
            world=world,
            now=now,
            synchronous=synchronous,
            documents=documents,
        )
        for system, desk in DESKS.items()
    }
