"""Cases in which somebody else's agency decided: no model knows how, but what is kept must agree.

A run may leave a deciding system to a connector of one's own (`up --without residence`). Its
answers follow no hash, and its register is not in the run's folder. Then every event must still be
remembered by everybody who was sent it, and dvclt's word on the case must be everybody's.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zlib import crc32

from hub.ledger.calendar import iso
from hub.ledger.casecheck import expected_seen, normal
from hub.ledger.evidence import Evidence
from hub.ledger.hublog import HUB
from hub.ledger.judge import Judge
from hub.ledger.rights import RECEIVERS, may_hear
from hub.ledger.tables import LOG
from hub.ledger.texts import compact_time, local, slashed_time, sorted_json

_TOLD: dict[str, tuple[str, Callable[[datetime], str]]] = {
    "portal": ("trangThai", compact_time),
    "notification": ("tinNhan", slashed_time),
    "citizen-store": ("trangThai", iso),
    "monitoring": ("trangThai", iso),
}
"""Where a system notes the time of each status, and how it writes it."""


class Agreement:
    """One case, held against itself."""

    def __init__(self, judge: Judge, evidence: Evidence, partitions: int, case: str) -> None:
        self._judge = judge
        self._evidence = evidence
        self._case = case
        self._partitions = partitions
        self._partition = crc32(case.encode()) % partitions
        self._document = evidence.document(case)

    @property
    def known(self) -> bool:
        """Whether dvclt knows the case."""
        return bool(self._document)

    @property
    def ended(self) -> str | None:
        """When dvclt closed the case."""
        ended = self._document.get("ended")
        return ended if isinstance(ended, str) else None

    @property
    def settled(self) -> bool:
        """Whether everybody has taken in what was said up to the end of a case that has one."""
        trial = Judge(lambda: False)
        Agreement(trial, self._evidence, self._partitions, self._case)._at_end()
        return not trial.findings

    def run(self) -> None:
        """Find what does not agree."""
        evidence = self._evidence
        for rows in (*evidence.dossiers.values(), *evidence.natural.values()):
            rows.claim(self._case)
        for rows in evidence.subjects.values():
            rows.claim(self._case)
        self._log()
        if self._case not in self._judge.open:
            self._at_end()

    def _at_end(self) -> None:
        if self.ended is None:
            return
        for system in self._evidence.subjects:
            self._remembered(system)
        for system in _TOLD.keys() & self._evidence.subjects.keys():
            self._told(system, local(self.ended))

    def _log(self) -> None:
        for token, entry in self._evidence.entries(self._case).items():
            expected = sorted(RECEIVERS.get(entry.name, ()))
            found = sorted(entry.receivers)
            if entry.system != HUB and expected and not may_hear(entry.name, found):
                self._judge.mismatched(self._case, LOG, token, "receivers", expected, found)

    def _remembered(self, system: str) -> None:
        subjects = self._evidence.subjects[system]
        rows = [normal(row, 2, 3) for row in subjects.of(self._case)]
        seen: dict[str, Any] = expected_seen(self._evidence, self._case).get(system, {})
        if not seen and not rows:
            return
        ended = system == "dvclt"
        state = rows[0][2] if rows else None
        memory = sorted_json({} if ended else seen)
        row = (self._case, self._partition, state, memory, "{}", None, int(ended))
        self._judge.compare(self._case, subjects.table, [row], rows)

    def _told(self, system: str, ended: datetime) -> None:
        name, write = _TOLD[system]
        status = self._document.get("status")
        statuses = self._evidence.document(self._case, system).get(name)
        found = statuses.get(status) if isinstance(statuses, dict) else None
        if found != write(ended):
            table = self._evidence.subjects[system].table
            expected = {str(status): write(ended)}
            self._judge.mismatched(self._case, table, self._case, "state", expected, statuses)
