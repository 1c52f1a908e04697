"""The agencies of a run: in the connector's own process, or in one of their own behind HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager

from connectors.runtime.agency import Agency
from connectors.runtime.agency_address import address_in, announce, token_in
from connectors.runtime.clock import ScaledClock
from connectors.runtime.manifest import Manifest, RunFolder
from hub.bootstrap import calm_collector
from hub.interrupt import until_signal
from hub.readiness import announce_ready
from schemas.event import from_text
from simulators.agencies import DESKS
from simulators.agencies.register import Register
from simulators.documents.filing import documents_of
from simulators.world import World


@asynccontextmanager
async def reaching(
    folder: RunFolder, manifest: Manifest
) -> AsyncIterator[Callable[[str], Agency | None]]:
    """Opens the agency behind a system's connector as the manifest has it; None: it has none.

    What was opened is closed at the end of the body.
    """
    if manifest.agencies == "in-process":
        opening = _in_process(folder, manifest)
    else:
        opening = _over_http(folder, exact=manifest.agencies == "http-exact")
    async with opening as agency_of:
        yield lambda system: agency_of(system) if system in DESKS else None


@asynccontextmanager
async def _over_http(folder: RunFolder, *, exact: bool) -> AsyncIterator[Callable[[str], Agency]]:
    from connectors.agencies.dvclt.agency import DvcltOneStop
    from connectors.agencies.lgsp.agency import LgspCivilStatus
    from connectors.runtime.agency_http import Door, HttpAgency, open_client

    address, token = address_in(folder.agencies), token_in(folder.agencies)
    async with open_client() as client:

        def agency_of(system: str) -> Agency:
            in_batches, door = HttpAgency(client, system, address), Door(client, system, address)
            if exact and system == "civil-status":
                return LgspCivilStatus(door, token, in_batches)
            return DvcltOneStop(door, token) if exact and system == "one-stop" else in_batches

        yield agency_of


@asynccontextmanager
async def _in_process(
    folder: RunFolder, manifest: Manifest
) -> AsyncIterator[Callable[[str], Agency]]:
    with ExitStack() as closing:

        def agency_of(system: str) -> Agency:
            agency = open_agency(system, folder, manifest)
            closing.callback(agency.close)
            return agency

        yield agency_of


def open_agency(system: str, folder: RunFolder, manifest: Manifest) -> Register:
    """The agency of a system, on the run's clock."""
    clock = manifest.clock()
    return Register(
        DESKS[system],
        folder.registers / f"{system}.db",
        seed=manifest.seed,
        world=World.from_json(manifest.world),
        now=clock.now if isinstance(clock, ScaledClock) else None,
        synchronous="FULL" if manifest.durable else "OFF",
        documents=documents_of(folder, manifest),
    )


async def run_agencies(folder: RunFolder, *, host: str, port: int) -> None:
    """Be all agencies of a run behind HTTP, until a signal comes.

    The address is announced in the run's folder; agencies know nothing of the broker. With
    `http-exact` DVCLT is among them, and a province that works for the one-stops.

    Raises:
        Interrupted: a signal asked for the end.
        OSError: the port is taken.
    """
    # The web framework is slow to import, and no other role needs it.
    from simulators.agencies.http.accounts import Account
    from simulators.agencies.http.face import face_of
    from simulators.agencies.http.interfaces import Interfaces
    from simulators.agencies.http.papers import Papers
    from simulators.agencies.http.province.opening import SYSTEM, tray_in, work_at
    from simulators.agencies.http.serving import listening

    manifest = folder.load()
    clock, exact = manifest.clock(), manifest.agencies == "http-exact"
    account = Account.fresh("lienthong")
    with ExitStack() as closing:
        agencies: dict[str, Register] = {}
        for system in DESKS:
            agencies[system] = open_agency(system, folder, manifest)
            closing.callback(agencies[system].close)
        interfaces = closing.enter_context(
            Interfaces(
                agencies=agencies,
                registers=folder.registers,
                account=account,
                papers=Papers(folder.documents),
                opening=from_text(manifest.start).date(),
                now=clock.now if isinstance(clock, ScaledClock) else None,
                tray=closing.enter_context(tray_in(folder.registers)) if exact else None,
                durable=manifest.durable,
            )
        )
        app = face_of(agencies, interfaces)
        calm_collector()
        async with until_signal(), listening(app, host=host, port=port) as url:
            announce(
                folder.agencies,
                url,
                token=account.token,
                user=account.user,
                password=account.password,
            )
            announce_ready(url=url)
            if exact:
                await work_at(url, account, agencies[SYSTEM], folder.registers)
            await asyncio.Event().wait()
