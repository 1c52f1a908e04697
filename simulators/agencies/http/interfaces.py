"""The paths of the real systems, beside the first form, on the same agencies."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from fastapi import FastAPI, Request, Response

from connectors.agencies.lgsp.agency import CONTEXT as LINKED
from connectors.runtime.agency import Agency
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.books import Books
from simulators.agencies.http.dvclt import face as dvclt
from simulators.agencies.http.dvclt.gate import Denied
from simulators.agencies.http.dvclt.hub_side import HubSide
from simulators.agencies.http.dvclt.mailbox import Mailbox
from simulators.agencies.http.dvclt.tray import Tray
from simulators.agencies.http.jurisdiction import Jurisdiction
from simulators.agencies.http.lgsp import civil_status, social_insurance
from simulators.agencies.http.lgsp.catalogues import SharedCatalogues
from simulators.agencies.http.lgsp.faults import Fault
from simulators.agencies.http.lgsp.intake import Intake
from simulators.agencies.http.lgsp.letters import Letters
from simulators.agencies.http.lgsp.linked import Linked
from simulators.agencies.http.npsp import face as npsp
from simulators.agencies.http.npsp.desk import Portal
from simulators.agencies.http.papers import Papers

FOLDER: Final = "http"
"""Where, beside the registers, the faces keep books of their own."""


@dataclass(kw_only=True)
class Interfaces:
    """What the real systems' paths need: agencies, their registers' folder, an account.

    `now` is the agencies' clock; without it they work in event time, and the catalogues are those
    of `opening`. `tray` holds what waits at DVCLT: without one, those paths are not served. Use as
    a context manager: it opens the registers to read, and the faces' own books in a folder there.
    """

    agencies: Mapping[str, Agency]
    registers: Path
    account: Account
    opening: date
    now: Callable[[], datetime] | None = None
    tray: Tray | None = None
    papers: Papers = field(default_factory=Papers)
    durable: bool = False
    """Whether what the hub leaves at DVCLT is on disk when it was taken."""

    def __enter__(self) -> Self:
        own = self.registers / FOLDER
        with ExitStack() as opening:
            self._letters = Letters(own / "civil-status.db")
            opening.callback(self._letters.close)
            self._portal = Portal(own / "portal.db")
            opening.callback(self._portal.close)
            self._books = {}
            for system in self.agencies:
                books = Books(self.registers / f"{system}.db")
                self._books[system] = books
                opening.callback(books.close)
            self._closing = opening.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._closing.close()

    def mount(self, app: FastAPI) -> None:
        """Give an application the paths of the systems whose agencies are here."""
        if "civil-status" in self.agencies:
            self._mount_civil_status(app)
        if "social-insurance" in self.agencies:
            insurance = social_insurance.SocialInsuranceServices(
                self._books["social-insurance"], self.account, self._today
            )
            app.include_router(insurance.routes(), prefix=social_insurance.CONTEXT)
        app.include_router(SharedCatalogues(self.account, self._today).routes(), prefix="/dmdc")
        portal = npsp.Npsp(self._portal, self.account, self._where)
        app.include_router(portal.routes(), prefix=npsp.CONTEXT)
        if self.tray is not None:
            self._mount_dvclt(app, self.tray)

        @app.exception_handler(Fault)
        async def refused(_: Request, fault: Fault) -> Response:
            return fault.answer()

        @app.exception_handler(Denied)
        async def denied(_: Request, denial: Denied) -> Response:
            return denial.answer

    def _mount_civil_status(self, app: FastAPI) -> None:
        register, books = self.agencies["civil-status"], self._books["civil-status"]
        intake = Intake(register, books, self._letters, self.now)
        linked = Linked(
            register, books, self._letters, intake, self.papers, self.account, self._where
        )
        app.include_router(linked.routes(), prefix=f"/{LINKED}")
        services = civil_status.CivilStatusServices(
            books, self._letters, intake, linked, self.account, self._where
        )
        for context in civil_status.CONTEXTS:
            app.include_router(services.routes(), prefix=context)

    def _mount_dvclt(self, app: FastAPI, tray: Tray) -> None:
        mailbox = Mailbox(tray, durable=self.durable)
        paths = dvclt.Dvclt(tray, mailbox, self.account, self._where)
        beside = HubSide(mailbox, self.account, self._where)
        app.post("/api/tokens", tags=["dvclt"])(paths.token)
        for context in dvclt.CONTEXTS:
            app.include_router(paths.routes(), prefix=context)
        app.include_router(beside.routes(), prefix=dvclt.CONTEXTS[0])

    @property
    def _where(self) -> Jurisdiction:
        return Jurisdiction(
            province=self.account.province, today=self._today, clocked=self.now is not None
        )

    def _today(self) -> date:
        return self.opening if self.now is None else self.now().date()
