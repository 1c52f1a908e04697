"""The agencies behind their face by themselves: no hub, no broker, a province to come.

Linked births and deaths wait at DVCLT; a provincial system fetches and acknowledges them, hands
them to civil status, polls for the result and reports its codes. Whoever has none plays one with
curl.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response

from connectors.agencies.codes import local_of
from simulators.agencies import DESKS
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.clerk import SYSTEMS, Clerk
from simulators.agencies.http.dvclt.hotich import birth_fields, death_fields
from simulators.agencies.http.dvclt.tray import Tray
from simulators.agencies.http.face import face_of
from simulators.agencies.http.interfaces import FOLDER, Interfaces
from simulators.agencies.http.papers import Papers
from simulators.agencies.register import Register
from simulators.arrivals import Arrivals, Submission
from simulators.documents.filing import PdfDocuments
from simulators.mix import Mix
from simulators.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What an engineer finds: who may come, and which linked dossiers of one seed wait."""

    account: Account
    start: datetime
    world: World = field(default_factory=World.default)
    seed: int = 1
    waiting: int = 5
    deaths: float = 0.0
    """The share of deaths among the dossiers that wait; a pair of neighbours is of one kind."""
    unsteady: bool = False
    """Whether DVCLT fails the first report of each dossier's code 3, so that it is repeated."""


@contextmanager
def alone(
    folder: Path,
    setting: Setting,
    *,
    now: Callable[[], datetime],
    documents: Path | None = None,
) -> Iterator[FastAPI]:
    """The application, on registers in this folder, for the time of the body.

    `documents` is where the certificates' PDF files go; without it there are none.
    """
    with ExitStack() as closing:
        agencies = _registers(folder, setting, now, documents, closing)
        waiting = list(_waiting(setting))
        unsteady = frozenset((one.case, 3) for one in waiting if setting.unsteady)
        tray = Tray(folder / FOLDER / "dvclt.db", unsteady=unsteady)
        closing.callback(tray.close)
        cases = {one.case: one.payload.model_dump(mode="json") for one in waiting}
        for one in waiting:
            _put(tray, one, cases[one.case])
        interfaces = Interfaces(
            agencies=agencies,
            registers=folder,
            account=setting.account,
            opening=setting.start.date(),
            now=now,
            tray=tray,
            papers=Papers(documents),
        )
        # The first form knows no token, and whoever serves these paths may let other machines in.
        app = face_of({}, closing.enter_context(interfaces))
        _carry_on(app, Clerk(agencies, cases))
        yield app


def _registers(
    folder: Path,
    setting: Setting,
    now: Callable[[], datetime],
    documents: Path | None,
    closing: ExitStack,
) -> dict[str, Register]:
    """Every agency's register, to be closed with the stack."""
    papers = None if documents is None else PdfDocuments(documents, durable=False)
    agencies: dict[str, Register] = {}
    folder.mkdir(parents=True, exist_ok=True)
    for system in SYSTEMS:
        agencies[system] = Register(
            DESKS[system],
            folder / f"{system}.db",
            seed=setting.seed,
            world=setting.world,
            now=now,
            synchronous="OFF",
            documents=papers,
        )
        closing.callback(agencies[system].close)
    return agencies


def _carry_on(app: FastAPI, clerk: Clerk) -> None:
    """Let the clerk do before and after each call what the hub would have done by then."""

    @app.middleware("http")
    async def carry_on(
        request: Request, serve: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        await clerk.settle()
        answer = await serve(request)
        await clerk.settle()
        return answer


def _waiting(setting: Setting) -> Iterator[Submission]:
    """The first cases of the seed in the account's province."""
    mix = Mix(deaths=setting.deaths)
    arrivals = Arrivals(seed=setting.seed, start=setting.start, mix=mix)
    found = ordinal = 0
    while found < setting.waiting:
        one = arrivals.submission(ordinal)
        ordinal += 1
        if setting.account.province in (None, one.payload.province):
            found += 1
            yield one


def _put(tray: Tray, one: Submission, case: Mapping[str, Any]) -> None:
    birth = case["chain"] == "birth"
    tray.put(
        one.case,
        module="KS" if birth else "KT",
        procedure=case["procedure"],
        commune=case["commune"],
        province=case["province"],
        received=local_of(one.at),
        fields=birth_fields(case) if birth else death_fields(case),
    )
