"""A participant: one system's processor, with its agency or without."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from connectors.runtime.errors import BrokerUnreachable, LeaseLost
from connectors.runtime.handling import Decision, Input, State
from connectors.runtime.participant import Participant
from tests.conftest import eventually
from tests.connectors.runtime.crashes import Fuse
from tests.connectors.runtime.desk import Desk, names
from tests.connectors.runtime.toy import SYSTEM, asked, case


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    """The toy system's surroundings, in memory."""
    opened = await Desk.open()
    yield opened
    await opened.close()


async def test_it_bears_the_name_of_its_system(desk: Desk) -> None:
    """Roles and logs name the system."""
    assert (await desk.participant()).system == SYSTEM


async def test_running_it_handles_what_comes_until_it_is_cancelled(desk: Desk) -> None:
    """Both loops run side by side, and a cancel ends both in order."""
    participant = await desk.participant()
    await participant.start()
    running = asyncio.create_task(participant.run())
    await desk.feed(asked(2), asked(4))
    await eventually(lambda: len(desk.published()) == 2)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    await participant.close()
    assert await desk.unread() == 0
    assert list(await desk.store.calls()) == []


async def test_a_step_without_work_leaves_nothing_to_write(desk: Desk) -> None:
    """When step says 0, the outbox is cleared and no call waits."""
    participant = await desk.participant()
    await participant.start()
    await desk.feed(asked(2))
    while await participant.step():
        pass
    assert list(await desk.store.outgoing()) == []
    assert list(await desk.store.calls()) == []


async def test_a_projection_needs_no_agency(desk: Desk) -> None:
    """A system that only takes in runs without a dispatcher."""

    def remember(state: State, given: Input) -> Decision:
        return Decision(state={"told": [*state.get("told", ()), given.id]})

    desk.handler = remember
    participant = Participant(await desk.processor())
    assert participant.dispatcher is None
    await participant.start()
    await desk.feed(asked(2))
    assert await participant.step() == 1
    (row,) = (await desk.store.subjects([case(2)])).values()
    assert row.state == f'{{"told":["{asked(2).id}"]}}'


async def test_a_lost_lease_ends_it(desk: Desk) -> None:
    """Whoever was replaced stops with the error instead of going on."""
    participant = await desk.participant()
    await participant.start()
    await desk.started()
    await desk.feed(asked(2))
    with pytest.raises(ExceptionGroup) as raised:
        await participant.run()
    assert raised.group_contains(LeaseLost)


async def test_an_error_of_the_broker_ends_it_and_the_next_process_goes_on(desk: Desk) -> None:
    """Recovery is a restart with a new producer: nothing is retried inside (rule 13)."""

    class Failing(Fuse):
        def point(self, name: str) -> None:
            if name == "amid send":
                raise BrokerUnreachable("gone")

    producer = Failing().guard(await desk.bus.producer())
    participant = await desk.participant(producer=producer)
    await participant.start()
    await desk.feed(asked(2))
    with pytest.raises(ExceptionGroup) as raised:
        await participant.run()
    assert raised.group_contains(BrokerUnreachable)
    again = await desk.participant()
    await again.start()
    while await again.step():
        pass
    assert set(names(desk.published())) == {(case(2), "residence.registered")}
