"""Delivery rules 1 to 3: what an event is, and how a repetition is known.

Each test takes nothing from fixtures, so that `test_rules_bite` can run the same function with the
rule taken away and see it fail.
Rule 4 is the agencies', and its tests stand with them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import orjson

from connectors.runtime.bus.memory import MemoryBus, MemoryRecord
from hub.router import Router
from schemas.event import Event, derived_id, payload_hash
from tests.connectors.runtime.desk import TOPICS, Desk, names
from tests.connectors.runtime.toy import (
    START,
    asked,
    case,
    poisoned,
    refuse,
)
from tests.delivery.processes import finished, row_of, state_of
from tests.hub.router.records import record, with_value


async def test_rule_01_a_reused_id_is_dead_lettered_and_the_first_payload_stands() -> None:
    """The same source and id on the same case with another payload is `id_reused`."""
    desk = await Desk.open()
    await desk.feed(asked(1), replace(poisoned(1), id=asked(1).id))
    await finished(desk)
    reasons = [orjson.loads(letter.value or b"")["reason"] for letter in desk.dead_letters()]
    assert reasons == ["id_reused"]
    assert names(desk.published()) == [(case(1), "consent.requested")]


async def test_rule_01_a_repetition_is_absorbed() -> None:
    """The same source, id and payload again changes nothing."""
    desk = await Desk.open(handler=refuse)
    await desk.feed(asked(1))
    await finished(desk)
    await desk.feed(asked(1))
    await finished(desk)
    assert await state_of(desk, 1) == {"told": 1}
    assert len(desk.published()) == 1


async def test_rule_01_after_the_end_the_chain_answers() -> None:
    """The ended case's handler is asked again; it is no reused id."""
    desk = await Desk.open()
    await desk.feed(asked(2))
    await finished(desk)
    await desk.feed(replace(poisoned(2), id=asked(2).id))
    await finished(desk)
    assert desk.dead_letters() == []
    assert names(desk.published()) == [(case(2), "residence.registered")]


async def test_rule_02_a_replay_makes_the_same_events() -> None:
    """Events of events, outcomes and timers have ids that follow from their causes."""
    told: list[list[Event]] = []
    for _ in range(2):
        desk = await Desk.open()
        await desk.feed(asked(1), asked(2))
        await finished(desk)
        desk.clock.advance(START + timedelta(days=30))
        await finished(desk)
        told.append(desk.published())
    assert len(told[0]) == 3
    assert told[0] == told[1]


async def test_rule_02_what_the_hub_says_has_an_id_of_its_cause() -> None:
    """A rejection's id is computed from the refused event, or from its place."""
    router = Router(MemoryBus(), TOPICS, partitions=1)
    bad = [with_value(b"{"), replace(record(), headers=(), offset=7)]
    first, again = (_told(router, bad) for _ in range(2))
    assert first == again
    assert first == [derived_id(f"lt.in.portal/0/{n}", "delivery.rejected") for n in (0, 7)]


def _told(router: Router, records: Sequence[MemoryRecord]) -> list[str]:
    messages = router.route(records)[TOPICS.outbox("portal"), 0]
    return [dict(headers)["ce_id"].decode() for _, _, headers in messages]


async def test_rule_03_seen_ids_stand_in_the_row_of_their_case() -> None:
    """With the hash of the payload, so that another process knows a repetition too."""
    desk = await Desk.open(handler=refuse)
    await desk.feed(asked(1))
    await finished(desk)
    seen = orjson.loads((await row_of(desk, 1)).seen)
    assert seen == {f"dvclt:{asked(1).id}": payload_hash(asked(1).payload)}


async def test_rule_03_seen_ids_end_with_their_case() -> None:
    """An ended case keeps none."""
    desk = await Desk.open()
    await desk.feed(asked(2))
    await finished(desk)
    ended = await row_of(desk, 2)
    assert ended.ended
    assert ended.seen == "{}"
