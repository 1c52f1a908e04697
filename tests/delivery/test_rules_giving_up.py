"""Delivery rules 9 and 10: what is given up, how it is found, and how it is sent again.

Each test takes nothing from fixtures, so that `test_rules_bite` can run the same function with the
rule taken away and see it fail.
"""

import tempfile
from pathlib import Path
from typing import Any

import orjson
import pytest

from connectors.runtime.bus.memory import MemoryBus
from connectors.runtime.deadletters import REQUEUE
from connectors.runtime.handling import Decision, Input, State
from connectors.runtime.quarantine import STARTS, TRIES
from connectors.runtime.store import Changes
from hub.router import GROUP, Router
from hub.router.checks import Accepted, Checks
from hub.router.starts import StartsFile
from schemas.bindings import to_kafka
from tests.connectors.runtime.crashes import Crash, abandon_tasks
from tests.connectors.runtime.desk import Desk, names
from tests.connectors.runtime.toy import REFUSAL, asked, case, poisoned, refuse
from tests.delivery.processes import dies, finished
from tests.hub.router.outputs import submissions
from tests.hub.router.records import TOPICS


async def test_rule_09_an_event_that_fails_leaves_its_neighbours_alone() -> None:
    """It goes to the dead letters, its case to the manual queue, in the batch's transaction."""
    desk = await Desk.open()
    written: list[Changes] = []
    store, commit = desk.store, desk.store.commit

    class Watched:
        async def commit(self, changes: Changes) -> None:
            written.append(changes)
            await commit(changes)

        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

    processor = await desk.started(store=Watched())
    await desk.feed(asked(2), poisoned(4), asked(6))
    try:
        await processor.step(timeout=0)
    except RuntimeError as error:
        raise AssertionError("one bad event stopped the batch") from error
    assert {call.subject for call in processor.calls} == {case(2), case(6)}
    assert len(desk.dead_letters()) == 1
    (batch,) = [changes for changes in written if changes.subjects]
    assert [item.subject for item in batch.manual] == [case(4)]
    assert {row.subject for row in batch.subjects} == {case(2), case(6)}


async def test_rule_09_an_event_that_ends_its_process_is_put_aside() -> None:
    """After three starts it is found, and everything around it is handled."""

    def deadly(state: State, given: Input) -> Decision:
        if given.subject == case(4):
            raise Crash("the process is gone")
        return refuse(state, given)

    desk = await Desk.open(handler=deadly)
    await desk.feed(asked(2), asked(4), asked(6), asked(8))
    deaths = 0
    while await desk.unread():
        assert deaths < STARTS + TRIES + 1, "one event stops its partition for ever"
        try:
            await finished(desk)
        except Crash:
            deaths += 1
            await abandon_tasks()
    assert deaths == STARTS + TRIES, "three times in a batch, twice by itself"
    (letter,) = desk.letters()
    assert (letter["reason"], letter["headers"]["ce_subject"]) == ("process_killed", case(4))
    told = {subject for subject, _ in names(desk.published())}
    assert told == {case(2), case(6), case(8)}
    assert len({event.id for event in desk.published()}) == 3


async def test_rule_09_a_process_that_is_stopped_from_outside_costs_no_event() -> None:
    """Neither in its batch nor, once, beside the one record that it tries."""
    desk = await Desk.open(handler=refuse)
    await desk.feed(asked(2), asked(4))
    for _ in range(STARTS):
        await dies(desk, "before MemoryStore.commit", times=2)
    await dies(desk, "before MemoryStore.commit", times=3)
    await finished(desk)
    assert desk.dead_letters() == []
    assert {subject for subject, _ in names(desk.published())} == {case(2), case(4)}


async def test_rule_09_a_record_that_ends_the_router_is_put_aside() -> None:
    """The router keeps a small file for this alone; everybody else's event arrives."""
    bus = MemoryBus()
    await bus.create(TOPICS.all(), 1)
    records = submissions(6)
    for one in records:
        bus.write((TOPICS.inbox("portal"), 0), one.key, one.value, one.headers)
    ids = [dict(one.headers)["ce_id"] for one in records]
    accept = Checks.accept

    def deadly(self: Checks, record: Any) -> Accepted:
        if dict(record.headers)["ce_id"] == ids[3]:
            raise Crash("the process is gone")
        return accept(self, record)

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(Checks, "accept", deadly)
        deaths = await _until_read(bus, Path(folder) / "router.json")
    assert deaths == STARTS + TRIES
    (letter,) = (orjson.loads(r.value or b"") for r in bus.read((TOPICS.dead_letters, 0), 0, 9))
    assert (letter["reason"], letter["offset"]) == ("process_killed", 3)
    read = [dict(r.headers) for r in bus.read((TOPICS.outbox("monitoring"), 0), 0, 99)]
    assert {headers["ce_id"] for headers in read} == {*ids} - {ids[3]}


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


async def test_rule_10_what_was_given_up_stays_given_up() -> None:
    """A dead-lettered id is remembered: when it comes again it is not handled."""
    desk = await Desk.open()
    await desk.feed(poisoned(4))
    await finished(desk)
    desk.handler = refuse
    await desk.feed(poisoned(4))
    await finished(desk)
    assert desk.published() == []
    assert len(desk.dead_letters()) == 1


async def test_rule_10_a_requeue_clears_that_and_reaches_the_one_that_failed() -> None:
    """The record comes again to its one receiver, which handles it, and then knows it."""
    desk = await Desk.open()
    await desk.feed(poisoned(4))
    await finished(desk)
    desk.handler = refuse
    again = (case(4), [*to_kafka(poisoned(4)), (REQUEUE, b"0/0")], poisoned(4).payload)
    await desk.deliver(again)
    await finished(desk)
    assert names(desk.published()) == [(case(4), REFUSAL)]
    assert await desk.store.dead([(poisoned(4).source, poisoned(4).id)]) == set()
    await desk.deliver(again)
    await finished(desk)
    assert len(desk.published()) == 1, "a second requeue is a repetition"
    assert len(desk.dead_letters()) == 1
