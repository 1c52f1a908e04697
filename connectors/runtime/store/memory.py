"""A store in this process's memory: same behaviour, nothing kept."""

from collections.abc import Sequence
from dataclasses import replace

from connectors.runtime.errors import LeaseLost
from connectors.runtime.store import Changes, ManualItem, Outgoing, PendingCall, Start, Subject


class MemoryStore:
    """Rows in dicts."""

    def __init__(self) -> None:
        self._leases: dict[int, int] = {}
        self._subjects: dict[str, Subject] = {}
        self._outgoing: dict[int, Outgoing] = {}
        self._calls: dict[str, PendingCall] = {}
        self._manual: dict[tuple[str, str], ManualItem] = {}
        self._dead: set[tuple[str, str]] = set()
        self._starts: dict[tuple[str, int], Start] = {}

    async def acquire(self, partitions: Sequence[int]) -> dict[int, int]:
        for partition in partitions:
            self._leases[partition] = self._leases.get(partition, 0) + 1
        return {partition: self._leases[partition] for partition in partitions}

    async def subjects(self, names: Sequence[str]) -> dict[str, Subject]:
        return {name: self._subjects[name] for name in names if name in self._subjects}

    async def due(self, until: str, limit: int) -> Sequence[Subject]:
        rows = [(r.next_due, r) for r in self._subjects.values() if r.next_due is not None]
        rows = [(due, row) for due, row in rows if due <= until]
        return [row for _, row in sorted(rows, key=lambda r: (r[0], r[1].subject))[:limit]]

    async def dead(self, ids: Sequence[tuple[str, str]]) -> set[tuple[str, str]]:
        return self._dead & set(ids)

    async def starts(self) -> Sequence[Start]:
        return list(self._starts.values())

    async def outgoing(self) -> Sequence[Outgoing]:
        return [self._outgoing[seq] for seq in sorted(self._outgoing)]

    async def calls(self) -> Sequence[PendingCall]:
        return sorted(self._calls.values(), key=lambda call: call.seq)

    async def commit(self, changes: Changes) -> None:
        for partition, epoch in changes.leases.items():
            if self._leases.get(partition) != epoch:
                raise LeaseLost(f"partition {partition} has another owner since epoch {epoch}")
        for row in changes.subjects:
            have = self._subjects.get(row.subject)
            if (have.version if have else 0) != row.version:
                raise LeaseLost(f"{row.subject} was changed by another owner")
        self._write(changes)

    def _write(self, changes: Changes) -> None:
        for row in changes.subjects:
            self._subjects[row.subject] = replace(row, version=row.version + 1)
        self._outgoing.update((row.seq, row) for row in changes.outgoing)
        self._outgoing = {s: r for s, r in self._outgoing.items() if s > changes.published}
        for call in changes.calls:
            self._calls.setdefault(call.key, call)
        for key in changes.calls_done:
            self._calls.pop(key, None)
        for settled in changes.settled:
            self._manual.pop(settled, None)
        self._dead.difference_update(changes.revived)
        self._manual.update(((item.subject, item.input), item) for item in changes.manual)
        self._dead.update((item.source, item.id) for item in changes.dead)
        self._starts.update(((start.topic, start.partition), start) for start in changes.starts)

    async def close(self) -> None:
        return
