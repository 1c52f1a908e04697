"""What every event of a case must say: its payload bytes, and the part that a receiver may see.

Payloads are compact JSON in the order of their models. Moments have milliseconds, or none where
they come back from an agency, whose records hold no fraction of a second.
"""

from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Any

import orjson

from hub.ledger.calendar import iso
from hub.ledger.case import Case, last_card_day
from hub.ledger.course import Said
from hub.ledger.defects import DEFECTS
from hub.ledger.records import entry, insured, resident
from hub.ledger.rights import RECEIVERS, Fields
from hub.ledger.states import entry_in_events, services, to_the_second

Payload = dict[str, Any]


def payloads(case: Case) -> list[tuple[Said, Payload]]:
    """Every event of a case with what it says."""
    return [(said, _MAKERS[said.name](case, said)) for said in case.course.events]


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


def _due(said: Said) -> str | None:
    due = said.told.get("due")
    return due and iso(due)


def _person(person: Mapping[str, Any] | None) -> Payload | None:
    if person is None:
        return None
    return {"name": person["name"], "personal_id": person["personal_id"]}


def _newborn(case: Case) -> Payload:
    """The child once it went through the one-stop, whose form has hours and minutes."""
    return {**case.payload["child"], "born": _to_the_minute(case)}


def _registered_child(case: Case) -> Payload:
    child = case.payload["child"]
    known = {"name": child["name"], "sex": child["sex"], "born": _to_the_minute(case)}
    return {**known, "personal_id": case.codes.person}


def _to_the_minute(case: Case) -> str:
    return to_the_second(case.born.replace(second=0))


def _submitted(case: Case, said: Said) -> Payload:
    return dict(case.payload)


def _status(case: Case, said: Said) -> Payload:
    course = case.course
    final = said is course.events[-1]
    if final:
        how = services(case, told=True)
    else:
        how = {name: {"status": 1, "reason": None} for name in course.services}
    return {
        "chain": "birth",
        "status": course.status if final else "processing",
        "services": [{"service": name, **told} for name, told in how.items()],
        "province": case.payload["province"],
        "submitted": iso(course.submission.time),
        "due": _due(said),
        "reason": course.reason if final else None,
        "apology": None,
    }


def _registration(case: Case, said: Said) -> Payload:
    names = ("procedure", "province", "commune", "requester", "child", "mother", "father")
    return {**{name: case.payload[name] for name in names}, "due": _due(said)}


def _progress(case: Case, said: Said) -> Payload:
    return {"dossier": case.codes.dossier, "agency": case.codes.agency, "codes": said.told["codes"]}


def _entry_requested(case: Case, said: Said) -> Payload:
    payload = case.payload
    return {
        "dossier": case.codes.dossier,
        "agency": case.codes.agency,
        "commune": payload["commune"],
        "requester": payload["requester"],
        "child": _newborn(case),
        "mother": payload["mother"],
        "father": payload["father"],
    }


def _number_requested(case: Case, said: Said) -> Payload:
    payload = case.payload
    child = payload["child"]
    return {
        "notice": child["notice"],
        "name": child["name"],
        "sex": child["sex"],
        "born": _to_the_minute(case),
        "mother_id": payload["mother"]["personal_id"],
        "father_id": payload["father"] and payload["father"]["personal_id"],
        "entry": entry_in_events(case),
    }


def _number_issued(case: Case, said: Said) -> Payload:
    return {"notice": case.payload["child"]["notice"], "personal_id": case.codes.person}


def _registered(case: Case, said: Said) -> Payload:
    paper = entry(case) or {}
    return {
        "child": _registered_child(case),
        "notice": case.payload["child"]["notice"],
        "mother": _person(case.payload["mother"]),
        "father": _person(case.payload["father"]),
        "entry": entry_in_events(case),
        "certificate": _document("birth_certificate", paper, "giay_khai_sinh"),
    }


def _document(kind: str, row: Mapping[str, Any], uri: str) -> Payload:
    return {"kind": kind, "uri": row[uri], "sha256": row["sha256"]}


def _registration_refused(case: Case, said: Said) -> Payload:
    return {"dossier": case.codes.dossier, "reason": case.course.reason}


def _residence_requested(case: Case, said: Said) -> Payload:
    return {
        "child": _registered_child(case),
        "requester": case.payload["requester"],
        "household": case.payload["household"],
        "due": _due(said),
    }


def _consent_requested(case: Case, said: Said) -> Payload:
    household = case.payload["household"]
    return {
        "of": household["head"],
        "child_name": case.payload["child"]["name"],
        "requester": case.payload["requester"],
        "address": household["address"],
        "expires": to_the_second(said.told["expires"]),
    }


def _consent_answered(case: Case, said: Said) -> Payload:
    return {"by": case.payload["household"]["head"]["personal_id"], "method": "vneid"}


def _resident(case: Case, said: Said) -> Payload:
    household, row = case.payload["household"], resident(case) or {}
    return {
        "personal_id": case.codes.person,
        "number": case.ct08,
        "commune": household["commune"],
        "address": household["address"],
        "head": household["head"]["personal_id"],
        "registered": to_the_second(said.time),
        "document": _document("ct08", row, "ct08"),
    }


def _refused(service: str) -> Callable[[Case, Said], Payload]:
    def payload(case: Case, said: Said) -> Payload:
        return {"personal_id": case.codes.person, "reason": case.course.ends[service].reason}

    return payload


def _card_requested(case: Case, said: Said) -> Payload:
    payload = case.payload
    return {
        "child": _registered_child(case),
        "requester": payload["requester"],
        "province": payload["province"],
        "commune": payload["commune"],
        "treatment_facility": payload["treatment_facility"],
        "due": _due(said),
    }


def _card_issued(case: Case, said: Said) -> Payload:
    born = case.born.date()
    return {
        "personal_id": case.codes.person,
        "card": case.card,
        "valid_from": born.isoformat(),
        "valid_to": last_card_day(born).isoformat(),
        "treatment_facility": case.payload["treatment_facility"],
        "document": _document("health_card", insured(case) or {}, "the_dien_tu"),
    }


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
    return {"service": said.told["service"], "defects": defects, "due": _due(said)}


def _supplement(case: Case, said: Said) -> Payload:
    service, number = said.told["service"], said.told["number"]
    paper = f"doc:supplement/{case.code}/{service}-{number}"
    document = {"kind": "other", "uri": paper, "sha256": sha256(paper.encode()).hexdigest()}
    return {"service": service, "documents": [document], "payout": None, "note": None}


_MAKERS: dict[str, Callable[[Case, Said], Payload]] = {
    "case.submitted": _submitted,
    "case.status.changed": _status,
    "case.withdrawal.requested": _withdrawal,
    "case.supplement.requested": _question,
    "case.supplement.provided": _supplement,
    "supplement.requested": _incomplete,
    "birth.registration.requested": _registration,
    "dossier.progressed": _progress,
    "birth.entry.requested": _entry_requested,
    "personal-id.requested": _number_requested,
    "personal-id.issued": _number_issued,
    "birth.registered": _registered,
    "birth.registration.refused": _registration_refused,
    "residence.registration.requested": _residence_requested,
    "consent.requested": _consent_requested,
    "consent.given": _consent_answered,
    "consent.declined": _consent_answered,
    "residence.registered": _resident,
    "residence.registration.refused": _refused("residence"),
    "health-card.requested": _card_requested,
    "health-card.issued": _card_issued,
    "health-card.refused": _refused("health_card"),
}

assert _MAKERS.keys() == RECEIVERS.keys(), "every type that is routed has a payload"
