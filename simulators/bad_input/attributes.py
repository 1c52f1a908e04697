"""Events whose headers are missing or wrong, or which their sender may not send."""

from collections.abc import Iterator

from connectors.runtime.deadletters import REQUEUE
from schemas.bindings import OPTIONAL, REQUIRED, to_kafka
from schemas.event import Event, full_type, source_of
from schemas.systems import RIGHTS, SYSTEMS
from simulators.bad_input.spoiled import Headers, Spoiled, spoiled

_WRONG: dict[str, tuple[bytes, ...]] = {
    "ce_specversion": (b"0.3", b"1.0 ", b"2.0", b"\xff"),
    "content-type": (b"text/plain", b"application/xml", b"application/cloudevents+json", b"\xff"),
    "ce_id": (b"with space", b"x" * 201, "tên".encode(), b"line\n", b"\xff\xfe", b"\x00"),
    "ce_subject": (
        *(b"079092004521", b"portal", b"G22.99.07-230710-000001", b"G22.99.08-230710-001"),
        *(b"G22.99.08-230710-000001\n", b"G22.99.08-231310-000001", b"G22.99.08-230732-000001"),
        *(b"g22.99.08-230710-000001", b"\xff"),
    ),
    "ce_time": (
        *(b"yesterday", b"2023-07-10T08:00:00", b"2023-07-10", b"20230710T080000+0700"),
        *(b"2023-02-30T08:00:00Z", b"0001-01-01T00:00:00+14:00", b"1688950800", b"\xff"),
    ),
    "ce_partitionkey": (b"", b"with space", b"x" * 201, b"\xff"),
    "ce_causationid": (b"\xff", b"x" * 201),
    "ce_dataschema": (b"\xff", b"urn:x y"),
    "traceparent": (b"\xff", b"00 01"),
}
_UNKNOWN = (
    *(full_type("birth.registered", 2), full_type("marriage.registered")),
    *(full_type("delivery.rejected"), "birth.registered", "VN.LIENTHONG.CASE.SUBMITTED.V1"),
    *("", " ", "vn.lienthong.case.submitted.v1 ", "vn.lienthong.case.submitted.v1\x00"),
)


def missing_headers(event: Event) -> Iterator[Spoiled]:
    """Every required header absent, empty and null."""
    for name in (*REQUIRED, "content-type"):
        rest = _without(event, name)
        for variant, headers in (
            ("absent", rest),
            ("empty", [*rest, (name, b"")]),
            ("null", [*rest, (name, None)]),
        ):
            yield _header(event, "missing header", f"{name} {variant}", "header_missing", headers)
    yield _header(event, "missing header", "all absent", "header_missing", [], "ce_source")


def wrong_headers(event: Event) -> Iterator[Spoiled]:
    """Headers of a form that a receiver or the log could not read."""
    for name, values in _WRONG.items():
        for value in values:
            headers = [*_without(event, name), (name, value)]
            yield _header(event, "wrong header", f"{name} {value!r}", "header_invalid", headers)


def repeated_headers(event: Event) -> Iterator[Spoiled]:
    """A header of the event that stands twice: two readers could see two events."""
    own = to_kafka(event)
    for name, value in own:
        if name in REQUIRED or name in OPTIONAL:
            for variant, first in (("another value", b"x"), ("the same value", value)):
                headers = [(name, first), *own]
                what = f"{name} {variant}"
                yield _header(event, "repeated header", what, "header_invalid", headers)


def forged_requeue(event: Event) -> Iterator[Spoiled]:
    """The header by which the hub itself sends a dead letter's record again."""
    headers = [*to_kafka(event), (REQUEUE, b"0/0")]
    yield _header(event, "forged requeue", REQUEUE, "header_invalid", headers, REQUEUE)


def foreign_source(event: Event) -> Iterator[Spoiled]:
    """An event in the name of somebody else."""
    names = [source_of(system) for system in (*SYSTEMS, "hub") if system != event.system]
    for source in (*names, event.system, source_of(event.system) + "/", " ", "é"):
        headers = [*_without(event, "ce_source"), ("ce_source", source.encode())]
        yield _header(event, "foreign source", source, "source_mismatch", headers, "ce_source")
    headers = [*_without(event, "ce_source"), ("ce_source", b"\xff\xfe")]
    yield _header(event, "foreign source", "bytes", "source_mismatch", headers, "ce_source")


def unknown_type(event: Event) -> Iterator[Spoiled]:
    """A type that the catalogue does not have, or not in this version."""
    for name in filter(None, _UNKNOWN):
        headers = [*_without(event, "ce_type"), ("ce_type", name.encode())]
        yield _header(event, "unknown type", name, "unknown_type", headers, "ce_type")


def not_allowed(event: Event) -> Iterator[Spoiled]:
    """A type that only others may publish, from every system that may not."""
    for system in SYSTEMS:
        if system not in RIGHTS[event.name].publishers:
            headers = [*_without(event, "ce_source"), ("ce_source", source_of(system).encode())]
            yield spoiled(
                *(event, "not allowed", system, "not_allowed", "ce_type"),
                headers=headers,
                system=system,
            )


def _without(event: Event, name: str) -> list[tuple[str, bytes | None]]:
    return [(other, value) for other, value in to_kafka(event) if other != name]


def _header(
    event: Event, kind: str, variant: str, reason: str, headers: Headers, pointer: str = ""
) -> Spoiled:
    name = pointer or variant.partition(" ")[0]
    return spoiled(event, kind, variant, reason, name, headers=headers)
