"""A case as the citizen sees it: the notice it begins with, what was filed, how far it is."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, RootModel, model_validator

from schemas.amounts import Group
from schemas.fields import (
    AgencyCodeText,
    CommuneCodeText,
    DateText,
    DossierCodeText,
    NameText,
    ProvinceCodeText,
    TimeText,
)
from schemas.payloads.agreement import agreed
from schemas.payloads.base import (
    STRICT,
    BirthService,
    CaseChain,
    Channel,
    DeathService,
    FacilityCode,
    NoticeText,
    Payload,
    ProcedureCode,
    RefusalCode,
    Service,
    TemporaryResidenceService,
    Text,
)
from schemas.payloads.parts import (
    Child,
    DeathNotice,
    Deceased,
    DocumentRef,
    Household,
    Parent,
    Payee,
    Payout,
    PersonRef,
    Place,
    RegisteredHome,
    Resident,
    ServiceStatus,
    not_named,
)


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


class _Submission(Payload):
    """What a citizen filed: fields of their form that don't contradict each other."""

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        agreed(self.model_dump())
        return self


class BirthCase(_Submission):
    """`case.submitted`: a linked birth case as the citizen filed it.

    A parent's personal ID is of their sex and year of birth, and the parent at least 12 years older
    than the child; the birth notice's number names `facility`.
    """

    chain: Literal["birth"]
    procedure: ProcedureCode
    services: Annotated[tuple[BirthService, ...], Field(min_length=1, max_length=4)]
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


class DeathCase(_Submission):
    """`case.submitted`: a linked death case as the citizen filed it.

    A death is registered where the person last lived: `province`, `commune` and `address`. `groups`
    are the allowances that the citizen ticks; with them go `payee` and `payout`. The personal ID of
    the deceased is of their sex and year of birth; requester and payee are somebody else.
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
    permanent_residence: RegisteredHome | None = Field(default=None, exclude_if=not_named)
    """Where the deceased was a permanent resident, if elsewhere: the police there remove them."""
    allowance_office: Place | None = Field(default=None, exclude_if=not_named)
    """Where whoever paid or insured the deceased is, if elsewhere: an allowance is decided there,
    by social insurance of the province or the people's committee in charge of the commune."""


class TemporaryResidenceCase(_Submission):
    """`case.submitted`: a stay (*tạm trú*) as the citizen filed it.

    `province`, `commune` and `address` are where the person stays, `until` the last day. The
    resident's personal ID is of their sex and year of birth.
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

    model_config = ConfigDict(**STRICT)


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


class Apology(Payload):
    """*Phiếu xin lỗi và hẹn lại ngày trả kết quả*: a case is late, and why; given once.

    `due` was promised before; `agency` is the system that the case waits for, or `citizen`.
    """

    service: Service
    agency: Text
    due: TimeText


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


class DossierProgressed(Payload):
    """`dossier.progressed`: the one-stop's progress codes so far, in their compulsory order.

    1 received · 3 accepted · 7 passed to the justice officer · 4 registered · 5 result returned ·
    6 refused. The list is cumulative, so a repeated or late one says nothing wrong.
    """

    dossier: DossierCodeText
    agency: AgencyCodeText
    codes: Annotated[tuple[Literal[1, 2, 3, 4, 5, 6, 7], ...], Field(min_length=1, max_length=6)]
