"""No bytes stop the router, and what it passes every receiver can read."""

import json
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.runtime.bus.memory import MemoryBus, MemoryRecord
from hub.router import Router
from hub.router.checks import Checks
from hub.router.rejected import Rejected
from schemas.bindings import REQUIRED, from_kafka
from schemas.catalogue import CATALOGUE
from schemas.event import to_text
from schemas.examples import example
from schemas.reasons import REJECTIONS
from schemas.systems import RIGHTS, SYSTEMS
from tests.hub.router.records import TOPICS, record

CHECKS = Checks(TOPICS)
ROUTER = Router(MemoryBus(), TOPICS, partitions=4)

_FOREIGN = ("id", "source", "subject", "type", "x-b3", "", "ce_")
_OPTIONAL = ("ce_partitionkey", "ce_causationid", "ce_dataschema", "traceparent")
_header_names = st.sampled_from([*REQUIRED, "content-type", *_OPTIONAL, *_FOREIGN])
_likely = st.sampled_from(
    [b"1.0", b"application/json", b"G22.99.08-230710-000001", b"2023-07-10T08:00:00Z", b"a"]
    + [kind.full.encode() for kind in CATALOGUE.values()]
    + [f"/systems/{system}".encode() for system in SYSTEMS]
)
_header_values = st.none() | _likely | st.binary(max_size=30)
_headers: st.SearchStrategy[Any] = st.lists(st.tuples(_header_names, _header_values), max_size=14)
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=8,
)


@st.composite
def bent(draw: st.DrawFn) -> bytes:
    """An example's payload with some of its bytes taken out, put in or changed."""
    value = bytearray(example(draw(st.sampled_from(sorted(CATALOGUE)))).payload)
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(value) - 1))
        length = draw(st.integers(0, 3))
        value[at : at + length] = draw(
            st.sampled_from(
                [b"", b"{", b"}", b'"', b",", b"\\", b"\xff", b"\x00", b"NaN", b"1e400"]
            )
            | st.binary(max_size=3)
        )
    return bytes(value)


@st.composite
def altered(draw: st.DrawFn) -> bytes:
    """An example's payload with a value somewhere exchanged for any other JSON value."""
    data = example(draw(st.sampled_from(sorted(CATALOGUE)))).data()
    target: Any = data
    while True:
        places = list(target) if isinstance(target, dict) else list(range(len(target)))
        if not places:
            break
        place = draw(st.sampled_from(places))
        if isinstance(target[place], dict | list) and draw(st.booleans()):
            target = target[place]
            continue
        target[place] = draw(_json)
        break
    return json.dumps(data).encode()


_values = (
    st.none() | st.binary(max_size=60) | bent() | altered() | _json.map(json.dumps).map(str.encode)
)


@st.composite
def records(draw: st.DrawFn) -> MemoryRecord:
    """Anything that can stand on an `lt.in`: half of it a good event with something wrong."""
    event = example(draw(st.sampled_from(sorted(RIGHTS))))
    headers: tuple[Any, ...] = (*record(event).headers,)
    if draw(st.booleans()):
        headers = (*headers, *draw(_headers))
    elif draw(st.booleans()):
        headers = tuple(draw(_headers))
    topic = TOPICS.inbox(
        event.system if draw(st.booleans()) else draw(st.sampled_from(sorted(SYSTEMS)))
    )
    return record(
        event,
        topic=topic,
        headers=headers,
        value=event.payload if draw(st.booleans()) else draw(_values),
        key=draw(st.none() | st.binary(max_size=8)),
        partition=draw(st.integers(0, 3)),
        offset=draw(st.integers(0, 2**62)),
        timestamp=draw(st.integers(-(2**63), 2**63 - 1)),
    )


@settings(max_examples=400)
@given(given_record=records())
def test_a_check_either_passes_or_names_a_reason(given_record: MemoryRecord) -> None:
    """Whatever stands on a topic: accepted, or `Rejected` with a code of the table."""
    try:
        accepted = CHECKS.accept(given_record)
    except Rejected as fault:
        accepted, reason = None, fault.reason
    if accepted is None:
        assert reason in REJECTIONS
    else:
        assert isinstance(orjson.loads(accepted.value), dict)
        assert accepted.system in RIGHTS[accepted.route.name].publishers


@settings(max_examples=400)
@given(given_records=st.lists(records(), min_size=1, max_size=3))
def test_every_record_is_either_delivered_or_answered(given_records: list[MemoryRecord]) -> None:
    """Nothing vanishes: one log entry a record, a dead letter for each that is not routed."""
    before = ROUTER.stats.accepted, ROUTER.stats.rejected
    buckets = ROUTER.route(given_records)
    accepted = ROUTER.stats.accepted - before[0]
    rejected = ROUTER.stats.rejected - before[1]
    assert accepted + rejected == len(given_records)
    letters = sum(len(m) for (topic, _), m in buckets.items() if topic == TOPICS.dead_letters)
    assert letters == rejected
    log = [m for (topic, _), messages in buckets.items() if topic == TOPICS.log for m in messages]
    assert (
        sum(len(orjson.loads(value or b"")["events"]) for _, value, _ in log) == accepted + rejected
    )


@settings(max_examples=400)
@given(given_record=records())
def test_what_is_delivered_can_be_read(given_record: MemoryRecord) -> None:
    """A receiver's SDK reads every delivered record, and its event is the one that was checked."""
    for (topic, _), messages in ROUTER.route([given_record]).items():
        if not topic.startswith("lt.out."):
            continue
        for _, value, headers in messages:
            event = from_kafka(headers, value)
            assert to_text(event.time)
            assert isinstance(event.data(), dict)
            if event.system != "hub":
                assert TOPICS.inbox(event.system) == given_record.topic
                assert topic.removeprefix("lt.out.") in RIGHTS[event.name].receivers
