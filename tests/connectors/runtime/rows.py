"""Rows for the stores, with every column filled."""

from dataclasses import replace
from datetime import datetime

from connectors.runtime.store import (
    DeadId,
    ManualItem,
    Outgoing,
    PendingCall,
    Start,
    Subject,
)
from schemas.event import VN

CASE = "G22.99.08-230710-000001"
EVENT = ("/systems/portal", "e1")


def row(name: str = CASE, version: int = 0, **other: object) -> Subject:
    """A row with every column filled."""
    made = Subject(
        subject=name,
        partition=1,
        version=version,
        state='{"họ tên":"Nguyễn"}',
        seen='{"portal:e1":"0123456789abcdef"}',
        timers="{}",
        next_due=None,
        ended=False,
    )
    return replace(made, **other)  # type: ignore[arg-type]


def due_at(name: str, due: str | None) -> Subject:
    timers = "{}" if due is None else f'{{"late":"{due}"}}'
    return row(name, timers=timers, next_due=due)


def outgoing(seq: int, **other: object) -> Outgoing:
    made = Outgoing(
        seq=seq,
        partition=1,
        topic="lt.in.portal",
        key=CASE.encode(),
        headers=[("ce_id", b"1"), ("ce_id", "Ánh".encode())],
        payload='{"tên":"Ánh"}'.encode(),
    )
    return replace(made, **other)  # type: ignore[arg-type]


def call(seq: int, key: str = "") -> PendingCall:
    return PendingCall(
        key=key or f"{CASE}/enter/{seq}",
        seq=seq,
        subject=CASE,
        step="enter",
        attempt=seq,
        time=datetime(2023, 7, 10, 8, tzinfo=VN),
        record={"ho_ten": "Ánh", "so": [1, None]},
        text='{"ho_ten":"Ánh","so":[1,null]}',
        cause="e1",
    )


def dead(source: str, identity: str) -> DeadId:
    return DeadId(source=source, id=identity, subject=CASE, reason="handler_failed")


def manual(given: str) -> ManualItem:
    return ManualItem(
        subject=CASE,
        input=given,
        reason="handler_failed",
        detail="",
        at="2023-07-10T08:00:00.000+07:00",
    )


def begun(partition: int, offset: int, count: int, *, alone: bool = False) -> Start:
    return Start(topic="lt.out.x", partition=partition, offset=offset, count=count, alone=alone)
