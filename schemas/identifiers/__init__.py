"""The identifiers of the linked services: each parses, checks and writes itself.

`X.parse(text)` gives the value or raises `IdentifierError`, which names the part that is wrong;
`str(value)` writes it back; building a value from parts checks them in the same way. A number that
belongs to a person is cut short in messages, since messages end in logs.

The package reads nothing and imports nothing of the project, so that the ledger can rely on it.
"""

from schemas.identifiers.agencies import AgencyCode
from schemas.identifiers.cases import (
    CaseCode,
    Chain,
    DossierCode,
    case_code_text,
    dossier_code_text,
)
from schemas.identifiers.parts import PROVINCES, IdentifierError
from schemas.identifiers.people import (
    CARD_OBJECTS,
    BirthNotice,
    DeathNotice,
    HealthCard,
    PersonalId,
    Sex,
    SocialInsuranceNumber,
    personal_id_text,
    sex_and_birth_year,
)

__all__ = [
    "CARD_OBJECTS",
    "PROVINCES",
    "AgencyCode",
    "BirthNotice",
    "CaseCode",
    "Chain",
    "DeathNotice",
    "DossierCode",
    "HealthCard",
    "IdentifierError",
    "PersonalId",
    "Sex",
    "SocialInsuranceNumber",
    "case_code_text",
    "dossier_code_text",
    "personal_id_text",
    "sex_and_birth_year",
]
