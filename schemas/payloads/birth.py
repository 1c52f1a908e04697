"""The birth chain: registration, permanent residence, health-insurance card, identity card."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.fields import (
    AgencyCodeText,
    BirthNoticeText,
    CommuneCodeText,
    DateText,
    DossierCodeText,
    HealthCardText,
    NameText,
    PersonalIdText,
    ProvinceCodeText,
    TimeText,
)
from schemas.payloads.base import FacilityCode, Payload, ProcedureCode, Sex, Text
from schemas.payloads.parts import (
    Child,
    DocumentRef,
    Household,
    Parent,
    PersonRef,
    RegisteredChild,
    RegisterEntry,
)


class BirthRegistrationRequested(Payload):
    """`birth.registration.requested`: dvclt hands the birth to the province's one-stop."""

    procedure: ProcedureCode
    province: ProvinceCodeText
    commune: CommuneCodeText
    requester: PersonRef
    child: Child
    mother: Parent
    father: Parent | None
    due: TimeText


class BirthEntryRequested(Payload):
    """`birth.entry.requested`: the one-stop asks civil status to enter the birth."""

    dossier: DossierCodeText
    agency: AgencyCodeText
    commune: CommuneCodeText
    requester: PersonRef
    child: Child
    mother: Parent
    father: Parent | None


class PersonalIdRequested(Payload):
    """`personal-id.requested`: civil status has the entry and asks for the child's number."""

    notice: BirthNoticeText
    name: NameText
    sex: Sex
    born: TimeText
    mother_id: PersonalIdText
    father_id: PersonalIdText | None
    entry: RegisterEntry


class PersonalIdIssued(Payload):
    """`personal-id.issued`: the number that the population database allocated."""

    notice: BirthNoticeText
    personal_id: PersonalIdText


class CertificateDrafted(Payload):
    """`certificate.drafted`: what the certificate will say, for the requester to check.

    Who has not answered when it `expires` has agreed.
    """

    child: RegisteredChild
    mother: PersonRef
    father: PersonRef | None
    entry: RegisterEntry
    expires: TimeText


class CertificateDraftAnswered(Payload):
    """`certificate.draft.answered`: the requester agrees, or says what is wrong in the draft."""

    answer: Literal["agreed", "correction"]
    note: Text | None
    """What is to be put right."""


class BirthRegistered(Payload):
    """`birth.registered`: entered, numbered and certified."""

    child: RegisteredChild
    notice: BirthNoticeText
    mother: PersonRef
    father: PersonRef | None
    entry: RegisterEntry
    certificate: DocumentRef


class ResidenceRegistrationRequested(Payload):
    """`residence.registration.requested`: dvclt asks the commune police."""

    child: RegisteredChild
    requester: PersonRef
    household: Household
    due: TimeText


class ConsentRequested(Payload):
    """`consent.requested`: the police ask the household head through VNeID."""

    of: PersonRef
    child_name: NameText
    requester: PersonRef
    address: Text
    expires: TimeText


class ConsentAnswered(Payload):
    """`consent.given` and `consent.declined`: the household head's answer."""

    by: PersonalIdText
    method: Literal["vneid", "signed"]


class ResidenceRegistered(Payload):
    """`residence.registered`: the child is a permanent resident (form CT08)."""

    personal_id: PersonalIdText
    number: Annotated[str, Field(pattern="^[0-9]{1,9}/CT08-[0-9]{5}$")]
    commune: CommuneCodeText
    address: Text
    head: PersonalIdText
    registered: TimeText
    document: DocumentRef


class HealthCardRequested(Payload):
    """`health-card.requested`: dvclt asks social insurance for a `TE1` card."""

    child: RegisteredChild
    requester: PersonRef
    province: ProvinceCodeText
    commune: CommuneCodeText
    treatment_facility: FacilityCode
    due: TimeText


class HealthCardIssued(Payload):
    """`health-card.issued`: the card with its validity and first facility for treatment."""

    personal_id: PersonalIdText
    card: HealthCardText
    valid_from: DateText
    valid_to: DateText
    treatment_facility: FacilityCode
    document: DocumentRef


class IdentityCardRequested(Payload):
    """`identity-card.requested`: dvclt asks for the identity card of a child under 6."""

    child: RegisteredChild
    requester: PersonRef
    """Who represents the child by law, and fetches the card."""
    province: ProvinceCodeText
    commune: CommuneCodeText
    due: TimeText


class IdentityCardIssued(Payload):
    """`identity-card.issued`: the card, whose number is the child's personal ID."""

    personal_id: PersonalIdText
    number: PersonalIdText
    valid_from: DateText
    valid_to: DateText
    commune: CommuneCodeText
    """Where it is handed over."""
    document: DocumentRef
