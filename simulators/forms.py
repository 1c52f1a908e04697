"""The forms that a family fills in at the portal: the payloads of `case.submitted`."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from schemas.payloads import (
    BirthCase,
    BirthService,
    Channel,
    DeathCase,
    DeathService,
    TemporaryResidenceCase,
)
from schemas.procedures import procedure
from simulators.people import (
    BirthApplication,
    DeathApplication,
    Elsewhere,
    Payment,
    Person,
    StayApplication,
)

_WITHOUT_ALLOWANCE: Sequence[DeathService] = ("death", "residence_removal")
_WITH_ALLOWANCE: Sequence[DeathService] = (*_WITHOUT_ALLOWANCE, "funeral_allowance")


def birth_case(
    birth: BirthApplication, services: Sequence[BirthService], channel: Channel, day: date
) -> BirthCase:
    """The form of a birth that is filed on a day."""
    # One validation of nested dicts costs half of what building each part's model does.
    return BirthCase.model_validate(
        {
            "chain": "birth",
            "procedure": procedure("linked_birth", day).code,
            "services": tuple(services),
            "channel": channel,
            "province": birth.province,
            "commune": birth.commune,
            "requester": _reference(birth.requester),
            "child": {
                "name": birth.child.name,
                "sex": birth.child.sex,
                "born": birth.child.born.isoformat(),
                "notice": birth.child.notice,
                "facility": birth.child.facility,
            },
            "mother": _dated(birth.mother),
            "father": _dated(birth.father) if birth.father else None,
            "household": {
                "head": _reference(birth.head.person),
                "relation": birth.head.relation,
                "address": birth.address,
                "commune": birth.commune,
                "consent_signed": birth.head.signed,
            },
            "treatment_facility": birth.treatment_facility,
            "documents": _documents(birth),
        }
    )


def death_case(death: DeathApplication, channel: Channel, day: date) -> DeathCase:
    """The form of a death that is filed on a day: an allowance is asked for where one is ticked."""
    notice, payment = death.notice, death.payment
    return DeathCase.model_validate(
        {
            "chain": "death",
            "procedure": procedure("linked_death", day).code,
            "services": _WITH_ALLOWANCE if death.groups else _WITHOUT_ALLOWANCE,
            "channel": channel,
            "province": death.province,
            "commune": death.commune,
            "address": death.address,
            "requester": _reference(death.requester),
            "deceased": {
                **_dated(death.deceased),
                "sex": death.deceased.sex,
                "died": death.died.isoformat(),
            },
            "notice": {
                "number": notice.number,
                "facility": notice.facility,
                "place": notice.place,
                "cause": notice.cause,
            },
            "groups": death.groups,
            "payee": payment and {**_reference(payment.payee), "relation": payment.relation},
            "payout": payment and {"method": payment.method, "account": _account(payment)},
            "documents": (_document("death_notice", notice.number),),
            "permanent_residence": _home(death.permanent_residence),
            "allowance_office": _place(death.allowance_office),
        }
    )


def stay_case(stay: StayApplication, channel: Channel, day: date) -> TemporaryResidenceCase:
    """The form of a stay that is filed on a day."""
    return TemporaryResidenceCase.model_validate(
        {
            "chain": "temporary_residence",
            "procedure": procedure("temporary_residence", day).code,
            "services": ("temporary_residence",),
            "channel": channel,
            "province": stay.province,
            "commune": stay.commune,
            "address": stay.address,
            "requester": _reference(stay.requester),
            "resident": {
                "name": stay.resident.name,
                "personal_id": stay.resident.personal_id,
                "sex": stay.resident.sex,
                "born": stay.resident.born.isoformat(),
            },
            "until": stay.until.isoformat(),
            "documents": (_document("ct01", stay.resident.personal_id),),
        }
    )


def _place(elsewhere: Elsewhere | None) -> dict[str, Any] | None:
    if elsewhere is None:
        return None
    return {"province": elsewhere.province, "commune": elsewhere.commune}


def _home(elsewhere: Elsewhere | None) -> dict[str, Any] | None:
    return asdict(elsewhere) if elsewhere else None


def _account(payment: Payment) -> dict[str, Any] | None:
    if payment.method != "account":
        return None
    return {"bank": payment.bank, "number": payment.number}


def _reference(person: Person) -> dict[str, Any]:
    return {"name": person.name, "personal_id": person.personal_id}


def _dated(person: Person) -> dict[str, Any]:
    return {"name": person.name, "personal_id": person.personal_id, "born": person.born.isoformat()}


def _documents(birth: BirthApplication) -> tuple[dict[str, Any], ...]:
    notice = _document("birth_notice", birth.child.notice)
    if birth.head.signed:
        return notice, _document("ct01", birth.child.notice)
    return (notice,)


def _document(kind: str, name: str) -> dict[str, Any]:
    uri = f"doc:{kind}/{name}"
    return {"kind": kind, "uri": uri, "sha256": hashlib.sha256(uri.encode()).hexdigest()}
