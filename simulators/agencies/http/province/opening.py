"""Opens the tray of a run and a province that works there, by its account."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from connectors.runtime.agency import Agency
from connectors.runtime.agency_http import Door, open_client
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.books import Books
from simulators.agencies.http.dvclt.tray import Tray
from simulators.agencies.http.interfaces import FOLDER
from simulators.agencies.http.province.dvclt import DvcltClient
from simulators.agencies.http.province.job import Province
from simulators.agencies.http.province.portal import PortalClient

SYSTEM: Final = "one-stop"
TRAY: Final = "dvclt.db"
"""The tray's file among the faces' own."""


@contextmanager
def tray_in(
    registers: Path, *, unsteady: frozenset[tuple[str, int]] = frozenset()
) -> Iterator[Tray]:
    """DVCLT's tray of a run, for the time of the body; `unsteady`: see `Tray`."""
    with closing(Tray(registers / FOLDER / TRAY, unsteady=unsteady)) as tray:
        yield tray


@contextmanager
def province_at(
    door: Door, account: Account, register: Agency, registers: Path
) -> Iterator[Province]:
    """A province that works for the register of the one-stops, for the time of the body.

    DVCLT and the portal are at the door.
    """
    with closing(Books(registers / f"{SYSTEM}.db")) as books:
        dvclt = DvcltClient(door, account.user, account.password)
        portal = PortalClient(door, account.user, account.password)
        yield Province(register, books, dvclt, portal)


async def work_at(url: str, account: Account, register: Agency, registers: Path) -> None:
    """Be such a province at an address until cancelled."""
    async with open_client() as client:
        door = Door(client, SYSTEM, lambda: url)
        with province_at(door, account, register, registers) as province:
            await province.run()
