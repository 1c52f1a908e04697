"""Which record ends its reader, from nothing but where processes began."""

from collections.abc import Sequence

from connectors.runtime.bus.memory import MemoryRecord
from connectors.runtime.quarantine import REGION, STARTS, Quarantine
from connectors.runtime.store import Start

PLACE = ("lt.out.residence", 0)


def records(first: int, count: int = 3) -> list[MemoryRecord]:
    """Records of one partition from an offset on."""
    return [MemoryRecord(*PLACE, n, b"k", b"{}", ()) for n in range(first, first + count)]


def begun(offset: int, count: int, *, alone: bool = False) -> Start:
    """A note that a predecessor left."""
    return Start(topic=PLACE[0], partition=PLACE[1], offset=offset, count=count, alone=alone)


def after(*left: Start) -> Quarantine:
    """A process that finds these notes."""
    return Quarantine([PLACE], left)


def suspected(watch: Quarantine, batch: Sequence[MemoryRecord]) -> list[int]:
    """Offsets of the records that are to be taken one by one."""
    return [record.offset for record in batch if watch.suspect(record)]


def test_a_process_notes_once_where_it_begins() -> None:
    """From then on it looks at no record any more."""
    watch = after()
    assert watch.watching
    assert watch.meet(records(7)) == [begun(7, 1)]
    assert watch.meet(records(10)) == []
    assert not watch.watching


def test_starts_at_one_record_are_counted_and_forgotten_with_progress() -> None:
    """Whoever begins further on begins to count anew."""
    assert after(begun(7, 1)).meet(records(7)) == [begun(7, 2)]
    assert after(begun(7, 3)).meet(records(8)) == [begun(8, 1)]


def test_after_three_starts_records_are_taken_one_by_one() -> None:
    """As many as one batch can have held, and no more."""
    third, fourth = after(begun(7, STARTS - 1)), after(begun(7, STARTS))
    third.meet(records(7))
    assert not third.suspects(records(7))
    fourth.meet(records(7))
    assert suspected(fourth, records(7)) == [7, 8, 9]
    assert suspected(fourth, records(6 + REGION)) == [6 + REGION]
    fourth.meet(records(7 + REGION))
    assert not fourth.watching, "the process is behind them all"


def test_two_that_ended_while_they_tried_one_record_name_it() -> None:
    """Only that record is put aside; those before it were read again and are tried again."""
    once = after(begun(8, 1, alone=True))
    once.meet(records(7))
    assert not any(once.kills(record) for record in records(7)), "it may have been stopped"
    watch = after(once.trying(records(8)[0]))
    assert watch.meet(records(7)) == [], "the note stands until its record is put aside"
    assert [record.offset for record in records(7) if watch.kills(record)] == [8]
    assert suspected(watch, records(7)) == [7, 8]


def test_a_record_that_passed_is_no_killer() -> None:
    """What is written with its effects says so, whether or not its offset was committed."""
    watch = after(begun(7, STARTS))
    watch.meet(records(7))
    tried, passed = (say(records(7)[0]) for say in (watch.trying, watch.passed))
    assert tried == begun(7, 1, alone=True)
    again = after(passed)
    again.meet(records(7))
    assert not any(again.kills(record) for record in records(7))
