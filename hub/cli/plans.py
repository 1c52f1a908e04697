"""From the options of a command to the plan of a run."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from hub.cli.environment import PREFIX
from hub.cli.faults import SETTINGS_VI, UsageFault

if TYPE_CHECKING:
    from hub.roles import RoleEvent
    from schemas.days_off import ExchangedDay
    from schemas.regimes import IdProvince
    from schemas.standards import Standard
    from schemas.units import Succession
    from simulators.runs.live import LiveRun, Plan

_Row = TypeVar("_Row")
WARM_UP_S = 2.0
"""Roles take about so long to be ready. The clock starts before them, so it starts earlier."""


def opening(day: datetime) -> datetime:
    """When offices open on that day, in Vietnam's time."""
    from schemas import working_days
    from schemas.event import VN

    return datetime.combine(day, working_days.opening(day.date()), VN)


def scaled_plan(*, start: datetime, speed: float, **rest: Any) -> "Plan":
    """A plan of a run whose clock shows the opening of the day `start` when its roles are up.

    `rest` is as in `own_plan`.
    """
    return at_speed(own_plan(start=start, **rest), start, speed)


def at_speed(plan: "Plan", start: datetime, speed: float) -> "Plan":
    """The plan with such a clock."""
    early = timedelta(seconds=WARM_UP_S * speed)
    return replace(plan, start=opening(start) - early, speed=speed)


def own_plan(
    *,
    personal_id_province: "IdProvince" = "successor",
    draft_certificates: bool = False,
    **rest: Any,
) -> "Plan":
    """A plan of a run in `$LIENTHONG_HOME` with the tables of one's own; `rest` is the Plan's.

    Raises:
        UsageFault: such a table can't be read, or has a row that makes no sense.
    """
    from connectors.runtime.manifest import home_folder
    from simulators.runs.live import Plan
    from simulators.world import World

    world = replace(
        World.default(),
        personal_id_province=personal_id_province,
        draft_certificates=draft_certificates,
    )
    tables: dict[str, Any] = {
        "units": own_units(),
        "standards": own_standards(),
        "days": own_days(),
    }
    return Plan(home=home_folder(), world=world, **tables, **rest)


def own_units() -> "tuple[Succession, ...]":
    """The successors of communes in the file that `$LIENTHONG_UNITS` names; none without it.

    Raises:
        UsageFault: it can't be read, or has a row that makes no sense.
    """
    from schemas.successions import read_successions

    return _own("UNITS", read_successions)


def own_standards() -> "tuple[Standard, ...]":
    """The standards of provinces in the file that `$LIENTHONG_STANDARDS` names; none without it.

    Raises:
        UsageFault: it can't be read, or has a row that makes no sense.
    """
    from schemas.standards import read_standards

    return _own("STANDARDS", read_standards)


def own_days() -> "tuple[ExchangedDay, ...]":
    """The days off and days worked in the file that `$LIENTHONG_DAYS` names; none without it.

    Raises:
        UsageFault: it can't be read, or has a row that makes no sense.
    """
    from schemas.days_off import read_days

    return _own("DAYS", read_days)


def _own(setting: str, read: "Callable[[str], tuple[_Row, ...]]") -> tuple[_Row, ...]:
    from schemas.own_tables import TableError

    if not (name := os.environ.get(f"{PREFIX}{setting}")):
        return ()
    where = f"{PREFIX}{setting}={name}"
    try:
        return read(Path(name).read_text(encoding="utf-8"))
    except TableError as error:
        raise UsageFault(f"{where}: {error}", f"{where}: {error.vi}") from error
    except (OSError, ValueError) as error:
        raise UsageFault(
            f"{where}: the table can't be read: {error}", f"{where}: không đọc được bảng"
        ) from error


@asynccontextmanager
async def running(
    plan: "Plan", *, on_event: Callable[["RoleEvent"], None] = lambda event: None
) -> AsyncIterator["LiveRun"]:
    """The run, until a signal or the end of the body; everything is stopped on leaving.

    Raises:
        UsageFault: the plan makes no sense.
        Interrupted: a signal came.
    """
    from hub.interrupt import until_signal
    from simulators.runs.live import live

    async with until_signal(), AsyncExitStack() as stack:
        try:
            run = await stack.enter_async_context(live(plan, on_event=on_event))
        except ValueError as error:
            raise UsageFault(str(error), SETTINGS_VI) from error
        yield run
