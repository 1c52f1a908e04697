"""The parts that payloads share: people, papers, places, money."""

from typing import Annotated, Literal

from pydantic import Field

from schemas.amounts import Group
from schemas.fields import (
    BirthNoticeText,
    CommuneCodeText,
    DateText,
    DeathNoticeText,
    NameText,
    PersonalIdText,
    ProvinceCodeText,
    TimeText,
)
from schemas.payloads.base import (
    AllowanceDecider,
    Dong,
    FacilityCode,
    Payload,
    RefusalCode,
    Service,
    Sex,
    Sha256,
    Text,
)


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


class Place(Payload):
    """A commune in its province, where something of a case is another one's affair."""

    province: ProvinceCodeText
    commune: CommuneCodeText


class RegisteredHome(Place):
    """Where somebody is registered as a permanent resident."""

    address: Text


def not_named(place: Place | None) -> bool:
    """Whether a place is the case's own: then nothing stands in the payload, not even null."""
    return place is None


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
        "identity_card",
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
