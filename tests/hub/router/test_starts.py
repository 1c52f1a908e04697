"""A router that is killed by a record is started again, finds it, and goes on without it."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from connectors.runtime.bus.memory import MemoryBus
from connectors.runtime.errors import StoreBusy
from connectors.runtime.quarantine import STARTS, TRIES
from connectors.runtime.store import Start
from hub.router import GROUP, Router
from hub.router.checks import Checks
from hub.router.starts import StartsFile
from tests.connectors.runtime.crashes import Crash, abandon_tasks
from tests.hub.router.outputs import submissions
from tests.hub.router.records import TOPICS

NOTE = Start(topic="lt.in.portal", partition=0, offset=7, count=2, alone=True)


def test_what_is_noted_outlives_the_process(tmp_path: Path) -> None:
    """The last note of each partition stands in the file."""
    first = StartsFile(tmp_path / "router.json")
    first.write([replace(NOTE, count=1), replace(NOTE, partition=1)])
    first.write([NOTE])
    first.close()
    second = StartsFile(tmp_path / "router.json")
    assert sorted(second.read(), key=lambda start: start.partition) == [
        NOTE,
        replace(NOTE, partition=1),
    ]
    second.close()


def test_a_second_router_of_a_run_is_refused(tmp_path: Path) -> None:
    """It would deliver everything twice; when the first has ended it may begin."""
    first = StartsFile(tmp_path / "router.json")
    begin = (
        "import sys; from pathlib import Path; from hub.router.starts import StartsFile; "
        "StartsFile(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", begin, str(tmp_path / "router.json")]
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode != 0
    assert "another router of this run is at work" in refused.stderr
    with pytest.raises(StoreBusy):
        StartsFile(tmp_path / "router.json")
    first.close()
    subprocess.run(command, check=True)


async def test_a_record_that_ends_the_router_is_put_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After three starts at one offset it is looked for, and everybody else's event arrives."""
    bus = MemoryBus()
    await bus.create(TOPICS.all(), 1)
    records = submissions(6)
    for one in records:
        bus.write((TOPICS.inbox("portal"), 0), one.key, one.value, one.headers)
    accept = Checks.accept

    def deadly(self: Checks, record: object) -> object:
        if dict(record.headers)["ce_id"] == dict(records[3].headers)["ce_id"]:  # type: ignore[attr-defined]
            raise Crash("the process is gone")
        return accept(self, record)  # type: ignore[arg-type]

    monkeypatch.setattr(Checks, "accept", deadly)
    deaths = await _until_read(bus, tmp_path / "router.json")
    assert deaths == STARTS + TRIES
    (letter,) = (orjson.loads(r.value or b"") for r in bus.read((TOPICS.dead_letters, 0), 0, 9))
    assert (letter["reason"], letter["offset"]) == ("process_killed", 3)
    read = bus.read((TOPICS.outbox("dvclt"), 0), 0, 99)
    arrived = {
        dict(r.headers)["ce_id"] for r in read if b"/systems/portal" in dict(r.headers)["ce_source"]
    }
    assert arrived == {dict(r.headers)["ce_id"] for n, r in enumerate(records) if n != 3}


async def _until_read(bus: MemoryBus, path: Path) -> int:
    """Routers follow each other until all is read; how many died."""
    inputs = [(topic, 0) for topic in TOPICS.inboxes()]
    deaths = 0
    while await bus.committed(GROUP, inputs) != await bus.ends(inputs):
        assert deaths < 10, "one record stops its partition for ever"
        starts = StartsFile(path)
        router = Router(bus, TOPICS, partitions=1, starts=starts)
        await router.start()
        try:
            while await router.step(timeout=0):
                pass
        except Crash:
            deaths += 1
            await abandon_tasks()
        starts.close()
    return deaths
