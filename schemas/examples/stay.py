"""The stay of the student Phạm Thu Trang."""

from collections.abc import Mapping
from typing import Any, Final

from schemas.examples.parts import ADDRESS, COMMUNE, DUE, Payloads, document

STAY_CASE: Final = "G22.99.10-230710-000006"
_STUDENT: Final = {"name": "Phạm Thu Trang", "personal_id": "036303001245"}
_STAY: Final = {
    "resident": {**_STUDENT, "sex": "female", "born": "2003-09-05"},
    "requester": _STUDENT,
    "commune": COMMUNE,
    "address": ADDRESS,
    "until": "2025-06-30",
}

TEMPORARY: Final[Payloads] = {
    "residence.temporary.requested": {**_STAY, "due": DUE},
    "residence.temporary.registered": {
        "personal_id": _STUDENT["personal_id"],
        "number": "5/CT08-TT-26740",
        "commune": COMMUNE,
        "address": ADDRESS,
        "until": _STAY["until"],
        "registered": "2023-07-11T09:00:00+07:00",
        "document": document("ct08", "CT08:2023:5/CT08-TT-26740", "7"),
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
    "commune": COMMUNE,
    "address": ADDRESS,
    "requester": _STUDENT,
    "resident": _STAY["resident"],
    "until": _STAY["until"],
    "documents": [],
}
"""The payload of a temporary residence's own `case.submitted`."""
