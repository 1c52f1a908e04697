"""The death of Lê Văn Thành."""

from collections.abc import Mapping
from typing import Any, Final

from schemas.examples.parts import ADDRESS, AGENCY, COMMUNE, Payloads, document

DEATH_CASE: Final = "G22.99.09-230710-005616"
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
    "commune": COMMUNE,
    "registered": "2023-07-10T10:20:00+07:00",
}
_DECISION: Final = "1/QĐ-BHXH-79"

DEATH: Final[Payloads] = {
    "death.registration.requested": {
        "procedure": "1.006714",
        "province": "79",
        "commune": COMMUNE,
        "requester": _DAUGHTER,
        "deceased": _DECEASED,
        "notice": _DEATH_NOTICE,
        "due": _DEATH_DUE,
    },
    "death.entry.requested": {
        "dossier": _DEATH_DOSSIER,
        "agency": AGENCY,
        "commune": COMMUNE,
        "requester": _DAUGHTER,
        "deceased": _DECEASED,
        "notice": _DEATH_NOTICE,
    },
    "death.registered": {
        "deceased": _DECEASED,
        "notice": _DEATH_NOTICE,
        "requester": _DAUGHTER,
        "entry": _DEATH_ENTRY,
        "extract": document("death_extract", "KQ.G15.000034:26740:31/2023", "e"),
    },
    "death.registration.refused": {"dossier": _DEATH_DOSSIER, "reason": "death_notice_mismatch"},
    "residence.removal.requested": {
        "deceased": _DECEASED,
        "requester": _DAUGHTER,
        "commune": COMMUNE,
        "address": ADDRESS,
        "due": _DEATH_DUE,
    },
    "residence.removed": {
        "personal_id": _DECEASED["personal_id"],
        "number": "88/CT08-XT-26740",
        "commune": COMMUNE,
        "removed": "2023-07-10T14:02:00+07:00",
        "document": document("ct08", "CT08:2023:88/CT08-XT-26740", "f"),
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
        "commune": COMMUNE,
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
        "document": document("allowance_decision", "QD:1:2023:BHXH:79", "9"),
    },
    "funeral-allowance.refused": {
        "personal_id": _DECEASED["personal_id"],
        "reason": "insured_too_short",
    },
    "payout.requested": {
        "decider": "social-insurance",
        "decision": _DECISION,
        "decided_on": "2023-07-12",
        "vnd": 18_000_000,
        "payee": _PAYEE,
        "payout": _ACCOUNT,
    },
    "payout.made": {
        "decider": "social-insurance",
        "decision": _DECISION,
        "decided_on": "2023-07-12",
        "vnd": 18_000_000,
        "method": "account",
        "reference": "FT23193000417",
        "paid": "2023-07-12T15:10:00+07:00",
    },
    "payout.failed": {
        "decider": "social-insurance",
        "decision": _DECISION,
        "decided_on": "2023-07-12",
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
    "commune": COMMUNE,
    "address": ADDRESS,
    "requester": _DAUGHTER,
    "deceased": _DECEASED,
    "notice": _DEATH_NOTICE,
    "groups": ["insurance"],
    "payee": _PAYEE,
    "payout": _ACCOUNT,
    "documents": [document("death_notice", "GBT:0B7K2.GBT.79024.23", "8")],
}
"""The payload of the death case's own `case.submitted`; the type's example is the birth's."""
