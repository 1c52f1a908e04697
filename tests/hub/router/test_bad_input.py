"""Every bad input of the corpus is refused with exactly its reason code and pointer."""

from collections import Counter

import orjson
import pytest

from connectors.runtime.bus.memory import MemoryBus, MemoryRecord
from hub.router import Router
from schemas.event import Event, to_text
from schemas.examples import examples
from schemas.reasons import REFUSED, REJECTIONS
from schemas.systems import RIGHTS
from simulators.bad_input import KINDS, Spoiled, corpus
from tests.hub.router.outputs import received, to
from tests.hub.router.records import TOPICS, record


def as_record(bad: Spoiled, offset: int = 0) -> MemoryRecord:
    """The bad input as the router reads it."""
    return MemoryRecord(
        topic=TOPICS.inbox(bad.system),
        partition=0,
        offset=offset,
        key=bad.key,
        value=bad.value,
        headers=tuple(bad.headers),  # type: ignore[arg-type]  # a client may send null
        timestamp=1_688_950_800_000,
    )


EVENTS = [event for name in RIGHTS for event in examples(name)]
"""A good event of each type; a submission of each chain."""
each_event = pytest.mark.parametrize("event", EVENTS, ids=lambda one: f"{one.name}-{one.subject}")


@pytest.mark.parametrize("kind", KINDS)
@each_event
def test_each_is_refused_with_its_reason_and_pointer(event: Event, kind: str) -> None:
    """In the dead letter, and in what its sender is told, in both languages."""
    router = Router(MemoryBus(), TOPICS, partitions=1)
    wrong = []
    assert any(any(KINDS[kind](one)) for one in EVENTS), "the kind is made of some"
    for bad in KINDS[kind](event):
        buckets = router.route([as_record(bad)])
        letters = to(buckets, TOPICS.dead_letters)
        if not letters:
            wrong.append((bad.variant, "it was routed"))
            continue
        letter = orjson.loads(letters[0][1] or b"")
        got = (letter["reason"], letter["pointer"])
        if got != (bad.reason, bad.pointer):
            wrong.append((bad.variant, f"expected {bad.reason} {bad.pointer}, got {got}"))
            continue
        told = received(buckets)[bad.system][0].data()
        reason = REJECTIONS[bad.reason]
        assert (told["reason"], told["pointer"]) == got
        assert (told["vi"], told["remedy_vi"], told["remedy_en"]) == (
            reason.vi,
            reason.remedy_vi,
            reason.remedy_en,
        )
    assert not wrong, wrong[:10]
    assert router.stats.accepted == 0


def test_the_corpus_is_large_and_has_every_code_that_the_router_gives() -> None:
    """RELIABILITY R8 asks for three hundred cases; each variant of a kind is told apart."""
    codes: Counter[str] = Counter()
    for event in EVENTS:
        found = list(corpus(event))
        codes.update(bad.reason for bad in found)
        names = Counter((bad.kind, bad.variant) for bad in found)
        assert names.total() == len(names), names.most_common(3)
    assert codes.total() > 300
    assert codes.keys() == REFUSED.keys()


@each_event
def test_the_good_event_beside_them_passes(event: Event) -> None:
    """So that each refusal is owed to the one thing that was bent."""
    router = Router(MemoryBus(), TOPICS, partitions=1)
    router.route([record(event)])
    assert router.stats.accepted == 1, to_text(event.time)
