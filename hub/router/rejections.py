"""What the hub says of a record that it did not route: a dead letter, and `delivery.rejected`."""

from datetime import datetime

from connectors.runtime.bus import Message, Record
from connectors.runtime.deadletters import event_of, place_of, readable
from hub.router.rejected import Rejected
from schemas.bindings import to_kafka
from schemas.catalogue import CATALOGUE
from schemas.event import VN, Event, derived_id, full_type, source_of
from schemas.identifiers import CaseCode, IdentifierError
from schemas.payloads import DeliveryRejected, encode
from schemas.reasons import REJECTIONS
from schemas.systems import HUB

_LATEST = 253_402_214_400_000
"""A client sets a record's timestamp as it likes; from the year 10000 on it is no date."""


def rejection(record: Record, system: str, fault: Rejected) -> Event:
    """The `delivery.rejected` event about a record, the same one after every replay.

    Its subject is the record's case, or the sender where no case can be read from it.
    """
    headers = dict(record.headers)
    cause = readable(headers, "ce_id")
    reason = REJECTIONS[fault.reason]
    kind = CATALOGUE["delivery.rejected"]
    return Event(
        # of its place, because a bad sender may give two bad events one id
        id=derived_id(place_of(record), kind.name),
        source=source_of(HUB),
        type=full_type(kind.name),
        time=datetime.fromtimestamp(min(max(record.timestamp, 0), _LATEST) / 1000, VN),
        subject=case_of(headers) or system,
        causationid=cause or None,
        dataschema=kind.dataschema,
        payload=encode(
            DeliveryRejected,
            {
                "event": event_of(record),
                "type": readable(headers, "ce_type") or "?",
                "reason": fault.reason,
                "pointer": fault.pointer,
                "vi": reason.vi,
                "en": reason.en,
                "remedy_vi": reason.remedy_vi,
                "remedy_en": reason.remedy_en,
            },
        ),
    )


def case_of(headers: dict[str, bytes]) -> str | None:
    """The case code that a record names as its subject, if it is one."""
    try:
        return str(CaseCode.parse(readable(headers, "ce_subject")))
    except IdentifierError:
        return None


def message(event: Event) -> Message:
    """The event as a record."""
    return event.key.encode(), event.payload, to_kafka(event)
