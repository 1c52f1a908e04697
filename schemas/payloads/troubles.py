"""What may go otherwise in any chain: defects, refusals, withdrawal, an officer's hand."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.fields import DossierCodeText, NameText, PersonalIdText, TimeText
from schemas.payloads.base import Payload, RefusalCode, Service, Text
from schemas.payloads.parts import Defect, DocumentRef, Payout, PersonRef


class SupplementRequested(Payload):
    """`supplement.requested`: an agency lists all defects of its dossier at once."""

    defects: Annotated[tuple[Defect, ...], Field(min_length=1, max_length=50)]
    due: TimeText


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


class CaseActionTaken(Payload):
    """`case.action.taken`: an officer of dvclt acted on a case by hand; who and why is kept.

    `retry` sends a service's request again, `close` ends it by force, `settle` says that what was
    in the manual queue is dealt with; the others record what the officer did in a citizen's stead.
    """

    action: Literal["retry", "close", "supplement", "consent", "withdraw", "settle"]
    service: Service | None
    by: NameText
    why: Text


class RegistrationRefused(Payload):
    """`birth.registration.refused` and `death.registration.refused`: ends the case."""

    dossier: DossierCodeText
    reason: RefusalCode


class ServiceRefused(Payload):
    """An agency refused a service; earlier results stand.

    `residence.registration.refused`, `residence.removal.refused`, `health-card.refused`,
    `identity-card.refused` and `funeral-allowance.refused`.
    """

    personal_id: PersonalIdText
    reason: RefusalCode


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
