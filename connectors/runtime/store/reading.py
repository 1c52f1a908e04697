"""What a run's stores and hub log say, read from outside while their owners write."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from connectors.runtime.store import ManualItem


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEvent:
    """An event that the hub accepted from `system` and delivered to `receivers`."""

    system: str
    id: str
    name: str
    time: str
    """The event's own time, RFC 3339."""
    receivers: tuple[str, ...]


def state_of(store: Path, subject: str) -> dict[str, Any] | None:
    """A system's state of a subject, None where it knows nothing of it."""
    rows = _select(store, "SELECT state FROM subjects WHERE subject = ?", subject)
    return next((orjson.loads(row[0]) for row in rows), None)


def seen_of(store: Path, subject: str) -> frozenset[str]:
    """What a system has taken in of an open subject: `<publisher>:<event id>`, and answers."""
    rows = _select(store, "SELECT seen FROM subjects WHERE subject = ?", subject)
    return frozenset(token for row in rows for token in orjson.loads(row[0]))


def states_of(store: Path, *, ended: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Subject and state of all that have ended, or of all that have not, by subject."""
    sql = "SELECT subject, state FROM subjects WHERE ended = ? ORDER BY subject"
    for subject, state in _select(store, sql, ended):
        yield subject, orjson.loads(state)


def timers_of(store: Path) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """State and timers (name → due) of every subject that has a timer; none without a store."""
    if not store.is_file():
        return
    for state, timers in _select(
        store, "SELECT state, timers FROM subjects WHERE next_due IS NOT NULL"
    ):
        yield orjson.loads(state), orjson.loads(timers)


def manual_of(store: Path, subject: str) -> Sequence[ManualItem]:
    """What an officer of the system has to look at in one case, in the order of time."""
    return _manual(store, "WHERE subject = ?", subject)


def manual_queue(store: Path) -> Sequence[ManualItem]:
    """All that an officer of the system has to look at, in the order of time."""
    return _manual(store, "")


def _manual(store: Path, which: str, *values: str) -> Sequence[ManualItem]:
    sql = f"SELECT subject, input, reason, detail, at FROM manual {which} ORDER BY at"
    return [
        ManualItem(subject=subject, input=given, reason=reason, detail=detail, at=at)
        for subject, given, reason, detail, at in _select(store, sql, *values)
    ]


def events_of(log: Path, subject: str) -> Sequence[LoggedEvent]:
    """The events about a subject in the order in which the hub accepted them, each once."""
    events: dict[tuple[str, str], LoggedEvent] = {}
    sql = "SELECT body FROM log WHERE instr(body, ?) ORDER BY partition, offset"
    for (body,) in _select(log, sql, subject):
        for system, _, _, event_id, name, time, about, _, _, receivers in orjson.loads(body)[
            "events"
        ]:
            if about == subject:
                # A router that was killed routes again what it had not committed.
                events.setdefault(
                    (system, event_id),
                    LoggedEvent(
                        system=system, id=event_id, name=name, time=time, receivers=(*receivers,)
                    ),
                )
    return list(events.values())


def dead_letters_of(log: Path, subject: str) -> Sequence[dict[str, Any]]:
    """The dead letters whose header names the subject; see `connectors.runtime.deadletters`."""
    sql = "SELECT body FROM dead_letters WHERE instr(body, ?) ORDER BY partition, offset"
    letters = [orjson.loads(body) for (body,) in _select(log, sql, subject)]
    return [letter for letter in letters if letter["headers"].get("ce_subject") == subject]


def dead_letters(log: Path) -> Sequence[dict[str, Any]]:
    """Every dead letter in the order of the copy, with `letter`: where it stands on `lt.dlq`.

    What strangers wrote there is left out.
    """
    sql = (
        "SELECT partition, offset, body FROM dead_letters WHERE json_valid(body)"
        " AND json_extract(body, '$.by') IS NOT NULL ORDER BY partition, offset"
    )
    return [
        {"letter": f"{partition}/{offset}", **orjson.loads(body)}
        for partition, offset, body in _select(log, sql)
    ]


def _select(path: Path, sql: str, *values: str | bool) -> Iterator[tuple[Any, ...]]:
    if not path.is_file():
        return
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        yield from connection.execute(sql, values)
