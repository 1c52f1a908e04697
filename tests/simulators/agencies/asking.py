"""Asking an agency: requests as its connector would make them, and a look into its register."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import httpx

from connectors.runtime.agency import Request
from connectors.runtime.agency_http import HttpAgency
from connectors.runtime.handling import Outcome
from schemas.event import from_text
from simulators.agencies import DESKS
from simulators.agencies.http.face import face_of
from simulators.agencies.register import Clock, Register
from simulators.world import World
from tests.connectors.agencies.delivery import asked, delivered, told

CASE = "G22.99.08-230710-000001"
OTHER = "G22.99.08-230710-000002"
in_process = True
"""Whether agencies are called directly; `conftest.py` runs every test both ways."""
ASKED_AT = from_text("2023-07-10T08:00:00.250+07:00")


def world(
    refusals: Mapping[str, float] | None = None, *, supplement: float = 0.0, silence: float = 0.0
) -> World:
    """The default world where chance refuses nothing but these steps, by name without system.

    `supplement` and `silence` are the rates of all steps that know them.
    """
    rates = refusals or {}
    default = World.default()
    steps = {
        name: replace(
            step,
            refusal=rates.get(name.partition("/")[2], 0.0),
            supplement=supplement if step.defects else 0.0,
            silence=silence if name.startswith(("vneid/", "portal/")) else 0.0,
        )
        for name, step in default.steps.items()
    }
    return replace(default, steps=steps)


def opened(
    system: str,
    path: Path | None = None,
    *,
    seed: int = 1,
    now: Clock | None = None,
    refusals: Mapping[str, float] | None = None,
) -> Register:
    """An agency on a register at `path`, or in memory; reached as `conftest.py` says."""
    agency = Register(DESKS[system], path, seed=seed, world=world(refusals), now=now)
    return reached(system, agency)


def reached(system: str, agency: Register) -> Register:
    """The agency as its connector reaches it: in process, or with the same methods over HTTP."""
    return agency if in_process else cast(Register, OverHttp(system, agency))


class OverHttp:
    """An agency behind its HTTP face: whatever is of the port goes through httpx and FastAPI."""

    def __init__(self, system: str, agency: Register) -> None:
        self.agency = agency
        transport = httpx.ASGITransport(face_of({system: agency}), raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport)
        port = HttpAgency(client, system, lambda: "http://agencies.test")
        self.submit, self.collect, self.ack = port.submit, port.collect, port.ack

    def __getattr__(self, name: str) -> Any:
        return getattr(self.agency, name)


def request(
    system: str,
    name: str,
    *,
    case: str = CASE,
    time: datetime = ASKED_AT,
    attempt: int = 1,
    state: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
    **record: Any,
) -> Request:
    """What a system's connector asks its agency on an example event.

    `data` changes the event, `record` the request.
    """
    event = delivered(name, system, data=data, subject=case, time=time)
    call = asked(told(system, event, dict(state or {})))
    return Request(
        subject=case,
        step=call.step,
        attempt=attempt,
        time=time,
        record={**call.record, **record},
        cause=event.id,
    )


async def outcomes(agency: Register, *requests: Request) -> list[Outcome]:
    """What an agency answers to requests handed over together; all is acknowledged."""
    await agency.submit(requests)
    answers = list(await agency.collect(0, 1_000))
    if answers:
        await agency.ack(answers[-1].cursor)
    return answers


async def outcome(agency: Register, asked: Request) -> Outcome:
    """What an agency answers to a single request."""
    (answer,) = await outcomes(agency, asked)
    return answer


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    """Every row of a table, in the order of its insertion."""
    with closing(sqlite3.connect(path)) as register:
        register.row_factory = sqlite3.Row
        return [dict(row) for row in register.execute(f"SELECT * FROM {table} ORDER BY rowid")]
