"""The contract as data, drawn from the tables that the router itself checks by."""

from typing import Any

import orjson

from hub.cli.fields import fields
from schemas.bindings import to_kafka
from schemas.catalogue import CATALOGUE, EventType
from schemas.event import MAX_PAYLOAD_BYTES, Event
from schemas.examples import examples
from schemas.reasons import REFUSALS, REJECTIONS, Reason
from schemas.systems import HUB, RIGHTS, SYSTEMS, may_receive
from schemas.topics import Topics

RECORD = (
    (
        "key",
        "ce_partitionkey, mặc định là ce_subject, UTF-8",
        "ce_partitionkey, by default ce_subject, as UTF-8",
    ),
    (
        "partition",
        "tùy ý: trục liên thông tự tính crc32(key) mod n khi chuyển tiếp",
        "any: the hub computes crc32(key) mod n for what it delivers",
    ),
    (
        "value",
        f"nội dung: JSON UTF-8, tối đa {MAX_PAYLOAD_BYTES} byte",
        f"the payload: UTF-8 JSON, at most {MAX_PAYLOAD_BYTES} bytes",
    ),
    ("headers", "giá trị là văn bản UTF-8", "their values are UTF-8 text"),
)
"""The parts of a Kafka record: what they hold, in Vietnamese and English."""

HEADERS = (
    ("ce_specversion", True, "Luôn là 1.0.", "Always 1.0."),
    (
        "ce_id",
        True,
        "Mã sự kiện, mỗi sự kiện một mã; gửi lại thì giữ nguyên mã.",
        "The event's id, a new one for each event; a repetition keeps it.",
    ),
    (
        "ce_source",
        True,
        "Hệ thống gửi; phải là chủ của topic.",
        "Who publishes; must be the system that owns the topic.",
    ),
    ("ce_type", True, "Loại sự kiện.", "The event type."),
    (
        "ce_time",
        True,
        "Thời điểm xảy ra theo giờ của lượt chạy, RFC 3339 có múi giờ.",
        "When it happened, in the run's own time, RFC 3339 with an offset.",
    ),
    (
        "ce_subject",
        True,
        "Mã hồ sơ G22.99.08-yymmdd-số (khai sinh), G22.99.09-… (khai tử) hoặc G22.99.10-… (tạm "
        "trú), số từ 4 chữ số; bên nộp đặt, mỗi hồ sơ một mã.",
        "The case code, G22.99.08-yymmdd-number for a birth, G22.99.09-… for a death, G22.99.10-… "
        "for a stay (4 digits or more); whoever submits mints it, a new one for each case.",
    ),
    ("content-type", True, "Luôn là application/json.", "Always application/json."),
    ("ce_dataschema", False, "Tên lược đồ.", "The name of the schema."),
    ("ce_causationid", False, "Mã sự kiện gây ra sự kiện này.", "The id of the event's cause."),
    (
        "ce_partitionkey",
        False,
        "Khóa phân vùng nếu khác ce_subject.",
        "The partition key, where it is not ce_subject.",
    ),
    ("traceparent", False, "W3C Trace Context.", "W3C Trace Context."),
)
"""Name, whether required, meaning in Vietnamese and English."""

ALL_FIELDS = "*"


def catalogue(topics: Topics) -> dict[str, Any]:
    """Every type with its rights, every system with its topics, every reason code."""
    return {
        "systems": [
            {
                "system": system.name,
                "name_vi": system.vi,
                "name_en": system.en,
                "publishes_to": topics.inbox(system.name),
                "reads_from": topics.outbox(system.name),
            }
            for system in SYSTEMS.values()
        ],
        "types": [
            _summary(kind) | {"fields": list(fields(_schema(kind)))} for kind in CATALOGUE.values()
        ],
        "rejections": [_reason(reason) for reason in REJECTIONS.values()],
        "refusals": [_reason(reason) for reason in REFUSALS.values()],
    }


def event_type(name: str, topics: Topics) -> dict[str, Any]:
    """All that a client needs to send, or to read, one type."""
    kind = CATALOGUE[name]
    publishers = _publishers(name)
    first, *more = (_record(event, topics) for event in examples(name))
    return {
        **_summary(kind),
        "publish_to": {system: topics.inbox(system) for system in publishers if system != HUB},
        "delivered_to": {system: topics.outbox(system) for system in _receivers(name)},
        "record": {part: {"vi": vi, "en": en} for part, vi, en in RECORD},
        "headers": [
            {"name": header, "required": required, "meaning_vi": vi, "meaning_en": en}
            for header, required, vi, en in HEADERS
        ],
        "answers": {
            system: {
                "topic": topics.outbox(system),
                "types": [CATALOGUE[n].full for n in (*may_receive(system), "delivery.rejected")],
            }
            for system in publishers
            if system != HUB
        },
        "schema": _schema(kind),
        "example": first,
        "other_examples": more,
    }


def _record(event: Event, topics: Topics) -> dict[str, Any]:
    """An event as a record of Kafka, and where to write it."""
    return {
        "topic": topics.inbox(event.system) if event.system != HUB else None,
        "key": event.key,
        "headers": {header: value.decode() for header, value in to_kafka(event)},
        "payload": orjson.loads(event.payload),
    }


def _schema(kind: EventType) -> dict[str, Any]:
    return kind.model.model_json_schema() | {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": kind.dataschema,
    }


def _summary(kind: EventType) -> dict[str, Any]:
    return {
        "type": kind.full,
        "name": kind.name,
        "title_vi": kind.vi,
        "title_en": kind.en,
        "publishers": list(_publishers(kind.name)),
        "receivers": _receivers(kind.name),
    }


def _publishers(name: str) -> tuple[str, ...]:
    return RIGHTS[name].publishers if name in RIGHTS else (HUB,)


def _receivers(name: str) -> dict[str, Any]:
    """Who receives a type: `*`, or the fields that are left for that system."""
    if name not in RIGHTS:  # the hub's own word goes to whoever sent what it did not route
        return dict.fromkeys(SYSTEMS, ALL_FIELDS)
    return {
        system: ALL_FIELDS if cut is None else list(cut)
        for system, cut in RIGHTS[name].receivers.items()
    }


def _reason(reason: Reason) -> dict[str, str]:
    return {
        "code": reason.code,
        "vi": reason.vi,
        "en": reason.en,
        "remedy_vi": reason.remedy_vi,
        "remedy_en": reason.remedy_en,
    }
