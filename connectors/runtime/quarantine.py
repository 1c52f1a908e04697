"""Which record ends the process that handles it: found by counting starts (delivery rule 9).

A record that raises is a dead letter at once. One that ends the whole process would do so again
after every restart. So each process notes at which record of a partition it begins. Where three in
a row began at the same one, the next takes the records one by one and notes each before it handles
it; if it ends as well, its note names the killer to its successor, which puts that record aside.
"""

from collections.abc import Iterable, Sequence

from connectors.runtime.bus import Partition, Record
from connectors.runtime.store import Start

STARTS = 3
"""Processes that may end at one record before records are taken one by one."""
TRIES = 2
"""Processes that may end while they handle nothing but one record before it is put aside.

With `STARTS` one fewer than the ends in a row after which a supervisor gives a role up.
"""
REGION = 1000
"""Records that are taken one by one then, at least: what a process can have begun to handle
before the offset at which its successor begins is committed."""


class Quarantine:
    """What one process knows of its partitions' starts. `left` is what its predecessors noted.

    `region`: how many records from there on are suspected.
    """

    def __init__(
        self, owned: Iterable[Partition], left: Iterable[Start] = (), *, region: int = REGION
    ) -> None:
        self._region = region
        self._left = {(start.topic, start.partition): start for start in left}
        self._unmet = set(owned)
        self._until: dict[Partition, int] = {}

    @property
    def watching(self) -> bool:
        """Whether there is anything to note or to suspect; else records need no look."""
        return bool(self._unmet or self._until)

    def meet(self, records: Iterable[Record]) -> list[Start]:
        """What to note before the first records of partitions are handled, else nothing."""
        notes: list[Start] = []
        first: dict[Partition, int] = {}
        place = ("", -1)
        for record in records:
            if record.partition != place[1] or record.topic != place[0]:
                place = (record.topic, record.partition)
                first.setdefault(place, record.offset)
        for place, offset in first.items():
            if place in self._unmet:
                self._unmet.remove(place)
                notes += self._begin(place, offset)
            elif offset >= self._until.get(place, offset + 1):
                del self._until[place]
        return notes

    def suspects(self, records: Sequence[Record]) -> bool:
        """Whether these must be taken one by one."""
        return bool(self._until) and any(map(self.suspect, records))

    def suspect(self, record: Record) -> bool:
        """Whether a record may be one that ends its reader."""
        return record.offset < self._until.get((record.topic, record.partition), 0)

    def kills(self, record: Record) -> bool:
        """Whether processes ended while they handled nothing but this record."""
        return self._tries(record) >= TRIES

    def trying(self, record: Record) -> Start:
        """What to note before a suspect is handled by itself."""
        return self._note(record, record.offset, self._tries(record) + 1, alone=True)

    def passed(self, record: Record) -> Start:
        """What to note together with all that a suspect changed."""
        return self._note(record, record.offset + 1, 0, alone=False)

    def _begin(self, place: Partition, offset: int) -> list[Start]:
        left = self._left.get(place)
        if left is not None and left.alone and left.offset >= offset:
            self._until[place] = left.offset + 1
            return []  # that note stands until its record is put aside
        again = left.count if left is not None and left.offset == offset else 0
        if again >= STARTS:
            self._until[place] = offset + self._region
        start = Start(topic=place[0], partition=place[1], offset=offset, count=again + 1)
        self._left[place] = start
        return [start]

    def _tries(self, record: Record) -> int:
        left = self._left.get((record.topic, record.partition))
        named = left is not None and left.alone and left.offset == record.offset
        return left.count if left is not None and named else 0

    def _note(self, record: Record, offset: int, count: int, *, alone: bool) -> Start:
        note = Start(
            topic=record.topic,
            partition=record.partition,
            offset=offset,
            count=count,
            alone=alone,
        )
        self._left[record.topic, record.partition] = note
        return note
