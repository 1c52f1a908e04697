"""The event as a value: its names, its key, its times, and ids that derive from their cause."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.event import (
    VN,
    derived_id,
    from_text,
    full_type,
    payload_hash,
    short_name,
    source_of,
    to_text,
)
from schemas.examples import example

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:lienthong:events")


@given(cause=st.text(), kind=st.text(), ordinal=st.integers(0, 10**6))
def test_a_derived_id_is_the_uuid5_of_its_three_parts(cause: str, kind: str, ordinal: int) -> None:
    """Anyone can compute the id with a standard library: UUID version 5 in our namespace."""
    name = f"{cause}|{kind}|{ordinal}".encode("utf-8", errors="surrogatepass").decode()
    assert derived_id(cause, kind, ordinal) == str(uuid.uuid5(NAMESPACE, name))


def test_a_derived_id_differs_with_each_of_its_parts() -> None:
    """Cause, kind and ordinal each make another id; the same three make the same one."""
    ids = [
        derived_id("a", "b"),
        derived_id("b", "b"),
        derived_id("a", "c"),
        derived_id("a", "b", 1),
    ]
    assert len(set(ids)) == 4
    assert derived_id("a", "b", 0) == ids[0]


def test_type_and_source_names_go_both_ways() -> None:
    """The short names that code uses are the full ones on the wire."""
    assert full_type("birth.registered") == "vn.lienthong.birth.registered.v1"
    assert short_name(full_type("birth.registered", 12)) == "birth.registered"
    event = example("birth.registered")
    assert (event.name, event.system) == ("birth.registered", "civil-status")
    assert source_of(event.system) == event.source


def test_the_key_is_the_subject_unless_a_partition_key_is_given() -> None:
    """CloudEvents' partitionkey goes before the subject."""
    event = example("case.submitted")
    assert event.key == event.subject
    assert replace(event, partitionkey="79").key == "79"


@given(
    moment=st.datetimes(
        min_value=datetime(1900, 1, 1),
        max_value=datetime(2200, 1, 1),
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m))),
    )
)
def test_a_moment_survives_its_text_to_the_millisecond(moment: datetime) -> None:
    """Whatever its offset, a moment is written in Vietnam's time and read back as the same."""
    cut = moment.replace(microsecond=moment.microsecond // 1000 * 1000)
    text = to_text(moment)
    assert text.endswith("+07:00")
    assert from_text(text) == cut
    assert to_text(from_text(text)) == text


def test_a_text_with_another_offset_names_the_same_moment() -> None:
    """RFC 3339 allows any offset, and Z."""
    expected = datetime(2023, 7, 10, 8, tzinfo=VN)
    assert from_text("2023-07-10T01:00:00Z") == expected
    assert from_text("2023-07-10T03:00:00.000+02:00") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "now",
        "2023-07-10T08:00:00",
        "2023-07-10",
        "2023-02-30T08:00:00Z",
        "2023-07-10T25:00:00Z",
    ],
)
def test_a_text_that_names_no_moment_is_refused(text: str) -> None:
    """Without an offset from UTC a text names a moment nowhere."""
    with pytest.raises(ValueError):  # noqa: PT011 - the message is Python's own
        from_text(text)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_outside_the_calendar_is_refused_when_it_is_read(text: str) -> None:
    """A moment that has no local time in Vietnam must not fail later, far from who sent it."""
    with pytest.raises(ValueError, match="outside"):
        from_text(text)


def test_equal_bytes_have_equal_hashes() -> None:
    """The hash tells a repetition from a reused id; it is 16 hex digits of SHA-256."""
    assert payload_hash(b"{}") == "44136fa355b3678a"
    assert payload_hash(b"{ }") != payload_hash(b"{}")


def test_data_is_the_decoded_payload() -> None:
    """A receiver reads its event's payload as plain JSON values."""
    assert example("personal-id.issued").data()["personal_id"] == "079223000417"
    assert example("personal-id.issued").time.astimezone(UTC).hour == 3
