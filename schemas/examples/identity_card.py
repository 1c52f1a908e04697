"""The identity card of Hoàng Bảo Ngọc, whose family files on the first day on which it can."""

from typing import Final

from schemas.examples.parts import COMMUNE, Payloads, document

CARD_CASE: Final = "G22.99.08-260901-350948"
_CHILD_ID: Final = "079326004172"

IDENTITY_CARD: Final[Payloads] = {
    "identity-card.requested": {
        "child": {
            "name": "Hoàng Bảo Ngọc",
            "sex": "female",
            "born": "2026-08-27T21:10:00+07:00",
            "personal_id": _CHILD_ID,
        },
        "requester": {"name": "Hoàng Đức Long", "personal_id": "079094006318"},
        "province": "79",
        "commune": COMMUNE,
        "due": "2026-09-14T17:00:00+07:00",
    },
    "identity-card.issued": {
        "personal_id": _CHILD_ID,
        "number": _CHILD_ID,
        "valid_from": "2026-09-09",
        "valid_to": "2040-08-27",
        "commune": COMMUNE,
        "document": document("identity_card", f"CC:{_CHILD_ID}", "8"),
    },
    "identity-card.refused": {"personal_id": _CHILD_ID, "reason": "population_mismatch"},
}
