"""The death chain: registration, removal from the residents, funeral allowance."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.amounts import Group
from schemas.fields import (
    AgencyCodeText,
    CommuneCodeText,
    DateText,
    DossierCodeText,
    PersonalIdText,
    ProvinceCodeText,
    TimeText,
)
from schemas.payloads.base import (
    AllowanceDecider,
    DecisionNumber,
    Dong,
    Payload,
    ProcedureCode,
    RefusalCode,
    Text,
)
from schemas.payloads.parts import (
    DeathNotice,
    Deceased,
    DocumentRef,
    GrantedElsewhere,
    Payee,
    Payout,
    PersonRef,
    RegisterEntry,
)


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
    decided_on: DateText
    vnd: Dong
    payee: Payee
    payout: Payout


class PayoutMade(Payload):
    """`payout.made`: the payee has the money."""

    decider: AllowanceDecider
    decision: DecisionNumber
    decided_on: DateText
    vnd: Dong
    method: Literal["account", "post", "cash"]
    reference: Annotated[str, Field(pattern="^[0-9A-Z]{6,30}$")]
    paid: TimeText


class PayoutFailed(Payload):
    """`payout.failed`: the money came back; the decision stands, and the payee is asked."""

    decider: AllowanceDecider
    decision: DecisionNumber
    decided_on: DateText
    vnd: Dong
    method: Literal["account", "post", "cash"]
    reason: RefusalCode
