"""What the router lets pass, and the reason and place it names when it doesn't."""

import json
from typing import Any

import orjson
import pytest

from connectors.runtime.bus.memory import MemoryRecord
from hub.router.checks import Checks
from hub.router.rejected import Rejected
from hub.router.strict import strict_json
from schemas.bindings import REQUIRED
from schemas.event import MAX_PAYLOAD_BYTES, full_type
from schemas.examples import example, example_payload
from schemas.reasons import REJECTIONS
from schemas.systems import RIGHTS, SYSTEMS
from tests.hub.router.records import (
    SUBMITTED,
    TOPICS,
    record,
    with_header,
    with_value,
    without_header,
)

CHECKS = Checks(TOPICS)
REGISTERED = example("birth.registered")


def fault(bad: MemoryRecord) -> tuple[str, str]:
    """Reason and pointer of a rejection."""
    with pytest.raises(Rejected) as raised:
        CHECKS.accept(bad)
    assert raised.value.reason in REJECTIONS, "each reason has its texts"
    return raised.value.reason, raised.value.pointer


def payload(**changes: Any) -> bytes:
    """The example submission with other values at the top."""
    return orjson.dumps({**SUBMITTED.data(), **changes})


# --- what passes ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", RIGHTS)
def test_every_example_passes(name: str) -> None:
    """Each type from each of its publishers is accepted, with its data and untouched bytes."""
    for system in RIGHTS[name].publishers:
        event = example(name)
        sent = with_header("ce_source", f"/systems/{system}".encode(), event)
        accepted = CHECKS.accept(record(event, headers=sent.headers, topic=TOPICS.inbox(system)))
        assert (accepted.route.name, accepted.system) == (name, system)
        assert accepted.value is event.payload
        assert orjson.loads(accepted.value) == event.data()


@pytest.mark.parametrize(
    "written",
    [
        json.dumps(SUBMITTED.data()),
        json.dumps(SUBMITTED.data(), ensure_ascii=False, indent=2),
        json.dumps(dict(reversed(SUBMITTED.data().items()))),
        f" \r\n\t{example_payload('case.submitted').decode()} ",
    ],
    ids=["escaped", "indented", "reversed", "padded"],
)
def test_json_may_be_written_in_any_way(written: str) -> None:
    """Spaces, escapes and the order of keys are the sender's business."""
    accepted = CHECKS.accept(with_value(written.encode()))
    assert accepted.value == written.encode()
    assert orjson.loads(accepted.value) == SUBMITTED.data()


def test_headers_of_others_pass_along() -> None:
    """What tracing tools add is nobody's fault, whatever bytes it has."""
    foreign: list[Any] = [("x-b3", b"\xff\x00"), ("source", b"/systems/dvclt"), ("null", None)]
    accepted = CHECKS.accept(record(headers=(*record().headers, *foreign)))
    assert accepted.system == "portal"


def test_a_content_type_may_have_parameters_and_capitals() -> None:
    """Media types have no case, and `charset=utf-8` says nothing new."""
    CHECKS.accept(with_header("content-type", b"Application/JSON; charset=utf-8"))


# --- identity and rights -------------------------------------------------------------------


def test_the_source_must_be_the_owner_of_the_topic() -> None:
    """The topic is the identity: nobody speaks for another."""
    for source in (b"/systems/dvclt", b"/systems/hub", b"portal", b"/systems/portal/", b"\xff"):
        assert fault(with_header("ce_source", source)) == ("source_mismatch", "ce_source")


def test_a_header_without_prefix_does_not_change_the_source() -> None:
    """Only `ce_source` says who speaks."""
    forged = record(REGISTERED, headers=(*record(REGISTERED).headers, ("source", b"/systems/x")))
    assert CHECKS.accept(forged).system == "civil-status"


@pytest.mark.parametrize(
    "name",
    [
        full_type("birth.registered", 2),
        full_type("marriage.registered"),
        full_type("delivery.rejected"),
        "birth.registered",
        "VN.LIENTHONG.CASE.SUBMITTED.V1",
    ],
)
def test_a_type_that_is_not_in_the_catalogue_is_unknown(name: str) -> None:
    """Another version, another spelling, or the hub's own type: unknown."""
    assert fault(with_header("ce_type", name.encode())) == ("unknown_type", "ce_type")


def test_a_type_of_unreadable_bytes_is_unknown() -> None:
    """A type need not even be text to be refused."""
    assert fault(with_header("ce_type", b"\xff\xfe")) == ("unknown_type", "ce_type")


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_system_publishes_only_its_own_types(system: str) -> None:
    """Every type that the table does not give to a system is refused on its topic."""
    for name, right in RIGHTS.items():
        if system not in right.publishers:
            headers = with_header("ce_source", f"/systems/{system}".encode(), example(name)).headers
            sent = record(example(name), headers=headers, topic=TOPICS.inbox(system))
            assert fault(sent) == ("not_allowed", "ce_type")


# --- headers -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*REQUIRED, "content-type"])
def test_a_required_header_that_is_missing_is_named(name: str) -> None:
    """Absent, empty or null is all the same: missing."""
    expected = ("header_missing", name)
    assert fault(without_header(name)) == expected
    assert fault(with_header(name, b"")) == expected
    assert fault(with_header(name, None)) == expected


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce_specversion", b"0.3"),
        ("ce_specversion", b"1.0 "),
        ("content-type", b"text/plain"),
        ("content-type", b"application/cloudevents+json"),
        ("ce_id", b"with space"),
        ("ce_id", b"x" * 201),
        ("ce_id", "tên".encode()),
        ("ce_id", b"line\n"),
        ("ce_subject", b"079092004521"),
        ("ce_subject", b"G22.99.07-230710-000001"),
        ("ce_subject", b"G22.99.08-230710-001"),
        ("ce_subject", b"G22.99.08-230710-000001\n"),
        ("ce_subject", b"portal"),
        ("ce_subject", b"\xff"),
        ("ce_time", b"yesterday"),
        ("ce_time", b"2023-07-10T08:00:00"),
        ("ce_time", b"2023-07-10"),
        ("ce_time", b"\xff"),
        ("ce_time", b"2023-07-10T08:00:00.000+07:00\n"),
        ("ce_time", b"2023-W28-1T08:00:00+07:00"),
        ("ce_time", b"20230710T080000+0700"),
        ("ce_time", b"2023-02-30T08:00:00Z"),
        ("ce_time", b"0001-01-01T00:00:00+14:00"),
        ("ce_time", b"9999-12-31T23:59:59-12:00"),
        ("ce_partitionkey", b""),
        ("ce_partitionkey", b"with space"),
        ("ce_partitionkey", b"x" * 201),
        ("ce_causationid", b"\xff"),
        ("ce_causationid", b"x" * 201),
        ("ce_dataschema", b"\xff"),
        ("traceparent", b"\xff"),
    ],
)
def test_a_header_of_the_wrong_form_is_named(name: str, value: bytes) -> None:
    """What a receiver could not read, or the log not hold, is refused at the door."""
    assert fault(with_header(name, value)) == ("header_invalid", name)


# --- payload -------------------------------------------------------------------------------


@pytest.mark.parametrize("value", [None, b""])
def test_an_event_without_payload_is_refused(value: bytes | None) -> None:
    """Null and empty are no payload."""
    assert fault(with_value(value)) == ("payload_missing", "")


def test_a_payload_may_have_64_kib_and_no_more() -> None:
    """Documents travel as a reference, so a larger payload is a mistake; 2 MB is answered too."""
    full = example_payload("case.submitted").ljust(MAX_PAYLOAD_BYTES)
    CHECKS.accept(with_value(full))
    assert fault(with_value(full + b" ")) == ("payload_too_large", "")
    assert fault(with_value(b"[" * 2_000_000)) == ("payload_too_large", "")


DEEP = b'{"a":' * 10_000 + b"1" + b"}" * 10_000


@pytest.mark.parametrize(
    "value",
    [
        b"{",
        b"null garbage",
        b"\x00",
        b"\xef\xbb\xbf{}",
        b'{"chain":"\xff"}',
        b'{"chain":"\\ud800"}',
        b'{"chain":"birth",}',
        b"{'chain':'birth'}",
        b'{"chain":01}',
        b'{"chain":Infinity,"chain":NaN}',
        DEEP,
        b"[" * 30_000 + b"]" * 30_000,
    ],
    ids=[
        *("cut", "trailing", "nul", "bom", "utf8", "surrogate", "comma", "quotes", "octal"),
        *("infinity", "deep", "brackets"),
    ],
)
def test_what_is_no_json_is_refused(value: bytes) -> None:
    """No bytes stop the router: at most they are no JSON."""
    reason, _ = fault(with_value(value))
    assert reason in ("payload_not_json", "payload_invalid")


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e400", b"-1e999"])
def test_a_number_that_is_none_is_refused_wherever_it_stands(number: bytes) -> None:
    """JSON has no NaN, and 1e400 is no finite number: neither passes, even behind a good value."""
    text = example_payload("birth.registered")
    assert b'"page":14' in text
    for value in (
        text.replace(b'"page":14', b'"page":' + number),
        text.replace(b'"page":14', b'"page":' + number + b',"page":14'),
        text.replace(b'"page":14', b'"page":[' + number + b",1]"),
    ):
        reason, _ = fault(with_value(value, REGISTERED))
        assert reason in ("payload_not_json", "payload_invalid", "duplicate_key")


@pytest.mark.parametrize(
    ("old", "new", "pointer"),
    [
        (b'{"chain":"birth"', b'{"chain":"death","chain":"birth"', "/chain"),
        (b'{"chain":"birth"', b'{"chain":"birth","chain":"birth"', "/chain"),
        (b'{"chain":"birth"', b'{"ch\\u0061in":"death","chain":"birth"', "/chain"),
        (b'"sex":"male"', b'"sex":"female","sex":"male"', "/child/sex"),
    ],
    ids=["top", "equal", "escaped", "nested"],
)
def test_a_key_that_stands_twice_is_refused(old: bytes, new: bytes, pointer: str) -> None:
    """Readers differ in which of the two they take, so nobody gets either."""
    text = example_payload("case.submitted")
    assert old in text
    assert fault(with_value(text.replace(old, new, 1))) == ("duplicate_key", pointer)


@pytest.mark.parametrize(
    ("value", "pointer"),
    [
        (b"null", ""),
        (b"[]", ""),
        (payload(chain="marriage"), "/chain"),
        (payload(services=["birth", "passport"]), "/services/1"),
        (payload(child={**SUBMITTED.data()["child"], "notice": "1"}), "/child/notice"),
        (
            payload(mother={**SUBMITTED.data()["mother"], "born": "2024-11-02"}),
            "/mother/personal_id",  # of another year; and no mother was born after her child
        ),
        (payload(documents=[{"kind": "other", "uri": "urn:a:b"}]), "/documents/0/sha256"),
        (payload(**{"a/b~c": 1}), "/a~1b~0c"),
        (payload(**{"": 1}), "/"),
    ],
)
def test_a_payload_that_does_not_fit_is_refused_with_a_json_pointer(
    value: bytes, pointer: str
) -> None:
    """RFC 6901: the sender finds the very field."""
    assert fault(with_value(value)) == ("payload_invalid", pointer)


def test_strict_json_names_what_it_found() -> None:
    """The slow reading is exact about which of the two faults it was."""
    strict_json(b'{"a":1,"b":{"a":1}}')
    for value, reason in (
        (b'{"a":1,"a":2}', "duplicate_key"),
        (b'[{"b":[{"a":1,"a":1}]}]', "duplicate_key"),
        (b"NaN", "payload_not_json"),
        (b"[-Infinity]", "payload_not_json"),
        (b"[1e400]", "payload_not_json"),
        (b"9" * 5000, "payload_not_json"),
        (b"[" * 100_000, "payload_not_json"),
    ):
        with pytest.raises(Rejected) as raised:
            strict_json(value)
        assert raised.value.reason == reason
