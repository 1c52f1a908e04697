"""The birth of Nguyễn Minh An, which most examples tell of."""

from typing import Final

from schemas.examples.parts import ADDRESS, AGENCY, COMMUNE, DUE, Payloads, document

CASE: Final = "G22.99.08-230710-000469"
_DOSSIER: Final = "H29.760.26740-230710-0001"
_NOTICE: Final = "00A1Z.GCS.79024.23"
_CHILD_ID: Final = "079223000417"
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
    "address": ADDRESS,
    "commune": COMMUNE,
    "consent_signed": False,
}
_ENTRY: Final = {
    "number": "214/2023",
    "book": "02/2023",
    "page": 14,
    "commune": COMMUNE,
    "registered": "2023-07-10T09:52:10+07:00",
}
_REFUSED: Final = {"personal_id": _CHILD_ID, "reason": "no_lawful_dwelling"}
BLURRED: Final = {
    "pointer": "/documents/0",
    "vi": "Ảnh chụp giấy chứng sinh bị mờ, không đọc được số.",
    "en": "The photo of the birth notice is blurred; its number can't be read.",
}
_NOTICE_PAPER: Final = document("birth_notice", f"GCS:{_NOTICE}", "a")

SUBMISSION: Final[Payloads] = {
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
        "commune": COMMUNE,
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
        "due": DUE,
        "reason": None,
        "apology": None,
    },
    "case.supplement.requested": {"service": "birth", "defects": [BLURRED], "due": DUE},
    "case.supplement.provided": {
        "service": "birth",
        "documents": [_NOTICE_PAPER],
        "payout": None,
        "note": "Tôi đã chụp lại giấy chứng sinh.",
    },
    "case.withdrawal.requested": {"requester": _FATHER, "note": "Gia đình sẽ nộp tại nơi cư trú."},
}

REGISTRATION: Final[Payloads] = {
    "birth.registration.requested": {
        "procedure": "2.000986",
        "province": "79",
        "commune": COMMUNE,
        "requester": _FATHER,
        "child": _CHILD,
        "mother": _MOTHER_BORN,
        "father": _FATHER_BORN,
        "due": DUE,
    },
    "dossier.progressed": {"dossier": _DOSSIER, "agency": AGENCY, "codes": [1, 3, 7]},
    "birth.entry.requested": {
        "dossier": _DOSSIER,
        "agency": AGENCY,
        "commune": COMMUNE,
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
    "certificate.drafted": {
        "child": _REGISTERED,
        "mother": _MOTHER,
        "father": _FATHER,
        "entry": _ENTRY,
        "expires": "2023-07-11T10:04:25+07:00",
    },
    "certificate.draft.answered": {
        "answer": "correction",
        "note": "Bản điện tử ghi thiếu dân tộc của người mẹ.",
    },
    "birth.registered": {
        "child": _REGISTERED,
        "notice": _NOTICE,
        "mother": _MOTHER,
        "father": _FATHER,
        "entry": _ENTRY,
        "certificate": document("birth_certificate", "KQ.G15.000031:26740:214/2023", "b"),
    },
    "birth.registration.refused": {"dossier": _DOSSIER, "reason": "notice_mismatch"},
}

RESIDENCE: Final[Payloads] = {
    "residence.registration.requested": {
        "child": _REGISTERED,
        "requester": _FATHER,
        "household": _HOUSEHOLD,
        "due": DUE,
    },
    "consent.requested": {
        "of": {"name": "Nguyễn Văn Hùng", "personal_id": "079063000238"},
        "child_name": _CHILD["name"],
        "requester": _FATHER,
        "address": ADDRESS,
        "expires": "2023-07-17T14:05:31+07:00",
    },
    "consent.given": {"by": "079063000238", "method": "vneid"},
    "consent.declined": {"by": "079063000238", "method": "vneid"},
    "residence.registered": {
        "personal_id": _CHILD_ID,
        "number": "87/CT08-26740",
        "commune": COMMUNE,
        "address": ADDRESS,
        "head": _FATHER["personal_id"],
        "registered": "2023-07-10T15:20:44+07:00",
        "document": document("ct08", "CT08:2023:87/CT08-26740", "c"),
    },
    "residence.registration.refused": _REFUSED,
}

HEALTH_CARD: Final[Payloads] = {
    "health-card.requested": {
        "child": _REGISTERED,
        "requester": _FATHER,
        "province": "79",
        "commune": COMMUNE,
        "treatment_facility": "79024",
        "due": DUE,
    },
    "health-card.issued": {
        "personal_id": _CHILD_ID,
        "card": "TE1797923004417",
        "valid_from": "2023-07-08",
        "valid_to": "2029-09-30",
        "treatment_facility": "79024",
        "document": document("health_card", "BHYT:TE1797923004417", "d"),
    },
    "health-card.refused": {**_REFUSED, "reason": "already_insured"},
}
