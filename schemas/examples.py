"""One realistic example of each event type: a birth, a death and a stay in Quận 1, told in events.

Nguyễn Minh An is born on Saturday 8 July 2023; the father files the linked case on Monday 10 July,
the day both chains opened nationwide. Lê Văn Thành dies on Sunday 9 July in a hospital; his
daughter files the linked case the day after. That Monday a student, Phạm Thu Trang, asks to be
registered where she stays. The types that such a smooth case never sees tell what
could have happened to it instead. `lienthong contract TYPE` prints these.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from schemas.catalogue import CATALOGUE
from schemas.event import Event, derived_id, from_text, source_of
from schemas.payloads import CaseChain, encode
from schemas.reasons import REJECTIONS
from schemas.systems import HUB, RIGHTS

_Payloads = Mapping[str, Mapping[str, Any]]

CASE: Final = "G22.99.08-230710-000469"
DEATH_CASE: Final = "G22.99.09-230710-005616"
STAY_CASE: Final = "G22.99.10-230710-000006"
"""Chance holds nothing against any with the seeds 0 to 30, so that they show smooth cases."""
_DOSSIER: Final = "H29.760.26740-230710-0001"
_AGENCY: Final = "H29.760.26740"
_COMMUNE: Final = "26740"
_NOTICE: Final = "00A1Z.GCS.79024.23"
_CHILD_ID: Final = "079223000417"
_ADDRESS: Final = "12 Ngô Đức Kế, Phường Bến Nghé, Quận 1"
_DUE: Final = "2023-07-13T17:00:00+07:00"

_FATHER: Final = {"name": "Nguyễn Văn Bình", "personal_id": "079092004521"}
_MOTHER: Final = {"name": "Trần Thị Thu Hà", "personal_id": "079194012877"}
_FATHER_BORN: Final = {**_FATHER, "born": "1992-04-18"}
_MOTHER_BORN: Final = {**_MOTHER, "born": "1994-11-02"}
_NEWBORN: Final = {"name": "Nguyễn Minh An", "sex": "male", "born": "2023-07-08T05:30:00+07:00"}
_CHILD: Final = {**_NEWBORN, "notice": _NOTICE, "facility": "79024"}
_REGISTERED: Final = {**_NEWBORN, "personal_id": _CHILD_ID}
_HOUSEHOLD: Final = {
    "head": _FATHER,
    "relation": "parent",
    "address": _ADDRESS,
    "commune": _COMMUNE,
    "consent_signed": False,
}
_ENTRY: Final = {
    "number": "214/2023",
    "book": "02/2023",
    "page": 14,
    "commune": _COMMUNE,
    "registered": "2023-07-10T09:52:10+07:00",
}
_REFUSED: Final = {"personal_id": _CHILD_ID, "reason": "no_lawful_dwelling"}
_BLURRED: Final = {
    "pointer": "/documents/0",
    "vi": "Ảnh chụp giấy chứng sinh bị mờ, không đọc được số.",
    "en": "The photo of the birth notice is blurred; its number can't be read.",
}


_DAUGHTER: Final = {"name": "Lê Thị Mai", "personal_id": "079183006614"}
_PAYEE: Final = {**_DAUGHTER, "relation": "child"}
_ACCOUNT: Final = {
    "method": "account",
    "account": {"bank": "Vietcombank", "number": "0071000123456"},
}
_DECEASED: Final = {
    "name": "Lê Văn Thành",
    "personal_id": "079050001873",
    "sex": "male",
    "born": "1950-02-11",
    "died": "2023-07-09T03:15:00+07:00",
}
_DEATH_NOTICE: Final = {
    "number": "0B7K2.GBT.79024.23",
    "facility": "79024",
    "place": "Bệnh viện Nhân dân 115, Quận 10",
    "cause": "Nhồi máu cơ tim",
}
_DEATH_DOSSIER: Final = "H29.760.26740-230710-0002"
_DEATH_DUE: Final = "2023-07-20T17:00:00+07:00"
_DEATH_ENTRY: Final = {
    "number": "31/2023",
    "book": "01/2023",
    "page": 31,
    "commune": _COMMUNE,
    "registered": "2023-07-10T10:20:00+07:00",
}
_DECISION: Final = "1/QĐ-BHXH-79"


_STUDENT: Final = {"name": "Phạm Thu Trang", "personal_id": "036303001245"}


def _document(kind: str, uri: str, digit: str) -> dict[str, str]:
    return {"kind": kind, "uri": f"urn:lienthong:{uri}", "sha256": digit * 64}


_NOTICE_PAPER: Final = _document("birth_notice", f"GCS:{_NOTICE}", "a")

_SUBMISSION: Final[_Payloads] = {
    "notice.issued": {
        "kind": "birth",
        "number": _NOTICE,
        "facility": "79024",
        "name": _NEWBORN["name"],
        "moment": _NEWBORN["born"],
    },
    "case.submitted": {
        "chain": "birth",
        "procedure": "2.000986",
        "services": ["birth", "residence", "health_card"],
        "channel": "online",
        "province": "79",
        "commune": _COMMUNE,
        "requester": _FATHER,
        "child": _CHILD,
        "mother": _MOTHER_BORN,
        "father": _FATHER_BORN,
        "household": _HOUSEHOLD,
        "treatment_facility": "79024",
        "documents": [_NOTICE_PAPER],
    },
    "case.status.changed": {
        "chain": "birth",
        "status": "processing",
        "services": [
            {"service": "birth", "status": 2, "reason": None},
            {"service": "residence", "status": 1, "reason": None},
            {"service": "health_card", "status": 1, "reason": None},
        ],
        "province": "79",
        "submitted": "2023-07-10T08:00:00+07:00",
        "due": _DUE,
        "reason": None,
        "apology": None,
    },
    "case.supplement.requested": {"service": "birth", "defects": [_BLURRED], "due": _DUE},
    "case.supplement.provided": {
        "service": "birth",
        "documents": [_NOTICE_PAPER],
        "payout": None,
        "note": "Tôi đã chụp lại giấy chứng sinh.",
    },
    "case.withdrawal.requested": {"requester": _FATHER, "note": "Gia đình sẽ nộp tại nơi cư trú."},
}

_REGISTRATION: Final[_Payloads] = {
    "birth.registration.requested": {
        "procedure": "2.000986",
        "province": "79",
        "commune": _COMMUNE,
        "requester": _FATHER,
        "child": _CHILD,
        "mother": _MOTHER_BORN,
        "father": _FATHER_BORN,
        "due": _DUE,
    },
    "dossier.progressed": {"dossier": _DOSSIER, "agency": _AGENCY, "codes": [1, 3, 7]},
    "birth.entry.requested": {
        "dossier": _DOSSIER,
        "agency": _AGENCY,
        "commune": _COMMUNE,
        "requester": _FATHER,
        "child": _CHILD,
        "mother": _MOTHER_BORN,
        "father": _FATHER_BORN,
    },
    "personal-id.requested": {
        **_NEWBORN,
        "notice": _NOTICE,
        "mother_id": _MOTHER["personal_id"],
        "father_id": _FATHER["personal_id"],
        "entry": _ENTRY,
    },
    "personal-id.issued": {"notice": _NOTICE, "personal_id": _CHILD_ID},
    "birth.registered": {
        "child": _REGISTERED,
        "notice": _NOTICE,
        "mother": _MOTHER,
        "father": _FATHER,
        "entry": _ENTRY,
        "certificate": _document("birth_certificate", "KQ.G15.000031:26740:214/2023", "b"),
    },
    "birth.registration.refused": {"dossier": _DOSSIER, "reason": "notice_mismatch"},
}

_RESIDENCE: Final[_Payloads] = {
    "residence.registration.requested": {
        "child": _REGISTERED,
        "requester": _FATHER,
        "household": _HOUSEHOLD,
        "due": _DUE,
    },
    "consent.requested": {
        "of": {"name": "Nguyễn Văn Hùng", "personal_id": "079063000238"},
        "child_name": _CHILD["name"],
        "requester": _FATHER,
        "address": _ADDRESS,
        "expires": "2023-07-17T14:05:31+07:00",
    },
    "consent.given": {"by": "079063000238", "method": "vneid"},
    "consent.declined": {"by": "079063000238", "method": "vneid"},
    "residence.registered": {
        "personal_id": _CHILD_ID,
        "number": "87/CT08-26740",
        "commune": _COMMUNE,
        "address": _ADDRESS,
        "head": _FATHER["personal_id"],
        "registered": "2023-07-10T15:20:44+07:00",
        "document": _document("ct08", "CT08:87/CT08-26740", "c"),
    },
    "residence.registration.refused": _REFUSED,
}

_HEALTH_CARD: Final[_Payloads] = {
    "health-card.requested": {
        "child": _REGISTERED,
        "requester": _FATHER,
        "province": "79",
        "commune": _COMMUNE,
        "treatment_facility": "79024",
        "due": _DUE,
    },
    "health-card.issued": {
        "personal_id": _CHILD_ID,
        "card": "TE1797923004417",
        "valid_from": "2023-07-08",
        "valid_to": "2029-09-30",
        "treatment_facility": "79024",
        "document": _document("health_card", "BHYT:TE1797923004417", "d"),
    },
    "health-card.refused": {**_REFUSED, "reason": "already_insured"},
}

_DEATH: Final[_Payloads] = {
    "death.registration.requested": {
        "procedure": "1.006714",
        "province": "79",
        "commune": _COMMUNE,
        "requester": _DAUGHTER,
        "deceased": _DECEASED,
        "notice": _DEATH_NOTICE,
        "due": _DEATH_DUE,
    },
    "death.entry.requested": {
        "dossier": _DEATH_DOSSIER,
        "agency": _AGENCY,
        "commune": _COMMUNE,
        "requester": _DAUGHTER,
        "deceased": _DECEASED,
        "notice": _DEATH_NOTICE,
    },
    "death.registered": {
        "deceased": _DECEASED,
        "notice": _DEATH_NOTICE,
        "requester": _DAUGHTER,
        "entry": _DEATH_ENTRY,
        "extract": _document("death_extract", "KQ.G15.000034:26740:31/2023", "e"),
    },
    "death.registration.refused": {"dossier": _DEATH_DOSSIER, "reason": "death_notice_mismatch"},
    "residence.removal.requested": {
        "deceased": _DECEASED,
        "requester": _DAUGHTER,
        "commune": _COMMUNE,
        "address": _ADDRESS,
        "due": _DEATH_DUE,
    },
    "residence.removed": {
        "personal_id": _DECEASED["personal_id"],
        "number": "88/CT08-XT-26740",
        "commune": _COMMUNE,
        "removed": "2023-07-10T14:02:00+07:00",
        "document": _document("ct08", "CT08:88/CT08-XT-26740", "f"),
    },
    "residence.removal.refused": {
        "personal_id": _DECEASED["personal_id"],
        "reason": "not_resident",
    },
    "funeral-allowance.requested": {
        "decider": "social-insurance",
        "groups": ["insurance"],
        "granted": None,
        "deceased": _DECEASED,
        "province": "79",
        "commune": _COMMUNE,
        "payee": _PAYEE,
        "payout": _ACCOUNT,
        "due": _DEATH_DUE,
    },
    "funeral-allowance.granted": {
        "personal_id": _DECEASED["personal_id"],
        "group": "insurance",
        "vnd": 18_000_000,
        "decision": _DECISION,
        "decided": "2023-07-12T09:30:00+07:00",
        "payee": _DAUGHTER["personal_id"],
        "document": _document("allowance_decision", "QD:1/QD-BHXH-79", "9"),
    },
    "funeral-allowance.refused": {
        "personal_id": _DECEASED["personal_id"],
        "reason": "insured_too_short",
    },
    "payout.requested": {
        "decider": "social-insurance",
        "decision": _DECISION,
        "vnd": 18_000_000,
        "payee": _PAYEE,
        "payout": _ACCOUNT,
    },
    "payout.made": {
        "decider": "social-insurance",
        "decision": _DECISION,
        "vnd": 18_000_000,
        "method": "account",
        "reference": "FT23193000417",
        "paid": "2023-07-12T15:10:00+07:00",
    },
    "payout.failed": {
        "decider": "social-insurance",
        "decision": _DECISION,
        "vnd": 18_000_000,
        "method": "account",
        "reason": "account_closed",
    },
}

DEATH_SUBMISSION: Final[Mapping[str, Any]] = {
    "chain": "death",
    "procedure": "1.006714",
    "services": ["death", "residence_removal", "funeral_allowance"],
    "channel": "online",
    "province": "79",
    "commune": _COMMUNE,
    "address": _ADDRESS,
    "requester": _DAUGHTER,
    "deceased": _DECEASED,
    "notice": _DEATH_NOTICE,
    "groups": ["insurance"],
    "payee": _PAYEE,
    "payout": _ACCOUNT,
    "documents": [_document("death_notice", "GBT:0B7K2.GBT.79024.23", "8")],
}
"""The payload of the death case's own `case.submitted`; the type's example is the birth's."""

_STAY: Final = {
    "resident": {**_STUDENT, "sex": "female", "born": "2003-09-05"},
    "requester": _STUDENT,
    "commune": _COMMUNE,
    "address": _ADDRESS,
    "until": "2025-06-30",
}
_TEMPORARY: Final[_Payloads] = {
    "residence.temporary.requested": {**_STAY, "due": _DUE},
    "residence.temporary.registered": {
        "personal_id": _STUDENT["personal_id"],
        "number": "5/CT08-TT-26740",
        "commune": _COMMUNE,
        "address": _ADDRESS,
        "until": _STAY["until"],
        "registered": "2023-07-11T09:00:00+07:00",
        "document": _document("ct08", "CT08:5/CT08-TT-26740", "7"),
    },
    "residence.temporary.refused": {
        "personal_id": _STUDENT["personal_id"],
        "reason": "no_lawful_dwelling",
    },
}

TEMPORARY_SUBMISSION: Final[Mapping[str, Any]] = {
    "chain": "temporary_residence",
    "procedure": "1.004194",
    "services": ["temporary_residence"],
    "channel": "online",
    "province": "79",
    "commune": _COMMUNE,
    "address": _ADDRESS,
    "requester": _STUDENT,
    "resident": _STAY["resident"],
    "until": _STAY["until"],
    "documents": [],
}
"""The payload of a temporary residence's own `case.submitted`."""

SUBMISSIONS: Final[Mapping[CaseChain, tuple[str, Mapping[str, Any]]]] = {
    "birth": (CASE, _SUBMISSION["case.submitted"]),
    "death": (DEATH_CASE, DEATH_SUBMISSION),
    "temporary_residence": (STAY_CASE, TEMPORARY_SUBMISSION),
}
"""The case of each chain, with what was submitted."""

_TROUBLES: Final[_Payloads] = {
    "case.action.taken": {
        "action": "retry",
        "service": "residence",
        "by": "Trần Quốc Huy",
        "why": "Công an xã báo chưa nhận được hồ sơ.",
    },
    "supplement.requested": {"defects": [_BLURRED], "due": _DUE},
    "delivery.rejected": {
        "event": derived_id(CASE, "case.submitted"),
        "type": CATALOGUE["case.submitted"].full,
        "reason": "payload_invalid",
        "pointer": "/child/notice",
        "vi": REJECTIONS["payload_invalid"].vi,
        "en": REJECTIONS["payload_invalid"].en,
        "remedy_vi": REJECTIONS["payload_invalid"].remedy_vi,
        "remedy_en": REJECTIONS["payload_invalid"].remedy_en,
    },
}

_DATA: Final[_Payloads] = {
    **_SUBMISSION,
    **_REGISTRATION,
    **_RESIDENCE,
    **_HEALTH_CARD,
    **_DEATH,
    **_TEMPORARY,
    **_TROUBLES,
}
_HAPPENS: Final = {
    **dict.fromkeys(_SUBMISSION, "2023-07-10T08:00:00+07:00"),
    **dict.fromkeys(_REGISTRATION, "2023-07-10T10:04:25+07:00"),
    **dict.fromkeys(_RESIDENCE, "2023-07-10T15:20:44+07:00"),
    **dict.fromkeys(_HEALTH_CARD, "2023-07-10T13:41:02+07:00"),
    **dict.fromkeys(_DEATH, "2023-07-12T15:10:00+07:00"),
    **dict.fromkeys(_TEMPORARY, "2023-07-11T09:00:00+07:00"),
    **dict.fromkeys(_TROUBLES, "2023-07-10T08:00:00+07:00"),
}
_CASES: Final = {
    **dict.fromkeys(_DEATH, DEATH_CASE),
    **dict.fromkeys(_TEMPORARY, STAY_CASE),
}
"""Of whom an example is, where it is not of the birth."""


@cache
def example_payload(name: str) -> bytes:
    """The canonical payload of an event type's example, by short name.

    Raises:
        KeyError: the catalogue has no such type.
    """
    return encode(CATALOGUE[name].model, dict(_DATA[name]))


@cache
def example(name: str) -> Event:
    """An event type's example as its first rightful publisher would send it.

    Sent unchanged, `case.submitted` is a correct case: the others follow from it.

    Raises:
        KeyError: the catalogue has no such type.
    """
    return _event(name, _CASES.get(name, CASE), example_payload(name))


@cache
def examples(name: str) -> tuple[Event, ...]:
    """All examples of an event type: of a submission one for each chain.

    Raises:
        KeyError: the catalogue has no such type.
    """
    if name != "case.submitted":
        return (example(name),)
    model = CATALOGUE[name].model
    return tuple(
        _event(name, case, encode(model, dict(payload))) for case, payload in SUBMISSIONS.values()
    )


def _event(name: str, case: str, payload: bytes) -> Event:
    kind = CATALOGUE[name]
    publisher = RIGHTS[name].publishers[0] if name in RIGHTS else HUB
    return Event(
        id=derived_id(case, name),
        source=source_of(publisher),
        type=kind.full,
        time=from_text(_HAPPENS[name]),
        subject=case,
        payload=payload,
        dataschema=kind.dataschema,
    )
