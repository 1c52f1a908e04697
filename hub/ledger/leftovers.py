"""What no case speaks for: rows of unknown cases, work that never ended, failures."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from zlib import crc32

import orjson

from hub.ledger.calendar import iso, opening
from hub.ledger.casecheck import Seen, expected_seen, normal
from hub.ledger.course import Trigger
from hub.ledger.evidence import Evidence
from hub.ledger.judge import Judge, Row, Table
from hub.ledger.rejections import states_of_rejections
from hub.ledger.texts import local, sorted_json

UNMAPPED = "unit_unmapped"
POLLS = 5
"""After so many polls of civil status in vain an officer gets a case."""
_POLLED_FROM = ("dossier.progressed", "case.supplement.provided")
"""With these a case is passed to civil status, or goes back to it."""


class Leftovers:
    """Checks what is left when every case was looked at.

    While processes work on the run, what belongs to no known case may belong to one that came
    after the log was read.
    """

    def __init__(
        self,
        judge: Judge,
        evidence: Evidence,
        partitions: int,
        external: Collection[str],
        by_hand: Collection[str],
        unmapped: Mapping[str, Sequence[Trigger]],
        *,
        foreign: bool,
    ) -> None:
        """`external` came without a line, on `by_hand` an officer acted. `unmapped`: by case, what
        dvclt knew nobody to ask for. `foreign`: somebody else's agency decides, and takes what time
        it likes."""
        self._judge = judge
        self._evidence = evidence
        self._partitions = partitions
        self._external = external
        self._by_hand = by_hand
        self._unmapped = unmapped
        self._foreign = foreign
        self._letters = {
            (letter["by"], letter["headers"].get("ce_id")) for letter in evidence.log.letters
        }
        self._reused = {
            (letter["by"], letter["headers"].get("ce_id"))
            for letter in evidence.log.letters
            if letter["reason"] == "id_reused"
        }

    def run(self, cases: Collection[str]) -> None:
        """Find all of it. `cases` are known and were looked at."""
        for rows in (*self._evidence.dossiers.values(), *self._evidence.natural.values()):
            for _, row in rows.unclaimed():
                self._stray(rows.table, row)
        self._subjects(self._evidence.log.by_subject.keys() - cases)
        for table, found in self._evidence.rest.items():
            if table.name == "manual":
                self._manual(table, found)
                continue
            for row in found:
                if not self._explained(table, dict(zip(table.columns, row, strict=True))):
                    self._stray(table, row)

    def _stray(self, table: Table, row: Row) -> None:
        if self._judge.under_way():
            return
        found = {
            name: value.decode(errors="replace") if isinstance(value, bytes) else value
            for name, value in zip(table.columns, row, strict=True)
        }
        self._judge.mismatched(None, table, table.key_of(row), None, None, found)

    # --- what the hub refused ----------------------------------------------------------------

    def _subjects(self, subjects: Collection[str]) -> None:
        """Of a subject without a case, systems know what the hub refused, and no more."""
        expected: dict[str, list[Row]] = {}
        for subject in subjects:
            for system, row in self._refused(subject):
                expected.setdefault(system, []).append(row)
        for system, kept in self._evidence.subjects.items():
            wanted = expected.get(system, [])
            known = {row[0] for row in wanted}
            found = [(case, row) for case, row in kept.unclaimed()]
            rows = [normal(row, 2, 3) for case, row in found if case in known]
            self._judge.compare(None, kept.table, wanted, rows)
            for case, row in found:
                if case not in known:
                    self._stray(kept.table, row)

    def _refused(self, subject: str) -> Iterator[tuple[str, Row]]:
        seen: dict[str, Seen] = expected_seen(self._evidence, subject)
        rejections = self._evidence.log.rejections.get(subject, ())
        made = states_of_rejections(subject, rejections)
        at = crc32(subject.encode()) % self._partitions
        for system in seen:
            state = sorted_json(made.get(system, {}))
            yield system, (subject, at, state, sorted_json(seen[system]), "{}", None, 0)

    def _manual(self, table: Table, found: list[Row]) -> None:
        """Officers have what the hub refused; anything else only of cases from outside."""
        system = table.store.partition("/")[2]
        expected = []
        for subject, rejections in self._evidence.log.rejections.items():
            for told in rejections:
                if system in told.told and system != "portal":
                    reason = "delivery_rejected" if system == "dvclt" else told.reason
                    expected.append((subject, f"hub:{told.id}", reason, "", told.time))
        if system == "dvclt":
            self._told_of_units(table, found)
        known = {row[:2] for row in expected}
        rest = [row for row in found if row[:2] in known or not self._theirs(system, row)]
        self._judge.compare(None, table, expected, rest)

    def _theirs(self, system: str, row: Row) -> bool:
        """Whether somebody else's event put a case from outside into the queue, or any case by
        an id that was taken; or a deadline one that is open, or waited for somebody else; or what
        an agency would not take, one that an officer took up."""
        subject, token, reason = row[:3]
        if reason == "agency_refused" and subject in self._by_hand:
            kind, _, asked = str(token).partition(":")
            key = f"{subject}/{asked.removesuffix('/failed')}"
            return self._decided(system, subject, key) == (kind == "agency")
        if system == "dvclt" and subject in self._by_hand:
            return str(token).startswith("timer:") or token in self._evidence.entries(subject)
        if system == "dvclt" and reason == UNMAPPED and (self._foreign or self._unmapped_by(row)):
            return True
        if system == "dvclt" and reason == "overdue":
            ended = self._evidence.document(str(subject)).get("ended")
            open_ = subject in self._judge.open or str(ended) > str(row[4])
            return self._foreign or open_
        if system == "dvclt" and reason == "no_result_after_polls":
            return self._foreign or self._polled_in_vain(subject, row[4])
        event = (system, str(token).rpartition(":")[2])
        if reason == "id_reused" and event in self._reused:
            return True
        accepted = token in self._evidence.entries(subject)
        return subject in self._external and (accepted or event in self._letters)

    def _decided(self, system: str, case: object, key: object) -> bool:
        """Whether an agency decided on a request of a case."""
        dossiers = self._evidence.dossiers.get(system)
        decided = dossiers.of(str(case)) if dossiers is not None else ()
        return any(row[0] == key for row in decided)

    def _told_of_units(self, table: Table, found: Sequence[Row]) -> None:
        """An officer has every case with a request that nobody is known to receive."""
        told = {(row[0], self._unmapped_by(row)) for row in found if row[2] == UNMAPPED}
        for subject, causes in self._unmapped.items():
            for cause in causes:
                if (subject, cause) not in told and not self._judge.under_way():
                    self._judge.mismatched(subject, table, subject, "reason", UNMAPPED, None)

    def _unmapped_by(self, row: Row) -> Trigger | None:
        """The input of which dvclt would have made a request, by its row in the queue."""
        subject, token, _, _, at = row
        kind, _, identity = str(token).rpartition(":")
        causes = (c for c in self._unmapped.get(subject, ()) if iso(c.time) == at)
        return next((c for c in causes if kind == "timer" or c.id == identity), None)

    def _polled_in_vain(self, subject: object, at: object) -> bool:
        """Whether civil status had the case for five polls, one a working day at opening, and the
        case is open or its answer came later."""
        entries = [(local(e.time), e) for e in self._evidence.entries(str(subject)).values()]
        late = any(e.system == "civil-status" and iso(time) > str(at) for time, e in entries)
        return (late or subject in self._judge.open) and any(
            e.name in _POLLED_FROM and iso(opening(time, POLLS)) == at for time, e in entries
        )

    # --- what a stop in the middle leaves -----------------------------------------------------

    def _explained(self, table: Table, row: dict[str, object]) -> bool:
        """Whether a row is under way, or done but not yet crossed out."""
        system = table.store.partition("/")[2]
        if table.name == "outbox":
            return self._published(system, row)
        if table.name == "calls":
            return self._known(system, row["subject"], row["key"])
        if table.name == "pending":
            return row["case_code"] in self._judge.open
        if table.name == "outcomes":
            return self._known(system, str(row["key"]).partition("/")[0], row["key"])
        return row["subject"] in self._external and (system, row["id"]) in self._letters

    def _published(self, system: str, row: dict[str, object]) -> bool:
        try:
            headers = dict(orjson.loads(str(row["headers"])))
        except (ValueError, TypeError):
            return False
        case = str(headers.get("ce_subject"))
        token = f"{system}:{headers.get('ce_id')}"
        return case in self._judge.open or token in self._evidence.entries(case)

    def _known(self, system: str, case: object, key: object) -> bool:
        return case in self._judge.open or self._decided(system, case, key)
