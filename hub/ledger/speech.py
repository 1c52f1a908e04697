"""What every event of a case must say: its payload bytes, and the part that a receiver may see.

Payloads are compact JSON in the order of their models. Moments have milliseconds, or none where
they come back from an agency, whose records hold no fraction of a second.
"""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from typing import Any

import orjson

from hub.ledger import lateness, notices
from hub.ledger.calendar import iso
from hub.ledger.case import Case
from hub.ledger.course import Letter, Said
from hub.ledger.defects import DEFECTS
from hub.ledger.lateness import ended_by
from hub.ledger.rights import Fields
from hub.ledger.states import end_told, given, services
from hub.ledger.texts import to_the_second

Payload = dict[str, Any]

IN_PROCESS = 4
"""The portal's status of what an agency has."""


def payloads(case: Case) -> list[tuple[Said, Payload]]:
    """Every event of a case with what it says."""
    makers = {**_MAKERS, **case.chain.payloads}
    return [(said, makers[said.name](case, said)) for said in case.course.events]


def cut(payload: Mapping[str, Any], fields: Fields) -> bytes:
    """The bytes for a receiver: whole fields in the order of its rights, then parts of fields."""
    if fields is None:
        return orjson.dumps(payload)
    kept: Payload = {name: payload[name] for name in fields if "." not in name}
    for name in fields:
        part, dot, inner = name.partition(".")
        if dot:
            kept.setdefault(part, {})[inner] = payload[part][inner]
    return orjson.dumps(kept)


def due_of(said: Said) -> str | None:
    """Until when an event says that something is due."""
    due = said.told.get("due")
    return due and iso(due)


def document(kind: str, row: Mapping[str, Any], uri: str) -> Payload:
    """The paper whose address stands in that column of a row."""
    return {"kind": kind, "uri": row[uri], "sha256": row["sha256"]}


def registration_refused(case: Case, said: Said) -> Payload:
    """What civil status says of a refusal."""
    return {"dossier": case.codes.dossier, "reason": case.course.reason}


def _submitted(case: Case, said: Said) -> Payload:
    return dict(case.payload)


def _notice(case: Case, said: Said) -> Payload:
    return notices.said(case.payload)


def _status(case: Case, said: Said) -> Payload:
    course = case.course
    if (letter := said.told.get("letter")) is not None:
        return apology(case, letter, ended_by(course, letter.due))
    final = said is course.events[-1] and course.ended is not None
    how = services(case, told=True) if final else _all_at(case, case.chain.first_status)
    return {
        "chain": case.chain.name,
        "status": course.status if final else "processing",
        "services": [{"service": name, **told} for name, told in how.items()],
        "province": case.payload["province"],
        "submitted": iso(course.submission.time),
        "due": due_of(said),
        "reason": course.reason if final else None,
        "apology": None,
    }


def _all_at(case: Case, status: int) -> Payload:
    return {name: {"status": status, "reason": None} for name in case.course.services}


def apology(case: Case, letter: Letter, ended: Iterable[str]) -> Payload:
    """The letter of apology, in which these services have ended and all others are in process."""
    ends = {name: end_told(case.course.ends[name]) for name in ended}
    how = _all_at(case, IN_PROCESS) | ends
    return {
        "chain": case.chain.name,
        "status": "processing",
        "services": [{"service": name, **told} for name, told in how.items()],
        "province": case.payload["province"],
        "submitted": iso(case.course.submission.time),
        "due": iso(letter.new),
        "reason": None,
        "apology": given(case, letter),
    }


def tellings(case: Case, said: Said, payload: Payload) -> Iterable[Payload]:
    """What an event may say: of a letter, that services had ended of which no news had come."""
    letter = said.told.get("letter")
    if letter is None:
        return (payload,)
    return (apology(case, letter, ended) for ended in lateness.tellings(case.course, letter))


def _progress(case: Case, said: Said) -> Payload:
    about = {"dossier": case.codes.dossier, "agency": case.agency(said.told["asked"])}
    return {**about, "codes": said.told["codes"]}


def _withdrawal(case: Case, said: Said) -> Payload:
    wish = case.course.submission.withdrawal
    return dict(wish.payload) if wish and wish.payload else {}


def _incomplete(case: Case, said: Said) -> Payload:
    return {
        "defects": [dict(DEFECTS[code]) for code in said.told["missing"]],
        "due": to_the_second(said.told["due"]),
    }


def _question(case: Case, said: Said) -> Payload:
    defects = _incomplete(case, said)["defects"]
    return {"service": said.told["service"], "defects": defects, "due": due_of(said)}


def _supplement(case: Case, said: Said) -> Payload:
    service, number = said.told["service"], said.told["number"]
    paper = f"doc:supplement/{case.code}/{service}-{number}"
    document = {"kind": "other", "uri": paper, "sha256": sha256(paper.encode()).hexdigest()}
    return {
        "service": service,
        "documents": [document],
        "payout": said.told["payout"],
        "note": None,
    }


_MAKERS: dict[str, Callable[[Any, Said], Payload]] = {
    "notice.issued": _notice,
    "case.submitted": _submitted,
    "case.status.changed": _status,
    "case.withdrawal.requested": _withdrawal,
    "case.supplement.requested": _question,
    "case.supplement.provided": _supplement,
    "supplement.requested": _incomplete,
    "dossier.progressed": _progress,
}
