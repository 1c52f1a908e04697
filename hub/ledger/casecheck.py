"""Holds all traces of one case against what must be there."""

import hashlib
from zlib import crc32

import orjson

from hub.ledger.calendar import iso
from hub.ledger.case import Case
from hub.ledger.course import Said
from hub.ledger.evidence import Evidence
from hub.ledger.hublog import HUB, Entry
from hub.ledger.judge import Judge, Row
from hub.ledger.registers import ONE_WAY, dossier_rows, natural_rows
from hub.ledger.rights import receivers
from hub.ledger.speech import Payload, cut, payloads, tellings
from hub.ledger.states import State, states
from hub.ledger.tables import LOG
from hub.ledger.texts import normal_json, sorted_json

Seen = dict[str, str]

_THEIRS = ("case.submitted", "case.withdrawal.requested")
"""What whoever sends a case says of it; nobody wrote that down."""


def digest(data: bytes) -> str:
    """The hash by which payloads are known: 16 hex digits of SHA-256."""
    return hashlib.sha256(data).hexdigest()[:16]


class CaseCheck:
    """One case: `settled` says whether everything has come, `run` finds what is wrong."""

    def __init__(self, judge: Judge, evidence: Evidence, partitions: int, case: Case) -> None:
        self._case = case
        self._judge = judge
        self._evidence = evidence
        self._partition = crc32(case.code.encode()) % partitions
        self._entries = evidence.entries(case.code)
        self._tokens = [self._token(said) for said in case.course.events]
        self._seen = expected_seen(evidence, case.code)
        self._dossiers = dossier_rows(case)
        self._kept = {
            system: _kept(rows[0])
            for system, subjects in evidence.subjects.items()
            if (rows := subjects.claim(case.code))
        }

    def _token(self, said: Said) -> str | None:
        tokens = (f"{said.system}:{identity}" for identity in said.ids)
        return next((token for token in tokens if token in self._entries), None)

    @property
    def last_message(self) -> str | None:
        """The token of the last message to the citizen, if the log has it."""
        return self._tokens[-1]

    @property
    def traced(self) -> bool:
        """Whether anything at all is known of the case."""
        return bool(self._entries or self._kept)

    @property
    def ended(self) -> bool:
        """Whether dvclt has closed the case, or the citizen was told so."""
        row = self._evidence.subjects["dvclt"].of(self._case.code)
        endless = self._case.course.ended is None
        return bool(row and row[0][6] == 1) or (not endless and self.last_message is not None)

    @property
    def settled(self) -> bool:
        """Whether all that follows from the end has come as well."""
        return (
            None not in self._tokens
            and all(
                seen.keys() <= self._kept.get(system, {}).keys()
                for system, seen in self._seen.items()
                if system != "dvclt"
            )
            and all(
                len(self._evidence.dossiers[system].of(self._case.code)) >= len(rows)
                for system, rows in self._dossiers.items()
                if system in self._evidence.dossiers
            )
        )

    def run(self, *, complete: bool) -> None:
        """Find what is wrong; of a case that is not `complete`, only with what does not change."""
        if complete or not self._case.external:
            self._events()
            self._requests()
        for rows in (*self._evidence.natural.values(), *self._evidence.dossiers.values()):
            rows.claim(self._case.code)
        if complete:
            self._natural()
            self._subjects()

    # --- the log -----------------------------------------------------------------------------

    def _events(self) -> None:
        left = {t: e for t, e in self._entries.items() if e.system != HUB}
        said = payloads(self._case)
        for (event, payload), token in zip(said, self._tokens, strict=True):
            if token is None:
                name = f"{event.name} of {iso(event.time)}"
                self._judge.lost(self._case.code, LOG, f"{event.system}:{event.ids[0]}", name)
            else:
                self._entry(event, left.pop(token), payload)
        known = {(event.name, event.system) for event, _ in said}
        for token, entry in left.items():
            if self._case.external and entry.system == "portal":
                continue  # whoever sent the case may say more; dvclt keeps it for an officer
            if (entry.name, entry.system) in known:
                self._judge.duplicated(self._case.code, LOG, token, entry._asdict())
            else:
                self._judge.mismatched(self._case.code, LOG, token, None, None, entry._asdict())

    def _entry(self, said: Said, entry: Entry, payload: Payload) -> None:
        code, judge = self._case.code, self._judge
        theirs = said.name in _THEIRS and self._case.external
        causation = said.causations[said.ids.index(entry.id)]
        rights = receivers(said.name, said.told.get("decider"))
        for column, expected, found in (
            ("type", said.name, entry.name),
            ("time", entry.time if theirs else iso(said.time), entry.time),
            ("causationid", entry.causation if theirs else causation, entry.causation),
            ("receivers", sorted(rights), sorted(entry.receivers)),
        ):
            if expected != found:
                judge.mismatched(code, LOG, entry.token, column, expected, found)
        payload = self._as_told(said, entry, payload)
        whole = orjson.dumps(payload)
        right = entry.hash if self._case.external else digest(whole)
        if entry.hash != right:
            judge.mismatched(code, LOG, entry.token, "payload", whole.decode(), entry.hash)
            return
        for receiver, fields in rights.items():
            given = entry.receivers.get(receiver)
            if fields is not None:
                right_part = given if self._case.external else digest(cut(payload, fields))
            else:
                right_part = right
            if given != right_part:
                judge.mismatched(code, LOG, entry.token, f"receivers.{receiver}", right_part, given)

    def _as_told(self, said: Said, entry: Entry, payload: Payload) -> Payload:
        """Which of the things that an event may say it says; the first where it is none of them."""
        may_say = tellings(self._case, said, payload)
        return next((p for p in may_say if digest(orjson.dumps(p)) == entry.hash), payload)

    # --- the registers -----------------------------------------------------------------------

    def _requests(self) -> None:
        for system, dossiers in self._evidence.dossiers.items():
            found = [normal(row, 8) for row in dossiers.claim(self._case.code)]
            expected = self._dossiers.get(system, [])
            self._judge.compare(self._case.code, dossiers.table, expected, found)

    def _natural(self) -> None:
        expected = natural_rows(self._case)
        for table, rows in self._evidence.natural.items():
            code = self._case.code
            self._judge.compare(code, table, expected.get(table, []), rows.of(code))

    # --- the connector stores ----------------------------------------------------------------

    def _subjects(self) -> None:
        code = self._case.code
        rejections = self._evidence.log.rejections.get(code, ())
        strangers: dict[str, State] = {system: {} for r in rejections for system in r.told}
        made = strangers | states(self._case, rejections)
        if self._case.external:
            made["dvclt"]["parked"] += self._parked_of_theirs()
        missing = [
            event
            for event, token in zip(self._case.course.events, self._tokens, strict=True)
            if token is None
        ]
        for system, subjects in self._evidence.subjects.items():
            seen = self._seen.get(system, {})
            kept = self._kept.get(system, {})
            for event in missing:
                # the log lost it, which is said already; who received it may remember it
                tokens = [f"{event.system}:{identity}" for identity in event.ids]
                seen |= {t: kept[t] for t in tokens if t in kept}
            rows = [normal(row, 2, 3) for row in subjects.of(code)]
            self._judge.compare(
                code, subjects.table, self._row(system, made.get(system), seen), rows
            )

    def _parked_of_theirs(self) -> list[State]:
        """What dvclt kept for an officer of events that whoever sent the case sent as well."""
        theirs = self._entries.values()
        known = {(f"/systems/{e.system}", e.id, e.name) for e in theirs if e.system != HUB}
        parked = self._evidence.document(self._case.code).get("parked")
        return [
            kept
            for kept in (parked if isinstance(parked, list) else ())
            if isinstance(kept, dict)
            and (kept.get("source"), kept.get("id"), kept.get("name")) in known
        ]

    def _row(self, system: str, state: object, seen: Seen) -> list[Row]:
        if state is None:
            return []
        ended = system == "dvclt"
        known = sorted_json({} if ended else seen)
        code = self._case.code
        return [(code, self._partition, sorted_json(state), known, "{}", None, int(ended))]


def expected_seen(evidence: Evidence, case: str) -> dict[str, Seen]:
    """What each system must remember to have taken in of a case: id → hash of the bytes."""
    seen: dict[str, Seen] = {}
    for token, entry in evidence.entries(case).items():
        for receiver, sent in entry.receivers.items():
            seen.setdefault(receiver, {})[token] = sent
    for system, dossiers in evidence.dossiers.items():
        for row in dossiers.of(case):
            _, _, step, attempt, _, _, result, _, record, _ = row
            # The first two have no answer; the last an officer has, and the connector not.
            if step not in ONE_WAY and result not in ("silent", "failed"):
                token = f"agency:{step}/{attempt}/{result}"
                seen.setdefault(system, {})[token] = digest(str(record).encode())
    return seen


def _kept(row: Row) -> Seen:
    try:
        value = orjson.loads(row[3])
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def normal(row: Row, *json_columns: int) -> Row:
    """A row whose JSON columns are written in the order of their keys."""
    values = list(row)
    for at in json_columns:
        values[at] = normal_json(values[at])
    return tuple(values)
