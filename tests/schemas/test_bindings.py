"""An event on a Kafka record and on an HTTP request, held against the official CloudEvents SDK."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from cloudevents.core.bindings import http, kafka
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from schemas.bindings import (
    REQUIRED,
    BindingError,
    from_http,
    from_kafka,
    to_http,
    to_kafka,
)
from schemas.catalogue import CATALOGUE
from schemas.event import VN, Event
from schemas.examples import example

EVENT = replace(
    example("birth.registered"),
    causationid="1f0c",
    traceparent="00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    partitionkey="79",
)

_texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
_events = st.builds(
    Event,
    id=_texts,
    source=_texts,
    type=_texts,
    subject=_texts,
    time=st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1), timezones=st.just(VN)).map(
        lambda t: t.replace(microsecond=t.microsecond // 1000 * 1000)
    ),
    payload=st.binary(max_size=60),
    dataschema=st.none() | _texts,
    causationid=st.none() | _texts,
    partitionkey=st.none() | _texts,
)


def attributes(event: Event) -> dict[str, Any]:
    """What the SDK must read from an event of ours."""
    found = {
        "specversion": "1.0",
        "id": event.id,
        "source": event.source,
        "type": event.type,
        "time": event.time,
        "subject": event.subject,
        "datacontenttype": "application/json",
        "dataschema": event.dataschema,
        "causationid": event.causationid,
        "partitionkey": event.partitionkey,
    }
    return {name: value for name, value in found.items() if value is not None}


def official(event: Event) -> CloudEvent:
    """The same event as the SDK's value."""
    return CloudEvent(attributes(event), event.data())


# --- with the SDK --------------------------------------------------------------------------


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_sdk_reads_our_kafka_records(name: str) -> None:
    """A system that uses the official SDK understands every event type from us."""
    event = replace(example(name), partitionkey="79")
    record = kafka.KafkaMessage(
        headers=dict(to_kafka(event)), key=event.key.encode(), value=event.payload
    )
    read = kafka.from_binary_event(record)
    assert read.get_attributes() == attributes(event)
    assert read.get_data() == event.data()


@pytest.mark.parametrize("name", CATALOGUE)
def test_we_read_the_sdks_kafka_records(name: str) -> None:
    """A system may publish with the official SDK: attributes and data arrive."""
    event = example(name)
    record = kafka.to_binary_event(official(event))
    read = from_kafka(record.headers.items(), record.value)
    assert replace(read, payload=event.payload) == event
    assert read.data() == event.data()


def test_the_sdk_reads_our_http_requests() -> None:
    """The HTTP binding means the same to the SDK, extensions included."""
    read = http.from_binary_event(http.HTTPMessage(headers=to_http(EVENT), body=EVENT.payload))
    assert read.get_attributes() == attributes(EVENT)
    assert read.get_data() == EVENT.data()


def test_we_read_the_sdks_http_requests() -> None:
    """A request that the SDK makes is the same event."""
    request = http.to_binary_event(official(EVENT))
    read = from_http(request.headers, request.body)
    assert replace(read, payload=b"") == replace(EVENT, payload=b"", traceparent=None)
    assert read.data() == EVENT.data()


@given(event=_events)
def test_any_attribute_survives_http_to_the_sdk_and_back(event: Event) -> None:
    """Percent-encoding carries every character: spaces, quotes, Vietnamese, line feeds."""
    headers = to_http(event)
    assert all(text.isascii() and text.isprintable() for text in headers.values())
    read = http.from_binary_event(http.HTTPMessage(headers=headers, body=b"{}"))
    assert read.get_attributes() == attributes(event)


# --- by ourselves --------------------------------------------------------------------------


@given(event=_events)
def test_an_event_survives_either_binding_unchanged(event: Event) -> None:
    """What is written is what is read, payload bytes untouched."""
    assert from_kafka(to_kafka(event), event.payload) == event
    assert from_http(to_http(event), event.payload) == event


def test_trace_context_has_its_own_header_name() -> None:
    """`traceparent` is W3C's header, without a CloudEvents prefix, in both bindings."""
    assert dict(to_kafka(EVENT))["traceparent"] == (EVENT.traceparent or "").encode()
    assert to_http(EVENT)["traceparent"] == EVENT.traceparent
    assert from_kafka(to_kafka(EVENT), EVENT.payload) == EVENT


def test_http_header_names_are_read_in_any_case() -> None:
    """HTTP header names have no case."""
    headers = {name.upper(): value for name, value in to_http(EVENT).items()}
    assert from_http(headers, EVENT.payload) == EVENT


@pytest.mark.parametrize("name", [*REQUIRED, "content-type"])
def test_a_missing_or_empty_required_header_is_named(name: str) -> None:
    """Whoever forgot a header is told which."""
    kept = [(n, v) for n, v in to_kafka(EVENT) if n != name]
    for headers in (kept, [*kept, (name, b"")]):
        with pytest.raises(BindingError) as raised:
            from_kafka(headers, b"{}")
        assert raised.value.header == name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce_specversion", b"0.3"),
        ("ce_time", b"yesterday"),
        ("ce_time", b"2023-07-10T08:00:00"),
        ("content-type", b"text/plain"),
        ("content-type", b"application/json-patch+json"),
    ],
)
def test_a_header_of_the_wrong_form_is_named(name: str, value: bytes) -> None:
    """A header that is there and wrong is named as well."""
    with pytest.raises(BindingError) as raised:
        from_kafka([(n, value if n == name else v) for n, v in to_kafka(EVENT)], b"{}")
    assert raised.value.header == name


def test_a_content_type_may_name_its_charset() -> None:
    """`application/json; charset=utf-8` is JSON."""
    headers = [*to_kafka(EVENT), ("content-type", b"application/json; charset=utf-8")]
    assert from_kafka(headers, EVENT.payload) == EVENT


def test_an_attribute_that_is_not_utf8_is_an_error_of_the_headers() -> None:
    """Bytes that are no text are an error of the record, never of the reader."""
    with pytest.raises(BindingError, match="UTF-8"):
        from_kafka([*to_kafka(EVENT), ("ce_causationid", b"\xff")], b"{}")


def test_a_null_payload_reads_as_empty() -> None:
    """A Kafka record may have no value at all."""
    assert from_kafka(to_kafka(EVENT), None).payload == b""


@pytest.mark.parametrize("name", ["source", "subject", "type", "id", "time", "specversion"])
def test_a_header_without_the_prefix_is_no_attribute(name: str) -> None:
    """Otherwise a record could show the router one `ce_source` and the receiver another."""
    foreign = (name, b"/systems/dvclt")
    assert from_kafka([*to_kafka(EVENT), foreign], EVENT.payload) == EVENT
    assert from_kafka([foreign, *to_kafka(EVENT)], EVENT.payload) == EVENT


def test_foreign_headers_may_hold_any_bytes_or_none() -> None:
    """Tracing tools add binary headers, and Kafka allows a header without a value."""
    foreign: list[Any] = [("x-b3", b"\xff\x00"), ("x-none", None)]
    assert from_kafka([*foreign, *to_kafka(EVENT)], EVENT.payload) == EVENT


@pytest.mark.parametrize("first", [b"/systems/portal", b"\xff", b"", None])
def test_of_a_header_that_stands_twice_the_last_counts(first: Any) -> None:
    """The router checks the last one, so the receiver must not see another."""
    assert from_kafka([("ce_source", first), *to_kafka(EVENT)], EVENT.payload) == EVENT


def test_a_required_header_without_a_value_is_missing() -> None:
    """Kafka's null is not a text."""
    headers: list[Any] = [(n, None if n == "ce_id" else v) for n, v in to_kafka(EVENT)]
    with pytest.raises(BindingError, match="ce_id: missing"):
        from_kafka(headers, b"{}")


def test_times_are_written_in_vietnams_time() -> None:
    """One offset on the wire, whatever the sender's machine has."""
    utc = replace(EVENT, time=EVENT.time.astimezone(timezone(timedelta(0))))
    assert dict(to_kafka(utc))["ce_time"] == b"2023-07-10T10:04:25.000+07:00"
