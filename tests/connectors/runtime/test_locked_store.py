"""A store that somebody else holds for a moment, with a real second connection to its file."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from connectors.runtime import processor as module
from connectors.runtime.errors import StoreLocked
from tests.connectors.runtime.desk import Desk, names, settle
from tests.connectors.runtime.toy import asked, case


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    opened = await Desk.open(tmp_path / "residence.db")
    yield opened
    await opened.close()


class Holder:
    """Holds the file until the system has paused so many times; `pauses` tells how long each."""

    def __init__(self, path: Path, times: int) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._times = times
        self.pauses: list[float] = []

    def hold(self) -> None:
        """Lock the file for writing."""
        self._connection.execute("BEGIN IMMEDIATE")

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        if len(self.pauses) == self._times:
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()


async def test_a_locked_store_is_waited_for(desk: Desk) -> None:
    """Nothing is lost, doubled or reordered; the pauses grow and are counted."""
    assert desk.path is not None
    times = 6
    with closing(Holder(desk.path, times)) as holder:
        participant = await desk.participant(sleep=holder.sleep, chance=lambda: 1.0)
        await participant.start()
        holder.hold()
        await desk.feed(asked(2), asked(4))
        await settle(participant)
    assert set(names(desk.published())) == {
        (case(2), "residence.registered"),
        (case(4), "residence.registered"),
    }
    assert participant.processor.stats.store_locked == times
    assert holder.pauses == [0.02, 0.04, 0.08, 0.16, 0.32, 0.64]
    assert list(await desk.store.calls()) == []


async def test_a_store_that_stays_locked_ends_the_process_and_the_next_one_goes_on(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After so many tries a restart is the better answer; it finds everything where it was."""
    assert desk.path is not None
    monkeypatch.setattr(module, "STORE_TRIES", 3)
    with closing(Holder(desk.path, times=100)) as holder:
        participant = await desk.participant(sleep=holder.sleep)
        await participant.start()
        holder.hold()
        await desk.feed(asked(2))
        with pytest.raises(StoreLocked):
            await participant.step()
        assert len(holder.pauses) == 2
    again = await desk.participant()
    await again.start()
    await settle(again)
    assert names(desk.published()) == [(case(2), "residence.registered")]
