"""What every event of a birth says."""

from collections.abc import Callable, Mapping
from typing import Any

from hub.ledger.birth import drafts
from hub.ledger.birth.case import BirthCase, last_card_day, last_identity_card_day
from hub.ledger.birth.records import entry, identified, insured, resident
from hub.ledger.course import Said
from hub.ledger.speech import Payload, document, due_of, registration_refused
from hub.ledger.states import entry_in_events
from hub.ledger.texts import to_the_second


def _person(person: Mapping[str, Any] | None) -> Payload | None:
    if person is None:
        return None
    return {"name": person["name"], "personal_id": person["personal_id"]}


def _newborn(case: BirthCase) -> Payload:
    """The child once it went through the one-stop, whose form has hours and minutes."""
    return {**case.payload["child"], "born": _to_the_minute(case)}


def _registered_child(case: BirthCase) -> Payload:
    child = case.payload["child"]
    known = {"name": child["name"], "sex": child["sex"], "born": _to_the_minute(case)}
    return {**known, "personal_id": case.codes.person}


def _to_the_minute(case: BirthCase) -> str:
    return to_the_second(case.born.replace(second=0))


def _registration(case: BirthCase, said: Said) -> Payload:
    payload = {**case.payload, **case.place(said.time)._asdict()}
    names = ("procedure", "province", "commune", "requester", "child", "mother", "father")
    return {**{name: payload[name] for name in names}, "due": due_of(said)}


def _entry_requested(case: BirthCase, said: Said) -> Payload:
    payload = case.payload
    return {
        "dossier": case.codes.dossier,
        "agency": case.agency(said.told["asked"]),
        "commune": case.place(said.told["asked"]).commune,
        "requester": payload["requester"],
        "child": _newborn(case),
        "mother": payload["mother"],
        "father": payload["father"],
    }


def _number_requested(case: BirthCase, said: Said) -> Payload:
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


def _number_issued(case: BirthCase, said: Said) -> Payload:
    return {"notice": case.payload["child"]["notice"], "personal_id": case.codes.person}


def _registered(case: BirthCase, said: Said) -> Payload:
    paper = entry(case) or {}
    return {
        "child": _registered_child(case),
        "notice": case.payload["child"]["notice"],
        "mother": _person(case.payload["mother"]),
        "father": _person(case.payload["father"]),
        "entry": entry_in_events(case),
        "certificate": document("birth_certificate", paper, "giay_khai_sinh"),
    }


def _residence_requested(case: BirthCase, said: Said) -> Payload:
    household = case.payload["household"]
    return {
        "child": _registered_child(case),
        "requester": case.payload["requester"],
        "household": {**household, "commune": case.place(said.time, household["commune"]).commune},
        "due": due_of(said),
    }


def _consent_requested(case: BirthCase, said: Said) -> Payload:
    household = case.payload["household"]
    return {
        "of": household["head"],
        "child_name": case.payload["child"]["name"],
        "requester": case.payload["requester"],
        "address": household["address"],
        "expires": to_the_second(said.told["expires"]),
    }


def _consent_answered(case: BirthCase, said: Said) -> Payload:
    return {"by": case.payload["household"]["head"]["personal_id"], "method": "vneid"}


def _resident(case: BirthCase, said: Said) -> Payload:
    household, row = case.payload["household"], resident(case) or {}
    return {
        "personal_id": case.codes.person,
        "number": case.ct08,
        "commune": case.home,
        "address": household["address"],
        "head": household["head"]["personal_id"],
        "registered": to_the_second(said.time),
        "document": document("ct08", row, "ct08"),
    }


def _refused(service: str) -> Callable[[BirthCase, Said], Payload]:
    def payload(case: BirthCase, said: Said) -> Payload:
        return {"personal_id": case.codes.person, "reason": case.course.ends[service].reason}

    return payload


def _card_requested(case: BirthCase, said: Said) -> Payload:
    payload = case.payload
    return {
        "child": _registered_child(case),
        "requester": payload["requester"],
        **case.place(said.time)._asdict(),
        "treatment_facility": payload["treatment_facility"],
        "due": due_of(said),
    }


def _card_issued(case: BirthCase, said: Said) -> Payload:
    born = case.born.date()
    return {
        "personal_id": case.codes.person,
        "card": case.card,
        "valid_from": born.isoformat(),
        "valid_to": last_card_day(born).isoformat(),
        "treatment_facility": case.payload["treatment_facility"],
        "document": document("health_card", insured(case) or {}, "the_dien_tu"),
    }


def _identity_card_requested(case: BirthCase, said: Said) -> Payload:
    return {
        "child": _registered_child(case),
        "requester": case.payload["requester"],
        **case.place(said.time)._asdict(),
        "due": due_of(said),
    }


def _identity_card_issued(case: BirthCase, said: Said) -> Payload:
    return {
        "personal_id": case.codes.person,
        "number": case.codes.person,
        "valid_from": said.time.date().isoformat(),
        "valid_to": last_identity_card_day(case.born.date()).isoformat(),
        "commune": case.commune("population/identity_card"),
        "document": document("identity_card", identified(case) or {}, "the_can_cuoc"),
    }


PAYLOADS: dict[str, Callable[[BirthCase, Said], Payload]] = {
    "birth.registration.requested": _registration,
    "birth.entry.requested": _entry_requested,
    "personal-id.requested": _number_requested,
    "personal-id.issued": _number_issued,
    drafts.DRAFTED: drafts.drafted,
    drafts.ANSWERED: drafts.answered,
    "birth.registered": _registered,
    "birth.registration.refused": registration_refused,
    "residence.registration.requested": _residence_requested,
    "consent.requested": _consent_requested,
    "consent.given": _consent_answered,
    "consent.declined": _consent_answered,
    "residence.registered": _resident,
    "residence.registration.refused": _refused("residence"),
    "health-card.requested": _card_requested,
    "health-card.issued": _card_issued,
    "health-card.refused": _refused("health_card"),
    "identity-card.requested": _identity_card_requested,
    "identity-card.issued": _identity_card_issued,
    "identity-card.refused": _refused("identity_card"),
}
