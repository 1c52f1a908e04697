"""What each event says: one closed model a type.

Models are strict and closed (an unknown field is an error). A person's sex
is `male` or `female` here; every agency has codes of its own, which its connector translates.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args

import orjson
from pydantic import BaseModel, ConfigDict, Field, RootModel

from schemas.amounts import Group
from schemas.fields import (
    AgencyCodeText,
    BirthNoticeText,
    CommuneCodeText,
    DateText,
    DeathNoticeText,
    DossierCodeText,
    HealthCardText,
    NameText,
    PersonalIdText,
    ProvinceCodeText,
    TimeText,
)
from schemas.reasons import refusal_pattern

Sex = Literal["male", "female"]
BirthService = Literal["birth", "residence", "health_card"]
DeathService = Literal["death", "residence_removal", "funeral_allowance"]
"""What a death case can ask for; dvclt splits the allowance by the agency that decides on it."""
TemporaryResidenceService = Literal["temporary_residence"]
Service = Literal[
    "birth",
    "residence",
    "health_card",
    "death",
    "residence_removal",
    "insurance_allowance",
    "social_allowance",
    "temporary_residence",
]
"""A service as dvclt runs it."""
AllowanceDecider = Literal["social-insurance", "social-protection"]
CaseChain = Literal["birth", "death", "temporary_residence"]
Channel = Literal["direct", "online", "post"]
Text = Annotated[str, Field(min_length=1, max_length=500)]
FacilityCode = Annotated[str, Field(pattern="^[0-9]{5}$")]
NoticeText = Annotated[str, Field(pattern=r"^[0-9A-Z]{5}\.(?:GCS|GBT)\.[0-9]{5}\.[0-9]{2}$")]
"""A birth notice's number or a death notice's."""
ProcedureCode = Annotated[str, Field(pattern=r"^[0-9]\.[0-9]{6}$")]
RefusalCode = Annotated[str, Field(pattern=refusal_pattern())]
Sha256 = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Dong = Annotated[int, Field(ge=1, le=10**12)]
"""A sum in Vietnamese đồng."""
DecisionNumber = Annotated[str, Field(pattern="^[0-9]{1,9}/QĐ-[A-ZĐ]{2,20}(?:-[0-9]{2,5})?$")]
"""The number of a decision: `123/QĐ-BHXH-79`."""


_STRICT: ConfigDict = {
    "strict": True,
    "frozen": True,
    "allow_inf_nan": False,
    "ser_json_inf_nan": "constants",
    "cache_strings": "keys",  # a cache of names and ids only pushes the rest out of the core's own
}


class Payload(BaseModel):
    """The base of every payload: strict, closed, and the same bytes for the same values."""

    model_config = ConfigDict(extra="forbid", **_STRICT)


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


class Deceased(PersonRef):
    """Somebody who died, as every agency may know them."""

    sex: Sex
    born: DateText
    died: TimeText


class Resident(PersonRef):
    """Somebody who asks to be registered where they stay."""

    sex: Sex
    born: DateText


class DeathNotice(Payload):
    """A death notice (*giấy báo tử*), which a health facility makes out.

    Of these only civil status hears the cause.
    """

    number: DeathNoticeText
    facility: FacilityCode
    place: Text
    """Where the person died, which need not be where they lived."""
    cause: Text


class BankAccount(Payload):
    """A payee's account."""

    bank: Text
    number: Annotated[str, Field(pattern="^[0-9]{6,19}$")]


class Payout(Payload):
    """How an allowance is to be paid: into an account, by post, or at the cash desk.

    `account` is there if and only if the method is `account`.
    """

    method: Literal["account", "post", "cash"]
    account: BankAccount | None


class Payee(PersonRef):
    """Who saw to the funeral (*người lo mai táng*) and is paid."""

    relation: Literal["spouse", "child", "parent", "sibling", "grandchild", "other"]
    """What the payee is to the deceased."""


class GrantedElsewhere(Payload):
    """An allowance that another agency granted for the same death: only one is paid."""

    decider: AllowanceDecider
    group: Group
    vnd: Dong


class DocumentRef(Payload):
    """A document kept elsewhere (claim check); `uri` is never fetched by the hub."""

    kind: Literal[
        "birth_notice",
        "ct01",
        "birth_certificate",
        "ct08",
        "health_card",
        "death_notice",
        "death_extract",
        "allowance_decision",
        "other",
    ]
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


class NoticeIssued(Payload):
    """`notice.issued`: a health facility made out the notice that a case begins with.

    It tells the portal, where the family files; `name` is the child's or the deceased's, `moment`
    that of the birth or the death.
    """

    kind: Literal["birth", "death"]
    number: NoticeText
    facility: FacilityCode
    name: NameText
    moment: TimeText


# --- the case ------------------------------------------------------------------------------


class BirthCase(Payload):
    """`case.submitted`: a linked birth case as the citizen filed it."""

    chain: Literal["birth"]
    procedure: ProcedureCode
    services: Annotated[tuple[BirthService, ...], Field(min_length=1, max_length=3)]
    channel: Channel
    province: ProvinceCodeText
    commune: CommuneCodeText
    requester: PersonRef
    child: Child
    mother: Parent
    father: Parent | None
    household: Household
    treatment_facility: FacilityCode
    documents: Annotated[tuple[DocumentRef, ...], Field(max_length=20)]


class DeathCase(Payload):
    """`case.submitted`: a linked death case as the citizen filed it.

    A death is registered where the person last lived: `province`, `commune` and `address`. `groups`
    are the allowances that the citizen ticks; with them go `payee` and `payout`.
    """

    chain: Literal["death"]
    procedure: ProcedureCode
    services: Annotated[tuple[DeathService, ...], Field(min_length=1, max_length=3)]
    channel: Channel
    province: ProvinceCodeText
    commune: CommuneCodeText
    address: Text
    requester: PersonRef
    deceased: Deceased
    notice: DeathNotice
    groups: Annotated[tuple[Group, ...], Field(max_length=6)]
    payee: Payee | None
    payout: Payout | None
    documents: Annotated[tuple[DocumentRef, ...], Field(max_length=20)]


class TemporaryResidenceCase(Payload):
    """`case.submitted`: a stay (*tạm trú*) as the citizen filed it.

    `province`, `commune` and `address` are where the person stays, `until` the last day.
    """

    chain: Literal["temporary_residence"]
    procedure: ProcedureCode
    services: Annotated[tuple[TemporaryResidenceService, ...], Field(min_length=1, max_length=1)]
    channel: Channel
    province: ProvinceCodeText
    commune: CommuneCodeText
    address: Text
    requester: PersonRef
    resident: Resident
    until: DateText
    documents: Annotated[tuple[DocumentRef, ...], Field(max_length=20)]


SubmittedCase = BirthCase | DeathCase | TemporaryResidenceCase


class CaseSubmitted(RootModel[Annotated[SubmittedCase, Field(discriminator="chain")]]):
    """`case.submitted`: a case as the citizen filed it; its `chain` says what it holds."""

    model_config = ConfigDict(**_STRICT)


class Apology(Payload):
    """*Phiếu xin lỗi và hẹn lại ngày trả kết quả*: a case is late, and why; given once.

    `due` was promised before; `agency` is the system that the case waits for, or `citizen`.
    """

    service: Service
    agency: Text
    due: TimeText


def happened(case: SubmittedCase) -> tuple[str, str] | None:
    """The field that says when what a case is about came to pass, and what it says.

    None of a stay: it is applied for, and nothing has happened yet.
    """
    match case:
        case BirthCase():
            return "child.born", case.child.born
        case DeathCase():
            return "deceased.died", case.deceased.died
    return None


class CaseStatusChanged(Payload):
    """`case.status.changed`: where the case stands, for the citizen.

    `due` is the *Ngày hẹn trả dự kiến*; `reason` says why the case as a whole ended without result;
    `apology` stands in the message that sets a new `due` because the case is late.
    """

    chain: CaseChain
    status: Literal["processing", "completed", "partly_completed", "refused", "withdrawn"]
    services: Annotated[tuple[ServiceStatus, ...], Field(min_length=1, max_length=4)]
    province: ProvinceCodeText
    submitted: TimeText
    due: TimeText | None
    reason: RefusalCode | None
    apology: Apology | None


class CaseActionTaken(Payload):
    """`case.action.taken`: an officer of dvclt acted on a case by hand; who and why is kept.

    `retry` sends a service's request again, `close` ends it by force; the others record what the
    officer did in a citizen's stead.
    """

    action: Literal["retry", "close", "supplement", "consent", "withdraw"]
    service: Service | None
    by: NameText
    why: Text


class CaseSupplementRequested(Payload):
    """`case.supplement.requested`: all that the citizen must mend, in one request."""

    service: Service
    defects: Annotated[tuple[Defect, ...], Field(min_length=1, max_length=50)]
    due: TimeText


class CaseSupplementProvided(Payload):
    """`case.supplement.provided`: the citizen's answer to a supplement request."""

    service: Service
    documents: Annotated[tuple[DocumentRef, ...], Field(max_length=20)]
    payout: Payout | None
    """Another way to be paid, where that was asked for."""
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


class RegistrationRefused(Payload):
    """`birth.registration.refused` and `death.registration.refused`: ends the case."""

    dossier: DossierCodeText
    reason: RefusalCode


# --- stage 1: death registration -------------------------------------------------------------


class DeathRegistrationRequested(Payload):
    """`death.registration.requested`: dvclt hands the death to the province's one-stop."""

    procedure: ProcedureCode
    province: ProvinceCodeText
    commune: CommuneCodeText
    requester: PersonRef
    deceased: Deceased
    notice: DeathNotice
    due: TimeText


class DeathEntryRequested(Payload):
    """`death.entry.requested`: the one-stop asks civil status to enter the death."""

    dossier: DossierCodeText
    agency: AgencyCodeText
    commune: CommuneCodeText
    requester: PersonRef
    deceased: Deceased
    notice: DeathNotice


class DeathRegistered(Payload):
    """`death.registered`: entered, and the extract (*trích lục khai tử*) made out."""

    deceased: Deceased
    notice: DeathNotice
    requester: PersonRef
    entry: RegisterEntry
    extract: DocumentRef


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


class ResidenceRemovalRequested(Payload):
    """`residence.removal.requested`: dvclt asks the commune police to remove the deceased."""

    deceased: Deceased
    requester: PersonRef
    commune: CommuneCodeText
    address: Text
    due: TimeText


class ResidenceRemoved(Payload):
    """`residence.removed`: the deceased is no longer a resident (form CT08)."""

    personal_id: PersonalIdText
    number: Annotated[str, Field(pattern="^[0-9]{1,9}/CT08-XT-[0-9]{5}$")]
    commune: CommuneCodeText
    removed: TimeText
    document: DocumentRef


class ServiceRefused(Payload):
    """An agency refused a service; earlier results stand.

    `residence.registration.refused`, `residence.removal.refused`, `health-card.refused` and
    `funeral-allowance.refused`.
    """

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


# --- stage 3: funeral allowance ----------------------------------------------------------------


class FuneralAllowanceRequested(Payload):
    """`funeral-allowance.requested`: dvclt asks the agency that `decider` names.

    It decides on entitlement and sum for those of the ticked `groups` that are its own; of several
    the highest. `granted` is what another agency granted already: who is entitled twice gets one.
    """

    decider: AllowanceDecider
    groups: Annotated[tuple[Group, ...], Field(min_length=1, max_length=6)]
    granted: GrantedElsewhere | None
    deceased: Deceased
    province: ProvinceCodeText
    commune: CommuneCodeText
    payee: Payee
    payout: Payout
    due: TimeText


class FuneralAllowanceGranted(Payload):
    """`funeral-allowance.granted`: the decision, which stands whatever becomes of the payment."""

    personal_id: PersonalIdText
    group: Group
    vnd: Dong
    decision: DecisionNumber
    decided: TimeText
    payee: PersonalIdText
    document: DocumentRef


class PayoutRequested(Payload):
    """`payout.requested`: the deciding agency has a decision paid out."""

    decider: AllowanceDecider
    decision: DecisionNumber
    vnd: Dong
    payee: Payee
    payout: Payout


class PayoutMade(Payload):
    """`payout.made`: the payee has the money."""

    decider: AllowanceDecider
    decision: DecisionNumber
    vnd: Dong
    method: Literal["account", "post", "cash"]
    reference: Annotated[str, Field(pattern="^[0-9A-Z]{6,30}$")]
    paid: TimeText


class PayoutFailed(Payload):
    """`payout.failed`: the money came back; the decision stands, and the payee is asked."""

    decider: AllowanceDecider
    decision: DecisionNumber
    vnd: Dong
    method: Literal["account", "post", "cash"]
    reason: RefusalCode


# --- temporary residence ----------------------------------------------------------------------


class TemporaryResidenceRequested(Payload):
    """`residence.temporary.requested`: dvclt asks the police of the commune of the stay."""

    resident: Resident
    requester: PersonRef
    commune: CommuneCodeText
    address: Text
    until: DateText
    due: TimeText


class TemporaryResidenceRegistered(Payload):
    """`residence.temporary.registered`: the stay is registered (form CT08) until its last day."""

    personal_id: PersonalIdText
    number: Annotated[str, Field(pattern="^[0-9]{1,9}/CT08-TT-[0-9]{5}$")]
    commune: CommuneCodeText
    address: Text
    until: DateText
    registered: TimeText
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


Model = type[BaseModel]
"""A payload's model."""


def tag_of(model: Model) -> str | None:
    """The field whose value says which of several shapes a payload has, where there are several.

    The location of a fault in such a payload begins with that value.
    """
    if not issubclass(model, RootModel):
        return None
    return str(model.model_fields["root"].discriminator)


def shape_of(model: Model, payload: Mapping[str, Any]) -> Model:
    """The model of a payload's shape, which of several its tag names."""
    tag = tag_of(model)
    return model if tag is None else shapes_of(model)[payload[tag]]


def shapes_of(model: Model) -> dict[str, Model]:
    """The several shapes of a payload by the value of its tag."""
    tag = str(tag_of(model))
    return {
        value: shape
        for shape in get_args(model.model_fields["root"].annotation)
        for value in get_args(shape.model_fields[tag].annotation)
    }


def encode(model: Model, data: dict[str, Any]) -> bytes:
    """The canonical payload bytes of `data`, whose values are JSON values.

    Raises:
        pydantic.ValidationError: `data` does not fit the model; it names the field.
    """
    return canonical(model.model_validate_json(orjson.dumps(data)))


def canonical(payload: BaseModel) -> bytes:
    """The bytes that a payload has on the wire: model order, UTF-8, no spaces."""
    return payload.__pydantic_serializer__.to_json(payload)
