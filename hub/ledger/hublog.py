"""The copy of the hub's log and dead letters: what was accepted, from whom, and who was told."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import orjson

from hub.ledger.calendar import iso
from hub.ledger.course import derived_id
from hub.ledger.judge import Judge, Row, Table
from hub.ledger.rejections import Rejection
from hub.ledger.tables import DEAD_LETTERS, LOG
from hub.ledger.texts import local
from schemas.identifiers import CaseCode, IdentifierError

HUB = "hub"
Letter = dict[str, Any]


class Entry(NamedTuple):
    """One accepted event, as the router logged it."""

    system: str
    partition: int
    offset: int
    id: str
    name: str
    time: str
    subject: str
    hash: str
    causation: str | None
    receivers: dict[str, str]
    """Receiver → hash of the bytes that it was sent."""

    @property
    def token(self) -> str:
        """How receivers remember the event."""
        return f"{self.system}:{self.id}"

    def says(self, other: "Entry") -> bool:
        """Whether both are the same event; where it stood on `lt.in` may differ."""
        return self[3:] == other[3:]


class HubLog:
    """Everything that the log holds, each event once."""

    def __init__(self) -> None:
        self.by_subject: dict[str, dict[str, Entry]] = defaultdict(dict)
        """Subject → token → entry."""
        self.at: dict[str, str] = {}
        """Token → when the router wrote it down, on the machine's clock."""
        self.letters: list[Letter] = []
        self.rejections: dict[str, list[Rejection]] = defaultdict(list)
        """Subject → what the hub told of it."""
        self.replayed = False
        """Whether the hub repeated itself: it delivers at least once."""
        self.entries: list[Entry] = []
        """Every entry in the order of the log, repetitions included."""
        self.others: list[Entry] = []
        """Entries under an id that was used before for something else."""
        self.inputs: dict[tuple[str, int], set[int]] = defaultdict(set)
        """(system, partition) → offsets on `lt.in` that came through."""

    def accepted(self) -> Iterator[Entry]:
        """What systems said and the hub accepted."""
        for known in self.by_subject.values():
            for entry in known.values():
                if entry.system != HUB:
                    yield entry

    def note(self, entry: Entry, at: str) -> None:
        """Take an entry in."""
        self.entries.append(entry)
        self.inputs[entry.system, entry.partition].add(entry.offset)
        known = self.by_subject[entry.subject].setdefault(entry.token, entry)
        if known is entry:
            self.at[entry.token] = at
        elif known.says(entry):
            self.replayed = True
        else:
            self.others.append(entry)


def read_log(
    judge: Judge, log: Iterable[Row], letters: Iterable[Row], *, partitions: int, fresh: bool
) -> HubLog:
    """The log, checked in itself: whole, without gaps, each record once.

    `fresh`: the broker began with the run, so its offsets begin at 0.
    """
    found = HubLog()
    for key, body in _records(judge, LOG, log, fresh):
        if body["router"] % partitions != key[0]:
            judge.mismatched(None, LOG, key, "partition", body["router"], key[0])
        for raw in body["events"]:
            found.note(Entry(*raw), body["at"])
    found.letters = [letter for _, letter in _records(judge, DEAD_LETTERS, letters, fresh)]
    _match_letters(judge, found)
    _check_others(judge, found)
    _check_inputs(judge, found)
    return found


def _records(
    judge: Judge, table: Table, rows: Iterable[Row], fresh: bool
) -> Iterator[tuple[tuple[int, int], dict[str, Any]]]:
    following: dict[int, int] = {}
    digests: set[str] = set()
    for partition, offset, digest, body in rows:
        key = (partition, offset)
        expected = following.get(partition, 0 if fresh else offset)
        if offset != expected:
            judge.lost(None, table, (partition, expected), "the next record", "offset")
        following[partition] = offset + 1
        right = hashlib.sha256(body.encode()).hexdigest()
        if digest != right:
            judge.mismatched(None, table, key, "digest", right, digest)
        if right in digests and table is LOG:
            judge.duplicated(None, table, key, right, "body")
            continue
        digests.add(right)
        try:
            yield key, orjson.loads(body)
        except ValueError:
            judge.mismatched(None, table, key, "body", "JSON", body[:200])


def _match_letters(judge: Judge, log: HubLog) -> None:
    """Each record that the hub refused has one dead letter and one `delivery.rejected`."""
    unexplained = {
        (subject, token)
        for subject, known in log.by_subject.items()
        for token, entry in known.items()
        if entry.system == HUB
    }
    places: set[str] = set()
    for letter in log.letters:
        if letter["by"] != HUB:
            continue
        place = f"{letter['topic']}/{letter['partition']}/{letter['offset']}"
        system = letter["topic"].rpartition(".")[2]
        log.inputs[system, letter["partition"]].add(letter["offset"])
        if place in places:
            if not log.replayed:
                judge.duplicated(None, DEAD_LETTERS, place, letter["reason"])
            continue
        places.add(place)
        event, subject = letter["event"], _subject(letter, system)
        token = f"{HUB}:{derived_id(place, 'delivery.rejected')}"
        told = log.by_subject.get(subject, {}).get(token)
        if told is None:
            judge.lost(None, LOG, place, f"delivery.rejected to {system}")
            continue
        unexplained.discard((subject, token))
        time, receivers = iso(local(told.time)), tuple(told.receivers)
        log.rejections[subject].append(
            Rejection(told.id, time, event, letter["reason"], letter["pointer"], receivers)
        )
    for _, token in sorted(unexplained):
        judge.lost(None, DEAD_LETTERS, token, "the refused record")


def _subject(letter: Letter, system: str) -> str:
    """The case that a refused record names, or its sender where it names none."""
    try:
        return str(CaseCode.parse(letter["headers"].get("ce_subject", "")[:200]))
    except IdentifierError:
        return system


def _check_others(judge: Judge, log: HubLog) -> None:
    """An id that was used for something else is refused by whoever holds the case."""
    refused = {
        (letter["headers"].get("ce_id"), letter["hash"][:16])
        for letter in log.letters
        if letter["reason"] == "id_reused"
    }
    for entry in log.others:
        if not any((entry.id, sent) in refused for sent in entry.receivers.values()):
            judge.mismatched(
                entry.subject,
                LOG,
                entry.token,
                None,
                log.by_subject[entry.subject][entry.token]._asdict(),
                entry._asdict(),
            )


def _check_inputs(judge: Judge, log: HubLog) -> None:
    """Every record on `lt.in` was accepted or refused."""
    for (system, partition), offsets in log.inputs.items():
        if system != HUB and len(offsets) != max(offsets) - min(offsets) + 1:
            missing = next(n for n in range(min(offsets), max(offsets)) if n not in offsets)
            key = f"lt.in.{system}/{partition}/{missing}"
            judge.lost(None, LOG, key, "an accepted or refused record")
