"""The paths of the real systems, beside the first form, on the same agencies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from fastapi import FastAPI, Request, Response

from connectors.agencies.lgsp.agency import CONTEXT
from connectors.runtime.agency import Agency
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.books import Books
from simulators.agencies.http.lgsp.faults import Fault
from simulators.agencies.http.lgsp.intake import Intake
from simulators.agencies.http.lgsp.letters import Letters
from simulators.agencies.http.lgsp.linked import Linked
from simulators.agencies.http.papers import NoPapers, Papers

FOLDER: Final = "http"
"""Where, beside the registers, the faces keep books of their own."""


@dataclass(kw_only=True)
class Interfaces:
    """What the real systems' paths need: agencies, their registers' folder, an account.

    `now` is the agencies' clock; without it they work in event time. Use as a context manager: it
    opens the registers to read and the faces' own books, which are in the registers' folder.
    """

    agencies: Mapping[str, Agency]
    registers: Path
    account: Account
    now: Callable[[], datetime] | None = None
    papers: Papers = field(default_factory=NoPapers)

    def __enter__(self) -> Self:
        self._letters = Letters(self.registers / FOLDER / "civil-status.db")
        self._civil_status = Books(self.registers / "civil-status.db")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._letters.close()
        self._civil_status.close()

    def mount(self, app: FastAPI) -> None:
        """Give an application these paths."""
        register = self.agencies["civil-status"]
        intake = Intake(register, self._civil_status, self._letters, self.now)
        linked = Linked(
            register, self._civil_status, self._letters, intake, self.papers, self.account
        )
        app.include_router(linked.routes(), prefix=f"/{CONTEXT}")

        @app.exception_handler(Fault)
        async def refused(_: Request, fault: Fault) -> Response:
            return fault.answer()
