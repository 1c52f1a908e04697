"""What the router says of a record that it did not route, and to whom."""

import base64
import hashlib
from dataclasses import replace

import orjson
import pytest

from connectors.runtime.bus.kafka import BATCH_BYTES
from connectors.runtime.bus.memory import MemoryRecord
from hub.router import Router
from schemas.event import derived_id, payload_hash, source_of
from schemas.examples import example
from schemas.reasons import REJECTIONS
from tests.hub.router.outputs import logs, received, submissions, to
from tests.hub.router.records import SUBMITTED, TOPICS, record, with_header, with_value


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
    assert first.id == derived_id("lt.in.portal/0/0", "delivery.rejected")


def test_a_rejection_without_a_readable_id_derives_from_the_place(router: Router) -> None:
    """Topic, partition and offset name a record that does not name itself."""
    for unreadable in (b"\xff", b"", None):
        bad = replace(with_header("ce_id", unreadable), partition=1, offset=9)
        (told, *_) = received(router.route([bad]))["portal"]
        assert told.id == derived_id("lt.in.portal/1/9", "delivery.rejected")
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
