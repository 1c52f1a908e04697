"""The router: who receives what of an event, where, and what the log says of it."""

from dataclasses import replace
from zlib import crc32

import orjson
import pytest

from connectors.runtime.bus.kafka import BATCH_BYTES
from hub.router import Router
from hub.router.router import LOGGED
from hub.router.routes import cutter
from schemas.bindings import from_kafka, to_kafka
from schemas.event import payload_hash
from schemas.examples import example
from schemas.systems import NAMED, RIGHTS
from schemas.topics import partition_of
from tests.hub.router.outputs import logs, received, receivers_of, submissions, to
from tests.hub.router.records import PARTITIONS, SUBMITTED, TOPICS, record, with_value


@pytest.mark.parametrize("name", RIGHTS)
def test_each_system_receives_exactly_what_the_table_allows(router: Router, name: str) -> None:
    """Receivers get the fields of their row, in the same attributes; nobody else gets anything."""
    event = example(name)
    got = received(router.route([record(event)]))
    receivers = receivers_of(event)
    assert set(got) == set(receivers)
    for system, fields in receivers.items():
        (copy,) = got[system]
        expected = event.payload if fields is None else cutter(fields)(event.data())
        assert copy == replace(event, payload=expected)


@pytest.mark.parametrize("decider", NAMED)
def test_a_type_that_names_its_receiver_goes_to_that_one_alone(
    router: Router, decider: str
) -> None:
    """The agency that does not decide on an allowance never hears of it."""
    for name in ("funeral-allowance.requested", "payout.made", "payout.failed"):
        event = example(name)
        payload = orjson.dumps({**event.data(), "decider": decider})
        got = received(router.route([record(replace(event, payload=payload))]))
        assert set(got) & set(NAMED) == {decider}, f"{name} is {decider}'s"


def test_a_whole_payload_is_delivered_byte_by_byte(router: Router) -> None:
    """Bytes are written anew only where a receiver may see less than the whole."""
    spaced = orjson.dumps(SUBMITTED.data(), option=orjson.OPT_INDENT_2)
    got = received(router.route([with_value(spaced)]))
    assert got["dvclt"][0].payload == spaced
    assert got["monitoring"][0].payload == cutter(
        RIGHTS["case.submitted"].receivers["monitoring"] or ()
    )(SUBMITTED.data())


def test_headers_of_others_reach_the_receivers(router: Router) -> None:
    """Trace headers pass through, and confuse no receiver."""
    foreign = ("source", b"/systems/hub")
    buckets = router.route([record(headers=(*record().headers, foreign))])
    (message,) = to(buckets, TOPICS.outbox("dvclt"))
    assert foreign in message[2]
    assert from_kafka(message[2], message[1]).system == "portal"


@pytest.mark.parametrize("given", range(PARTITIONS))
def test_the_partition_is_computed_whatever_the_sender_chose(router: Router, given: int) -> None:
    """crc32 of the key modulo n: a case's events meet in one partition of every topic."""
    buckets = router.route([record(partition=given, key=b"anything")])
    expected = crc32(SUBMITTED.subject.encode()) % PARTITIONS
    placed = {p for topic, p in buckets if topic.startswith("lt.out.")}
    assert placed == {expected} == {partition_of(SUBMITTED.subject, PARTITIONS)}
    assert {m[0] for m in to(buckets, TOPICS.outbox("dvclt"))} == {SUBMITTED.subject.encode()}


def test_a_partition_key_goes_before_the_subject(router: Router) -> None:
    """CloudEvents' partitionkey, where the sender gives one, is the key."""
    buckets = router.route([record(replace(SUBMITTED, partitionkey="79"))])
    assert {p for topic, p in buckets if topic == TOPICS.outbox("dvclt")} == {
        partition_of("79", PARTITIONS)
    }
    assert to(buckets, TOPICS.outbox("dvclt"))[0][0] == b"79"


def test_the_order_of_a_case_is_kept(router: Router) -> None:
    """Records of one partition leave in the order they came, good and bad mixed."""
    events = [replace(SUBMITTED, id=f"e{number}") for number in range(20)]
    records = [record(e, offset=n) for n, e in enumerate(events)]
    records[7] = replace(with_value(b"{"), offset=7)
    got = received(router.route(records))["dvclt"]
    told = [e.id for e in got if e.name == "case.submitted"]
    assert told == [e.id for n, e in enumerate(events) if n != 7]
    assert got[7].name == "delivery.rejected"


def test_the_log_says_what_was_delivered_to_whom(router: Router) -> None:
    """One entry an event: where it stood, what it is, and the hash of what each receiver got."""
    event = replace(example("birth.registered"), causationid="c1")
    buckets = router.route([record(event, partition=2, offset=17)])
    (log,) = logs(buckets)
    ((system, partition, offset, *rest),) = log["events"]
    assert log["router"] == 0
    assert (system, partition, offset) == ("civil-status", 2, 17)
    identity, name, time, subject, digest, cause, receivers = rest
    assert (identity, name, subject, cause) == (event.id, event.name, event.subject, "c1")
    assert time == dict(to_kafka(event))["ce_time"].decode()
    assert digest == payload_hash(event.payload)
    delivered = {s: payload_hash(e[0].payload) for s, e in received(buckets).items()}
    assert receivers == delivered


def test_a_log_record_holds_at_most_500_events(router: Router) -> None:
    """Each log record stays well under a broker's limit; together they have every event once."""
    buckets = router.route(submissions(1203))
    sizes = [len(log["events"]) for log in logs(buckets)]
    assert sizes == [LOGGED, LOGGED, 203]
    ids = [entry[3] for log in logs(buckets) for entry in log["events"]]
    assert ids == [f"s{number}" for number in range(1203)]


def test_a_log_of_the_longest_ids_still_fits(router: Router) -> None:
    """Ids and causes may have 200 characters, and a batch of them is one record."""
    longest = replace(
        example("birth.registered"), id="i" * 200, causationid="c" * 200, partitionkey="k" * 200
    )
    buckets = router.route([record(longest, offset=number) for number in range(LOGGED)])
    assert all(len(value or b"") < 2 * BATCH_BYTES for _, value, _ in to(buckets, TOPICS.log))
