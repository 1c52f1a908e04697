"""The router: from every `lt.in` to every `lt.out` that may know, the log and the dead letters."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from zlib import crc32

import orjson
import pytest

from connectors.runtime.bus import Message, Partition
from connectors.runtime.bus.kafka import BATCH_BYTES
from connectors.runtime.bus.memory import MemoryBus, MemoryRecord
from connectors.runtime.errors import BrokerUnreachable
from hub.router import GROUP, Router
from hub.router.router import LOGGED, Buckets
from hub.router.routes import cutter
from schemas.bindings import from_kafka, to_kafka
from schemas.event import Event, derived_id, payload_hash, source_of
from schemas.examples import example, example_payload
from schemas.reasons import REJECTIONS
from schemas.systems import RIGHTS, SYSTEMS
from schemas.topics import partition_of
from tests.connectors.runtime.crashes import Crash, Fuse, abandon_tasks
from tests.hub.router.records import SUBMITTED, TOPICS, record, with_header, with_value

PARTITIONS = 4


@pytest.fixture
async def bus() -> MemoryBus:
    """A bus with every topic of the hub."""
    made = MemoryBus()
    await made.create(TOPICS.all(), PARTITIONS)
    return made


@pytest.fixture
def router(bus: MemoryBus) -> Router:
    """A router that has not been started: `route` needs no broker."""
    return Router(bus, TOPICS, partitions=PARTITIONS)


def to(buckets: Buckets, topic: str) -> list[Message]:
    """The messages for a topic, whatever their partition."""
    return [m for (name, _), messages in buckets.items() for m in messages if name == topic]


def received(buckets: Buckets) -> dict[str, list[Event]]:
    """What each system receives."""
    return {
        system: [from_kafka(headers, value) for _, value, headers in messages]
        for system in SYSTEMS
        if (messages := to(buckets, TOPICS.outbox(system)))
    }


def logs(buckets: Buckets) -> list[dict[str, Any]]:
    """The log records."""
    return [orjson.loads(value or b"") for _, value, _ in to(buckets, TOPICS.log)]


def submissions(count: int) -> list[MemoryRecord]:
    """Submissions of different cases."""
    return [
        record(
            replace(SUBMITTED, subject=f"G22.99.08-230710-{number:06}", id=f"s{number}"),
            offset=number,
        )
        for number in range(count)
    ]


# --- who receives what ---------------------------------------------------------------------


@pytest.mark.parametrize("name", RIGHTS)
def test_each_system_receives_exactly_what_the_table_allows(router: Router, name: str) -> None:
    """Receivers get the fields of their row, in the same attributes; nobody else gets anything."""
    event = example(name)
    got = received(router.route([record(event)]))
    assert set(got) == set(RIGHTS[name].receivers)
    for system, fields in RIGHTS[name].receivers.items():
        (copy,) = got[system]
        expected = event.payload if fields is None else cutter(fields)(event.data())
        assert copy == replace(event, payload=expected)


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


# --- the log -------------------------------------------------------------------------------


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


# --- what is refused -----------------------------------------------------------------------


def test_a_refused_record_becomes_a_dead_letter_with_its_reason(router: Router) -> None:
    """The dead letter says what was wrong where, and keeps the beginning and the hash."""
    value = b'{"chain":' + b"1" * 9000
    bad = record(value=value, partition=3, offset=41, key=b"\xffk")
    (letter,) = to(router.route([bad]), TOPICS.dead_letters)
    body = orjson.loads(letter[1] or b"")
    assert (body["by"], body["reason"], body["pointer"]) == ("hub", "payload_not_json", "")
    assert (body["topic"], body["partition"], body["offset"]) == (TOPICS.inbox("portal"), 3, 41)
    assert body["key"] == "\\xffk"
    assert body["headers"]["ce_id"] == SUBMITTED.id
    assert base64.b64decode(body["payload"]) == value[:4096]
    assert (body["size"], body["hash"]) == (len(value), hashlib.sha256(value).hexdigest())
    assert letter[2] == [("reason", b"payload_not_json")]


def test_the_sender_and_dvclt_are_told_of_a_refused_event_of_a_case(router: Router) -> None:
    """So that the case does not wait for an answer that can't come (rule 11)."""
    event = example("birth.registered")
    got = received(router.route([with_value(b"{", event)]))
    assert set(got) == {"civil-status", "dvclt"}
    (told,) = got["dvclt"]
    assert got["civil-status"] == [told]
    assert (told.source, told.name, told.subject) == (
        source_of("hub"),
        "delivery.rejected",
        event.subject,
    )
    assert told.causationid == event.id
    data, reason = told.data(), REJECTIONS["payload_not_json"]
    assert (data["event"], data["type"], data["reason"]) == (event.id, event.type, reason.code)
    assert (data["vi"], data["remedy_en"]) == (reason.vi, reason.remedy_en)


def test_only_the_sender_is_told_where_no_case_can_be_read(router: Router) -> None:
    """dvclt has nothing to do with a record that names no case."""
    event = example("birth.registered")
    got = received(router.route([with_header("ce_subject", b"somebody", event)]))
    assert set(got) == {"civil-status"}
    assert got["civil-status"][0].subject == "civil-status"


def test_dvclt_is_told_once_of_its_own_mistake(router: Router) -> None:
    """Sender and dvclt may be the same."""
    got = received(router.route([with_value(b"{", example("case.status.changed"))]))
    assert [e.name for e in got["dvclt"]] == ["delivery.rejected"]
    assert set(got) == {"dvclt"}


def test_a_rejection_is_the_same_event_after_a_replay(router: Router) -> None:
    """Its id derives from the refused event's id, its time is the record's (rule 2)."""
    bad = with_value(b"{")
    first, again = (received(router.route([bad]))["portal"][0] for _ in range(2))
    assert first == again
    assert first.id == derived_id(SUBMITTED.id, "delivery.rejected/portal")


def test_a_rejection_without_a_readable_id_derives_from_the_place(router: Router) -> None:
    """Topic, partition and offset name a record that does not name itself."""
    for unreadable in (b"\xff", b"", None):
        bad = replace(with_header("ce_id", unreadable), partition=1, offset=9)
        (told, *_) = received(router.route([bad]))["portal"]
        assert told.id == derived_id("lt.in.portal/1/9", "delivery.rejected/portal")
        assert told.data()["event"] == "lt.in.portal/1/9"
        assert told.causationid is None


def test_a_rejection_is_in_the_log_as_well(router: Router) -> None:
    """What the hub says itself is logged like everything else that was delivered."""
    buckets = router.route([with_value(b"{")])
    (log,) = logs(buckets)
    (entry,) = log["events"]
    (told, *_) = received(buckets)["dvclt"]
    assert (entry[0], entry[3], entry[4]) == ("hub", told.id, "delivery.rejected")
    digest = payload_hash(told.payload)
    assert entry[9] == {"dvclt": digest, "portal": digest}


def test_one_bad_record_leaves_its_neighbours_alone(router: Router) -> None:
    """The batch goes on."""
    records = submissions(3)
    records[1] = replace(records[1], value=b"{")
    buckets = router.route(records)
    names = [e.name for e in received(buckets)["dvclt"]]
    assert sorted(names) == ["case.submitted", "case.submitted", "delivery.rejected"]
    assert (router.stats.accepted, router.stats.rejected) == (2, 1)
    assert router.stats.delivered == 4, "dvclt and monitoring, twice"


@pytest.mark.parametrize(
    "huge",
    [
        record(key=b"\x00" * 3_000_000, value=b"{"),
        record(headers=(*record().headers, ("x", b"\xff" * 3_000_000)), value=b"{"),
        record(headers=(*record().headers, ("x" * 3_000_000, b"")), value=b"{"),
        record(headers=tuple((f"h{n}", b"\x01" * 500) for n in range(5000))),
        record(value=b"\x00" * 4_000_000),
        with_header("ce_id", b"\x01" * 1_000_000),
        with_header("ce_type", b"t" * 1_000_000),
    ],
    ids=["key", "header", "name", "headers", "payload", "id", "type"],
)
def test_what_the_hub_says_of_a_huge_record_is_small(router: Router, huge: MemoryRecord) -> None:
    """A dead letter that the broker refuses would come back for ever."""
    buckets = router.route([huge])
    assert len(to(buckets, TOPICS.dead_letters)) == 1
    for messages in buckets.values():
        for key, value, headers in messages:
            extent = len(key or b"") + sum(len(n) + len(v) for n, v in headers)
            assert extent + len(value or b"") < BATCH_BYTES


@pytest.mark.parametrize("timestamp", [-1, -(2**62), 2**62, 0])
def test_any_timestamp_has_a_date(router: Router, timestamp: int) -> None:
    """A client sets the timestamp of its records as it likes."""
    got = received(router.route([record(value=b"{", timestamp=timestamp)]))
    assert got["portal"][0].name == "delivery.rejected"


# --- batches on a bus ----------------------------------------------------------------------


def sent(bus: MemoryBus, topic: str) -> list[MemoryRecord]:
    """All records of a topic."""
    return [r for p in range(PARTITIONS) for r in bus.read((topic, p), 0, 100_000)]


def put(bus: MemoryBus, *records: MemoryRecord) -> None:
    """Publish records as their senders would."""
    for one in records:
        bus.write((one.topic, one.partition), one.key, one.value, one.headers)
    bus.announce()


async def drained(router: Router) -> None:
    """Step until nothing is left."""
    while await router.step(timeout=0):
        pass


async def test_a_step_routes_a_batch_from_every_inbox(bus: MemoryBus, router: Router) -> None:
    """Events of different systems go through one poll; offsets and counts follow."""
    put(bus, *[record(example(name), partition=1) for name in RIGHTS])
    await router.start()
    assert await router.step(timeout=0) == len(RIGHTS)
    assert await router.step(timeout=0) == 0
    ends = await bus.ends([(t, p) for t in TOPICS.inboxes() for p in range(PARTITIONS)])
    assert await bus.committed(GROUP, list(ends)) == ends
    fan_out = sum(len(right.receivers) for right in RIGHTS.values())
    assert sum(len(sent(bus, TOPICS.outbox(s))) for s in SYSTEMS) == fan_out
    await router.close()


async def test_workers_share_the_input_partitions(bus: MemoryBus) -> None:
    """Each record is routed by one worker, whatever partition it must go to."""
    records = [replace(r, partition=r.offset % PARTITIONS) for r in submissions(40)]
    put(bus, *records)
    for worker in (0, 1):
        one = Router(bus, TOPICS, partitions=PARTITIONS, worker=worker, workers=2)
        await one.start()
        await drained(one)
        await one.close()
        assert one.stats.accepted == 20
    assert len(sent(bus, TOPICS.outbox("dvclt"))) == 40
    workers = {orjson.loads(r.value or b"")["router"] for r in sent(bus, TOPICS.log)}
    assert workers == {0, 1}


async def test_offsets_are_committed_after_every_acknowledgement(bus: MemoryBus) -> None:
    """The log record's included: until then a crash reads the batch again (rule 15)."""
    fuse = Fuse()
    router = Router(fuse.guard(bus), TOPICS, partitions=PARTITIONS)
    put(bus, record())
    await router.start()
    await drained(router)
    commits = [n for n, point in enumerate(fuse.passed) if "Consumer.commit" in point]
    assert fuse.passed.index("after send") < commits[0]
    await router.close()


def _outputs(bus: MemoryBus) -> dict[Partition, list[tuple[Any, ...]]]:
    """Everything on every output, with the time that the log was written taken out."""
    topics = [*map(TOPICS.outbox, SYSTEMS), TOPICS.log, TOPICS.dead_letters]
    found: dict[Partition, list[tuple[Any, ...]]] = {}
    for topic in topics:
        for number in range(PARTITIONS):
            for one in bus.read((topic, number), 0, 100_000):
                value: Any = one.value
                if topic == TOPICS.log:
                    value = orjson.dumps(orjson.loads(one.value or b"")["events"])
                found.setdefault((topic, number), []).append((one.key, value, tuple(one.headers)))
    return found


async def _route_all(blows: Callable[[int], bool]) -> tuple[MemoryBus, Fuse]:
    bus, fuse = MemoryBus(), Fuse(blows)
    await bus.create(TOPICS.all(), PARTITIONS)
    waves = [[*submissions(6), with_value(b"{")], [record(example("birth.registered"))]]
    for wave in waves:
        put(bus, *wave)
        while True:
            router = Router(fuse.guard(bus), TOPICS, partitions=PARTITIONS)
            try:
                await router.start()
                await drained(router)
                await router.close()
            except Crash:
                await abandon_tasks()
                fuse.blown = False
            else:
                break
    return bus, fuse


async def test_a_crash_at_any_point_repeats_and_changes_nothing() -> None:
    """Every await is tried: what a new router makes of the same records is the same."""
    reference, fuse = await _route_all(lambda number: False)
    expected = _outputs(reference)
    assert len(fuse.passed) > 20
    for number in range(1, len(fuse.passed) + 1):
        bus, _ = await _route_all(number.__eq__)
        found = _outputs(bus)
        for partition, records in expected.items():
            unique = list(dict.fromkeys(found[partition]))
            # a log record of a repeated batch may hold the same entries cut otherwise
            if partition[0] == TOPICS.log:
                assert _entries(unique) == _entries(records), fuse.passed[number - 1]
            else:
                assert unique == records, fuse.passed[number - 1]
        assert found.keys() == expected.keys()


def _entries(records: list[tuple[Any, ...]]) -> list[Any]:
    found = [orjson.dumps(e) for _, value, _ in records for e in orjson.loads(value)]
    return list(dict.fromkeys(found))


async def test_a_lost_broker_ends_the_router(bus: MemoryBus) -> None:
    """Nothing is retried inside: the error comes out, and no offset was committed."""

    class Failing(Fuse):
        def point(self, name: str) -> None:
            if name == "amid send":
                raise BrokerUnreachable("gone")

    router = Router(Failing().guard(bus), TOPICS, partitions=PARTITIONS)
    put(bus, record())
    await router.start()
    with pytest.raises(BrokerUnreachable):
        await router.run()
    await router.close()
    inputs = [(TOPICS.inbox("portal"), p) for p in range(PARTITIONS)]
    assert not any((await bus.committed(GROUP, inputs)).values())
    again = Router(bus, TOPICS, partitions=PARTITIONS)
    await again.start()
    await drained(again)
    assert example_payload("case.submitted") in {r.value for r in sent(bus, TOPICS.outbox("dvclt"))}
