"""What each event says: one closed model a type.

Models are strict and closed (an unknown field is an error). A person's sex
is `male` or `female` here; every agency has codes of its own, which its connector translates.
"""

from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field

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
from schemas.reasons import refusal_pattern

Sex = Literal["male", "female"]
Service = Literal["birth", "residence", "health_card"]
Text = Annotated[str, Field(min_length=1, max_length=500)]
FacilityCode = Annotated[str, Field(pattern="^[0-9]{5}$")]
ProcedureCode = Annotated[str, Field(pattern=r"^[0-9]\.[0-9]{6}$")]
RefusalCode = Annotated[str, Field(pattern=refusal_pattern())]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class Payload(BaseModel):
    """The base of every payload: strict, closed, and the same bytes for the same values."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        ser_json_inf_nan="constants",
        cache_strings="keys",  # a cache of names and ids only pushes the rest out of the core's own
    )


# --- parts ---------------------------------------------------------------------------------


class PersonRef(Payload):
    """A person already known to the population database."""

    name: NameText
    personal_id: PersonalIdText


class Parent(PersonRef):
    """A mother or father as on the birth declaration."""

    born: DateText


class Child(Payload):
    """The newborn as on the birth notice; `facility` issued the notice."""

    name: NameText
    sex: Sex
    born: TimeText
    notice: BirthNoticeText
    facility: FacilityCode


class RegisteredChild(Payload):
    """The child after registration, with its personal ID."""

    name: NameText
    sex: Sex
    born: TimeText
    personal_id: PersonalIdText


class Household(Payload):
    """Where the child will live. `consent_signed`: the head signed form CT01 on paper."""

    head: PersonRef
    relation: Literal["parent", "grandparent", "other"]
    address: Text
    commune: CommuneCodeText
    consent_signed: bool


class DocumentRef(Payload):
    """A document kept elsewhere (claim check); `uri` is never fetched by the hub."""

    kind: Literal["birth_notice", "ct01", "birth_certificate", "ct08", "health_card", "other"]
    uri: Annotated[str, Field(pattern="^[a-z][a-z0-9+.-]*:[!-~]{1,400}$")]
    sha256: Sha256


class RegisterEntry(Payload):
    """A civil-status entry: *số, quyển số, trang số*. `number` counts within the commune's year."""

    number: Annotated[str, Field(pattern="^[0-9]{1,6}/[0-9]{4}$")]
    book: Annotated[str, Field(pattern="^[0-9]{2}/[0-9]{4}$")]
    page: Annotated[int, Field(ge=1, le=9999)]
    commune: CommuneCodeText
    registered: TimeText


class ServiceStatus(Payload):
    """How far one service of a case is: a status 1–10 of the National Public Service Portal."""

    service: Service
    status: Annotated[int, Field(ge=1, le=10)]
    reason: RefusalCode | None = None


class Defect(Payload):
    """One thing to mend in a supplement; `pointer` is a JSON pointer into the submission."""

    pointer: Annotated[str, Field(pattern="^(?:/[!-~]*)*$")]
    vi: Text
    en: Text


# --- the case ------------------------------------------------------------------------------


class CaseSubmitted(Payload):
    """`case.submitted`: a linked birth case as the citizen filed it."""

    chain: Literal["birth"]
    procedure: ProcedureCode
    services: Annotated[tuple[Service, ...], Field(min_length=1, max_length=3)]
    channel: Literal["direct", "online", "post"]
    province: ProvinceCodeText
    commune: CommuneCodeText
    requester: PersonRef
    child: Child
    mother: Parent
    father: Parent | None
    household: Household
    treatment_facility: FacilityCode
    documents: Annotated[tuple[DocumentRef, ...], Field(max_length=20)]


class CaseStatusChanged(Payload):
    """`case.status.changed`: where the case stands, for the citizen.

    `due` is the *Ngày hẹn trả dự kiến*; `reason` says why the case as a whole ended without result.
    """

    chain: Literal["birth"]
    status: Literal["processing", "completed", "partly_completed", "refused", "withdrawn"]
    services: Annotated[tuple[ServiceStatus, ...], Field(min_length=1, max_length=3)]
    province: ProvinceCodeText
    submitted: TimeText
    due: TimeText | None
    reason: RefusalCode | None


class CaseSupplementRequested(Payload):
    """`case.supplement.requested`: all that the citizen must mend, in one request."""

    service: Service
    defects: Annotated[tuple[Defect, ...], Field(min_length=1, max_length=50)]
    due: TimeText


class CaseSupplementProvided(Payload):
    """`case.supplement.provided`: the citizen's answer to a supplement request."""

    service: Service
    documents: Annotated[tuple[DocumentRef, ...], Field(max_length=20)]
    note: Text | None


class CaseWithdrawalRequested(Payload):
    """`case.withdrawal.requested`: the citizen withdraws (*rút hồ sơ*)."""

    requester: PersonRef
    note: Text | None


# --- stage 1: birth registration -------------------------------------------------------------


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


class DossierProgressed(Payload):
    """`dossier.progressed`: the one-stop's progress codes so far, in their compulsory order.

    1 received · 3 accepted · 7 passed to the justice officer · 4 registered · 5 result returned ·
    6 refused. The list is cumulative, so a repeated or late one says nothing wrong.
    """

    dossier: DossierCodeText
    agency: AgencyCodeText
    codes: Annotated[tuple[Literal[1, 2, 3, 4, 5, 6, 7], ...], Field(min_length=1, max_length=6)]


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


class BirthRegistered(Payload):
    """`birth.registered`: entered, numbered and certified."""

    child: RegisteredChild
    notice: BirthNoticeText
    mother: PersonRef
    father: PersonRef | None
    entry: RegisterEntry
    certificate: DocumentRef


class BirthRegistrationRefused(Payload):
    """`birth.registration.refused`: ends the case."""

    dossier: DossierCodeText
    reason: RefusalCode


# --- stage 2: permanent residence ------------------------------------------------------------


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


class ServiceRefused(Payload):
    """`residence.registration.refused` and `health-card.refused`: earlier results stand."""

    personal_id: PersonalIdText
    reason: RefusalCode


# --- stage 3: health-insurance card -----------------------------------------------------------


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


# --- any stage -------------------------------------------------------------------------------


class SupplementRequested(Payload):
    """`supplement.requested`: an agency lists all defects of its dossier at once."""

    defects: Annotated[tuple[Defect, ...], Field(min_length=1, max_length=50)]
    due: TimeText


class DeliveryRejected(Payload):
    """`delivery.rejected`: the hub did not route an event, and says why and what to do."""

    event: str
    type: str
    reason: str
    pointer: str
    vi: Text
    en: Text
    remedy_vi: Text
    remedy_en: Text


def encode(model: type[Payload], data: dict[str, Any]) -> bytes:
    """The canonical payload bytes of `data`, whose values are JSON values.

    Raises:
        pydantic.ValidationError: `data` does not fit the model; it names the field.
    """
    return canonical(model.model_validate_json(orjson.dumps(data)))


def canonical(payload: Payload) -> bytes:
    """The bytes that a payload has on the wire: model order, UTF-8, no spaces."""
    return payload.__pydantic_serializer__.to_json(payload)
