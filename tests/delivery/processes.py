"""Processes of the toy system that end in order, or die where a test wants it."""

from typing import Any

import orjson
import pytest

from connectors.runtime.store import Subject
from tests.connectors.runtime.crashes import Crash, Fuse, abandon_tasks
from tests.connectors.runtime.desk import Desk, settle
from tests.connectors.runtime.toy import case


async def state_of(desk: Desk, number: int) -> dict[str, Any]:
    """What the system remembers of a case."""
    state: dict[str, Any] = orjson.loads((await row_of(desk, number)).state)
    return state


async def row_of(desk: Desk, number: int) -> Subject:
    """The case's row."""
    return (await desk.store.subjects([case(number)]))[case(number)]


async def finished(desk: Desk, **parts: Any) -> None:
    """A process of the system takes in all there is, and leaves in order."""
    participant = await desk.participant(**parts)
    await participant.start()
    await settle(participant)
    await participant.close()


async def dies(desk: Desk, point: str, times: int = 1) -> None:
    """A process of the system takes in what there is and dies when it is at `point` so often."""
    fuse = Fuse(lambda number: fuse.passed[-1] == point and fuse.passed.count(point) == times)
    with pytest.raises(Crash):
        await finished(
            desk,
            store=fuse.guard(desk.store),
            bus=fuse.guard(desk.bus),
            producer=fuse.guard(await desk.bus.producer()),
            agency=fuse.guard(desk.agency),
        )
    await abandon_tasks()
