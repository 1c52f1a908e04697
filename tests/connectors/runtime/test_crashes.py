"""A whole story of one system, and a crash at every point of it."""

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.connectors.runtime.crashes import Crash, Fuse, abandon_tasks
from tests.connectors.runtime.desk import Desk
from tests.connectors.runtime.toy import (
    CONSENT,
    START,
    asked,
    case,
    consented,
    poisoned,
)


class Life:
    """The system from birth to end, over as many processes as it takes."""

    def __init__(self, desk: Desk, fuse: Fuse) -> None:
        self._desk = desk
        self._fuse = fuse

    async def live(self) -> None:
        """The whole story: requests, a poisonous one, repetitions, an answer, a timer, the end."""
        desk = self._desk
        reused = replace(poisoned(2), id=asked(2).id)
        await desk.feed(asked(1), asked(2), poisoned(8), asked(2), reused, asked(3), asked(6))
        await self._settle()
        await desk.feed(consented(1), asked(4), asked(1), consented(1))
        await self._settle()
        desk.clock.advance(START + 2 * CONSENT)
        await self._settle()
        await desk.feed(consented(3), asked(10))
        await self._settle()

    async def _settle(self) -> None:
        while True:
            try:
                await self._process()
            except Crash:
                await abandon_tasks()
                await self._desk.reopen()
                self._fuse.blown = False
            else:
                return

    async def _process(self) -> None:
        fuse, desk = self._fuse, self._desk
        participant = await desk.participant(
            fuse.guard(desk.agency),
            store=fuse.guard(desk.store),
            bus=fuse.guard(desk.bus),
            producer=fuse.guard(await desk.bus.producer()),
        )
        await participant.start()
        while await participant.step():
            fuse.check()
        await participant.close()
        fuse.check()


async def result(desk: Desk) -> dict[str, Any]:
    """All that must be the same at the end, whatever happened on the way."""
    rows = await desk.store.subjects([case(number) for number in range(20)])
    events: dict[str, dict[str, Any]] = {}
    for event in desk.published():
        first = events.setdefault(event.subject, {}).setdefault(event.id, event)
        assert first == event, "the same id, another event"
    return {
        "rows": {name: replace(row, version=0) for name, row in rows.items()},
        "events": {subject: list(of.values()) for subject, of in events.items()},
        "letters": {(x["offset"], x["partition"], x["reason"]) for x in desk.letters()},
        "dead": await desk.store.dead([(e.source, e.id) for e in (poisoned(8), asked(2))]),
        "decided": desk.agency.decided.keys(),
        "left": [*await desk.store.outgoing(), *await desk.store.calls(), *desk.agency.waiting],
        "unread": await desk.unread(),
        "manual": [] if desk.path is None else desk.rows("SELECT * FROM manual"),
    }


@pytest.fixture(params=["memory", "sqlite"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    """Where a store is kept; None is memory."""
    return tmp_path if request.param == "sqlite" else None


async def _story(kept: Path | None, number: int, fuse: Fuse) -> dict[str, Any]:
    desk = await Desk.open(kept and kept / f"{number}.db")
    await Life(desk, fuse).live()
    ended = await result(desk)
    await desk.close()
    return ended


async def test_the_story_without_a_crash(kept: Path | None) -> None:
    """The reference itself: each case ends as it should, and nothing is left over."""
    ended = await _story(kept, 0, Fuse())
    told = {subject: [e.name for e in events] for subject, events in ended["events"].items()}
    registered, asked_first = "residence.registered", "consent.requested"
    assert told == {
        case(1): [asked_first, registered],
        case(2): [registered],
        case(3): [asked_first, "residence.registration.refused"],
        case(4): [registered],
        case(6): [registered],
        case(10): [registered],
    }
    assert {reason for _, _, reason in ended["letters"]} == {"handler_failed", "id_reused"}
    assert (ended["left"], ended["unread"]) == ([], 0)


async def test_a_crash_at_any_point_changes_nothing(kept: Path | None) -> None:
    """Every await that reaches bus, store or agency is tried: before, after and amid a send."""
    fuse = Fuse()
    expected = await _story(kept, 0, fuse)
    assert len(fuse.passed) > 150, "the story passes many points"
    for number in range(1, len(fuse.passed) + 1):
        dying = Fuse(number.__eq__)
        assert await _story(kept, number, dying) == expected, fuse.passed[number - 1]


@pytest.mark.parametrize("seed", range(1, 9))
async def test_crash_after_crash_changes_nothing(kept: Path | None, seed: int) -> None:
    """A process that dies again and again, also while it recovers, still ends right."""
    expected = await _story(kept, 0, Fuse())
    draw = random.Random(seed)
    deaths: list[bool] = []

    def blows(number: int) -> bool:
        deaths.append(draw.random() < 0.03)
        return deaths[-1]

    assert await _story(kept, seed, Fuse(blows)) == expected
    assert sum(deaths) > 3
