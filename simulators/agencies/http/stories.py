"""Opens the agencies for a story of exchanges, and tells it: each request at its own moment."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI

from schemas.event import VN, from_text, to_text
from simulators.agencies.http.accounts import Account
from simulators.agencies.http.alone import Setting, alone
from simulators.agencies.http.exchanges import LOCAL, Exchange, exchange
from simulators.world import World

PROVINCE: Final = "79"
TOKEN: Final = "49d61ed6-mau-79"
ACCOUNT: Final = Account(user="tinh79", password="mat-khau-mau", token=TOKEN, province=PROVINCE)
OPENING: Final = datetime(2023, 7, 10, 8, 0, tzinfo=VN)
_ENTERING: Final = ("civil-status/enter", "civil-status/enter_death")
BEARER: Final = {"authorization": f"Bearer {TOKEN}"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What a story needs beside the usual: five births wait, and nobody refuses anything."""

    account: Account = ACCOUNT
    opening: datetime = OPENING
    refusal: float = 0.0
    """The share of births that civil status refuses."""
    supplement: float = 0.0
    """The share of births for which civil status asks for a supplement."""
    unsteady: bool = False
    deaths: bool = False
    """Whether deaths wait at DVCLT instead of births."""
    pdf: bool = True
    """Whether certificates are files: a hash of one would differ with the typesetter's version."""


class Hands:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        """Where it stands."""
        return self.at


class Teller:
    """Sends the requests of a story one after the other, and keeps them with their answers."""

    def __init__(self, app: FastAPI, clock: Hands) -> None:
        self._app = app
        self._clock = clock
        self.told: dict[str, Exchange] = {}
        """The exchanges by name, in their order."""

    async def ask(
        self,
        name: str,
        vi: str,
        en: str,
        path: str,
        body: Any = None,
        *,
        method: str | None = None,
        headers: Mapping[str, str] = BEARER,
        source: str = LOCAL,
    ) -> Any:
        """Send a request, by default with the token, and give the answer's JSON value."""
        one = await exchange(
            self._app,
            vi=vi,
            en=en,
            at=to_text(self._clock.now()),
            method=method or ("GET" if body is None else "POST"),
            path=path,
            headers=headers,
            body=body,
            source=source,
        )
        self.told[f"{len(self.told) + 1:02}-{name}"] = one
        return one.answer

    def wait(self, **time: float) -> None:
        """Let time pass."""
        self._clock.at += timedelta(**time)

    async def again(self, one: Exchange) -> Exchange:
        """Send an exchange's request once more, at its moment."""
        self._clock.at = from_text(one.at)
        return await exchange(
            self._app,
            vi=one.vi,
            en=one.en,
            at=one.at,
            method=one.method,
            path=one.path,
            headers=one.headers,
            body=one.body,
            source=one.source,
        )


@contextmanager
def opened(folder: Path, stage: Stage) -> Iterator[Teller]:
    """The agencies of a stage in this folder, and who sends requests to them."""
    clock = Hands(stage.opening)
    setting = Setting(
        account=stage.account,
        start=stage.opening,
        world=_world(stage),
        unsteady=stage.unsteady,
        deaths=float(stage.deaths),
    )
    papers = folder / "documents" if stage.pdf else None
    with alone(folder, setting, now=clock.now, documents=papers) as app:
        yield Teller(app, clock)


def _world(stage: Stage) -> World:
    default = World.default()
    steps = {
        name: replace(
            step,
            refusal=stage.refusal if name in _ENTERING else 0.0,
            supplement=stage.supplement if name in _ENTERING else 0.0,
            silence=0.0,
        )
        for name, step in default.steps.items()
    }
    return replace(default, steps=steps)
